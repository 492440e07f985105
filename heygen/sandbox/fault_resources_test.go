package sandbox_test

import (
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"testing"

	"heygen-graphql/heygen/sandbox"
)

// kinds are the resources, each with how its list and one of it are asked for.
var kinds = []struct {
	list, single           string
	listShape, singleShape shape
	key                    string // of its id
}{
	{firstPage, monica, pageShape, singleShape, "id"},
	{"/v3/avatars/looks?limit=3", "/v3/avatars/looks/monica_sofa", pageOf(lookShape), dataOf(lookShape), "id"},
	{"/v3/voices?limit=3", calmVoice, pageOf(listedVoiceShape), dataOf(singleVoiceShape), "voice_id"},
}

// spoilt gives what a fault makes of an answer, and what the decoder says of it.
func spoilt(t *testing.T, fault sandbox.Fault, path string, s shape) (body string, wrong []string) {
	t.Helper()
	box := sandbox.New(sandbox.Options{})
	box.QueueFaults(fault)
	w := get(t, box, path)
	if w.Code != 200 {
		t.Errorf("%s at %s: %d", fault, path, w.Code)
	}
	return w.Body.String(), check(s, w.Body.Bytes())
}

func TestAnotherIDIsOneOfTheSameKind(t *testing.T) {
	for _, kind := range kinds {
		body, wrong := spoilt(t, sandbox.WrongID, kind.single, kind.singleShape)
		asked := kind.single[strings.LastIndex(kind.single, "/")+1:]
		if wrong != nil || strings.Contains(body, `"`+kind.key+`":"`+asked+`"`) || !strings.Contains(body, `"`+kind.key+`":"`) {
			t.Errorf("%s: %q %s", kind.single, wrong, body)
		}
	}
}

func TestAnotherIDOfTheOnlyOneIsThatOne(t *testing.T) {
	box := sandbox.New(sandbox.Options{})
	for _, v := range box.Voices()[1:] {
		box.RemoveVoices(v.ID)
	}
	want := get(t, box, calmVoice).Body.String()
	box.QueueFaults(sandbox.WrongID)
	if got := get(t, box, calmVoice).Body.String(); normal(t, []byte(got)) != normal(t, []byte(want)) {
		t.Error(got)
	}
}

func TestItemsOfEveryListAreSpoilt(t *testing.T) {
	for _, kind := range kinds {
		for fault, want := range map[sandbox.Fault][]string{
			sandbox.ItemWithoutID: {".data[0]." + kind.key + ": missing"},
			sandbox.BadItem:       {".data[0]: not an object: 42"},
			sandbox.BadItems:      {".data[0]: not an object: 0", ".data[1]: not an object: 1", ".data[2]: not an object: 2"},
			sandbox.DataNull:      {".data: null"},
			sandbox.DataSwapped:   {".data: not a list"},
		} {
			if body, wrong := spoilt(t, fault, kind.list, kind.listShape); !slices.Equal(wrong, want) {
				t.Errorf("%s at %s: %q %s", fault, kind.list, wrong, body)
			}
		}
	}
}

func TestUnknownEnumOfLooksAndVoices(t *testing.T) {
	for _, c := range []struct {
		path string
		s    shape
		want []string
	}{
		{"/v3/avatars/looks?limit=1", pageOf(lookShape), []string{".data[0].avatar_type: not documented: hologram",
			".data[0].preferred_orientation: not documented: spherical", ".data[0].status: not documented: hibernating"}},
		{"/v3/avatars/looks/monica_sofa", dataOf(lookShape), []string{".data.avatar_type: not documented: hologram",
			".data.preferred_orientation: not documented: spherical", ".data.status: not documented: hibernating"}},
		{calmVoice, dataOf(singleVoiceShape), []string{".data.status: not documented: hibernating"}},
		{"/v3/voices?limit=3", pageOf(listedVoiceShape), nil}, // a voice in a list has no status
	} {
		if body, wrong := spoilt(t, sandbox.UnknownEnum, c.path, c.s); !slices.Equal(wrong, c.want) {
			t.Errorf("%s: %q %s", c.path, wrong, body)
		}
	}
}

func TestPagingFaultsSpoilEveryList(t *testing.T) {
	for _, kind := range kinds {
		first := get(t, sandbox.New(sandbox.Options{}), kind.list).Body.Bytes()
		second := kind.list + "&token=" + url.QueryEscape(nextToken(t, first))
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
			body, wrong := spoilt(t, fault, second, kind.listShape)
			if wrong != nil || !is(body, len(ids(t, []byte(body)))) {
				t.Errorf("%s at %s: %q %s", fault, kind.list, wrong, body)
			}
		}
	}
}

func TestEveryListSurvivesAWalkOverEmptyPages(t *testing.T) {
	for _, list := range lists {
		for name, tokens := range flavours {
			box := sandbox.New(sandbox.Options{TokenKind: tokens})
			query := url.Values{"limit": {"50"}, "ownership": {"private"}, "type": {"public"}} // each list has one of the two
			want := ids(t, walkOf(t, box, list.path, query)...)
			box.QueueFaults(sandbox.EmptyPage, sandbox.OK, sandbox.EmptyPage)
			if got := ids(t, walkOf(t, box, list.path, query)...); !slices.Equal(got, want) || len(want) < 100 {
				t.Errorf("%s, %s: %d of %d", name, list.path, len(got), len(want))
			}
		}
	}
}

func TestTheProbeOfAKeyHasNoOther(t *testing.T) {
	box := sandbox.New(sandbox.Options{})
	box.QueueFaults(sandbox.WrongID)
	var me struct{ Data struct{ Username string } }
	if w := get(t, box, "/v3/users/me"); json.Unmarshal(w.Body.Bytes(), &me) != nil || me.Data.Username != "sandbox" {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}
