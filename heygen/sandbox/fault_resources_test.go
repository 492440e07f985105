package sandbox_test

import (
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"testing"

	"heygen-graphql/heygen/sandbox"
)

// resources lists the resources, each with the paths and schemas of its list and of a single one.
var resources = []struct {
	list, single             string
	listSchema, singleSchema schema
	key                      string // of the id
}{
	{firstPage, demoGroupPath, groupPageSchema, singleGroupSchema, "id"},
	{"/v3/avatars/looks?limit=3", "/v3/avatars/looks/monica_sofa", pageOf(lookSchema), dataOf(lookSchema), "id"},
	{"/v3/voices?limit=3", demoVoicePath, pageOf(listedVoiceSchema), dataOf(singleVoiceSchema), "voice_id"},
}

// withFault returns the response with a fault, and how it violates the schema.
func withFault(t *testing.T, fault sandbox.Fault, path string, s schema) (body string, found []string) {
	t.Helper()
	box := sandbox.New(sandbox.Options{})
	box.QueueFaults(fault)
	w := get(t, box, path)
	if w.Code != 200 {
		t.Errorf("%s at %s: %d", fault, path, w.Code)
	}
	return w.Body.String(), violations(s, w.Body.Bytes())
}

func TestWrongIDReturnsSameKindOfResource(t *testing.T) {
	for _, resource := range resources {
		body, found := withFault(t, sandbox.WrongID, resource.single, resource.singleSchema)
		requested := resource.single[strings.LastIndex(resource.single, "/")+1:]
		if found != nil || strings.Contains(body, `"`+resource.key+`":"`+requested+`"`) || !strings.Contains(body, `"`+resource.key+`":"`) {
			t.Errorf("%s: %q %s", resource.single, found, body)
		}
	}
}

func TestWrongIDOfOnlyResourceChangesNothing(t *testing.T) {
	box := sandbox.New(sandbox.Options{})
	for _, v := range box.Voices()[1:] {
		box.RemoveVoices(v.ID)
	}
	want := get(t, box, demoVoicePath).Body.String()
	box.QueueFaults(sandbox.WrongID)
	if got := get(t, box, demoVoicePath).Body.String(); canonicalJSON(t, []byte(got)) != canonicalJSON(t, []byte(want)) {
		t.Error(got)
	}
}

func TestItemFaultsApplyToEveryList(t *testing.T) {
	for _, resource := range resources {
		for fault, want := range map[sandbox.Fault][]string{
			sandbox.ItemWithoutID: {".data[0]." + resource.key + ": missing"},
			sandbox.BadItem:       {".data[0]: not an object: 42"},
			sandbox.BadItems:      {".data[0]: not an object: 0", ".data[1]: not an object: 1", ".data[2]: not an object: 2"},
			sandbox.DataNull:      {".data: null"},
			sandbox.DataSwapped:   {".data: not a list"},
		} {
			if body, found := withFault(t, fault, resource.list, resource.listSchema); !slices.Equal(found, want) {
				t.Errorf("%s at %s: %q %s", fault, resource.list, found, body)
			}
		}
	}
}

func TestUnknownEnumAppliesToLooksAndVoices(t *testing.T) {
	for _, c := range []struct {
		path string
		s    schema
		want []string
	}{
		{"/v3/avatars/looks?limit=1", pageOf(lookSchema), []string{".data[0].avatar_type: not documented: hologram",
			".data[0].preferred_orientation: not documented: spherical", ".data[0].status: not documented: hibernating"}},
		{"/v3/avatars/looks/monica_sofa", dataOf(lookSchema), []string{".data.avatar_type: not documented: hologram",
			".data.preferred_orientation: not documented: spherical", ".data.status: not documented: hibernating"}},
		{demoVoicePath, dataOf(singleVoiceSchema), []string{".data.status: not documented: hibernating"}},
		{"/v3/voices?limit=3", pageOf(listedVoiceSchema), nil}, // a voice in a list has no status
	} {
		if body, found := withFault(t, sandbox.UnknownEnum, c.path, c.s); !slices.Equal(found, c.want) {
			t.Errorf("%s: %q %s", c.path, found, body)
		}
	}
}

func TestPaginationFaultsApplyToEveryList(t *testing.T) {
	for _, resource := range resources {
		first := get(t, sandbox.New(sandbox.Options{}), resource.list).Body.Bytes()
		second := resource.list + "&token=" + url.QueryEscape(nextToken(t, first))
		for fault, is := range map[sandbox.Fault]func(body string, items int) bool{
			sandbox.RepeatedToken: func(body string, items int) bool {
				return items == 3 && nextToken(t, []byte(body)) == nextToken(t, first)
			},
			sandbox.EmptyPage:    func(body string, items int) bool { return items == 0 && nextToken(t, []byte(body)) != "" },
			sandbox.EndlessPages: func(body string, items int) bool { return items == 0 && nextToken(t, []byte(body)) != "" },
			sandbox.MoreWithoutToken: func(body string, items int) bool {
				return items == 3 && strings.HasSuffix(body, `"has_more":true,"next_token":null}`)
			},
		} {
			body, found := withFault(t, fault, second, resource.listSchema)
			if found != nil || !is(body, len(itemIDs(t, []byte(body)))) {
				t.Errorf("%s at %s: %q %s", fault, resource.list, found, body)
			}
		}
	}
}

func TestWalkOverEmptyPagesCompletesEveryList(t *testing.T) {
	for _, list := range lookAndVoiceLists {
		for name, tokens := range tokenKinds {
			box := sandbox.New(sandbox.Options{TokenKind: tokens})
			query := url.Values{"limit": {"50"}}
			if list.maxLimit == 50 {
				query.Set("ownership", "private")
			}
			want := itemIDs(t, walkPages(t, box, list.path, query)...)
			box.QueueFaults(sandbox.EmptyPage, sandbox.OK, sandbox.EmptyPage)
			if got := itemIDs(t, walkPages(t, box, list.path, query)...); !slices.Equal(got, want) || len(want) < 100 {
				t.Errorf("%s, %s: %d of %d", name, list.path, len(got), len(want))
			}
		}
	}
}

func TestWrongIDDoesNotChangeKeyProbe(t *testing.T) {
	box := sandbox.New(sandbox.Options{})
	box.QueueFaults(sandbox.WrongID)
	var me struct{ Data struct{ Username string } }
	if w := get(t, box, "/v3/users/me"); json.Unmarshal(w.Body.Bytes(), &me) != nil || me.Data.Username != "sandbox" {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}
