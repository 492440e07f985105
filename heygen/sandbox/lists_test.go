package sandbox_test

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"heygen-graphql/heygen/sandbox"
)

// lookAndVoiceLists lists the resources other than groups, each with the schemas of its pages and of a single item.
var lookAndVoiceLists = []struct {
	path         string
	queries      []string // together they return every item
	maxLimit     int
	page, single schema
	all          func(*sandbox.Sandbox) []string
}{
	{"/v3/avatars/looks", []string{""}, 50, pageOf(lookSchema), dataOf(lookSchema), lookIDs},
	{"/v3/voices", []string{"", "type=private"}, 100, pageOf(listedVoiceSchema), dataOf(singleVoiceSchema), voiceIDs},
}

func lookIDs(box *sandbox.Sandbox) (all []string) {
	for _, l := range box.Looks() {
		all = append(all, l.ID)
	}
	return all
}

func voiceIDs(box *sandbox.Sandbox) (all []string) {
	for _, v := range box.Voices() {
		all = append(all, v.ID)
	}
	return all
}

func TestLookAndVoicePagesMatchSchema(t *testing.T) {
	for name, tokens := range tokenKinds {
		box := sandbox.New(sandbox.Options{TokenKind: tokens})
		for _, list := range lookAndVoiceLists {
			n := 0
			for _, query := range list.queries {
				for _, body := range walkPages(t, box, list.path, withParam(parseQuery(t, query), "limit", list.maxLimit)) {
					n += len(itemIDs(t, body))
					if found := violations(list.page, body); found != nil {
						t.Errorf("%s, %s: %q", name, list.path, found)
					}
				}
			}
			if want := len(list.all(box)); n != want {
				t.Errorf("%s, %s: %d of %d", name, list.path, n, want)
			}
		}
	}
}

func TestSingleLooksAndVoicesMatchSchema(t *testing.T) {
	box := sandbox.New(sandbox.Options{})
	for _, list := range lookAndVoiceLists {
		for _, id := range list.all(box) {
			w := get(t, box, list.path+"/"+url.PathEscape(id))
			if found := violations(list.single, w.Body.Bytes()); w.Code != 200 || found != nil {
				t.Errorf("%s %q: %d %q", list.path, id, w.Code, found)
			}
			var got struct {
				Data struct {
					ID      string
					VoiceID string `json:"voice_id"`
				}
			}
			if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil || got.Data.ID+got.Data.VoiceID != id {
				t.Errorf("requested %q, got %s (%v)", id, w.Body, err)
			}
		}
	}
}

// expectedLooks and expectedVoices are independent implementations of the filters.
func expectedLooks(box *sandbox.Sandbox, query url.Values) (ids []string) {
	for _, l := range box.Looks() {
		group := "none" // not "", which a filter may contain
		if l.GroupID != nil {
			group = *l.GroupID
		}
		params := map[string]string{"group_id": group, "avatar_type": l.AvatarType, "ownership": string(l.Ownership)}
		if matchesQuery(params, query) {
			ids = append(ids, l.ID)
		}
	}
	return ids
}

func expectedVoices(box *sandbox.Sandbox, query url.Values) (ids []string) {
	for _, v := range box.Voices() {
		for _, engine := range v.Engines {
			params := map[string]string{"type": string(v.Type), "engine": engine, "language": v.Language, "gender": v.Gender}
			if matchesQuery(params, query) && (query.Has("type") || v.Type == sandbox.Public) {
				ids = append(ids, v.ID)
				break
			}
		}
	}
	return ids
}

func matchesQuery(resource map[string]string, query url.Values) bool {
	for name, value := range resource {
		if query.Has(name) && !strings.EqualFold(query.Get(name), value) {
			return false
		}
	}
	return true
}

func TestWalkOfLooksOrVoicesReturnsEachOnceInOrder(t *testing.T) {
	large := ""
	for _, g := range sandbox.New(sandbox.Options{}).Groups() {
		if g.LooksCount == 300 {
			large = url.QueryEscape(g.ID)
		}
	}
	for name, tokens := range tokenKinds {
		box := sandbox.New(sandbox.Options{TokenKind: tokens})
		for _, c := range []struct {
			path, query string
			expected    func(*sandbox.Sandbox, url.Values) []string
			limits      []int
			minCount    int // the minimum number of results, or the case proves nothing
		}{
			{"/v3/avatars/looks", "", expectedLooks, []int{50}, 8000},
			{"/v3/avatars/looks", "group_id=" + large, expectedLooks, []int{1, 7, 20, 50}, 300},
			{"/v3/avatars/looks", "group_id=" + large + "&ownership=private", expectedLooks, []int{20}, 0},
			{"/v3/avatars/looks", "group_id=unknown", expectedLooks, []int{20}, 0},
			{"/v3/avatars/looks", "ownership=private", expectedLooks, []int{7, 50}, 100},
			{"/v3/avatars/looks", "avatar_type=digital_twin", expectedLooks, []int{50}, 1000},
			{"/v3/avatars/looks", "avatar_type=photo_avatar&ownership=private", expectedLooks, []int{3}, 20},
			{"/v3/voices", "", expectedVoices, []int{1, 20, 99, 100}, 320},
			{"/v3/voices", "type=public", expectedVoices, []int{100}, 320},
			{"/v3/voices", "type=private", expectedVoices, []int{3, 100}, 20},
			{"/v3/voices", "gender=FEMALE", expectedVoices, []int{10}, 100},
			{"/v3/voices", "gender=woman", expectedVoices, []int{10}, 10},
			{"/v3/voices", "gender=robot", expectedVoices, []int{20}, 0},
			{"/v3/voices", "language=english&engine=Starfish", expectedVoices, []int{7}, 30},
			{"/v3/voices", "language=Klingon", expectedVoices, []int{20}, 0},
			{"/v3/voices", "engine=classic&gender=male&language=German", expectedVoices, []int{1}, 2},
			{"/v3/voices", "engine=steam", expectedVoices, []int{20}, 0},
		} {
			query := parseQuery(t, c.query)
			want := c.expected(box, query)
			if len(want) < c.minCount || c.minCount == 0 && len(want) > 0 {
				t.Errorf("%s?%s: only %d, want %d or more", c.path, c.query, len(want), c.minCount)
			}
			for _, limit := range c.limits {
				pages := walkPages(t, box, c.path, withParam(query, "limit", limit))
				if diff := cmp.Diff(want, itemIDs(t, pages...)); diff != "" {
					t.Errorf("%s, %s?%s by %d: %s", name, c.path, c.query, limit, diff)
				}
				if expected := max(1, (len(want)+limit-1)/limit); len(pages) != expected {
					t.Errorf("%s, %s?%s by %d: %d pages, want %d", name, c.path, c.query, limit, len(pages), expected)
				}
			}
		}
	}
}

func TestDefaultLimitIsTwenty(t *testing.T) {
	box := sandbox.New(sandbox.Options{})
	for _, list := range lookAndVoiceLists {
		if n := len(itemIDs(t, get(t, box, list.path).Body.Bytes())); n != 20 {
			t.Errorf("%s: %d", list.path, n)
		}
	}
}

func TestLookAndVoiceParametersAreValidated(t *testing.T) {
	box := sandbox.New(sandbox.Options{})
	for _, c := range []struct{ path, query, param string }{
		{"/v3/avatars/looks", "limit=51", "limit"},
		{"/v3/avatars/looks", "limit=0", "limit"},
		{"/v3/avatars/looks", "ownership=mine", "ownership"},
		{"/v3/avatars/looks", "ownership=", "ownership"},
		{"/v3/avatars/looks", "avatar_type=video_avatar", "avatar_type"},
		{"/v3/avatars/looks", "avatar_type=Photo_Avatar", "avatar_type"},
		{"/v3/avatars/looks", "avatar_type=", "avatar_type"},
		{"/v3/avatars/looks", "avatar_type=photo_avatar&avatar_type=photo_avatar", "avatar_type"},
		{"/v3/avatars/looks", "group_id=a&group_id=b", "group_id"},
		{"/v3/avatars/looks", "group_id=", "group_id"},
		{"/v3/avatars/looks", "limit=50&type=nothing", "type"},
		{"/v3/avatars/looks/monica_sofa", "limit=1", "limit"},
		{"/v3/avatars/looks", "token=nonsense", "token"},
		{"/v3/voices", "limit=101", "limit"},
		{"/v3/voices", "limit=1.0", "limit"},
		{"/v3/voices", "type=mine", "type"},
		{"/v3/voices", "type=", "type"},
		{"/v3/voices", "type=PUBLIC", "type"},
		{"/v3/voices", "language=English&language=German", "language"},
		{"/v3/voices", "token=nonsense", "token"},
		{"/v3/voices", "gender=", "gender"},
		{"/v3/voices", "language=", "language"},
		{"/v3/voices", "engine=", "engine"},
		{"/v3/voices", "limit=100&ownership=nothing", "ownership"},
		{demoVoicePath, "type=public", "type"},
	} {
		w := get(t, box, c.path+"?"+c.query)
		assertError(t, c.path+"?"+c.query, w.Result(), w.Body.Bytes(), 400, "invalid_parameter", c.param)
	}
}

func TestLookAndVoiceTokensAreBoundToFilters(t *testing.T) {
	for name, tokens := range tokenKinds {
		box := sandbox.New(sandbox.Options{TokenKind: tokens})
		for path, queries := range map[string][]string{
			"/v3/avatars/looks": {
				"", "group_id=group_monica", "ownership=public", "avatar_type=studio_avatar", "limit=2&ownership=public",
				"ownership=public&avatar_type=studio_avatar", "ownership=public&avatar_type=studio_avatar&group_id=group_monica",
			},
			"/v3/voices": {
				"", "type=public", "type=private", "engine=starfish", "language=English", "gender=female", "gender=Female", "limit=2",
				"language=English&gender=female", "language=English&gender=female&engine=starfish",
			},
		} {
			for _, of := range queries {
				if !strings.Contains(of, "limit") {
					of += "&limit=1"
				}
				token := nextToken(t, get(t, box, path+"?"+of).Body.Bytes())
				if token == "" {
					continue
				}
				for _, with := range queries {
					if !strings.Contains(with, "limit") {
						with += "&limit=1"
					}
					want := 400
					if of == with {
						want = 200
					}
					if w := get(t, box, path+"?"+with+"&token="+url.QueryEscape(token)); w.Code != want {
						t.Errorf("%s: a token of %s?%s with %s: %d, want %d", name, path, of, with, w.Code, want)
					}
				}
			}
		}
		token := nextToken(t, get(t, box, "/v3/avatars?limit=1").Body.Bytes())
		for _, list := range lookAndVoiceLists {
			w := get(t, box, fmt.Sprintf("%s?limit=1&token=%s", list.path, url.QueryEscape(token)))
			assertError(t, list.path+" with a token of groups", w.Result(), w.Body.Bytes(), 400, "invalid_parameter", "token")
		}
	}
}

func TestOmittedOwnershipOfLooksIsBothOrPublic(t *testing.T) {
	both, public := sandbox.New(sandbox.Options{}), sandbox.New(sandbox.Options{OmittedIsPublic: true})
	var privateGroup string
	for _, g := range both.Groups() {
		if g.Ownership == sandbox.Private && g.LooksCount > 1 {
			privateGroup = url.QueryEscape(g.ID)
		}
	}
	for _, query := range []string{"avatar_type=digital_twin", "group_id=group_monica", "group_id=" + privateGroup, "ownership=private&group_id=" + privateGroup} {
		list := func(box *sandbox.Sandbox, query string) []string {
			return itemIDs(t, walkPages(t, box, "/v3/avatars/looks", withParam(parseQuery(t, query), "limit", 50))...)
		}
		want := query
		if !strings.Contains(query, "ownership") {
			want += "&ownership=public"
		}
		if diff := cmp.Diff(list(both, want), list(public, query)); diff != "" {
			t.Errorf("%q: %s", query, diff)
		}
		if len(list(both, query)) == 0 {
			t.Errorf("%q: the list of both is empty", query)
		}
	}
}

func TestLooksOfUnknownGroupAreEmptyOr404(t *testing.T) {
	const unknown = "/v3/avatars/looks?group_id=unknown"
	if got, want := get(t, sandbox.New(sandbox.Options{}), unknown).Body.String(), `{"data":[],"has_more":false,"next_token":null}`; got != want {
		t.Error(got)
	}
	box := sandbox.New(sandbox.Options{UnknownGroupIs404: true})
	w := get(t, box, unknown)
	assertError(t, unknown, w.Result(), w.Body.Bytes(), 404, "avatar_group_not_found", "")
	w = get(t, box, unknown+"&limit=0")
	assertError(t, "a limit of 0", w.Result(), w.Body.Bytes(), 400, "invalid_parameter", "limit")
	box.AddGroups(sandbox.Group{ID: "unknown"})
	for _, path := range []string{unknown, "/v3/avatars/looks", "/v3/avatars/looks?group_id=group_monica"} {
		if w := get(t, box, path); w.Code != 200 {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
}
