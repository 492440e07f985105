package heygen_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"reflect"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"heygen-graphql/heygen"
)

// In place of each field of each resource, each JSON type costs that field alone. An id
// costs the item.
func TestUnreadableFieldCostsNoOtherField(t *testing.T) {
	for _, c := range itemCases() {
		for _, field := range c.fields {
			for _, value := range jsonValues {
				name := fmt.Sprintf("%s: %s is %s", c.Name, field.name, value.raw)
				var log strings.Builder
				client := newClient(t, always(500, ""), func(o *heygen.Options) { o.Logger = slog.New(slog.NewTextHandler(&log, nil)) })
				got, err := c.decode(t, client, c.body(t, map[string]string{field.name: value.raw}))
				want, readable := value.valueFor(field.t)
				item := c.complete()
				switch field.of(item.Elem()).Set(want); {
				case field.name == "id" || field.name == "voice_id":
					if want.String() == "" {
						if got != nil && c.isPage() || (err == nil) == !c.isPage() || strings.Contains(log.String(), "unreadable fields") {
							t.Errorf("%s: %s, %v, log %s", name, dump(got), err, &log)
						}
						continue
					}
				case field.name == "group_id" || field.name == "default_voice_id":
					if value.text != nil && *value.text == "" {
						field.of(item.Elem()).SetZero()
					}
				case field.name == "error":
					field.of(item.Elem()).SetZero() // no value has a code or a message
				case field.name == "support_interactive_avatar" && want.IsNil():
					field.of(item.Elem()).Set(reflect.ValueOf(new(bool)))
				case strings.HasPrefix(field.name, "error."):
					readable = readable || value.absent()
				}
				if diff := cmp.Diff(item.Elem().Interface(), got); diff != "" || err != nil {
					t.Errorf("%s: %v\n%s", name, err, diff)
				}
				line := fmt.Sprintf("level=WARN msg=\"ignored unreadable fields\" endpoint=%q fields=1 first=%s suppressed=0\n", c.Endpoint, field.name)
				if readable && log.Len() > 0 || !readable && (strings.Count(log.String(), "\n") != 1 || !strings.HasSuffix(log.String(), line)) {
					t.Errorf("%s: log %s", name, &log)
				}
			}
		}
	}
}

// Any values of all fields at once are the same as each of them alone.
func TestFieldsAreDecodedIndependently(t *testing.T) {
	client := newClient(t, always(500, ""))
	raw := rapid.Custom(func(r *rapid.T) string {
		return jsonValues[rapid.IntRange(0, len(jsonValues)-1).Draw(r, "value")].raw
	})
	for _, c := range itemCases() {
		rapid.Check(t, func(r *rapid.T) {
			values := map[string]string{}
			for _, field := range c.fields {
				if !strings.HasSuffix(strings.TrimPrefix(field.name, "voice_"), "id") && !strings.HasPrefix(field.name, "error.") {
					values[field.name] = raw.Draw(r, field.name)
				}
			}
			all, err := c.decode(r, client, c.body(t, values))
			if err != nil || all == nil {
				r.Fatalf("%v: %v", values, err)
			}
			want := c.complete().Elem()
			for _, field := range c.fields {
				if value, ok := values[field.name]; ok {
					single, err := c.decode(r, client, c.body(t, map[string]string{field.name: value}))
					if err != nil {
						r.Fatal(err)
					}
					field.of(want).Set(field.of(reflect.ValueOf(single)))
				}
			}
			if diff := cmp.Diff(want.Interface(), all); diff != "" {
				r.Fatalf("%v\n%s", values, diff)
			}
		})
	}
}

func TestUnreadableFieldsOfAResponseAreLoggedInOneLine(t *testing.T) {
	var log strings.Builder
	body := `{"data":[{"id":7,"name":7},` + lookJSON(`,"tags":["a",7],"status":{}`) + `,` + lookJSON("") + `,` + lookJSON(`,"error":{"code":[],"message":"leaked"}`) + `]}`
	client := newClient(t, always(200, body), func(o *heygen.Options) { o.Logger = slog.New(slog.NewTextHandler(&log, nil)) })
	page, err := client.ListAvatarLooks(t.Context(), heygen.AvatarLooksParams{})
	if err != nil || len(page.Data) != 3 {
		t.Errorf("%+v, %v", page, err)
	}
	lines := strings.SplitAfter(log.String(), "\n")
	if len(lines) != 3 || !strings.HasSuffix(lines[0], `msg="skipped unreadable list items" endpoint="GET /v3/avatars/looks" items=1 index=0 suppressed=0`+"\n") ||
		!strings.HasSuffix(lines[1], `msg="ignored unreadable fields" endpoint="GET /v3/avatars/looks" fields=3 first=tags suppressed=0`+"\n") {
		t.Errorf("log: %s", &log)
	}
}

// Clients that share connections also share the limit of the log.
func TestUnreadableResponsesAreLoggedOnceASecond(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var log strings.Builder
		client := newClient(t, always(200, `{"data":[7,`+groupJSON(`,"status":7`)+`]}`), func(o *heygen.Options) { o.Logger = slog.New(slog.NewTextHandler(&log, nil)) })
		for range 2 {
			for range 100 {
				if _, err := client.WithOwnLimits().WithKey(heygen.NewKey("other")).ListAvatarGroups(t.Context(), heygen.AvatarGroupsParams{}); err != nil {
					t.Fatal(err)
				}
			}
			<-time.After(time.Second)
		}
		for _, message := range []string{"skipped unreadable list items", "ignored unreadable fields"} {
			if strings.Count(log.String(), message) != 2 {
				t.Errorf("%s: %s", message, &log)
			}
		}
		if strings.Count(log.String(), "suppressed=0\n") != 2 || strings.Count(log.String(), "suppressed=99\n") != 2 {
			t.Errorf("log: %s", &log)
		}
	})
}

func TestPageOfItemsWithoutReadableIDIsAnError(t *testing.T) {
	for _, id := range []string{`7`, `null`, `""`, `{}`, `["g"]`, `true`} {
		item := fmt.Sprintf(`{"id":%s,"voice_id":%[1]s,"name":"N","avatar_type":"photo_avatar","support_pause":true,"looks_count":1,"created_at":1}`, id)
		for path, params := range listParams("") {
			err := callWith(t, newClient(t, always(200, `{"data":[`+item+`,`+item+`]}`)), params)
			if !errors.Is(err, heygen.ErrInvalidResponse) {
				t.Errorf("%s, %s: %v", path, id, err)
			}
		}
	}
}

// FuzzUnreadableField has any JSON value in place of a field.
func FuzzUnreadableField(f *testing.F) {
	type place struct {
		itemCase
		field itemField
	}
	var places []place
	for _, c := range itemCases() {
		for _, field := range c.fields {
			if field.name != "id" && field.name != "voice_id" {
				places = append(places, place{c, field})
			}
		}
	}
	for i := range places {
		f.Add(uint(i), jsonValues[i%len(jsonValues)].raw)
	}
	client := newClient(f, always(500, ""))
	f.Fuzz(func(t *testing.T, i uint, value string) {
		if value != "" && !json.Valid([]byte(value)) || strings.Count(value, "[")+strings.Count(value, "{") > 1000 {
			return // invalid, or nested more deeply than encoding/json supports
		}
		p := places[i%uint(len(places))]
		got, err := p.decode(t, client, p.body(t, map[string]string{p.field.name: value}))
		if err != nil || got == nil || strings.HasPrefix(p.field.name, "error.") && reflect.ValueOf(got).FieldByName("Error").IsNil() {
			t.Fatalf("%s, %s is %s: %s, %v", p.Name, p.field.name, value, dump(got), err)
		}
		item := p.complete().Elem()
		p.field.of(item).Set(p.field.of(reflect.ValueOf(got)))
		if diff := cmp.Diff(item.Interface(), got); diff != "" {
			t.Fatalf("%s, %s is %s: %s", p.Name, p.field.name, value, diff)
		}
	})
}
