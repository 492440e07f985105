package sandbox_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"testing"

	"heygen-graphql/heygen/sandbox"
)

var allRoutes = []string{
	"/v3/users/me", "/v3/avatars", demoGroupPath, "/v3/avatars/looks", "/v3/avatars/looks/monica_sofa", "/v3/voices", demoVoicePath,
}

func TestParametersAreValidated(t *testing.T) {
	box := sandbox.New(sandbox.Options{})
	for query, param := range map[string]string{
		"limit=0":                            "limit",
		"limit=51":                           "limit",
		"limit=-1":                           "limit",
		"limit=":                             "limit",
		"limit=ten":                          "limit",
		"limit=2.5":                          "limit",
		"limit=99999999999999999999":         "limit",
		"limit=%2B5":                         "limit",
		"limit=05":                           "limit",
		"limit=%205":                         "limit",
		"limit=5&limit=9":                    "limit",
		"limit=5&limit=5":                    "limit",
		"token=&token=":                      "token",
		"ownership=public&ownership=private": "ownership",
		"h=&g=&f=&e=&d=&c=&b=&a=&b=&c=&d=&e=&f=&g=&h=": "b", // the first of them by name
		"ownership=mine":         "ownership",
		"ownership=":             "ownership",
		"ownership=Public":       "ownership",
		"token=nonsense":         "token",
		"token=bm9uc2Vuc2UhIQ==": "token",
		"token=%20":              "token",
		"token=":                 "token",
		"search=Monica":          "search",
		"limit=5&page=7":         "page",
		"search=":                "search",
		"Limit=5":                "Limit",
		"=5":                     "",
		"zz=1&aa=1&limit=0":      "aa", // the first of the unknown ones by name, before invalid values
		"token=%zz":              "",
		"limit=1;token=x":        "",
	} {
		w := get(t, box, "/v3/avatars?"+query)
		assertError(t, query, w.Result(), w.Body.Bytes(), 400, "invalid_parameter", param)
	}
}

func TestValidParametersAreAccepted(t *testing.T) {
	box := sandbox.New(sandbox.Options{})
	for query, want := range map[string]int{
		"":                           20,
		"limit=1":                    1,
		"limit=50":                   50,
		"ownership=public":           20,
		"ownership=private&limit=50": 44,
	} {
		w := get(t, box, "/v3/avatars?"+query)
		if got := len(itemIDs(t, w.Body.Bytes())); w.Code != 200 || got != want {
			t.Errorf("%q: %d with %d groups, want %d", query, w.Code, got, want)
		}
	}
}

func TestUndocumentedParameterIsRefusedAsByHeyGen(t *testing.T) {
	box := sandbox.New(sandbox.Options{})
	const want = `{"error":{"code":"invalid_parameter","message":"Extra inputs are not permitted","param":"search",` +
		`"doc_url":"https://developers.heygen.com/docs/error-codes#invalid_parameter"}}`
	for _, path := range allRoutes {
		if w := get(t, box, path+"?search=Monica"); w.Code != 400 || w.Body.String() != want {
			t.Errorf("%s: %d %s", path, w.Code, w.Body)
		}
		if w := send(t, box, "GET", path+"?search=Monica", nil); w.Code != 401 { // the key is checked first
			t.Errorf("%s without a key: %d", path, w.Code)
		}
	}
}

func TestUnknownPathsAndIDsAre404(t *testing.T) {
	box := sandbox.New(sandbox.Options{})
	box.AddGroups(sandbox.Group{ID: "looks", Name: "Must not be reached"})
	for path, code := range map[string]string{
		"/v3/avatars/unknown":              "avatar_group_not_found",
		"/v3/avatars/%2e%2e":               "avatar_group_not_found",
		"/v3/avatars/..":                   "avatar_group_not_found",
		"/v3/avatars/group_monica%2Flooks": "avatar_group_not_found",
		"/v3/avatars/looks/unknown":        "avatar_not_found",
		"/v3/avatars/looks/group_monica":   "avatar_not_found", // the id of a group
		"/v3/avatars/looks/monica%2Fsofa":  "avatar_not_found",
		"/v3/avatars/looks/":               "not_found",
		"/v3/avatars/looks/monica_sofa/":   "not_found",
		"/v3/voices/unknown":               "voice_not_found",
		"/v3/voices/":                      "not_found",
		"/v3/avatars/":                     "not_found",
		"/v3/avatars/group_monica/looks":   "not_found",
		"/v3/avatars/group_monica/":        "not_found",
		"/v3//avatars":                     "not_found",
		"/v2/avatars":                      "not_found",
		"/":                                "not_found",
	} {
		w := get(t, box, path)
		assertError(t, path, w.Result(), w.Body.Bytes(), 404, code, "")
	}
}

func TestIDsAreUnescapedOnce(t *testing.T) {
	box := sandbox.New(sandbox.Options{})
	for _, id := range []string{"a/b", "a b", "a+b", "a%2Fb", "%", "ü", "..", "?", "#", "a.svg", "さくら", "\x00"} {
		box.AddGroups(sandbox.Group{ID: id, Name: "x"})
		w := get(t, box, "/v3/avatars/"+url.PathEscape(id))
		var single struct{ Data struct{ ID string } }
		if err := json.Unmarshal(w.Body.Bytes(), &single); err != nil || single.Data.ID != id {
			t.Errorf("%q: %d %s", id, w.Code, w.Body)
		}
	}
}

func TestAuthentication(t *testing.T) {
	open := sandbox.New(sandbox.Options{})
	closed := sandbox.New(sandbox.Options{Keys: []string{"right", "also right"}})
	for _, c := range []struct {
		name   string
		box    *sandbox.Sandbox
		header http.Header
		want   int
	}{
		{"any key", open, http.Header{"X-Api-Key": {"whatever"}}, 200},
		{"any bearer", open, http.Header{"Authorization": {"Bearer whatever"}}, 200},
		{"none", open, http.Header{}, 401},
		{"empty key", open, http.Header{"X-Api-Key": {""}}, 401},
		{"blank key", open, http.Header{"X-Api-Key": {"  "}}, 401},
		{"empty bearer", open, http.Header{"Authorization": {"Bearer "}}, 401},
		{"other scheme", open, http.Header{"Authorization": {"Basic d2hhdDpldmVy"}}, 401},
		{"both", open, http.Header{"X-Api-Key": {"a"}, "Authorization": {"Bearer a"}}, 400},
		{"right key", closed, http.Header{"X-Api-Key": {"also right"}}, 200},
		{"right bearer", closed, http.Header{"Authorization": {"bearer right"}}, 200},
		{"wrong key", closed, http.Header{"X-Api-Key": {"Right"}}, 401},
		{"wrong bearer", closed, http.Header{"Authorization": {"Bearer wrong"}}, 401},
	} {
		for _, path := range allRoutes {
			w := send(t, c.box, "GET", path, c.header)
			switch {
			case c.want == 400:
				assertError(t, c.name+path, w.Result(), w.Body.Bytes(), 400, "invalid_parameter", "")
			case c.want == 401:
				const live = `{"error":{"code":"unauthorized","message":"Unauthorized","doc_url":"https://developers.heygen.com/docs/error-codes#unauthorized"}}`
				if w.Code != 401 || w.Body.String() != live {
					t.Errorf("%s at %s: %d %s", c.name, path, w.Code, w.Body)
				}
			case w.Code != 200:
				t.Errorf("%s at %s: %d %s", c.name, path, w.Code, w.Body)
			}
		}
	}
}

func TestOtherMethodsAreRejected(t *testing.T) {
	box := sandbox.New(sandbox.Options{})
	key := http.Header{"X-Api-Key": {"key"}}
	for _, method := range []string{"POST", "PUT", "PATCH", "DELETE", "OPTIONS"} {
		for _, path := range allRoutes {
			w := send(t, box, method, path, key)
			assertError(t, method+path, w.Result(), w.Body.Bytes(), 405, "method_not_allowed", "")
			if allow := w.Header().Get("Allow"); allow != "GET, HEAD" {
				t.Errorf("%s %s: Allow is %q", method, path, allow)
			}
		}
	}
}

func TestKeyProbeReturnsUser(t *testing.T) {
	w := get(t, sandbox.New(sandbox.Options{}), "/v3/users/me")
	if want := `{"data":{"username":"sandbox","email":"sandbox@example.com"}}`; w.Code != 200 || w.Body.String() != want {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

func TestHeadIsGetWithoutBody(t *testing.T) {
	box := sandbox.New(sandbox.Options{})
	defer box.Close()
	client := &http.Client{Transport: box.Transport()}
	for path, status := range map[string]int{"/v3/avatars": 200, "/v3/avatars/unknown": 404} {
		r, err := http.NewRequestWithContext(t.Context(), "HEAD", "http://box"+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("X-Api-Key", "key")
		response, err := client.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		if response.StatusCode != status || response.ContentLength < 100 {
			t.Errorf("HEAD %s: %d, Content-Length %d", path, response.StatusCode, response.ContentLength)
		}
	}
}
