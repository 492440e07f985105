package sandbox_test

import (
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"heygen-graphql/heygen/sandbox"
)

// listedItem has the fields of groups, looks and voices that customers type, as a list sends them.
type listedItem struct {
	ID            string `json:"id"`
	VoiceID       string `json:"voice_id"`
	Name          string
	Gender        *string
	Language      string
	Status        *string
	ConsentStatus *string `json:"consent_status"`
	Error         *struct{ Code string }
}

// listItems returns all items of a list.
func listItems(t *testing.T, box *sandbox.Sandbox, path, query string) (items []listedItem) {
	t.Helper()
	for _, body := range walkPages(t, box, path, parseQuery(t, query)) {
		var page struct{ Data []listedItem }
		if err := json.Unmarshal(body, &page); err != nil {
			t.Fatal(err)
		}
		items = append(items, page.Data...)
	}
	return items
}

func TestFewNamesOfPrivateResourcesHaveOuterWhiteSpace(t *testing.T) {
	box := sandbox.New(sandbox.Options{})
	for _, c := range []struct {
		path, private, public string
		want                  []string
	}{
		{"/v3/avatars", "ownership=private", "ownership=public", []string{"\nGrace", "\u00a0 Umberto\t", "\u3000葵\u3000", "Zsófia\u00a0\r\n"}},
		{"/v3/avatars/looks", "ownership=private&limit=50", "ownership=public&limit=50", []string{
			"\nGrace, sofa", "\u3000Grace, news desk\u00a0\t", "\nUmberto, studio", "\u3000Umberto, red coat\u00a0\t",
			"\n葵, blue suit", "\u3000葵, workshop\u00a0\t", "\u3000Zsófia, classroom\u00a0\t", "\nZsófia, studio",
		}},
		{"/v3/voices", "type=private", "type=public", []string{"\nMałgorzata's voice", "\u00a0George's voice\t", "\u3000陽菜's voice"}},
	} {
		untrimmed := func(query string) (names []string) {
			for _, item := range listItems(t, box, c.path, query) {
				if item.Name != strings.TrimSpace(item.Name) {
					names = append(names, item.Name)
				}
			}
			return names
		}
		if diff := cmp.Diff(c.want, untrimmed(c.private)); diff != "" {
			t.Errorf("private %s: %s", c.path, diff)
		}
		if names := untrimmed(c.public); names != nil {
			t.Errorf("public %s: %q", c.path, names)
		}
	}
}

func TestGenderOfPrivateGroupsIsFreeText(t *testing.T) {
	box := sandbox.New(sandbox.Options{})
	seen := map[string]int{}
	for _, g := range listItems(t, box, "/v3/avatars", "ownership=private") {
		if g.Gender == nil {
			seen["null"]++
		} else {
			seen[*g.Gender]++
		}
	}
	for _, gender := range []string{"female", "male", "Woman", "Man", "F", "", "null"} {
		if seen[gender] == 0 {
			t.Errorf("no private group is %q: %v", gender, seen)
		}
	}
}

func TestLanguageFilterHidesMostPrivateVoices(t *testing.T) {
	box := sandbox.New(sandbox.Options{})
	languages := map[string]int{}
	for _, v := range listItems(t, box, "/v3/voices", "type=private") {
		languages[v.Language]++
	}
	if languages["unknown"] != 15 || len(languages) != 5 {
		t.Errorf("languages of private voices: %v", languages)
	}
	for query, want := range map[string]int{"type=private&language=Portuguese": 0, "type=private&language=English": 2, "type=private&language=unknown": 15} {
		if got := len(listItems(t, box, "/v3/voices", query)); got != want {
			t.Errorf("%s: %d voices, want %d", query, got, want)
		}
	}
	for _, v := range listItems(t, box, "/v3/voices", "limit=100") {
		if v.Language == "unknown" {
			t.Errorf("the public voice %s has an unknown language", v.VoiceID)
		}
	}
}

func TestConsentMatchesStatus(t *testing.T) {
	statuses := map[string][]string{ // the statuses that occur with each consent, sorted
		"accepted": {"", "archived", "completed", "failed", "processing"},
		"approved": {"", "completed", "processing"},
		"pending":  {"pending_consent"},
		"rejected": {"failed"},
		"":         {"", "archived", "completed", "failed"},
	}
	got, count := map[string][]string{}, map[string]int{}
	for _, g := range listItems(t, sandbox.New(sandbox.Options{}), "/v3/avatars", "limit=50") {
		var consent, status, code string
		if g.ConsentStatus != nil {
			consent = *g.ConsentStatus
		}
		if g.Status != nil {
			status = *g.Status
		}
		if g.Error != nil {
			code = g.Error.Code
		}
		count[consent]++
		if !slices.Contains(got[consent], status) {
			got[consent] = append(got[consent], status)
		}
		if (consent == "rejected") != (code == "consent_mismatch") {
			t.Errorf("%s: consent %q, error %q", g.ID, consent, code)
		}
	}
	for consent := range got {
		slices.Sort(got[consent])
	}
	if diff := cmp.Diff(statuses, got); diff != "" {
		t.Error(diff)
	}
	if count["accepted"] < 5*count["approved"] || count["rejected"] < 2 {
		t.Errorf("%v", count)
	}
}

func TestUnusualGroupHasUnusualLooks(t *testing.T) {
	box := sandbox.New(sandbox.Options{})
	looks := get(t, box, "/v3/avatars/looks?group_id="+sandbox.UnusualGroupID).Body.Bytes()
	for _, want := range []string{
		`"supported_api_engines":["avatar_v","avatar_vi"]`, `"tags":["","business",""]`, `"image_width":0,"image_height":0`,
	} {
		if n := strings.Count(string(looks), want); n != 1 {
			t.Errorf("%d looks have %s", n, want)
		}
	}
	if found := violations(pageOf(lookSchema), looks); found != nil {
		t.Errorf("%q", found)
	}
	for _, id := range itemIDs(t, looks) { // the picture of a look without a size is a square
		path := "/looks/" + url.PathEscape(id) + ".svg"
		if w := send(t, box, "GET", path, nil); w.Code != 200 || strings.Contains(w.Body.String(), `width="0"`) {
			t.Errorf("%s: %d %.100s", path, w.Code, w.Body)
		}
	}
}
