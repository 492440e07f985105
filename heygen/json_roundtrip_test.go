package heygen_test

import (
	"encoding/json"
	"errors"
	"reflect"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"heygen-graphql/heygen"
)

// resourceGenerator generates a resource with every field of its struct, but nothing
// that decoding drops: an empty id, tag or error, and surrounding white space.
func resourceGenerator[T any]() *rapid.Generator[T] {
	text := rapid.String().Filter(func(s string) bool { return s == heygen.TrimSpace(s) })
	id := rapid.StringMatching(`[a-z0-9][a-z0-9#?+@]{0,31}x`).AsAny()
	return rapid.MakeCustom[T](rapid.MakeConfig{
		Kinds: map[reflect.Kind]*rapid.Generator[any]{reflect.Int: rapid.IntRange(0, 1<<31-1).AsAny(), reflect.String: text.AsAny()},
		Types: map[reflect.Type]*rapid.Generator[any]{
			reflect.TypeFor[heygen.GroupID](): id,
			reflect.TypeFor[heygen.LookID]():  id,
			reflect.TypeFor[heygen.VoiceID](): id,
			reflect.TypeFor[[]string]():       rapid.SliceOf(text.Filter(func(s string) bool { return s != "" })).AsAny(),
			reflect.TypeFor[heygen.TrainingError](): rapid.Custom(func(r *rapid.T) heygen.TrainingError {
				return heygen.TrainingError{Code: rapid.StringN(1, -1, -1).Draw(r, "code"), Message: text.Draw(r, "message")}
			}).AsAny(),
			// Below 2^32 seconds, until 2106, a float64 distinguishes microseconds.
			reflect.TypeFor[heygen.UnixTime](): rapid.Custom(func(r *rapid.T) heygen.UnixTime {
				return heygen.UnixTime{Time: time.UnixMicro(rapid.Int64Range(-1e6<<32+1, 1e6<<32-1).Draw(r, "microseconds")).UTC()}
			}).AsAny(),
		},
	})
}

// expectRoundTrip checks that a resource survives encoding and decoding, with
// encoding/json and with the client.
func expectRoundTrip[T any](t *testing.T, read func(drawn T, body string) (T, error)) {
	rapid.Check(t, func(r *rapid.T) {
		drawn := resourceGenerator[T]().Draw(r, "drawn")
		body, err := json.Marshal(drawn)
		if err != nil {
			r.Fatal(err)
		}
		var got T
		err = json.Unmarshal(body, &got)
		if diff := cmp.Diff(drawn, got); diff != "" || err != nil {
			r.Fatalf("%s\n%v\n%s", body, err, diff)
		}
		got, err = read(drawn, string(body))
		if diff := cmp.Diff(drawn, got); diff != "" || err != nil {
			r.Fatalf("decoded by the client: %s\n%v\n%s", body, err, diff)
		}
	})
}

func TestAvatarGroupRoundTripsThroughJSON(t *testing.T) {
	expectRoundTrip(t, func(drawn heygen.AvatarGroup, body string) (heygen.AvatarGroup, error) {
		return newClient(t, always(200, `{"data":`+body+`}`)).AvatarGroup(t.Context(), drawn.ID)
	})
}

func TestAvatarLookRoundTripsThroughJSON(t *testing.T) {
	expectRoundTrip(t, func(drawn heygen.AvatarLook, body string) (heygen.AvatarLook, error) {
		return newClient(t, always(200, `{"data":`+body+`}`)).AvatarLook(t.Context(), drawn.ID)
	})
}

// HeyGen has no details in a list, and the client decodes none, not even its own.
func TestVoiceRoundTripsThroughJSON(t *testing.T) {
	expectRoundTrip(t, func(drawn heygen.Voice, body string) (heygen.Voice, error) {
		page, err := newClient(t, always(200, `{"data":[`+body+`]}`)).ListVoices(t.Context(), heygen.VoicesParams{})
		switch {
		case err != nil:
			return heygen.Voice{}, err
		case page.Data[0].Details != nil:
			return page.Data[0], errors.New("details in a list")
		}
		page.Data[0].Details = drawn.Details
		return page.Data[0], nil
	})
}
