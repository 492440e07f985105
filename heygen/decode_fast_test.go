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

// sandboxResponses returns all pages of the sandbox, and its first resources, by the
// name of their decoder.
func sandboxResponses(t testing.TB) map[string][]string {
	t.Helper()
	server := sandbox.New(sandbox.Options{PublicURL: "https://files.heygen.example"})
	responses := map[string][]string{}
	for name, list := range map[string]string{"group": "/v3/avatars?limit=50", "look": "/v3/avatars/looks?limit=50", "voice": "/v3/voices?limit=100"} {
		path, _, _ := strings.Cut(list, "?")
		for token, more := "", true; more; {
			body := sandboxGet(t, server, list+token)
			responses[name+"s"] = append(responses[name+"s"], body)
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
				responses[name] = append(responses[name], sandboxGet(t, server, path+"/"+url.PathEscape(item.ID+item.VoiceID)))
			}
			token, more = "&token="+url.QueryEscape(page.NextToken), page.HasMore
		}
	}
	return responses
}

// sandboxGet returns the body of a response of the sandbox.
func sandboxGet(t testing.TB, server http.Handler, path string) string {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, path, nil)
	r.Header.Set("X-Api-Key", "any")
	w := httptest.NewRecorder()
	if server.ServeHTTP(w, r); w.Code != 200 {
		t.Fatalf("%s: %d %s", path, w.Code, w.Body)
	}
	return w.Body.String()
}

// sameAsSlow fails if the fast path decodes a body otherwise than the slow path. It
// reports whether the fast path supports the body.
func sameAsSlow(t rapid.TB, client *heygen.Client, decoder heygen.ResponseDecoder, body string) bool {
	got, ok := decoder.Fast([]byte(body))
	if !ok {
		return false
	}
	want, err := decoder.Slow(client, []byte(body))
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Fatalf("%s: a field that only the slow path decodes must be added to heygen/fast_fields.go\n%.2000q\nfast %s\nslow %s, %v", decoder.Name, body, dump(got), dump(want), err)
	}
	return true
}

func dump(value any) string {
	body, err := json.Marshal(value)
	return fmt.Sprintf("%s %v", body, err)
}

func TestFastPathDecodesKnownResponses(t *testing.T) {
	responses := sandboxResponses(t)
	for name, files := range map[string][]string{
		"groups": {"avatar_groups"}, "group": {"avatar_group", "avatar_group_private"}, "looks": {"avatar_looks"}, "look": {"avatar_look"},
		"voices": {"voices"}, "voice": {"voice", "voice_failed"},
	} {
		for _, file := range files {
			responses[name] = append(responses[name], readTestdata(t, file+".json"))
		}
	}
	client := newClient(t, always(500, ""))
	for _, decoder := range heygen.ResponseDecoders {
		if len(responses[decoder.Name]) < 2 {
			t.Errorf("only %d responses of %s", len(responses[decoder.Name]), decoder.Name)
		}
		for _, body := range responses[decoder.Name] {
			if !sameAsSlow(t, client, decoder, body) {
				t.Errorf("not decoded on the fast path: %s", body)
			}
		}
	}
}

// smallResponses returns responses with every field, and little else.
func smallResponses() map[string]string {
	const group = `{"id":"g","name":" Zo\u00eb – x ","gender":null,"preview_image_url":"https://i/?a=b&c","preview_video_url":"","looks_count":3,"default_voice_id":"v",` +
		`"consent_status":"c","status":"failed","error":{"code":"c","message":"m\n"},"created_at":1711382400.25,"new":{"a":[1.5,true,null,"x\ty"]}}`
	const look = `{"id":"l","name":"L","avatar_type":"photo_avatar","group_id":"","gender":"f","tags":["a",""," ","b\"\n"],"supported_api_engines":[],"preview_image_url":null,` +
		`"preview_video_url":"u","image_width":1,"image_height":1080,"preferred_orientation":"square","default_voice_id":"","status":null,"error":{}}`
	const voice = `{"voice_id":"v","name":"　小雨","language":"C","gender":"g","preview_audio_url":null,"support_pause":true`
	const details = `,"status":"complete","failure_message":"f","created_at":1711382400,"support_interactive_avatar":false}`
	list := func(item string) string {
		return `{"data":[` + item + `, ` + item + `],"has_more":true,"next_token":"t+/="}`
	}
	return map[string]string{
		"groups": list(group), "group": `{"data":` + group + `}`, "looks": list(look), "look": `{"data":` + look + `,"error":null}`,
		"voices": list(voice + `,"type":"public"}`), "voice": `{"data":` + voice + details + `}`,
	}
}

// It truncates each body and inserts or replaces bytes at each position, except most
// positions in the middle of a word.
func TestFastPathMatchesSlowPathOnCorruptedBodies(t *testing.T) {
	pieces := []string{"", `"`, `\`, `\u00e9`, `\ud83d`, "\u2028", "\xff", "\x00", "\n", "{", "}", "[", "]", ",", ":", "0", "-", ".", "e1", "null", `"":0,`, "A"}
	client := newClient(t, always(500, ""))
	for _, decoder := range heygen.ResponseDecoders {
		body, fast := smallResponses()[decoder.Name], 0
		for i := range len(body) {
			sameAsSlow(t, client, decoder, body[:i])
			if i%7 > 0 && i > 0 && strings.ContainsFunc(body[i-1:i], unicode.IsLower) && strings.ContainsFunc(body[i:i+1], unicode.IsLower) {
				continue
			}
			for _, piece := range pieces {
				for _, rest := range []string{body[i:], body[i+1:]} {
					if sameAsSlow(t, client, decoder, body[:i]+piece+rest) {
						fast++
					}
				}
			}
		}
		if fast < 500 { // the test proves nothing if the fast path supports little
			t.Errorf("%s: only %d on the fast path", decoder.Name, fast)
		}
	}
}

func TestFastPathMatchesSlowPathOnUnusualBodies(t *testing.T) {
	const group = `{"id":"g","name":"N","looks_count":1,"created_at":1%s}`
	client := newClient(t, always(500, ""))
	decoderOf := func(name string) heygen.ResponseDecoder {
		return heygen.ResponseDecoders[slices.IndexFunc(heygen.ResponseDecoders, func(r heygen.ResponseDecoder) bool { return r.Name == name })]
	}
	for extra, fast := range map[string]bool{
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
		`,"new":1,"new":2`:                  true, // not decoded
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
		item := fmt.Sprintf(group, extra)
		for decoder, body := range map[string]string{"group": `{"data":` + item + `}`, "groups": `{"data":[` + item + `]}`} {
			if sameAsSlow(t, client, decoderOf(decoder), body) != fast {
				t.Errorf("fast %t: %.200q", !fast, body)
			}
		}
	}
	item := fmt.Sprintf(group, "")
	for body, fast := range map[string]bool{
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
		if sameAsSlow(t, client, decoderOf("groups"), body) != fast {
			t.Errorf("fast %t: %.200q", !fast, body)
		}
	}
}

func TestFastPathMatchesSlowPathOnStringLists(t *testing.T) {
	client := newClient(t, always(500, ""))
	for tags, fast := range map[string]bool{`null`: true, `[]`: true, `[""]`: true, `["a","",  "b" ]`: true, `[null]`: false, `[7]`: false, `{}`: false, `"a"`: false, `[["a"]]`: false} {
		body := `{"data":{"id":"l","name":"L","avatar_type":"t","gender":"g","tags":` + tags + `,"preview_image_url":"u"}}`
		if sameAsSlow(t, client, heygen.ResponseDecoders[4], body) != fast {
			t.Errorf("fast %t: %s", !fast, body)
		}
	}
}

// It generates every field of a struct: one missing from the fast path is found.
func TestFastPathDecodesEveryField(t *testing.T) {
	client := newClient(t, always(500, ""))
	fast := map[string]int{}
	rapid.Check(t, func(r *rapid.T) {
		for _, decoder := range heygen.ResponseDecoders {
			var body []byte
			switch decoder.Name {
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
			if strings.HasSuffix(decoder.Name, "s") {
				body = fmt.Appendf(nil, `{"data":[%s,%[1]s]}`, body)
			} else {
				body = fmt.Appendf(nil, `{"data":%s}`, body)
			}
			if sameAsSlow(r, client, decoder, string(body)) {
				fast[decoder.Name]++
			}
		}
	})
	for _, decoder := range heygen.ResponseDecoders {
		if fast[decoder.Name] < 10 {
			t.Errorf("of 100 of %s only %d are decoded on the fast path", decoder.Name, fast[decoder.Name])
		}
	}
}

func TestFastPathAllocatesLittle(t *testing.T) {
	client, responses := newClient(t, always(500, "")), sandboxResponses(t)
	for _, decoder := range heygen.ResponseDecoders[:3] { // pages of 50 groups, 50 looks, 100 voices
		body := []byte(responses[decoder.Name][0])
		if n := testing.AllocsPerRun(20, func() { _, _ = decoder.Decode(client, body) }); n > 250 {
			t.Errorf("%s: %.0f allocations", decoder.Name, n)
		}
	}
}

// An item may be cached for longer than its page.
func TestFastDecodedItemRetainsNothingOfItsPage(t *testing.T) {
	body, decoder := []byte(sandboxResponses(t)["groups"][0]), heygen.ResponseDecoders[0]
	heap := func() int64 {
		var m runtime.MemStats
		runtime.GC() // twice: pools are emptied in two rounds
		runtime.GC()
		runtime.ReadMemStats(&m)
		return int64(m.HeapAlloc)
	}
	const pages = 500
	retained, before := make([]heygen.AvatarGroup, 0, pages), heap()
	for range pages {
		page, ok := decoder.Fast(slices.Clone(body))
		if !ok {
			t.Fatal("not decoded on the fast path")
		}
		retained = append(retained, page.(heygen.Page[heygen.AvatarGroup]).Data[7])
	}
	if perItem := (heap() - before) / pages; perItem > 1<<10 {
		t.Errorf("%d bytes retained per group, of pages of %d", perItem, len(body))
	}
	runtime.KeepAlive(retained)
}

// The strings of an item share one slice.
func TestAppendingToTagsChangesNoOtherField(t *testing.T) {
	got, ok := heygen.ResponseDecoders[1].Fast([]byte(smallResponses()["looks"]))
	if !ok {
		t.Fatal("not decoded on the fast path")
	}
	look := got.(heygen.Page[heygen.AvatarLook]).Data[0]
	_ = append(look.Tags, "new", "new", "new")
	if want := "u"; *look.PreviewVideoURL != want {
		t.Errorf("%s is now %s", want, *look.PreviewVideoURL)
	}
}

func FuzzDecodeFast(f *testing.F) {
	for _, body := range smallResponses() {
		f.Add(body)
	}
	for name, bodies := range sandboxResponses(f) {
		if !strings.HasSuffix(name, "s") { // pages take long to minimize
			f.Add(bodies[0])
		}
	}
	for _, file := range []string{"avatar_groups", "avatar_group_private", "avatar_looks", "avatar_look", "voices", "voice_failed", "unauthorized"} {
		f.Add(readTestdata(f, file+".json"))
	}
	client := newClient(f, always(500, ""))
	f.Fuzz(func(t *testing.T, body string) {
		for _, decoder := range heygen.ResponseDecoders {
			sameAsSlow(t, client, decoder, body)
		}
	})
}
