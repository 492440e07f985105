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

func sha256Hex(text string) string {
	hash := sha256.Sum256([]byte(text))
	return hex.EncodeToString(hash[:])
}

// post sends members of a body as they are.
func (a *api) post(t testing.TB, members map[string]any) response {
	t.Helper()
	body, err := json.Marshal(members)
	if err != nil {
		t.Fatal(err)
	}
	return a.send(t, newRequest(t, "POST", "/graphql", string(body), "Content-Type", "application/json", "Accept", mediaTypeGraphQLResponse))
}

func persisted(hash string) map[string]any {
	return map[string]any{"persistedQuery": map[string]any{"version": 1, "sha256Hash": hash}}
}

const typename = `{"data":{"__typename":"Query"}}`

func TestADocumentIsSentOnceAndNamedByItsHashFromThenOn(t *testing.T) {
	a := newAPI(t, sandbox.Options{})
	const text = `query ($v: Boolean! = true) { __typename @include(if: $v) }`
	hash := sha256Hex(text)
	byGET := func() response {
		extensions, _ := json.Marshal(persisted(hash))
		return a.send(t, newRequest(t, "GET", "/graphql?"+url.Values{"extensions": {string(extensions)}}.Encode(), ""))
	}
	for _, out := range []response{a.post(t, vars{"extensions": persisted(hash)}), byGET()} {
		if out.codes() != "PERSISTED_QUERY_NOT_FOUND" || out.Errors[0].Message != "PersistedQueryNotFound" {
			t.Fatalf("%d %s", out.Status, out.Body)
		}
	}
	if out := a.post(t, vars{"query": text, "extensions": persisted(hash)}); out.Body != typename {
		t.Fatal(out.Body)
	}
	for _, out := range []response{a.post(t, vars{"extensions": persisted(hash)}), byGET(), a.post(t, vars{"documentId": "sha256:" + hash}), a.post(t, vars{"documentId": hash})} {
		if out.Body != typename {
			t.Error(out.Body)
		}
	}
	if out := a.post(t, vars{"extensions": persisted(hash), "variables": vars{"v": false}}); out.Body != `{"data":{}}` {
		t.Error(out.Body)
	}
}

func TestOnlyWhatIsValidIsKept(t *testing.T) {
	a := newAPI(t, sandbox.Options{})
	for _, text := range []string{`{ nothing }`, `{`, ``, `mutation { __typename }`, `{` + strings.Repeat(" __typename", 2001) + `}`} {
		a.post(t, vars{"query": text, "extensions": persisted(sha256Hex(text))})
		if out := a.post(t, vars{"extensions": persisted(sha256Hex(text))}); out.codes() != "PERSISTED_QUERY_NOT_FOUND" {
			t.Errorf("%.40s: %s", text, out.Body)
		}
	}
}

func TestAHashThatIsNotTheTextsIsRefused(t *testing.T) {
	a := newAPI(t, sandbox.Options{})
	const mine, other = `{ __typename }`, `{ a: __typename }`
	a.mustDo(t, other, nil)
	for name, members := range map[string]vars{
		"another's":         {"query": mine, "extensions": persisted(sha256Hex(other))},
		"upper case":        {"query": mine, "extensions": persisted(strings.ToUpper(sha256Hex(mine)))},
		"no hash":           {"query": mine, "extensions": persisted("")},
		"a number":          {"query": mine, "extensions": vars{"persistedQuery": vars{"version": 1, "sha256Hash": 5}}},
		"no object":         {"query": mine, "extensions": vars{"persistedQuery": "x"}},
		"another version":   {"query": mine, "extensions": vars{"persistedQuery": vars{"version": 2, "sha256Hash": sha256Hex(mine)}}},
		"no version":        {"extensions": vars{"persistedQuery": vars{"sha256Hash": sha256Hex(mine)}}},
		"a long id":         {"documentId": strings.Repeat("x", 129)},
		"two names":         {"documentId": "x", "extensions": persisted("y")},
		"a text and a name": {"query": mine, "documentId": sha256Hex(mine)},
		"neither":           {"variables": vars{}},
		"an empty name":     {"documentId": ""},
	} {
		if out := a.post(t, members); out.Status != 400 || out.codes() != "BAD_USER_INPUT" {
			t.Errorf("%s: %d %s", name, out.Status, out.Body)
		}
	}
	if out := a.post(t, vars{"query": mine, "extensions": vars{"persistedQuery": nil}}); out.Body != typename {
		t.Error(out.Body)
	}
}

func TestWithoutAMemoryNoHashIsKnownAndTextsAreAnswered(t *testing.T) {
	a := newAPI(t, sandbox.Options{}, func(_ *heygen.Options, g *graph.Options) { g.DisableAPQ = true })
	const text = `{ __typename }`
	for range 2 {
		if out := a.post(t, vars{"query": text, "extensions": persisted(sha256Hex(text))}); out.Body != typename {
			t.Error(out.Body)
		}
		if out := a.post(t, vars{"extensions": persisted(sha256Hex(text))}); out.codes() != "PERSISTED_QUERY_NOT_FOUND" {
			t.Error(out.Body)
		}
	}
}

var manifest = []graph.TrustedDocument{
	{ID: "5f4dcc3b5aa765d61d8327deb882cf99", Source: `query One { __typename }`},
	{ID: sha256Hex(`query Two { a: __typename }`), Source: `query Two { a: __typename }`},
}

// trusting is an API with the manifest.
func trusting(t testing.TB, only bool) *api {
	t.Helper()
	a := newAPI(t, sandbox.Options{}, func(_ *heygen.Options, g *graph.Options) { g.TrustedOnly = only })
	if err := a.Handler.(*graph.Handler).SetTrustedDocuments(manifest); err != nil {
		t.Fatal(err)
	}
	return a
}

func TestTrustedDocumentsAreNamedInAnyOfTheUsualWays(t *testing.T) {
	for _, only := range []bool{false, true} {
		a := trusting(t, only)
		for _, members := range []vars{
			{"documentId": manifest[0].ID},
			{"doc_id": manifest[0].ID},
			{"extensions": persisted(manifest[0].ID)},
			{"extensions": persisted(sha256Hex(manifest[0].Source))},
			{"documentId": "sha256:" + sha256Hex(manifest[0].Source)},
			{"query": manifest[0].Source},
			{"query": manifest[0].Source, "extensions": persisted(manifest[0].ID)},
			{"query": manifest[0].Source, "extensions": persisted(sha256Hex(manifest[0].Source))},
			{"documentId": manifest[0].ID, "operationName": "One"},
		} {
			if out := a.post(t, members); out.Body != typename {
				t.Errorf("only: %v, %v: %s", only, members, out.Body)
			}
		}
		if out := a.post(t, vars{"documentId": manifest[1].ID}); out.Body != `{"data":{"a":"Query"}}` {
			t.Error(out.Body)
		}
		if out := a.send(t, newRequest(t, "GET", "/graphql?documentId="+manifest[0].ID, "")); out.Body != typename {
			t.Error(out.Body)
		}
	}
}

func TestWhereOnlyTrustedDocumentsRunNoOtherDoes(t *testing.T) {
	a := trusting(t, true)
	const text = `{ __typename }`
	for name, members := range map[string]vars{
		"a text":                      {"query": text},
		"a text and its hash":         {"query": text, "extensions": persisted(sha256Hex(text))},
		"a hash":                      {"extensions": persisted(sha256Hex(text))},
		"an id":                       {"documentId": "nothing"},
		"a text under a trusted name": {"query": text, "extensions": persisted(manifest[0].ID)},
		"a trusted text and a space":  {"query": manifest[0].Source + " "},
		"introspection":               {"query": `{ __schema { types { name } } }`},
		"no GraphQL":                  {"query": `{`},
	} {
		if out := a.post(t, members); out.Status != 400 || out.codes() != "DOCUMENT_NOT_TRUSTED" {
			t.Errorf("%s: %d %s", name, out.Status, out.Body)
		}
	}
	open := trusting(t, false)
	for _, id := range []string{"nothing", "a", strings.Repeat("a", 63), strings.Repeat("a", 65), strings.Repeat("a", 66), strings.Repeat("a", 128), "sha256:", "sha256:" + strings.Repeat("a", 120)} {
		if out := open.post(t, vars{"documentId": id}); out.codes() != "PERSISTED_QUERY_NOT_FOUND" {
			t.Errorf("%s: %s", id, out.Body)
		}
	}
}

func TestABadManifestLeavesTheOneBefore(t *testing.T) {
	a := trusting(t, true)
	h := a.Handler.(*graph.Handler)
	for says, bad := range map[string][]graph.TrustedDocument{
		"document bad cannot be executed: Cannot query field": {{ID: "good", Source: `{ __typename }`}, {ID: "bad", Source: `{ nothing }`}},
		"document bad cannot be executed: Expected":           {{ID: "bad", Source: `{`}},
		"document bad cannot be executed: This API supports":  {{ID: "bad", Source: `mutation { __typename }`}},
		"two documents have the id one":                       {{ID: "one", Source: `{ __typename }`}, {ID: "one", Source: `{ a: __typename }`}},
	} {
		if err := h.SetTrustedDocuments(bad); err == nil || !strings.HasPrefix(err.Error(), says) {
			t.Errorf("%v, want %s", err, says)
		}
		if out := a.post(t, vars{"documentId": manifest[0].ID}); out.Body != typename {
			t.Error(out.Body)
		}
	}
	if err := h.SetTrustedDocuments([]graph.TrustedDocument{{ID: "new", Source: `{ __typename }`}}); err != nil {
		t.Fatal(err)
	}
	if out := a.post(t, vars{"documentId": manifest[0].ID}); out.codes() != "DOCUMENT_NOT_TRUSTED" {
		t.Error(out.Body)
	}
	if out := a.post(t, vars{"documentId": "new"}); out.Body != typename {
		t.Error(out.Body)
	}
}

func TestNoTextIsNeededAndNoneIsTakenByOtherMethods(t *testing.T) {
	a := trusting(t, true)
	if out := a.send(t, newRequest(t, http.MethodPut, "/graphql?documentId="+manifest[0].ID, "")); out.Status != 405 {
		t.Error(out.Status)
	}
}
