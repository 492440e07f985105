package graph_test

import (
	"encoding/json"
	"net/http/httptest"
	"strings"
	"testing"
	"unicode/utf8"

	"heygen-graphql/graph"
	"heygen-graphql/heygen"
	"heygen-graphql/heygen/sandbox"
)

// FuzzRequest sends arbitrary requests to the endpoint. The response must always conform
// to GraphQL over HTTP, and must not be an internal error.
func FuzzRequest(f *testing.F) {
	for _, body := range []string{
		`{"query":"{ __typename }"}`,
		`{"query":"query A($id: ID!) { avatarGroup(id: $id) { name looks(first: 2) { nodes { name } } } }","variables":{"id":"group_monica"},"operationName":"A"}`,
		`{"query":"query ($f: AvatarType, $n: Int = 3) { avatarLooks(first: $n, avatarType: $f) { edges { cursor node { ...L } } } } fragment L on AvatarLook { id tags }","variables":{"f":"PHOTO_AVATAR","n":1.0}}`,
		`{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"` + strings.Repeat("0", 64) + `"}}}`,
		`{"query":"{ nodes(ids: [\"a\", \"b\"]) { __typename ... on Voice @skip(if: true) { name } } }"}`,
		`{"query":"{ __schema { types { name fields { name type { ofType { name } } } } } }"}`,
		`{"documentId":"x","query":null}`,
		`{"documentId":"sha256:` + strings.Repeat("a", 64) + `"}`,
		`{"doc_id":"` + strings.Repeat("a", 126) + `"}`,
		`[{"query":"{ __typename }"}]`,
		`{"query":"{ a @defer { b } }"}`,
		`{"query":"\ud800"}`,
	} {
		f.Add("POST", "", body, "application/json", "application/graphql-response+json")
	}
	f.Add("GET", `query={__typename}&variables={"a":[]}&extensions={}`, "", "", "*/*;q=0.3, application/json;q=x")
	f.Add("GET", `documentId=%ff&query=%`, "", "", "")
	a := newAPI(f, sandbox.Options{}, func(_ *heygen.Options, g *graph.Options) { g.ExposeUpstream = true })
	f.Fuzz(func(t *testing.T, method, query, body, contentType, accept string) {
		r := httptest.NewRequestWithContext(t.Context(), "POST", "/graphql", strings.NewReader(body))
		r.Method, r.URL.RawQuery = method, query
		r.Header.Set("Content-Type", contentType)
		r.Header.Set("Accept", accept)
		r.Header.Set("X-GraphQL-Extensions", "cost, upstream")
		w := httptest.NewRecorder()
		a.ServeHTTP(w, r)
		var out struct {
			Data   json.RawMessage
			Errors []responseError
		}
		if err := json.Unmarshal(w.Body.Bytes(), &out); err != nil || !utf8.Valid(w.Body.Bytes()) {
			t.Fatalf("%v in %.300s", err, w.Body)
		}
		if w.Code >= 500 || len(out.Data) == 0 && len(out.Errors) == 0 || w.Code != 200 && len(out.Data) > 0 {
			t.Fatalf("%d %.300s", w.Code, w.Body)
		}
		for _, e := range out.Errors {
			if code, _ := e.Extensions["code"].(string); code == "" || code == "INTERNAL" || len([]rune(e.Message)) > 600 {
				t.Fatalf("%.500s", w.Body)
			}
		}
		if a.ResetCalls(); len(w.Body.Bytes()) > 32<<20 {
			t.Fatalf("%d bytes", w.Body.Len())
		}
	})
}
