package cached

import (
	"context"
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"heygen-graphql/heygen"
	"heygen-graphql/internal/cache"
)

func TestRecordKeysAreUnambiguous(t *testing.T) {
	text := rapid.SampledFrom([]string{"", "a", "&Token=a", "a&Limit=1", "%26", "?", "=", "\x00", "ä", " ", "public", "looks"})
	voices := rapid.Custom(func(r *rapid.T) heygen.VoicesParams {
		return heygen.VoicesParams{
			Type: heygen.VoiceType(text.Draw(r, "type")), Engine: text.Draw(r, "engine"), Language: text.Draw(r, "language"),
			Gender: text.Draw(r, "gender"), Limit: rapid.IntRange(0, 2).Draw(r, "limit"), Token: text.Draw(r, "token"),
		}
	})
	rapid.Check(t, func(r *rapid.T) {
		a, b := voices.Draw(r, "a"), voices.Draw(r, "b")
		if (pageRecordKey(heygen.EndpointListVoices, a) == pageRecordKey(heygen.EndpointListVoices, b)) != (a == b) {
			r.Fatal(a, b)
		}
	})
	seen := map[string]string{}
	for name, key := range map[string]string{
		"groups":          pageRecordKey(heygen.EndpointListAvatarGroups, heygen.AvatarGroupsParams{}),
		"looks":           pageRecordKey(heygen.EndpointListAvatarLooks, heygen.AvatarLooksParams{}),
		"voices":          pageRecordKey(heygen.EndpointListVoices, heygen.VoicesParams{}),
		"group looks":     itemRecordKey(heygen.EndpointGetAvatarGroup, heygen.GroupID("looks")),
		"group looks?":    itemRecordKey(heygen.EndpointGetAvatarGroup, heygen.GroupID("looks?")),
		"group ?":         itemRecordKey(heygen.EndpointGetAvatarGroup, heygen.GroupID("?")),
		"look of that id": itemRecordKey(heygen.EndpointGetAvatarLook, heygen.LookID("looks")),
		"voice":           itemRecordKey(heygen.EndpointGetVoice, heygen.VoiceID("looks")),
	} {
		if other, ok := seen[key]; ok {
			t.Errorf("%s and %s have the key %q", name, other, key)
		}
		seen[key] = name
	}
}

func TestEveryParameterIsPartOfRecordKey(t *testing.T) {
	for _, params := range []any{heygen.AvatarGroupsParams{}, heygen.AvatarLooksParams{}, heygen.VoicesParams{}} {
		seen := map[string]bool{pageRecordKey("", params): true}
		for i := range reflect.TypeOf(params).NumField() {
			changed := reflect.New(reflect.TypeOf(params)).Elem()
			if field := changed.Field(i); field.Kind() == reflect.String {
				field.SetString("x")
			} else {
				field.SetInt(7)
			}
			key := pageRecordKey("", changed.Interface())
			if seen[key] {
				t.Errorf("%+v has the key %q", changed, key)
			}
			seen[key] = true
		}
	}
}

// newTestRecords returns how groups are stored.
func newTestRecords() records[heygen.AvatarGroup] {
	s := &shared{options: Options{MaxBytes: 1, Fresh: time.Minute}}
	return newRecords(&groupResource, s, newCompression())
}

func TestRecordsRoundTrip(t *testing.T) {
	r := newTestRecords()
	long := strings.Repeat("Monica ", 1000)
	group := heygen.AvatarGroup{ID: "g", Name: long, Gender: new("female"), Error: &heygen.TrainingError{Message: "<m>"}, CreatedAt: heygen.UnixTime{Time: time.Unix(1, 5000).UTC()}}
	for _, want := range []heygen.Page[heygen.AvatarGroup]{
		{}, {Data: []heygen.AvatarGroup{}}, {Data: []heygen.AvatarGroup{group, {ID: "h"}}, HasMore: true, NextToken: "token"},
	} {
		data, ok := r.page.Encode(want, nil)
		got, err, decoded := r.page.Decode(data)
		if diff := cmp.Diff(want, got); !ok || !decoded || err != nil || diff != "" {
			t.Error(ok, decoded, err, diff)
		}
		if len(want.Data) == 2 && len(data) > 1000 {
			t.Errorf("%d bytes: not compressed", len(data))
		}
	}
	for _, want := range []cachedItem[heygen.AvatarGroup]{{}, {group, true}, {group, false}} {
		data, ok := r.item.Encode(want, nil)
		got, err, decoded := r.item.Decode(data)
		if !ok || !decoded || err != nil || !cmp.Equal(want.Value, got.Value) || want.Public != got.Public {
			t.Error(ok, decoded, err, got)
		}
	}
}

func TestErrorsRoundTrip(t *testing.T) {
	r := newTestRecords()
	for _, kind := range recordedKinds {
		want := &heygen.Error{
			Kind: kind, Endpoint: heygen.EndpointGetAvatarGroup, Cause: "cause", Status: 404, Code: "code", Message: "message",
			Param: "param", DocURL: "https://docs", RetryAfter: time.Second,
		}
		for field, value := range reflect.ValueOf(*want).Fields() {
			if value.IsZero() && field.Name != "NotSent" {
				t.Fatalf("%s is not set: does the record hold it?", field.Name)
			}
		}
		pageData, ok := r.page.Encode(heygen.Page[heygen.AvatarGroup]{}, want)
		_, pageErr, pageDecoded := r.page.Decode(pageData)
		itemData, itemOK := r.item.Encode(cachedItem[heygen.AvatarGroup]{}, want)
		_, itemErr, itemDecoded := r.item.Decode(itemData)
		if !ok || !pageDecoded || !reflect.DeepEqual(pageErr, error(want)) || !itemOK || !itemDecoded || !reflect.DeepEqual(itemErr, error(want)) || !errors.Is(itemErr, kind) {
			t.Errorf("%v, %v, want %v", pageErr, itemErr, want)
		}
	}
}

func TestErrorsOfOneProcessAreNotShared(t *testing.T) {
	r := newTestRecords()
	for _, err := range []error{
		&heygen.Error{Kind: heygen.ErrRateLimited, NotSent: true}, &heygen.Error{Kind: heygen.ErrOverloaded, NotSent: true},
		&heygen.Error{Kind: context.Canceled}, context.Canceled, &cache.PanicError{}, errors.New("another"),
	} {
		_, page := r.page.Encode(heygen.Page[heygen.AvatarGroup]{}, err)
		_, item := r.item.Encode(cachedItem[heygen.AvatarGroup]{}, err)
		if page || item {
			t.Errorf("%v is shared", err)
		}
	}
}

func TestUnreadableRecordsAreRejected(t *testing.T) {
	r := newTestRecords()
	valid, _ := r.page.Encode(heygen.Page[heygen.AvatarGroup]{Data: make([]heygen.AvatarGroup, 20)}, nil)
	bomb := newCompression().compress(make([]byte, maxDecompressed+1))
	for _, data := range [][]byte{
		nil, {}, {plainRecord}, {zstdRecord}, {7}, []byte("\x00{}"), []byte("\x00[]"), []byte(`{"page":{}}`), valid[:len(valid)-1], valid[1:], bomb,
		[]byte("\x00{\"error\":{\"kind\":-1}}"), []byte("\x00{\"error\":{\"kind\":99}}"),
	} {
		_, _, page := r.page.Decode(data)
		_, _, item := r.item.Decode(data)
		if page || item {
			t.Errorf("%.40q is read", data)
		}
	}
}

func TestItemRecordsExpireWithTheirItems(t *testing.T) {
	r, at := newTestRecords(), time.Unix(1_700_000_000, 0)
	signed := "https://host/p.webp?Expires=1700000030&Signature=s&Key-Pair-Id=k"
	records := r.page.Items(heygen.AvatarGroupsParams{Ownership: heygen.Public}, heygen.Page[heygen.AvatarGroup]{Data: []heygen.AvatarGroup{
		{ID: "plain"}, {ID: "signed", PreviewImageURL: &signed},
	}}, at)
	lifetimes := map[string]time.Duration{}
	for _, record := range records {
		item, err, ok := r.item.Decode(record.Data)
		if !ok || err != nil || !item.Public || !record.StoredAt.Equal(at) || record.Transient {
			t.Errorf("%+v", record)
		}
		lifetimes[record.Key] = record.Lifetime
	}
	if diff := cmp.Diff(map[string]time.Duration{heygen.EndpointGetAvatarGroup + " plain": time.Minute, heygen.EndpointGetAvatarGroup + " signed": 30 * time.Second}, lifetimes); diff != "" {
		t.Error(diff)
	}
}
