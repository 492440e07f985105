package graph_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"heygen-graphql/heygen/sandbox"
)

// Fields that HeyGen does not send, but that follow from what it sends.
const (
	derivedGroupFields = " genderCategory previewExpiresAt ownership "
	derivedLookFields  = " genderCategory previewExpiresAt aspectRatio "
	derivedVoiceFields = " genderCategory "
)

func TestDerivedFieldsCostNoCall(t *testing.T) {
	group, look, voice := groupGlobalID("group_monica"), lookGlobalID("monica_sofa"), ""
	for query, calls := range map[string]int{
		`avatarGroups(first: 50) { nodes { groupId G } }`:                                                                                1,
		`avatarGroups(first: 60, ownership: PUBLIC) { edges { node { groupId G } } }`:                                                    2,
		`a: avatarGroups { nodes { id G } } b: avatarGroups(ownership: PRIVATE) { nodes { id G } }`:                                      2,
		`avatarGroup(id: "group_monica") { groupId G }`:                                                                                  1,
		`node(id: "` + group + `") { id ...on AvatarGroup { G } }`:                                                                       1,
		`nodes(ids: ["` + group + `", "` + look + `", "VOICE"]) { id ...on AvatarGroup { G } ...on AvatarLook { L } ...on Voice { V } }`: 3,
		`avatarGroup(id: "group_monica") { looks(first: 3) { nodes { lookId L group { id G } } } }`:                                      2,
		`avatarLooks(first: 50) { nodes { lookId L } }`:                                                                                  1,
		`avatarLook(id: "monica_sofa") { lookId L group { id G defaultVoice { id V } } }`:                                                3,
		`voices(first: 100) { nodes { voiceId V } }`:                                                                                     1,
		`voice(id: "VOICE") { voiceId V }`:                                                                                               1,
		`node(id: "VOICE") { id ...on Voice { V } }`:                                                                                     1,
	} {
		a := newAPI(t, sandbox.Options{})
		voice = voiceGlobalID(a.Voices()[0].ID)
		for fields, replacer := range map[string]*strings.Replacer{
			"without": strings.NewReplacer("VOICE", voice, " G ", " ", " L ", " ", " V ", " ", "{ G }", "{ id }", "{ L }", "{ id }", "{ V }", "{ id }"),
			"with":    strings.NewReplacer("VOICE", voice, " G ", derivedGroupFields, " L ", derivedLookFields, " V ", derivedVoiceFields),
		} {
			document := "{ " + replacer.Replace(query) + " }"
			if strings.Contains(document, "genderCategory") != (fields == "with") {
				t.Fatal(document)
			}
			a.ResetCalls()
			a.mustDo(t, document, nil)
			if got := len(a.Calls()); got != calls {
				t.Errorf("%s the fields: %d calls, want %d: %s", fields, got, calls, document)
			}
		}
	}
}

// HeyGen sends a gender in both representations of a voice: selecting its category fetches
// none by its id.
func TestGenderCategoryOfVoiceIsSameByListAndByID(t *testing.T) {
	a := newAPI(t, sandbox.Options{})
	listed := nodesOf(a.mustDo(t, `{ voices(first: 60) { nodes { id gender genderCategory } } }`, nil), "voices")
	seen := map[any]int{}
	for _, want := range listed {
		got := a.mustDo(t, `query($id: ID!) { voice(id: $id) { id gender genderCategory } }`, vars{"id": want["id"]}).Data["voice"]
		if diff := cmp.Diff(any(want), got); diff != "" {
			t.Error(diff)
		}
		seen[want["genderCategory"]]++
	}
	if seen["FEMALE"] == 0 || seen["MALE"] == 0 {
		t.Error(seen)
	}
}

func TestGenderCategoryIsDerivedFromGenderOnEveryPath(t *testing.T) {
	a := newAPI(t, sandbox.Options{})
	for i, c := range []struct {
		gender *string
		want   string
	}{{new(" Woman\n"), "FEMALE"}, {new("M"), "MALE"}, {new("non-binary"), "OTHER"}, {new(""), "UNKNOWN"}, {new("N/A"), "UNKNOWN"}, {nil, "UNKNOWN"}} {
		id := fmt.Sprint("gender", i)
		a.AddGroups(sandbox.Group{ID: id, Name: "G", Gender: c.gender, Ownership: sandbox.Private, CreatedAt: 4e9 + float64(i)})
		a.AddLooks(sandbox.Look{ID: "look" + id, Name: "L", GroupID: &id, Gender: c.gender, AvatarType: "photo_avatar", Ownership: sandbox.Private, CreatedAt: 4e9})
		out := a.mustDo(t, `query($group: ID!, $look: ID!) {
			avatarGroup(id: $group) { genderCategory looks { nodes { genderCategory } } }
			avatarGroups(first: 1) { nodes { genderCategory } }
			node(id: $group) { ...on AvatarGroup { genderCategory } }
			nodes(ids: [$group, $look]) { ...on AvatarGroup { genderCategory } ...on AvatarLook { genderCategory } }
			avatarLook(id: $look) { genderCategory group { genderCategory } }
		}`, vars{"group": groupGlobalID(id), "look": lookGlobalID("look" + id)})
		if got := strings.Count(out.Body, `"genderCategory":"`+c.want+`"`); got != 8 {
			t.Errorf("%v: %d of 8 are %s: %s", orNull(c.gender), got, c.want, out.Body)
		}
	}
}

func TestPreviewExpiresAtIsExpiresOfPreviewURLs(t *testing.T) {
	a := newAPI(t, sandbox.Options{})
	a.AddGroups(
		sandbox.Group{ID: "both", Name: "B", Ownership: sandbox.Private, CreatedAt: 4e9, PreviewImageURL: new("https://x/a?Expires=1800000000&Signature=b"), PreviewVideoURL: new("https://x/a?Expires=1700000000&Signature=b")},
		sandbox.Group{ID: "absurd", Name: "A", Ownership: sandbox.Private, CreatedAt: 4e9, PreviewImageURL: new("https://x/a?Expires=-1"), PreviewVideoURL: new("https://x/a?Expires=253402300800")},
		sandbox.Group{ID: "unserved", Name: "U", Ownership: sandbox.Private, CreatedAt: 4e9, PreviewImageURL: new("s3://x/a?Expires=1800000000")},
	)
	for id, want := range map[string]any{"both": "2023-11-14T22:13:20Z", "absurd": nil, "unserved": nil} {
		out := a.mustDo(t, `query($id: ID!) { avatarGroup(id: $id) { previewExpiresAt } }`, vars{"id": id})
		if got := out.Data["avatarGroup"].(map[string]any)["previewExpiresAt"]; got != want {
			t.Errorf("%s: %v, want %v", id, got, want)
		}
	}
	pattern := regexp.MustCompile(`[?&]Expires=(\d+)`)
	signed, unsigned := 0, 0
	for field, nodes := range map[string][]map[string]any{
		"avatarGroups": nodesOf(a.mustDo(t, `{ avatarGroups(first: 100) { nodes { previewImageUrl previewVideoUrl previewExpiresAt } } }`, nil), "avatarGroups")[3:],
		"avatarLooks":  nodesOf(a.mustDo(t, `{ avatarLooks(first: 100) { nodes { previewImageUrl previewVideoUrl previewExpiresAt } } }`, nil), "avatarLooks"),
	} {
		for _, node := range nodes {
			var want any
			for _, url := range []any{node["previewImageUrl"], node["previewVideoUrl"]} {
				if match := pattern.FindStringSubmatch(fmt.Sprint(url)); match != nil {
					seconds, _ := strconv.ParseInt(match[1], 10, 64)
					if at := time.Unix(seconds, 0).UTC().Format(time.RFC3339); want == nil || at < want.(string) {
						want = at
					}
				}
			}
			if got := node["previewExpiresAt"]; got != want {
				t.Errorf("%s: %v, want %v: %v", field, got, want, node)
			}
			if want != nil {
				signed++
			} else {
				unsigned++
			}
		}
	}
	if signed < 10 || unsigned < 10 {
		t.Errorf("%d signed, %d unsigned", signed, unsigned)
	}
}

// A ratio far from 1 is written as JavaScript writes it.
func TestAspectRatioIsNumberOrNull(t *testing.T) {
	a := newAPI(t, sandbox.Options{})
	for i, c := range []struct {
		width, height *int
		want          string
	}{
		{new(720), new(1280), "0.5625"}, {new(1080), new(1080), "1"}, {new(1), new(1<<31 - 1), "4.656612875245797e-10"}, {new(1<<31 - 1), new(1), "2147483647"},
		{new(0), new(1), "null"}, {new(1), new(0), "null"}, {nil, new(1), "null"}, {new(1), nil, "null"},
	} {
		id := fmt.Sprint("ratio", i)
		a.AddLooks(sandbox.Look{ID: id, Name: "L", AvatarType: "photo_avatar", ImageWidth: c.width, ImageHeight: c.height, Ownership: sandbox.Private, CreatedAt: 4e9})
		out := a.mustDo(t, `query($id: ID!) { avatarLook(id: $id) { aspectRatio } }`, vars{"id": id})
		if want := `{"data":{"avatarLook":{"aspectRatio":` + c.want + `}}}`; strings.TrimSpace(out.Body) != want || !json.Valid([]byte(out.Body)) {
			t.Errorf("%s, want %s", out.Body, want)
		}
	}
}
