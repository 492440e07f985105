package heygen_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"

	"heygen-graphql/heygen"
	"heygen-graphql/heygen/sandbox"
)

// sandboxResponses are all that a sandbox tells, in whole pages and one by one, by what it
// is of.
func sandboxResponses(t testing.TB) map[string][]string {
	t.Helper()
	box := sandbox.New(sandbox.Options{PublicURL: "https://files.heygen.example"})
	all := map[string][]string{}
	for of, list := range map[string]string{"group": "/v3/avatars?limit=50", "look": "/v3/avatars/looks?limit=50", "voice": "/v3/voices?limit=100"} {
		path, _, _ := strings.Cut(list, "?")
		for token, more := "", true; more; {
			body := sandboxGet(t, box, list+token)
			all[of+"s"] = append(all[of+"s"], body)
			var page struct {
				Data []struct {
					ID      string
					VoiceID string `json:"voice_id"`
				}
				HasMore   bool   `json:"has_more"`
				NextToken string `json:"next_token"`
			}
			if err := json.Unmarshal([]byte(body), &page); err != nil {
				t.Fatal(err)
			}
			for _, item := range page.Data[:min(4, len(page.Data))] {
				all[of] = append(all[of], sandboxGet(t, box, path+"/"+url.PathEscape(item.ID+item.VoiceID)))
			}
			token, more = "&token="+url.QueryEscape(page.NextToken), page.HasMore
		}
	}
	return all
}

// sandboxGet is what the sandbox answers.
func sandboxGet(t testing.TB, box http.Handler, path string) string {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, path, nil)
	r.Header.Set("X-Api-Key", "any")
	w := httptest.NewRecorder()
	if box.ServeHTTP(w, r); w.Code != 200 {
		t.Fatalf("%s: %d %s", path, w.Code, w.Body)
	}
	return w.Body.String()
}

// sameAsSlow fails unless a body that is read quickly is read just as it is slowly.
// It tells whether it was.
func sameAsSlow(t rapid.TB, client *heygen.Client, reading heygen.ResponseDecoder, body string) bool {
	got, ok := reading.Fast([]byte(body))
	if !ok {
		return false
	}
	want, err := reading.Slow(client, []byte(body))
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Fatalf("%s of %.2000q\nquickly %s\nslowly  %s, %v", reading.Name, body, dump(got), dump(want), err)
	}
	return true
}

func dump(value any) string {
	text, err := json.Marshal(value)
	return fmt.Sprintf("%s %v", text, err)
}

func TestFastPathDecodesKnownResponses(t *testing.T) {
	all := sandboxResponses(t)
	for of, files := range map[string][]string{
		"groups": {"avatar_groups"}, "group": {"avatar_group", "avatar_group_private"}, "looks": {"avatar_looks"}, "look": {"avatar_look"},
		"voices": {"voices"}, "voice": {"voice", "voice_failed"},
	} {
		for _, file := range files {
			all[of] = append(all[of], readTestdata(t, file+".json"))
		}
	}
	client := newClient(t, always(500, ""))
	for _, reading := range heygen.ResponseDecoders {
		if len(all[reading.Name]) < 2 {
			t.Errorf("only %d of %s", len(all[reading.Name]), reading.Name)
		}
		for _, body := range all[reading.Name] {
			if !sameAsSlow(t, client, reading, body) {
				t.Errorf("left to be read slowly: %s", body)
			}
		}
	}
}

// smallResponses are answers with every field, and little else.
func smallResponses() map[string]string {
	const group = `{"id":"g","name":"Zo\u00eb – x","gender":null,"preview_image_url":"https://i/?a=b&c","preview_video_url":"","looks_count":3,"default_voice_id":"v",` +
		`"consent_status":"c","status":"failed","error":{"code":"c","message":"m\n"},"created_at":1711382400.25,"new":{"a":[1.5,true,null,"x\ty"]}}`
	const look = `{"id":"l","name":"L","avatar_type":"photo_avatar","group_id":"","gender":"f","tags":["a","","b\""],"supported_api_engines":[],"preview_image_url":null,` +
		`"preview_video_url":"u","image_width":1,"image_height":1080,"preferred_orientation":"square","default_voice_id":"","status":null,"error":{}}`
	const voice = `{"voice_id":"v","name":"小雨","language":"C","gender":"g","preview_audio_url":null,"support_pause":true`
	const alone = `,"status":"complete","failure_message":"f","created_at":1711382400,"support_interactive_avatar":false}`
	list := func(item string) string {
		return `{"data":[` + item + `, ` + item + `],"has_more":true,"next_token":"t+/="}`
	}
	return map[string]string{
		"groups": list(group), "group": `{"data":` + group + `}`, "looks": list(look), "look": `{"data":` + look + `,"error":null}`,
		"voices": list(voice + `,"type":"public"}`), "voice": `{"data":` + voice + alone + `}`,
	}
}

// Whatever is put in the place of a character, or in front of it, or cut off. In
// the middle of a word one place is like another.
func TestFastPathMatchesSlowPathOnCorruptedBodies(t *testing.T) {
	pieces := []string{"", `"`, `\`, `\u00e9`, `\ud83d`, "\u2028", "\xff", "\x00", "\n", "{", "}", "[", "]", ",", ":", "0", "-", ".", "e1", "null", `"":0,`, "A"}
	client := newClient(t, always(500, ""))
	for _, reading := range heygen.ResponseDecoders {
		body, quick := smallResponses()[reading.Name], 0
		for i := range len(body) {
			sameAsSlow(t, client, reading, body[:i])
			if i%7 > 0 && i > 0 && strings.ContainsFunc(body[i-1:i], unicode.IsLower) && strings.ContainsFunc(body[i:i+1], unicode.IsLower) {
				continue
			}
			for _, piece := range pieces {
				for _, rest := range []string{body[i:], body[i+1:]} {
					if sameAsSlow(t, client, reading, body[:i]+piece+rest) {
						quick++
					}
				}
			}
		}
		if quick < 500 { // else most was left alone, and nothing is shown
			t.Errorf("%s: only %d were read quickly", reading.Name, quick)
		}
	}
}

func TestFastPathMatchesSlowPathOnUnusualBodies(t *testing.T) {
	const group = `{"id":"g","name":"N","looks_count":1,"created_at":1%s}`
	client := newClient(t, always(500, ""))
	of := func(name string) heygen.ResponseDecoder {
		return heygen.ResponseDecoders[slices.IndexFunc(heygen.ResponseDecoders, func(r heygen.ResponseDecoder) bool { return r.Name == name })]
	}
	for odd, quick := range map[string]bool{
		``:                                  true,
		`,"gender":"a\"b\\\/\b\f\n\r\t"`:    true,
		`,"gender":"\u00eb\ud83d\ude00"`:    true,
		`,"gender":"\ud83d"`:                true, // becomes U+FFFD
		",\"gender\":\"\u2028 \U0001f600\"": true,
		",\"gender\":\"\xff\"":              true, // becomes U+FFFD
		`,"gender":"\q"`:                    false,
		`,"gender":7`:                       false,
		`,"gender":"a","gender":"b"`:        false,
		`,"gender":null,"gender":"b"`:       false,
		`,"Gender":"b"`:                     false,
		`,"gend\u0065r":"b"`:                false,
		`,"new":1,"new":2`:                  true, // of which nothing is kept
		`,"newField":{"ID":"x"}`:            true,
		`,"loo\u212as_count":2`:             false,
		",\"loo\u212as_count\":2":           false, // a Kelvin sign, which in lower case is a k
		",\"ſtatus\":\"x\"":                 false, // a long s, which in upper case is an S
		`,"error":"{}"`:                     false,
		`,"error":{"Code":"c"}`:             false,
		`,"error":{"code":"c","code":"d"}`:  false,
		`,"error":{"code":null}`:            true,
		`,"error":[]`:                       false,
		`,"new":` + strings.Repeat("[", 14) + strings.Repeat("]", 14):       true,
		`,"new":` + strings.Repeat("[", 100) + strings.Repeat("]", 100):     false,
		`,"new":` + strings.Repeat("[", 20000) + strings.Repeat("]", 20000): false,
		`,"new":"` + strings.Repeat("x", 256<<10) + `"`:                     false,
		`,"new":[01]`:               false,
		`,"new":[1.]`:               false,
		`,"new":[0.5,10,0]`:         true,
		`,"new":[1,]`:               false,
		`,"new":{"a":1,}`:           false,
		`,"new":{"a"}`:              false,
		`,"new":{"a":1]`:            false,
		`,"new":tru`:                false,
		`,"new":"` + "\x1f" + `"`:   false,
		`}` + "\x00":                false,
		`,"looks_count":1`:          false,
		` , "status" : "x" ` + "\n": true,
	} {
		item := fmt.Sprintf(group, odd)
		for reading, body := range map[string]string{"group": `{"data":` + item + `}`, "groups": `{"data":[` + item + `]}`} {
			if sameAsSlow(t, client, of(reading), body) != quick {
				t.Errorf("read quickly, %t: %.200q", !quick, body)
			}
		}
	}
	item := fmt.Sprintf(group, "")
	for body, quick := range map[string]bool{
		`{"data":[]}`: true,
		`{"data":[],"has_more":null,"next_token":[]}`:                                     true,
		`{"data":[],"has_more":true,"next_token":null}`:                                   true,
		`{"data":[],"has_more":true,"next_token":7}`:                                      false,
		`{"data":[],"has_more":"true"}`:                                                   false,
		`{"data":[],"Has_More":true}`:                                                     false,
		`{"data":[],"data":[]}`:                                                           false,
		`{"data":[],"DATA":[]}`:                                                           false,
		`{"data":null}`:                                                                   false,
		`{"data":[` + item + `,null]}`:                                                    false,
		`{"data":[` + item + `]}x`:                                                        false,
		`{"data":[],"error":{"code":"c"}}`:                                                false,
		`{"data":[],"error":{}}`:                                                          false,
		strings.Replace(`{"data":[`+item+`]}`, "1", `"1"`, 1):                             false,
		`{"data":[{"id":"g","name":"N","looks_count":1,"created_at":"1"}]}`:               false,
		strings.Replace(`{"data":[`+item+`]}`, "1", "2147483647", 1):                      true,
		strings.Replace(`{"data":[`+item+`]}`, "1", "2147483648", 1):                      false,
		`{"data":[],"error":null,"request_id":{"a":"b"}}`:                                 true,
		`{"data":[` + strings.Repeat(item+",", 99) + item + `]}`:                          true,
		`{"data":[` + strings.Repeat(item+",", 100) + item + `]}`:                         false,
		`{"data":[],"has_more":true,"next_token":"` + strings.Repeat("t", 4<<10) + `"}`:   true,
		`{"data":[],"has_more":true,"next_token":"` + strings.Repeat("t", 4<<10+1) + `"}`: false,
		`[]`: false, `null`: false, ``: false, ` `: false, `{`: false, "\ufeff{}": false,
	} {
		if sameAsSlow(t, client, of("groups"), body) != quick {
			t.Errorf("read quickly, %t: %.200q", !quick, body)
		}
	}
}

func TestFastPathMatchesSlowPathOnStringLists(t *testing.T) {
	client := newClient(t, always(500, ""))
	for tags, quick := range map[string]bool{`null`: true, `[]`: true, `[""]`: true, `["a","",  "b" ]`: true, `[null]`: false, `[7]`: false, `{}`: false, `"a"`: false, `[["a"]]`: false} {
		body := `{"data":{"id":"l","name":"L","avatar_type":"t","gender":"g","tags":` + tags + `,"preview_image_url":"u"}}`
		if sameAsSlow(t, client, heygen.ResponseDecoders[4], body) != quick {
			t.Errorf("read quickly, %t: %s", !quick, body)
		}
	}
}

// It draws every field there is: one that was added and is not read quickly shows.
func TestFastPathDecodesEveryField(t *testing.T) {
	client := newClient(t, always(500, ""))
	quick := map[string]int{}
	rapid.Check(t, func(r *rapid.T) {
		for _, reading := range heygen.ResponseDecoders {
			var body []byte
			switch reading.Name {
			case "group", "groups":
				body, _ = json.Marshal(resourceGenerator[heygen.AvatarGroup]().Draw(r, "group"))
			case "look", "looks":
				body, _ = json.Marshal(resourceGenerator[heygen.AvatarLook]().Draw(r, "look"))
			default:
				voice := resourceGenerator[heygen.Voice]().Draw(r, "voice")
				body, _ = json.Marshal(voice)
				if details, _ := json.Marshal(voice.Details); voice.Details != nil {
					body = []byte(strings.TrimSuffix(string(body), "}") + "," + strings.TrimPrefix(string(details), "{"))
				}
			}
			if strings.HasSuffix(reading.Name, "s") {
				body = fmt.Appendf(nil, `{"data":[%s,%[1]s]}`, body)
			} else {
				body = fmt.Appendf(nil, `{"data":%s}`, body)
			}
			if sameAsSlow(r, client, reading, string(body)) {
				quick[reading.Name]++
			}
		}
	})
	for _, reading := range heygen.ResponseDecoders {
		if quick[reading.Name] < 10 { // times before 1970 are not
			t.Errorf("of 100 of %s %d were", reading.Name, quick[reading.Name])
		}
	}
}

func TestFastPathAllocatesLittle(t *testing.T) {
	client, all := newClient(t, always(500, "")), sandboxResponses(t)
	for _, reading := range heygen.ResponseDecoders[:3] { // pages of 50 groups, 50 looks, 100 voices
		body := []byte(all[reading.Name][0])
		if n := testing.AllocsPerRun(20, func() { _, _ = reading.Decode(client, body) }); n > 250 {
			t.Errorf("%s: %.0f", reading.Name, n)
		}
	}
}

// A thing of a page may be kept for longer than its page.
func TestFastDecodedItemRetainsNothingOfItsPage(t *testing.T) {
	body, reading := []byte(sandboxResponses(t)["groups"][0]), heygen.ResponseDecoders[0]
	heap := func() int64 {
		var m runtime.MemStats
		runtime.GC() // and once more, as pools are emptied in two rounds
		runtime.GC()
		runtime.ReadMemStats(&m)
		return int64(m.HeapAlloc)
	}
	const pages = 500
	kept, before := make([]heygen.AvatarGroup, 0, pages), heap()
	for range pages {
		page, ok := reading.Fast(slices.Clone(body))
		if !ok {
			t.Fatal("not read quickly")
		}
		kept = append(kept, page.(heygen.Page[heygen.AvatarGroup]).Data[7])
	}
	if took := (heap() - before) / pages; took > 1<<10 {
		t.Errorf("%d bytes a group, of pages of %d", took, len(body))
	}
	runtime.KeepAlive(kept)
}

// The texts of an item stand one behind the other.
func TestAppendingToTagsChangesNoOtherField(t *testing.T) {
	got, ok := heygen.ResponseDecoders[1].Fast([]byte(smallResponses()["looks"]))
	if !ok {
		t.Fatal("not read quickly")
	}
	look := got.(heygen.Page[heygen.AvatarLook]).Data[0]
	_ = append(look.Tags, "new", "new", "new")
	if want := "u"; *look.PreviewVideoURL != want {
		t.Errorf("%s has become %s", want, *look.PreviewVideoURL)
	}
}

func FuzzDecodeFast(f *testing.F) {
	for _, body := range smallResponses() {
		f.Add(body)
	}
	for of, bodies := range sandboxResponses(f) {
		if !strings.HasSuffix(of, "s") { // pages take long to minimize
			f.Add(bodies[0])
		}
	}
	for _, file := range []string{"avatar_groups", "avatar_group_private", "avatar_looks", "avatar_look", "voices", "voice_failed", "unauthorized"} {
		f.Add(readTestdata(f, file+".json"))
	}
	client := newClient(f, always(500, ""))
	f.Fuzz(func(t *testing.T, body string) {
		for _, reading := range heygen.ResponseDecoders {
			sameAsSlow(t, client, reading, body)
		}
	})
}
