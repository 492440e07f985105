package redisstore_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"heygen-graphql/internal/cache"
)

const groups = "GET /v3/avatars?limit=50"

func TestRecordIsLoadedByAnotherReplica(t *testing.T) {
	m := server(t)
	all := replicas(t, m, 2)
	put(t, tenant(t, all[0], alice), record(groups, "data"))
	got, ok := tenant(t, all[1], alice).Load(t.Context(), groups)
	if !ok || string(got.Data) != "data" || got.Key != groups || got.Lifetime != time.Hour || got.Transient {
		t.Errorf("record %+v, %t", got, ok)
	}
	if age := time.Since(got.StoredAt); age < 0 || age > patience {
		t.Errorf("age %v", age)
	}
}

func TestMissingRecordIsAMiss(t *testing.T) {
	m := server(t)
	if got, ok := tenant(t, replicas(t, m, 1)[0], alice).Load(t.Context(), groups); ok {
		t.Errorf("record %+v", got)
	}
}

func TestAgeComesFromTimeToLive(t *testing.T) {
	m := server(t)
	one := tenant(t, replicas(t, m, 1)[0], alice)
	old := record(groups, "data")
	old.StoredAt = old.StoredAt.Add(-10 * time.Minute)
	put(t, one, old)
	m.FastForward(20 * time.Minute) // of which the clock of the process knows nothing
	got, ok := one.Load(t.Context(), groups)
	if age := time.Since(got.StoredAt); !ok || age < 30*time.Minute || age > 31*time.Minute {
		t.Errorf("age %v, %t; want 30 minutes", age, ok)
	}
	m.FastForward(31 * time.Minute)
	if _, ok := one.Load(t.Context(), groups); ok {
		t.Error("an expired record is loaded")
	}
}

func TestRecordStoredLateIsNotYoungerThanItsWriterSays(t *testing.T) {
	m := server(t)
	one := tenant(t, replicas(t, m, 1)[0], alice)
	old := record(groups, "data")
	old.StoredAt = old.StoredAt.Add(-10 * time.Minute)
	put(t, one, old)
	m.SetTTL(name(t, m, ":r:"), time.Hour) // as if Redis had executed SET 10 minutes late
	got, ok := one.Load(t.Context(), groups)
	if age := time.Since(got.StoredAt); !ok || age < 9*time.Minute {
		t.Errorf("age %v, %t; want almost 10 minutes", age, ok)
	}
}

func TestExpiredRecordIsNotStored(t *testing.T) {
	m := server(t)
	old := record(groups, "data")
	old.StoredAt = old.StoredAt.Add(-2 * time.Hour)
	put(t, tenant(t, replicas(t, m, 1)[0], alice), old)
	if found := names(m, ":r:"); len(found) != 0 {
		t.Errorf("keys %q", found)
	}
}

func TestItemsOfAPageAreStoredWithIt(t *testing.T) {
	m := server(t)
	one := tenant(t, replicas(t, m, 1)[0], alice)
	var records []cache.Record
	for i := range 1200 { // three pipelines
		records = append(records, record("GET /v3/avatars/"+strings.Repeat("x", i), "item"))
	}
	acquire(t, one, groups).Release(t.Context(), records...)
	for _, i := range []int{0, 499, 500, 1199} {
		if _, ok := one.Load(t.Context(), records[i].Key); !ok {
			t.Errorf("item %d is missing", i)
		}
	}
	if found := names(m, ":l:"); len(found) != 0 {
		t.Errorf("leases %q", found)
	}
}

func TestEveryKeyExpires(t *testing.T) {
	m := server(t)
	s := replicas(t, m, 1)[0]
	one := tenant(t, s, alice)
	acquire(t, one, "leased")
	put(t, one, record(groups, "data"))
	put(t, one, cache.Record{Key: "error", Data: []byte("e"), StoredAt: time.Now(), Transient: true})
	if _, _, err := one.AcquireSlot(t.Context()); err != nil {
		t.Fatal(err)
	}
	one.BackOff(time.Minute)
	s.StoreDocument(t.Context(), hashOf("{me}"), "{me}")
	if _, err := s.RateLimitStore().SetIfNotExistsWithTTL(t.Context(), "caller", 1, time.Minute); err != nil {
		t.Fatal(err)
	}
	eventually(t, "back-off", func() bool { return len(names(m, ":backoff")) == 1 })
	all := m.Keys()
	if len(all) != 8 {
		t.Errorf("keys %q, want eight", all)
	}
	for _, name := range all {
		if m.TTL(name) <= 0 {
			t.Errorf("%s does not expire", name)
		}
	}
}

// TestForeignRecordIsAMiss replaces the bytes of a record by what others with access
// to Redis could write.
func TestForeignRecordIsAMiss(t *testing.T) {
	m := server(t)
	s := replicas(t, m, 1)[0]
	one, other := tenant(t, s, alice), tenant(t, s, bob)
	put(t, one, record(groups, "data"))
	own := name(t, m, ":r:")
	original := value(t, m, own)

	put(t, other, record(groups, "data of bob"))
	foreign := names(m, ":r:")
	foreign = slices.DeleteFunc(foreign, func(name string) bool { return name == own })
	put(t, one, record("another", "data of another key"))
	moved := names(m, ":r:")
	moved = slices.DeleteFunc(moved, func(name string) bool { return name == own || name == foreign[0] })

	cases := map[string]string{
		"record of another tenant": value(t, m, foreign[0]),
		"record of another key":    value(t, m, moved[0]),
		"empty":                    "",
		"garbage":                  strings.Repeat("garbage", 20),
		"truncated":                original[:len(original)-1],
		"only a nonce":             original[:12],
		"extended":                 original + "x",
	}
	for bit := range len(original) * 8 {
		flipped := []byte(original)
		flipped[bit/8] ^= 1 << (bit % 8)
		cases["bit "+string(rune('0'+bit%8))+" of byte "+string(rune(bit/8))] = string(flipped)
	}
	for what, bytes := range cases {
		set(t, m, own, bytes)
		if got, ok := one.Load(t.Context(), groups); ok {
			t.Errorf("%q is loaded: %q", what, got.Data)
		}
	}
	set(t, m, own, original)
	if _, ok := one.Load(t.Context(), groups); !ok {
		t.Error("the original is a miss")
	}
}

func TestKeyOfAnotherTypeIsAMissAndIsOverwritten(t *testing.T) {
	m := server(t)
	one := tenant(t, replicas(t, m, 1)[0], alice)
	put(t, one, record(groups, "data"))
	for _, part := range []string{":r:", ":gen"} {
		key := name(t, m, part)
		m.Del(key)
		if _, err := m.Lpush(key, "element"); err != nil {
			t.Fatal(err)
		}
		if _, ok := one.Load(t.Context(), groups); ok {
			t.Errorf("a list at %s is loaded", part)
		}
		put(t, one, record(groups, "again"))
		if _, ok := one.Load(t.Context(), groups); !ok {
			t.Errorf("a list at %s is not overwritten", part)
		}
	}
}

func TestRecordOfAnotherVersionIsAMiss(t *testing.T) {
	m := server(t)
	put(t, tenant(t, replicas(t, m, 1)[0], alice), record(groups, "data"))
	newer := options("redis://" + m.Addr())
	newer.Version = "newer"
	if _, ok := tenant(t, openUp(t, newer), alice).Load(t.Context(), groups); ok {
		t.Error("the record of an older version is loaded")
	}
}

func TestRedisSeesNeitherCredentialNorRequestNorData(t *testing.T) {
	m := server(t)
	credential := [32]byte([]byte("credential-credential-credential"))
	put(t, tenant(t, replicas(t, m, 1)[0], credential), record("GET /v3/secret", "secret data"))
	dump := m.Dump()
	for _, part := range []string{"credential-", "/v3/secret", "secret data"} {
		if strings.Contains(dump, part) {
			t.Errorf("Redis has %q", part)
		}
	}
}
