package redisstore_test

import (
	"testing"

	"github.com/alicebob/miniredis/v2"

	"heygen-graphql/internal/redisstore"
)

const events = "heygen-graphql:1:events"

// subscribed waits until n stores receive messages.
func subscribed(t *testing.T, m *miniredis.Miniredis, n int) {
	t.Helper()
	eventually(t, "subscription", func() bool { return m.PubSubNumSub(events)[events] == n })
}

// listening returns a tenant that sends the endpoints of invalidations to the channel.
func listening(t *testing.T, s *redisstore.Store, credential [32]byte) (*redisstore.Tenant, chan string) {
	t.Helper()
	invalidated := make(chan string, 10)
	one := s.Tenant(credential, redisstore.Events{Invalidated: func(endpoint string) { invalidated <- endpoint }})
	t.Cleanup(one.Close)
	return one, invalidated
}

// invalidation waits for an invalidation by the tenant and returns the endpoint that another
// replica receives. The comparison after its subscription may notice the first one before
// the message, without the endpoint.
func invalidation(t *testing.T, by *redisstore.Tenant, endpoint string, invalidated chan string) string {
	t.Helper()
	for range 2 {
		by.Invalidate(t.Context(), endpoint)
		if received := <-invalidated; received != "" {
			return received
		}
	}
	return ""
}

func TestInvalidateMakesRecordsMissesForAllReplicas(t *testing.T) {
	m := server(t)
	all := replicas(t, m, 2)
	subscribed(t, m, 2)
	one, own := listening(t, all[0], alice)
	two, invalidated := listening(t, all[1], alice)
	other, foreign := listening(t, all[1], bob)
	put(t, one, record(groups, "data"))
	put(t, other, record(groups, "data of bob"))
	two.Load(t.Context(), groups)
	key := name(t, m, recordOf(t, m, two))
	replayed := value(t, m, key)

	if endpoint := invalidation(t, one, "GET /v3/avatars", invalidated); endpoint != "GET /v3/avatars" {
		t.Errorf("endpoint %q", endpoint)
	}
	for _, replica := range []*redisstore.Tenant{one, two} {
		if _, ok := replica.Load(t.Context(), groups); ok {
			t.Error("an invalidated record is loaded")
		}
	}
	if _, ok := other.Load(t.Context(), groups); !ok {
		t.Error("a record of another tenant is invalidated")
	}
	put(t, one, record(groups, "new"))
	if got, ok := two.Load(t.Context(), groups); !ok || string(got.Data) != "new" {
		t.Errorf("%q, %t after the invalidation", got.Data, ok)
	}
	set(t, m, key, replayed)
	if _, ok := two.Load(t.Context(), groups); ok {
		t.Error("a record of an older generation is loaded")
	}
	if len(own) != 0 || len(foreign) != 0 || len(invalidated) != 0 {
		t.Errorf("%d events to itself, %d to another tenant, %d repeated", len(own), len(foreign), len(invalidated))
	}
}

// recordOf returns a part of the name of the record that only the tenant can load.
func recordOf(t *testing.T, m *miniredis.Miniredis, one *redisstore.Tenant) string {
	t.Helper()
	for _, name := range names(m, ":r:") {
		saved := value(t, m, name)
		set(t, m, name, "")
		_, ok := one.Load(t.Context(), groups)
		set(t, m, name, saved)
		if !ok {
			return name
		}
	}
	t.Fatal("no record")
	return ""
}

func TestLostInvalidationIsNoticedByTheNextPipeline(t *testing.T) {
	m := server(t)
	refuse(m, func(command string, _ []string) string {
		if command == "SUBSCRIBE" || command == "PUBLISH" {
			return "NOPERM no permission"
		}
		return ""
	})
	all := replicas(t, m, 2)
	one := tenant(t, all[0], alice)
	two, invalidated := listening(t, all[1], alice)
	put(t, two, record(groups, "data"))
	one.Invalidate(t.Context(), "GET /v3/avatars")
	if _, ok := two.Load(t.Context(), groups); ok {
		t.Error("an invalidated record is loaded")
	}
	if endpoint := <-invalidated; endpoint != "" {
		t.Errorf("endpoint %q", endpoint)
	}
}

func TestLostInvalidationIsNoticedByComparison(t *testing.T) {
	m := server(t)
	all := replicas(t, m, 1)
	subscribed(t, m, 1)
	one, invalidated := listening(t, all[0], alice)
	put(t, one, record(groups, "data"))
	if err := m.Set(name(t, m, ":gen"), "iAAAAAAAAAAAAAAAAAAAAAAAAAA"); err != nil {
		t.Fatal(err)
	}
	m.Close() // ends the subscription, after which generations are compared
	if err := m.Restart(); err != nil {
		t.Fatal(err)
	}
	refuse(m, func(string, []string) string { return "" })
	<-invalidated
}

func TestEvictedGenerationIsReplacedAndInvalidatesNoProcess(t *testing.T) {
	m := server(t)
	all := replicas(t, m, 2)
	one := tenant(t, all[0], alice)
	two, invalidated := listening(t, all[1], alice)
	for what, drop := range map[string]func(){
		"evicted": func() { m.Del(name(t, m, ":gen")) },
		"flushed": m.FlushAll,
	} {
		put(t, one, record(groups, "data"))
		if _, ok := two.Load(t.Context(), groups); !ok {
			t.Fatal("no record")
		}
		drop()
		if _, ok := two.Load(t.Context(), groups); ok {
			t.Errorf("%s: a record without a generation is loaded", what)
		}
		put(t, one, record(groups, "new"))
		if got, ok := two.Load(t.Context(), groups); !ok || string(got.Data) != "new" {
			t.Errorf("%s: %q, %t", what, got.Data, ok)
		}
	}
	one.Invalidate(t.Context(), "end") // events come in order
	two.Load(t.Context(), groups)
	<-invalidated
	if len(invalidated) != 0 {
		t.Error("an evicted generation invalidates the process")
	}
}

func TestInvalidationDuringAnOutageIsStoredLater(t *testing.T) {
	m := server(t)
	all := replicas(t, m, 2)
	one, two := tenant(t, all[0], alice), tenant(t, all[1], alice)
	put(t, one, record(groups, "data"))
	refuse(m, func(command string, arguments []string) string {
		if command == "SET" || command == "DEL" {
			return "OOM command not allowed"
		}
		return ""
	})
	one.Invalidate(t.Context(), "GET /v3/avatars")
	if _, ok := one.Load(t.Context(), groups); ok {
		t.Error("an invalidated record is loaded")
	}
	if _, lease := one.Acquire(t.Context(), groups, accept); lease != nil {
		t.Error("there is a lease before the invalidation is stored")
	}
	one.Close() // the invalidation outlasts those who use the tenant
	if _, ok := tenant(t, all[0], alice).Load(t.Context(), groups); ok {
		t.Error("an invalidated record is loaded by the next who uses the tenant")
	}
	refuse(m, func(string, []string) string { return "" })
	eventually(t, "invalidation", func() bool {
		_, ok := two.Load(t.Context(), groups)
		return !ok
	})
}

func TestForgedMessagesAreIgnored(t *testing.T) {
	m := server(t)
	all := replicas(t, m, 2)
	subscribed(t, m, 2)
	published := make(chan string, 10)
	refuse(m, func(command string, arguments []string) string {
		if command == "PUBLISH" {
			published <- arguments[1]
		}
		return ""
	})
	one := tenant(t, all[0], alice)
	two, invalidated := listening(t, all[1], alice)
	other := tenant(t, all[0], bob)
	put(t, two, record(groups, "data"))

	publish := func(act func()) string {
		act()
		return <-published
	}
	foreign := publish(func() { other.Invalidate(t.Context(), "GET /v3/avatars") })
	genuine := publish(func() { one.Invalidate(t.Context(), "first") })
	<-invalidated
	id := genuine[:23]
	for _, message := range []string{"", " ", "x", id, id + "garbage", id + foreign[23:], genuine[:len(genuine)-1], genuine + "x", "unknown " + genuine[23:], genuine} {
		m.Publish(events, message)
	}
	publish(func() { one.Invalidate(t.Context(), "last") })
	<-invalidated // with the endpoint of any genuine message
	two.Load(t.Context(), groups)
	if len(invalidated) != 0 {
		t.Errorf("a forged or replayed message invalidates %q", <-invalidated)
	}
}

func TestInvalidationsOfManyTenantsDuringAnOutageAreAllStored(t *testing.T) {
	m := server(t)
	all := replicas(t, m, 1)
	one := tenant(t, all[0], alice)
	put(t, one, record(groups, "data"))
	refuse(m, func(command string, arguments []string) string {
		if command == "SET" || command == "DEL" {
			return "OOM command not allowed"
		}
		return ""
	})
	for n := range 1500 { // more than are remembered
		tenant(t, all[0], [32]byte{1, byte(n), byte(n >> 8), 1}).Invalidate(t.Context(), "*")
	}
	one.Invalidate(t.Context(), "*")
	refuse(m, func(string, []string) string { return "" })
	eventually(t, "use of the tenant", func() bool {
		_, lease := one.Acquire(t.Context(), groups, accept)
		if lease != nil {
			lease.Release(t.Context())
		}
		return lease != nil
	})
	if _, ok := one.Load(t.Context(), groups); ok {
		t.Error("an invalidated record is loaded")
	}
}

func TestInvalidationReachesReplicasWithoutAGeneration(t *testing.T) {
	m := server(t)
	all := replicas(t, m, 2)
	subscribed(t, m, 2)
	one := tenant(t, all[0], alice)
	two, invalidated := listening(t, all[1], alice)
	put(t, two, record(groups, "data"))
	m.FlushAll() // what the processes have in their caches stays
	one.Invalidate(t.Context(), "*")
	eventually(t, "invalidation of the other replica", func() bool { return len(invalidated) > 0 })
	if endpoint := <-invalidated; endpoint != "*" {
		t.Errorf("endpoint %q", endpoint)
	}
	if len(names(m, "gen")) != 0 {
		t.Error("an invalidation creates a generation")
	}
}
