package graph_test

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"heygen-graphql/graph"
	"heygen-graphql/heygen"
	"heygen-graphql/heygen/sandbox"
)

func sha256Hex(s string) string {
	hash := sha256.Sum256([]byte(s))
	return hex.EncodeToString(hash[:])
}

// postBody sends a POST whose body has these members.
func (a *api) postBody(t testing.TB, members map[string]any) response {
	t.Helper()
	body, err := json.Marshal(members)
	if err != nil {
		t.Fatal(err)
	}
	return a.send(t, newRequest(t, "POST", "/graphql", string(body), "Content-Type", "application/json", "Accept", mediaTypeGraphQLResponse))
}

func persistedQueryExtension(hash string) map[string]any {
	return map[string]any{"persistedQuery": map[string]any{"version": 1, "sha256Hash": hash}}
}

const typenameBody = `{"data":{"__typename":"Query"}}`

func TestPersistedQueryIsFoundByHash(t *testing.T) {
	a := newAPI(t, sandbox.Options{})
	const source = `query ($v: Boolean! = true) { __typename @include(if: $v) }`
	hash := sha256Hex(source)
	getByHash := func() response {
		extensions, _ := json.Marshal(persistedQueryExtension(hash))
		return a.send(t, newRequest(t, "GET", "/graphql?"+url.Values{"extensions": {string(extensions)}}.Encode(), ""))
	}
	for _, out := range []response{a.postBody(t, vars{"extensions": persistedQueryExtension(hash)}), getByHash()} {
		if out.codes() != "PERSISTED_QUERY_NOT_FOUND" || out.Errors[0].Message != "PersistedQueryNotFound" {
			t.Fatalf("%d %s", out.Status, out.Body)
		}
	}
	if out := a.postBody(t, vars{"query": source, "extensions": persistedQueryExtension(hash)}); out.Body != typenameBody {
		t.Fatal(out.Body)
	}
	for _, out := range []response{a.postBody(t, vars{"extensions": persistedQueryExtension(hash)}), getByHash(), a.postBody(t, vars{"documentId": "sha256:" + hash}), a.postBody(t, vars{"documentId": hash})} {
		if out.Body != typenameBody {
			t.Error(out.Body)
		}
	}
	if out := a.postBody(t, vars{"extensions": persistedQueryExtension(hash), "variables": vars{"v": false}}); out.Body != `{"data":{}}` {
		t.Error(out.Body)
	}
}

func TestInvalidDocumentsAreNotPersisted(t *testing.T) {
	a := newAPI(t, sandbox.Options{})
	for _, source := range []string{`{ nothing }`, `{`, ``, `mutation { __typename }`, `{` + strings.Repeat(" __typename", 20_001) + `}`} {
		a.postBody(t, vars{"query": source, "extensions": persistedQueryExtension(sha256Hex(source))})
		if out := a.postBody(t, vars{"extensions": persistedQueryExtension(sha256Hex(source))}); out.codes() != "PERSISTED_QUERY_NOT_FOUND" {
			t.Errorf("%.40s: %s", source, out.Body)
		}
	}
}

func TestWrongHashesAndDocumentIDsAreRejected(t *testing.T) {
	a := newAPI(t, sandbox.Options{})
	const source, otherSource = `{ __typename }`, `{ a: __typename }`
	a.mustDo(t, otherSource, nil)
	for name, members := range map[string]vars{
		"hash of another document":   {"query": source, "extensions": persistedQueryExtension(sha256Hex(otherSource))},
		"hash in upper case":         {"query": source, "extensions": persistedQueryExtension(strings.ToUpper(sha256Hex(source)))},
		"empty hash":                 {"query": source, "extensions": persistedQueryExtension("")},
		"hash is a number":           {"query": source, "extensions": vars{"persistedQuery": vars{"version": 1, "sha256Hash": 5}}},
		"persistedQuery is a string": {"query": source, "extensions": vars{"persistedQuery": "x"}},
		"unsupported version":        {"query": source, "extensions": vars{"persistedQuery": vars{"version": 2, "sha256Hash": sha256Hex(source)}}},
		"missing version":            {"extensions": vars{"persistedQuery": vars{"sha256Hash": sha256Hex(source)}}},
		"id of 129 characters":       {"documentId": strings.Repeat("x", 129)},
		"documentId and hash":        {"documentId": "x", "extensions": persistedQueryExtension("y")},
		"query and documentId":       {"query": source, "documentId": sha256Hex(source)},
		"neither query nor id":       {"variables": vars{}},
		"empty documentId":           {"documentId": ""},
	} {
		if out := a.postBody(t, members); out.Status != 400 || out.codes() != "BAD_USER_INPUT" {
			t.Errorf("%s: %d %s", name, out.Status, out.Body)
		}
	}
	if out := a.postBody(t, vars{"query": source, "extensions": vars{"persistedQuery": nil}}); out.Body != typenameBody {
		t.Error(out.Body)
	}
}

func TestDisabledAPQExecutesButDoesNotPersist(t *testing.T) {
	a := newAPI(t, sandbox.Options{}, func(_ *heygen.Options, g *graph.Options) { g.DisableAPQ = true })
	const source = `{ __typename }`
	for range 2 {
		if out := a.postBody(t, vars{"query": source, "extensions": persistedQueryExtension(sha256Hex(source))}); out.Body != typenameBody {
			t.Error(out.Body)
		}
		if out := a.postBody(t, vars{"extensions": persistedQueryExtension(sha256Hex(source))}); out.codes() != "PERSISTED_QUERY_NOT_FOUND" {
			t.Error(out.Body)
		}
	}
}

var trustedDocuments = []graph.TrustedDocument{
	{ID: "5f4dcc3b5aa765d61d8327deb882cf99", Source: `query One { __typename }`},
	{ID: sha256Hex(`query Two { a: __typename }`), Source: `query Two { a: __typename }`},
}

// newTrustedAPI returns an API with trustedDocuments.
func newTrustedAPI(t testing.TB, trustedOnly bool) *api {
	t.Helper()
	a := newAPI(t, sandbox.Options{}, func(_ *heygen.Options, g *graph.Options) { g.TrustedOnly = trustedOnly })
	if err := a.Handler.(*graph.Handler).SetTrustedDocuments(trustedDocuments); err != nil {
		t.Fatal(err)
	}
	return a
}

func TestTrustedDocumentIsFoundByIDHashAndSource(t *testing.T) {
	for _, trustedOnly := range []bool{false, true} {
		a := newTrustedAPI(t, trustedOnly)
		for _, members := range []vars{
			{"documentId": trustedDocuments[0].ID},
			{"doc_id": trustedDocuments[0].ID},
			{"extensions": persistedQueryExtension(trustedDocuments[0].ID)},
			{"extensions": persistedQueryExtension(sha256Hex(trustedDocuments[0].Source))},
			{"documentId": "sha256:" + sha256Hex(trustedDocuments[0].Source)},
			{"query": trustedDocuments[0].Source},
			{"query": trustedDocuments[0].Source, "extensions": persistedQueryExtension(trustedDocuments[0].ID)},
			{"query": trustedDocuments[0].Source, "extensions": persistedQueryExtension(sha256Hex(trustedDocuments[0].Source))},
			{"documentId": trustedDocuments[0].ID, "operationName": "One"},
		} {
			if out := a.postBody(t, members); out.Body != typenameBody {
				t.Errorf("trusted only %v, %v: %s", trustedOnly, members, out.Body)
			}
		}
		if out := a.postBody(t, vars{"documentId": trustedDocuments[1].ID}); out.Body != `{"data":{"a":"Query"}}` {
			t.Error(out.Body)
		}
		if out := a.send(t, newRequest(t, "GET", "/graphql?documentId="+trustedDocuments[0].ID, "")); out.Body != typenameBody {
			t.Error(out.Body)
		}
	}
}

func TestTrustedOnlyRejectsOtherDocuments(t *testing.T) {
	a := newTrustedAPI(t, true)
	const source = `{ __typename }`
	for name, members := range map[string]vars{
		"query":                             {"query": source},
		"query and its hash":                {"query": source, "extensions": persistedQueryExtension(sha256Hex(source))},
		"hash of an untrusted query":        {"extensions": persistedQueryExtension(sha256Hex(source))},
		"unknown id":                        {"documentId": "unknown"},
		"untrusted query with a trusted id": {"query": source, "extensions": persistedQueryExtension(trustedDocuments[0].ID)},
		"trusted query and a space":         {"query": trustedDocuments[0].Source + " "},
		"introspection":                     {"query": `{ __schema { types { name } } }`},
		"syntax error":                      {"query": `{`},
	} {
		if out := a.postBody(t, members); out.Status != 400 || out.codes() != "DOCUMENT_NOT_TRUSTED" {
			t.Errorf("%s: %d %s", name, out.Status, out.Body)
		}
	}
	anyDocument := newTrustedAPI(t, false)
	for _, id := range []string{"unknown", "a", strings.Repeat("a", 63), strings.Repeat("a", 65), strings.Repeat("a", 66), strings.Repeat("a", 128), "sha256:", "sha256:" + strings.Repeat("a", 120)} {
		if out := anyDocument.postBody(t, vars{"documentId": id}); out.codes() != "PERSISTED_QUERY_NOT_FOUND" {
			t.Errorf("%s: %s", id, out.Body)
		}
	}
}

func TestInvalidTrustedDocumentsLeaveThePreviousOnes(t *testing.T) {
	a := newTrustedAPI(t, true)
	h := a.Handler.(*graph.Handler)
	for message, documents := range map[string][]graph.TrustedDocument{
		`document "bad" cannot be executed: Cannot query field`: {{ID: "good", Source: `{ __typename }`}, {ID: "bad", Source: `{ nothing }`}},
		`document "bad" cannot be executed: Expected`:           {{ID: "bad", Source: `{`}},
		`document "bad" cannot be executed: This API supports`:  {{ID: "bad", Source: `mutation { __typename }`}},
		`two documents have the id "one"`:                       {{ID: "one", Source: `{ __typename }`}, {ID: "one", Source: `{ a: __typename }`}},
	} {
		if err := h.SetTrustedDocuments(documents); err == nil || !strings.HasPrefix(err.Error(), message) {
			t.Errorf("%v, want %s", err, message)
		}
		if out := a.postBody(t, vars{"documentId": trustedDocuments[0].ID}); out.Body != typenameBody {
			t.Error(out.Body)
		}
	}
	if err := h.SetTrustedDocuments([]graph.TrustedDocument{{ID: "new", Source: `{ __typename }`}}); err != nil {
		t.Fatal(err)
	}
	if out := a.postBody(t, vars{"documentId": trustedDocuments[0].ID}); out.codes() != "DOCUMENT_NOT_TRUSTED" {
		t.Error(out.Body)
	}
	if out := a.postBody(t, vars{"documentId": "new"}); out.Body != typenameBody {
		t.Error(out.Body)
	}
}

func TestPUTIsRejectedWithDocumentID(t *testing.T) {
	a := newTrustedAPI(t, true)
	if out := a.send(t, newRequest(t, http.MethodPut, "/graphql?documentId="+trustedDocuments[0].ID, "")); out.Status != 405 {
		t.Error(out.Status)
	}
}
