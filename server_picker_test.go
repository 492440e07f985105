package main

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"heygen-graphql/graph/gallery"
)

// pickerRequest is a request of the avatar picker.
type pickerRequest struct {
	operation, variables string
	contains             string         // in the response
	calls                map[string]int // by path, with an empty cache
}

var pickerRequests = []pickerRequest{
	{"PickerCharacters", `{"first": 48, "counts": false}`, `"groupId":"group_monica"`, map[string]int{"/v3/avatars": 1}},
	{"PickerCharacters", `{"first": 0, "counts": true}`, `"facets":{"gender":[`, map[string]int{"/v3/avatars": 32}}, // the list of all, of public and of private groups
	{
		"PickerCharacters", `{"first": 48, "counts": true, "ownership": "PUBLIC", "search": "monica", "filter": {"gender": ["FEMALE"], "status": ["COMPLETED"]}, "orderBy": {"field": "NAME", "direction": "ASC"}}`,
		`"name":"Monica"`, map[string]int{"/v3/avatars": 16},
	},
	{
		"PickerCharacter", `{"id": "group_monica", "looks": 24}`, `"lookId":"monica_office"`,
		map[string]int{"/v3/avatars/group_monica": 1, "/v3/avatars/looks": 1, "/v3/voices/5c3e9f1b7a2d4c60b8e1f7a94d20c6b3": 1},
	},
	{
		"PickerCharacter", `{"id": "group_monica", "looks": 24, "search": "monica", "filter": {"orientation": ["LANDSCAPE"], "readiness": ["READY"]}}`, `"lookId":"monica_office"`,
		map[string]int{"/v3/avatars/group_monica": 1, "/v3/avatars/looks": 1, "/v3/voices/5c3e9f1b7a2d4c60b8e1f7a94d20c6b3": 1},
	},
	{"PickerLooks", `{"id": "group_monica", "first": 24}`, `"lookId":"monica_office"`, map[string]int{"/v3/avatars/group_monica": 1, "/v3/avatars/looks": 1}},
	{
		"PickerLook", `{"id": "monica_office"}`, `"lookId":"monica_office"`,
		map[string]int{"/v3/avatars/looks/monica_office": 1, "/v3/avatars/group_monica": 1, "/v3/voices/5c3e9f1b7a2d4c60b8e1f7a94d20c6b3": 1},
	},
	{"PickerVoices", `{"first": 20, "type": "PUBLIC", "language": "English", "gender": "female"}`, `"voiceId":"5c3e9f1b7a2d4c60b8e1f7a94d20c6b3"`, map[string]int{"/v3/voices": 1}},
	{
		"PickerVoice", `{"id": "5c3e9f1b7a2d4c60b8e1f7a94d20c6b3"}`, `"voiceId":"5c3e9f1b7a2d4c60b8e1f7a94d20c6b3"`,
		map[string]int{"/v3/voices/5c3e9f1b7a2d4c60b8e1f7a94d20c6b3": 1},
	},
	{"PickerLookChanged", `{"id": "monica_street"}`, `{"data":{"avatarLookChanged":{`, map[string]int{"/v3/avatars/looks/monica_street": 1}},
	{"PickerCharacterChanged", `{"id": "group_monica"}`, `{"data":{"avatarGroupChanged":{`, map[string]int{"/v3/avatars/group_monica": 1}},
}

// pickerDocuments returns the ids of the picker's documents by the name of their operation.
func pickerDocuments(t *testing.T) map[string]string {
	t.Helper()
	ids := map[string]string{}
	for id, source := range gallery.Documents() {
		for _, operation := range regexp.MustCompile(`(?:query|subscription) (\w+)`).FindAllStringSubmatch(source, -1) {
			ids[operation[1]] = id
		}
	}
	if len(ids) == 0 {
		t.Fatal("the picker has no documents")
	}
	return ids
}

// send sends a request of the picker and checks the response.
func (r pickerRequest) send(t *testing.T, p *process, id string) {
	t.Helper()
	request := fmt.Sprintf(`{"documentId": %q, "variables": %s}`, id, r.variables)
	if strings.HasSuffix(r.operation, "Changed") {
		p.stream(t, request).want("next", r.contains)
		return
	}
	res, body := send(t, "POST", p.url+"/graphql", request, "Content-Type", "application/json", "X-GraphQL-Extensions", "cost")
	if res.StatusCode != 200 || strings.Contains(body, `"errors"`) || !strings.Contains(body, r.contains) {
		t.Errorf("%s %s: %d %s", r.operation, r.variables, res.StatusCode, body)
	}
	cost := regexp.MustCompile(`"cost":\{"allowed":\d+,"requested":(\d+)\}`).FindStringSubmatch(body)
	if cost == nil {
		t.Fatalf("%s: no cost in %s", r.operation, body)
	}
	calls := 0
	for _, n := range r.calls {
		calls += n
	}
	if requested, _ := strconv.Atoi(cost[1]); requested < calls || requested > 500 { // half of MAX_COST
		t.Errorf("%s %s costs %d, and makes %d calls", r.operation, r.variables, requested, calls)
	}
}

func TestPickerDocumentsAreWithinDefaultLimits(t *testing.T) {
	ids := pickerDocuments(t)
	for _, r := range pickerRequests {
		p, heyGen := startWithHeyGen(t, "HEYGEN_API_KEY", "sk_V2_right")
		if ids[r.operation] == "" {
			t.Fatalf("no document has the operation %s", r.operation)
		}
		r.send(t, p, ids[r.operation])
		calls := map[string]int{}
		for _, call := range heyGen.Calls() {
			calls[call.Path]++
		}
		if !maps.Equal(calls, r.calls) {
			t.Errorf("%s %s: calls %v, want %v", r.operation, r.variables, calls, r.calls)
		}
	}
	for operation := range ids {
		if !slices.ContainsFunc(pickerRequests, func(r pickerRequest) bool { return r.operation == operation }) {
			t.Errorf("%s is not tested", operation)
		}
	}
}

// writeManifest writes a manifest of trusted documents, with an entry of the picker and one of another client.
func writeManifest(t *testing.T, path, id, source string) {
	t.Helper()
	if err := os.WriteFile(path, fmt.Appendf(nil, `{%q: %q, "other": "{ __typename }"}`, id, source), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestPickerDocumentsAreTrustedWithEverySetting(t *testing.T) {
	ids := pickerDocuments(t)
	manifest := filepath.Join(t.TempDir(), "manifest.json")
	id := ids["PickerVoice"]
	writeManifest(t, manifest, id, gallery.Documents()[id]) // the same document twice
	for _, settings := range [][]string{
		nil,
		{"CACHE_BYTES", "0"}, // without automatic persisted queries
		{"TRUSTED_DOCUMENTS", manifest},
		{"TRUSTED_DOCUMENTS", manifest, "TRUSTED_DOCUMENTS_ONLY", "log"},
		{"TRUSTED_DOCUMENTS", manifest, "TRUSTED_DOCUMENTS_ONLY", "true"},
	} {
		p := startServer(t, settings...)
		for _, r := range pickerRequests {
			r.send(t, p, ids[r.operation])
		}
		_, body := send(t, "GET", p.url+"/graphql?query={other:__typename}", "")
		if rejected := slices.Contains(settings, "true"); strings.Contains(body, "DOCUMENT_NOT_TRUSTED") != rejected || strings.Contains(body, `"data"`) == rejected {
			t.Errorf("%v: another document: %s", settings, body)
		}
		for message, want := range map[string]bool{"untrusted document executed": slices.Contains(settings, "log"), "msg=\"trusted documents loaded\"": slices.Contains(settings, manifest)} {
			if n := strings.Count(p.output(), message); n > 1 || (n == 1) != want {
				t.Errorf("%v: %q %d times", settings, message, n)
			}
		}
		if slices.Contains(settings, manifest) && !strings.Contains(p.output(), "documents=2 ") {
			t.Errorf("%v: the number of documents is not that of the manifest: %s", settings, p.output())
		}
	}
}

func TestReloadKeepsPickerDocumentsTrusted(t *testing.T) {
	id := pickerDocuments(t)["PickerVoice"]
	manifest := filepath.Join(t.TempDir(), "manifest.json")
	writeManifest(t, manifest, "one", "{ a: __typename }")
	p := startServer(t, "TRUSTED_DOCUMENTS", manifest, "TRUSTED_DOCUMENTS_ONLY", "true")
	resolves := func(id string, want bool) {
		t.Helper()
		if _, body := send(t, "GET", p.url+"/graphql?documentId="+id+"&variables=%7B%22id%22:%22v%22%7D", ""); strings.Contains(body, "DOCUMENT_NOT_TRUSTED") == want {
			t.Errorf("%s: %s", id, body)
		}
	}
	resolves(id, true)
	writeManifest(t, manifest, "two", "{ b: __typename }")
	if err := syscall.Kill(os.Getpid(), syscall.SIGHUP); err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(10 * time.Second); strings.Count(p.output(), "trusted documents loaded") < 2; <-time.After(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal(p.output())
		}
	}
	resolves(id, true)
	resolves("one", false)
	resolves("two", true)
}

func TestServerWithoutGalleryTrustsNoPickerDocument(t *testing.T) {
	manifest := filepath.Join(t.TempDir(), "manifest.json")
	writeManifest(t, manifest, "one", "{ a: __typename }")
	p := startServer(t, "GALLERY", "false", "TRUSTED_DOCUMENTS", manifest, "TRUSTED_DOCUMENTS_ONLY", "true")
	for _, path := range gallery.Patterns() {
		if res, _ := send(t, "GET", p.url+path, ""); res.StatusCode != 404 || res.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %d %v", path, res.StatusCode, res.Header)
		}
	}
	for name, id := range pickerDocuments(t) {
		if _, body := send(t, "GET", p.url+"/graphql?documentId="+id, ""); !strings.Contains(body, "DOCUMENT_NOT_TRUSTED") {
			t.Errorf("%s: %s", name, body)
		}
	}
	if _, body := send(t, "GET", p.url+"/graphql?documentId=other", ""); body != `{"data":{"__typename":"Query"}}` {
		t.Error(body)
	}
	if strings.Contains(p.output(), "gallery=") {
		t.Error(p.output())
	}
}

// A server that started before it had a picker still starts, and serves its own documents.
func TestServerStartsWithoutPickerDocuments(t *testing.T) {
	id := pickerDocuments(t)["PickerVoice"]
	manifest := filepath.Join(t.TempDir(), "manifest.json")
	writeManifest(t, manifest, id, "{ own: __typename }")
	for _, c := range []struct {
		settings []string
		reason   string
	}{
		{[]string{"MAX_TOKENS", "10"}, "MAX_TOKENS"},
		{[]string{"TRUSTED_DOCUMENTS", manifest}, "two documents have the id"},
	} {
		p := startServer(t, c.settings...)
		if _, body := send(t, "GET", p.url+"/graphql?query={__typename}", ""); body != `{"data":{"__typename":"Query"}}` {
			t.Errorf("%v: %s", c.settings, body)
		}
		if out := p.output(); strings.Count(out, "the avatar picker's documents are not trusted") != 1 || !strings.Contains(out, c.reason) {
			t.Errorf("%v: %s", c.settings, out)
		}
	}
	p := startServer(t, "TRUSTED_DOCUMENTS", manifest)
	if _, body := send(t, "GET", p.url+"/graphql?documentId="+id, ""); body != `{"data":{"own":"Query"}}` {
		t.Error(body)
	}
}

// A page that may load the script may not therefore call the endpoint.
func TestOtherOriginsLoadThePickerButDoNotCall(t *testing.T) {
	p := startServer(t)
	other := []string{"Origin", "https://app.example", "Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "cors"}
	for _, path := range gallery.Patterns() {
		res, body := send(t, "GET", p.url+path, "", other...)
		origin, resource := "", "same-origin"
		if strings.HasPrefix(path, "/picker") {
			origin, resource = "*", "cross-origin"
		}
		if (res.StatusCode != 200 || body == "") && path != "/gallery/" {
			t.Errorf("%s: %d", path, res.StatusCode)
		}
		if h := res.Header; h.Get("Access-Control-Allow-Origin") != origin || h.Get("Cross-Origin-Resource-Policy") != resource {
			t.Errorf("%s: %v", path, h)
		}
	}
	if res, _ := send(t, "GET", p.url+"/graphql?query={__typename}", "", other...); res.StatusCode != 403 || res.Header.Get("Access-Control-Allow-Origin") != "" {
		t.Errorf("%d %v", res.StatusCode, res.Header)
	}
}

func TestGalleryIsAsOpenAsGraphiQL(t *testing.T) {
	token := startServer(t, "CLIENT_TOKENS", "token-in-variable")
	for _, path := range []string{"/", "/gallery", "/picker.js"} {
		if res, _ := send(t, "GET", token.url+path, ""); res.StatusCode != 200 {
			t.Errorf("%s requires a token: %d", path, res.StatusCode)
		}
	}
	unprotected, _ := startWithHeyGen(t, "HEYGEN_API_KEY", "sk_V2_right")
	for _, path := range []string{"/", "/gallery", "/picker.js"} {
		if res, _ := send(t, "GET", unprotected.url+path, "", "Host", "rebound.example"); res.StatusCode != 421 {
			t.Errorf("%s with another host: %d", path, res.StatusCode)
		}
	}
	if _, page := send(t, "GET", startServer(t).url+"/gallery", ""); !strings.Contains(page, "Sandbox: invented avatars, no key needed.") {
		t.Errorf("the page does not name the sandbox:\n%s", page)
	}
	if _, page := send(t, "GET", unprotected.url+"/gallery", ""); !strings.Contains(page, "Live: HeyGen.") || !strings.Contains(page, `"upstream":"127.0.0.1:`) {
		t.Errorf("the page is not live:\n%s", page)
	}
	if _, page := send(t, "GET", token.url+"/gallery", ""); !strings.Contains(page, `Authorization`) {
		t.Errorf("the page does not name the credential:\n%s", page)
	}
}
