package graph_test

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"heygen-graphql/graph"
	"heygen-graphql/heygen"
	"heygen-graphql/heygen/cached"
	"heygen-graphql/heygen/sandbox"
)

const (
	adaKey = "sk_V2_of_ada_and_nobody_else"
	bobKey = "sk_V2_of_bob_and_nobody_else"
)

// tenants is HeyGen with two accounts: each key opens a sandbox of its own, with
// the same public characters and a private one.
type tenants struct {
	*api
	ada, bob   *sandbox.Sandbox
	transports map[string]http.RoundTripper
	onRequest  func(http.Header) // may be nil
}

func (a *tenants) RoundTrip(r *http.Request) (*http.Response, error) {
	if a.onRequest != nil {
		a.onRequest(r.Header)
	}
	key := r.Header.Get("X-Api-Key") + strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
	if route := a.transports[key]; route != nil {
		return route.RoundTrip(r)
	}
	return a.transports[adaKey].RoundTrip(r) // which will have none of it
}

func newTenants(t testing.TB) *tenants {
	private := func(name string) *sandbox.Sandbox {
		s := sandbox.New(sandbox.Options{Keys: []string{"sk_V2_of_" + name + "_and_nobody_else"}})
		s.Add(sandbox.Group{ID: name + "s_own", Name: "Secret of " + name, Ownership: sandbox.Private, CreatedAt: 2e9, LooksCount: 2})
		t.Cleanup(s.Close)
		return s
	}
	a := &tenants{ada: private("ada"), bob: private("bob")}
	a.transports = map[string]http.RoundTripper{adaKey: a.ada.Transport(), bobKey: a.bob.Transport()}
	keep := cacheOptions()
	var kept *cached.Client
	a.api = buildAPI(t, sandbox.Options{}, keep, func(o *heygen.Options, g *graph.Options) {
		o.Key, o.Transport = heygen.Key{}, a
		g.HeyGenForKey = func(key heygen.Key) graph.Upstream { return kept.ForKey(key) }
		g.Logger = slog.New(slog.NewTextHandler(a, nil))
	})
	kept = a.cachedClient
	return a
}

// Write lets the accounts be a log that hears of everything.
func (a *tenants) Write(p []byte) (int, error) { return a.log.Write(p) }

// doWithHeaders sends a document with headers, by POST.
func (a *tenants) doWithHeaders(t testing.TB, query string, headers ...string) response {
	t.Helper()
	body, _ := json.Marshal(map[string]any{"query": query})
	return a.send(t, newRequest(t, "POST", "/graphql", string(body), append([]string{"Content-Type", "application/json"}, headers...)...))
}

const tenantQuery = `{
	mine: avatarGroups(ownership: PRIVATE, first: 100) { edges { cursor node { id name looks { nodes { id lookId } } } } }
	all: avatarGroups(first: 100) { edges { cursor node { id name } } pageInfo { endCursor } }
	ada: avatarGroup(id: "adas_own") { name looks { nodes { name } } }
	bob: avatarGroup(id: "bobs_own") { name looks { nodes { name } } }
	adasLooks: avatarLooks(groupId: "adas_own") { nodes { name } }
	bobsLooks: avatarLooks(groupId: "bobs_own") { nodes { name } }
}`

// TestNobodySeesWhatIsAnothers goes the ways there are to another caller's private group.
func TestNobodySeesWhatIsAnothers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newTenants(t)
		defer a.cachedClient.Close()
		sees := func(way string, out response, whose string) {
			t.Helper()
			for _, name := range []string{"ada", "bob"} {
				if got := strings.Contains(out.Body, "Secret of "+name); got != (name == whose) {
					t.Errorf("%s: %s's secret is seen: %v\n%.300s", way, name, got, out.Body)
				}
			}
		}
		asAda, asBob := []string{"X-Api-Key", adaKey}, []string{"Authorization", "Bearer " + bobKey}

		// A call under way, at the same instant, and again once it is kept.
		for range 3 {
			ada, bob, none, wrong := make(chan response), make(chan response), make(chan response), make(chan response)
			go func() { ada <- a.doWithHeaders(t, tenantQuery, asAda...) }()
			go func() { bob <- a.doWithHeaders(t, tenantQuery, asBob...) }()
			go func() { none <- a.doWithHeaders(t, tenantQuery) }()
			go func() { wrong <- a.doWithHeaders(t, tenantQuery, "X-Api-Key", "sk_V2_guessed") }()
			sees("ada", <-ada, "ada")
			sees("bob", <-bob, "bob")
			for way, out := range map[string]response{"without a key": <-none, "with a wrong key": <-wrong} {
				sees(way, out, "")
				if out.Status != 200 || strings.Trim(out.codes(), " UNATHEICD") != "" || len(out.Errors) != 6 {
					t.Errorf("%s: %d %s", way, out.Status, out.Body)
				}
			}
		}

		// The other's key in the other of HeyGen's ways to send one: the same text is another credential.
		sees("ada's key as a token", a.doWithHeaders(t, tenantQuery, "Authorization", "Bearer "+adaKey), "ada")

		// Cursors and global ids.
		mine := a.doWithHeaders(t, tenantQuery, asAda...)
		edge := mine.Data["mine"].(map[string]any)["edges"].([]any)[0].(map[string]any)
		node := edge["node"].(map[string]any)
		look := node["looks"].(map[string]any)["nodes"].([]any)[0].(map[string]any)["id"]
		for _, argument := range []string{"after", "before"} {
			query := fmt.Sprintf(`{ avatarGroups(ownership: PRIVATE, %s: %q) { nodes { name } } }`, argument, edge["cursor"])
			if out := a.doWithHeaders(t, query, asBob...); strings.Contains(out.Body, "Secret of ada") || strings.Contains(out.codes(), "INTERNAL") {
				t.Errorf("bob with ada's cursor: %s", out.Body)
			}
			if out := a.doWithHeaders(t, query); out.codes() != "UNAUTHENTICATED" {
				t.Errorf("a stranger with ada's cursor: %s", out.Body)
			}
		}
		for _, query := range []string{
			fmt.Sprintf(`{ node(id: %q) { ... on AvatarGroup { name } } avatarGroup(id: %q) { name } nodes(ids: [%q]) { ... on AvatarGroup { name } } }`, node["id"], node["id"], node["id"]),
			fmt.Sprintf(`{ avatarLook(id: %q) { name group { name } } node(id: %q) { ... on AvatarLook { name group { name } } } }`, look, look),
		} {
			sees("bob with ada's ids", a.doWithHeaders(t, query, asBob...), "")
			sees("a stranger with ada's ids", a.doWithHeaders(t, query), "")
			sees("ada with her ids", a.doWithHeaders(t, query, asAda...), "ada")
		}

		// GET, through a cache that is shared: it may not be kept there, and not be mixed up by a browser.
		target := "/graphql?query=" + url.QueryEscape(`{ avatarGroups(ownership: PUBLIC, first: 1) { nodes { name } } }`)
		for range 2 {
			out := a.send(t, newRequest(t, "GET", target, "", asAda...))
			if control := out.Header.Get("Cache-Control"); !strings.HasPrefix(control, "private") || !strings.Contains(strings.Join(out.Header.Values("Vary"), ","), "Authorization, X-Api-Key") {
				t.Errorf("%q, Vary %q: %s", control, out.Header.Values("Vary"), out.Body)
			}
		}
		if out := a.send(t, newRequest(t, "GET", target, "")); out.codes() != "UNAUTHENTICATED" || out.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%v %s", out.Header, out.Body)
		}

		// A document that was ada's, named by its hash.
		hash := sha256Hex(tenantQuery)
		byHash := func(headers ...string) response {
			return a.send(t, newRequest(t, "POST", "/graphql", `{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"`+hash+`"}}}`, append(headers, "Content-Type", "application/json")...))
		}
		sees("ada by hash", byHash(asAda...), "ada")
		sees("bob by hash", byHash(asBob...), "bob")
		sees("nobody by hash", byHash(), "")

		// A refresh behind what is stale goes in the name of who asked, and brings it to that one alone.
		<-time.After(2 * time.Minute)
		sees("ada's stale answer", a.doWithHeaders(t, tenantQuery, asAda...), "ada")
		sees("bob's stale answer", a.doWithHeaders(t, tenantQuery, asBob...), "bob")
		synctest.Wait()
		sees("bob's new answer", a.doWithHeaders(t, tenantQuery, asBob...), "bob")

		// A key that was revoked opens nothing any longer, kept or not. What is fresh is still
		// given until HeyGen is asked again: it cannot be known before.
		a.ada.SetKeys("sk_V2_another")
		<-time.After(2 * time.Minute)
		a.doWithHeaders(t, tenantQuery, asAda...) // stale, and refused behind it
		synctest.Wait()
		sees("ada, revoked", a.doWithHeaders(t, tenantQuery, asAda...), "")
		sees("bob, still", a.doWithHeaders(t, tenantQuery, asBob...), "bob")

		if log := a.log.String(); strings.Contains(log, adaKey) || strings.Contains(log, bobKey) || strings.Contains(log, "Secret") {
			t.Errorf("the log tells: %.2000s", log)
		}
	})
}

func TestAKeyAndATokenAreSentToHeyGenAsTheyCame(t *testing.T) {
	var sent []string
	a := newTenants(t)
	a.onRequest = func(h http.Header) { sent = append(sent, fmt.Sprint(h["X-Api-Key"], h["Authorization"])) }
	const query = `{ avatarGroup(id: "group_monica") { name } }`
	a.doWithHeaders(t, query, "X-Api-Key", adaKey)
	a.doWithHeaders(t, query, "Authorization", "bearer "+bobKey)
	if want := []string{"[" + adaKey + "] []", "[] [Bearer " + bobKey + "]"}; !slices.Equal(sent, want) {
		t.Errorf("%d of other forms", len(sent))
	}
}

func TestARefusalAtTheDoorIsLoggedOnceASecond(t *testing.T) {
	heard := &logBuffer{}
	a := newAPI(t, sandbox.Options{}, func(_ *heygen.Options, g *graph.Options) { g.Logger = slog.New(slog.NewTextHandler(heard, nil)) })
	for range 100 {
		w := httptest.NewRecorder()
		a.Handler.(*graph.Handler).Reject(w, newRequest(t, "GET", "/graphql", "", "Accept", mediaTypeGraphQLResponse), 403, "no")
		if w.Code != 403 || w.Header().Get("Content-Type") != mediaTypeGraphQLResponse || !strings.Contains(w.Body.String(), `"code":"BAD_USER_INPUT"`) {
			t.Fatal(w.Code, w.Body)
		}
	}
	if n := strings.Count(heard.String(), "\n"); n < 1 || n > 2 {
		t.Errorf("%d lines", n)
	}
}

func TestEachCallerPaysForItsOwnCalls(t *testing.T) {
	a := newTenants(t)
	const query = `{ avatarGroups(ownership: PUBLIC) { nodes { name } } }`
	for range 3 {
		a.doWithHeaders(t, query, "X-Api-Key", adaKey)
		a.doWithHeaders(t, query, "X-Api-Key", bobKey)
	}
	if ada, bob := len(a.ada.Calls()), len(a.bob.Calls()); ada != 1 || bob != 1 {
		t.Errorf("%d and %d calls", ada, bob)
	}
}

func TestWithoutAKeyWhatNeedsNoneIsAnswered(t *testing.T) {
	a := newTenants(t)
	for query, want := range map[string]string{
		`{ __typename }`:                              `{"data":{"__typename":"Query"}}`,
		`{ __type(name: "Query") { name } }`:          `{"data":{"__type":{"name":"Query"}}}`,
		`{ avatarGroups(first: 0) { nodes { id } } }`: ``,
	} {
		if out := a.doWithHeaders(t, query); out.Body != want && want != "" {
			t.Errorf("%s: %s", query, out.Body)
		}
	}
	for _, query := range []string{
		`{ avatarGroups { nodes { id } } }`, `{ avatarGroup(id: "x") { id } }`, `{ avatarLooks { nodes { id } } }`, `{ avatarLook(id: "x") { id } }`, `{ voices { nodes { id } } }`, `{ voice(id: "x") { id } }`,
	} {
		if out := a.doWithHeaders(t, query); out.codes() != "UNAUTHENTICATED" {
			t.Errorf("%s: %s", query, out.Body)
		}
	}
	out := a.doWithHeaders(t, `{ __typename avatarGroup(id: "group_monica") { name } voices { nodes { name } } avatarLook(id: "x") { id } nodes(ids: ["group_monica"]) { id } }`)
	if out.Status != 200 || !strings.HasPrefix(out.codes(), "UNAUTHENTICATED UNAUTHENTICATED UNAUTHENTICATED") || out.Data["__typename"] != "Query" || !strings.Contains(out.Errors[0].Message, "`X-Api-Key`") {
		t.Errorf("%d %s", out.Status, out.Body)
	}
	if n := len(a.ada.Calls()) + len(a.bob.Calls()); n != 0 {
		t.Errorf("%d calls", n)
	}
}

func TestACredentialThatCannotBeOneIsRefused(t *testing.T) {
	a := newTenants(t)
	for name, headers := range map[string][]string{
		"both":             {"X-Api-Key", adaKey, "Authorization", "Bearer " + adaKey},
		"an empty one too": {"X-Api-Key", "", "Authorization", "Bearer " + adaKey},
		"two keys":         {"X-Api-Key", adaKey, "X-Api-Key", bobKey},
		"two tokens":       {"Authorization", "Bearer " + adaKey, "Authorization", "Bearer " + bobKey},
		"another scheme":   {"Authorization", "Basic " + adaKey},
		"no scheme":        {"Authorization", adaKey},
		"no token":         {"Authorization", "Bearer "},
		"a space in it":    {"X-Api-Key", "sk V2"},
		"no ASCII":         {"X-Api-Key", "sk_Ü"},
		"too long":         {"X-Api-Key", strings.Repeat("k", 4097)},
	} {
		out := a.doWithHeaders(t, `{ avatarGroup(id: "adas_own") { name } }`, headers...)
		if out.Status != 400 || out.codes() != "BAD_USER_INPUT" || strings.Contains(out.Body, "sk_V2") || strings.Contains(out.Body, "data") {
			t.Errorf("%s: %d %s", name, out.Status, out.Body)
		}
	}
	for name, headers := range map[string][]string{
		"lower case":      {"Authorization", "bearer " + adaKey},
		"several spaces":  {"Authorization", "Bearer   " + adaKey},
		"the longest key": {"X-Api-Key", strings.Repeat("k", 4096)},
	} {
		if out := a.doWithHeaders(t, `{ avatarGroup(id: "adas_own") { name } }`, headers...); out.Status != 200 || (out.codes() == "") != (name != "the longest key") {
			t.Errorf("%s: %d %s", name, out.Status, out.Body)
		}
	}
}

func TestARefusedKeyIsTheCallersTroubleAndTheServersOwnIsNot(t *testing.T) {
	const query = `{ avatarGroup(id: "group_monica") { name } }`
	out := newTenants(t).doWithHeaders(t, query, "X-Api-Key", "sk_V2_guessed")
	if out.codes() != "UNAUTHENTICATED" || out.Errors[0].Message != "HeyGen rejected your key." || out.Errors[0].Extensions["upstream"].(map[string]any)["status"] != 401.0 {
		t.Error(out.Body)
	}
	out = newAPI(t, sandbox.Options{Keys: []string{"another"}}).do(t, query, nil)
	if out.codes() != "UPSTREAM_UNAUTHENTICATED" {
		t.Error(out.Body)
	}
}

func TestAServerWithTokensAnswersNobodyElse(t *testing.T) {
	heard := &logBuffer{}
	a := newCachedAPI(t, sandbox.Options{}, func(_ *heygen.Options, g *graph.Options) {
		g.Authorize = func(r *http.Request) bool { return r.Header.Get("Authorization") == "Bearer let-me-in" }
		g.Logger = slog.New(slog.NewTextHandler(heard, nil))
	})
	for _, headers := range [][]string{{}, {"Authorization", "Bearer let-me-out"}, {"X-Api-Key", adaKey}} {
		for _, accept := range []string{mediaTypeJSON, mediaTypeGraphQLResponse} {
			a.expectCalls(t, 0, func() {
				out := a.send(t, newRequest(t, "POST", "/graphql", `{"query":"{ __typename }"}`, append(headers, "Content-Type", "application/json", "Accept", accept)...))
				if out.Status != 401 || out.codes() != "UNAUTHENTICATED" || strings.Contains(out.Body, "data") || !strings.HasPrefix(out.Header.Get("WWW-Authenticate"), "Bearer") || out.Header.Get("Content-Type") != accept {
					t.Errorf("%v: %d %v %s", headers, out.Status, out.Header, out.Body)
				}
			})
		}
	}
	if n := strings.Count(heard.String(), "\n"); n != 1 || !strings.Contains(heard.String(), "UNAUTHENTICATED") || strings.Contains(heard.String(), "let-me") {
		t.Errorf("%d lines for six requests: %s", n, heard)
	}
	out := a.send(t, newRequest(t, "GET", "/graphql?query={avatarGroups(ownership:PUBLIC){nodes{id}}}", "", "Authorization", "Bearer let-me-in"))
	if out.Status != 200 || len(out.Errors) > 0 || !strings.HasPrefix(out.Header.Get("Cache-Control"), "private") {
		t.Errorf("%d %v %.200s", out.Status, out.Header, out.Body)
	}
}
