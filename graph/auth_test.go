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
	adaKey = "sk_V2_key_of_ada"
	bobKey = "sk_V2_key_of_bob"
)

// tenants is HeyGen with two accounts. The key of each selects a sandbox of its own,
// with the same public groups and one private group.
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
	if transport := a.transports[key]; transport != nil {
		return transport.RoundTrip(r)
	}
	return a.transports[adaKey].RoundTrip(r) // which rejects the key
}

func newTenants(t testing.TB) *tenants {
	private := func(name string) *sandbox.Sandbox {
		s := sandbox.New(sandbox.Options{Keys: []string{"sk_V2_key_of_" + name}})
		s.AddGroups(sandbox.Group{ID: name + "_private", Name: "Secret of " + name, Ownership: sandbox.Private, CreatedAt: 2e9, LooksCount: 2})
		t.Cleanup(s.Close)
		return s
	}
	a := &tenants{ada: private("ada"), bob: private("bob")}
	a.transports = map[string]http.RoundTripper{adaKey: a.ada.Transport(), bobKey: a.bob.Transport()}
	caching := cacheOptions()
	var client *cached.Client
	a.api = buildAPI(t, sandbox.Options{}, caching, func(o *heygen.Options, g *graph.Options) {
		o.Key, o.Transport = heygen.Key{}, a
		g.HeyGenForKey = func(key heygen.Key) graph.Upstream { return client.ForKey(key) }
		g.Logger = slog.New(slog.NewTextHandler(a, nil))
	})
	client = a.cachedClient
	return a
}

// Write makes the tenants the log output, at every level.
func (a *tenants) Write(p []byte) (int, error) { return a.log.Write(p) }

// doWithHeaders sends a document in a POST request with additional headers.
func (a *tenants) doWithHeaders(t testing.TB, query string, headers ...string) response {
	t.Helper()
	body, _ := json.Marshal(map[string]any{"query": query})
	return a.send(t, newRequest(t, "POST", "/graphql", string(body), append([]string{"Content-Type", "application/json"}, headers...)...))
}

const tenantQuery = `{
	mine: avatarGroups(ownership: PRIVATE, first: 100) { edges { cursor node { id name looks { nodes { id lookId } } } } }
	all: avatarGroups(first: 100) { edges { cursor node { id name } } pageInfo { endCursor } }
	ada: avatarGroup(id: "ada_private") { name looks { nodes { name } } }
	bob: avatarGroup(id: "bob_private") { name looks { nodes { name } } }
	adasLooks: avatarLooks(groupId: "ada_private") { nodes { name } }
	bobsLooks: avatarLooks(groupId: "bob_private") { nodes { name } }
}`

// TestCallersSeeOnlyTheirOwnPrivateData tries every path to another caller's private group.
func TestCallersSeeOnlyTheirOwnPrivateData(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newTenants(t)
		defer a.cachedClient.Close()
		checkVisible := func(path string, out response, owner string) {
			t.Helper()
			for _, name := range []string{"ada", "bob"} {
				if got := strings.Contains(out.Body, "Secret of "+name); got != (name == owner) {
					t.Errorf("%s: %s's secret is visible: %v\n%.300s", path, name, got, out.Body)
				}
			}
		}
		adaHeaders, bobHeaders := []string{"X-Api-Key", adaKey}, []string{"Authorization", "Bearer " + bobKey}

		// Calls in flight at the same time, and then cached entries.
		for range 3 {
			ada, bob, anonymous, wrongKey := make(chan response), make(chan response), make(chan response), make(chan response)
			go func() { ada <- a.doWithHeaders(t, tenantQuery, adaHeaders...) }()
			go func() { bob <- a.doWithHeaders(t, tenantQuery, bobHeaders...) }()
			go func() { anonymous <- a.doWithHeaders(t, tenantQuery) }()
			go func() { wrongKey <- a.doWithHeaders(t, tenantQuery, "X-Api-Key", "sk_V2_guessed") }()
			checkVisible("ada", <-ada, "ada")
			checkVisible("bob", <-bob, "bob")
			for path, out := range map[string]response{"without a key": <-anonymous, "with a wrong key": <-wrongKey} {
				checkVisible(path, out, "")
				if out.Status != 200 || strings.Trim(out.codes(), " UNATHEICD") != "" || len(out.Errors) != 6 {
					t.Errorf("%s: %d %s", path, out.Status, out.Body)
				}
			}
		}

		// Ada's key as a bearer token: the same string is another credential.
		checkVisible("ada's key as a token", a.doWithHeaders(t, tenantQuery, "Authorization", "Bearer "+adaKey), "ada")

		// Cursors and global ids.
		adaResponse := a.doWithHeaders(t, tenantQuery, adaHeaders...)
		edge := adaResponse.Data["mine"].(map[string]any)["edges"].([]any)[0].(map[string]any)
		node := edge["node"].(map[string]any)
		look := node["looks"].(map[string]any)["nodes"].([]any)[0].(map[string]any)["id"]
		for _, argument := range []string{"after", "before"} {
			query := fmt.Sprintf(`{ avatarGroups(ownership: PRIVATE, %s: %q) { nodes { name } } }`, argument, edge["cursor"])
			if out := a.doWithHeaders(t, query, bobHeaders...); strings.Contains(out.Body, "Secret of ada") || strings.Contains(out.codes(), "INTERNAL") {
				t.Errorf("bob with ada's cursor: %s", out.Body)
			}
			if out := a.doWithHeaders(t, query); out.codes() != "UNAUTHENTICATED" {
				t.Errorf("an anonymous caller with ada's cursor: %s", out.Body)
			}
		}
		for _, query := range []string{
			fmt.Sprintf(`{ node(id: %q) { ... on AvatarGroup { name } } avatarGroup(id: %q) { name } nodes(ids: [%q]) { ... on AvatarGroup { name } } }`, node["id"], node["id"], node["id"]),
			fmt.Sprintf(`{ avatarLook(id: %q) { name group { name } } node(id: %q) { ... on AvatarLook { name group { name } } } }`, look, look),
		} {
			checkVisible("bob with ada's ids", a.doWithHeaders(t, query, bobHeaders...), "")
			checkVisible("an anonymous caller with ada's ids", a.doWithHeaders(t, query), "")
			checkVisible("ada with her ids", a.doWithHeaders(t, query, adaHeaders...), "ada")
		}

		// GET: a shared cache must not store the response, nor a browser serve it to another user.
		target := "/graphql?query=" + url.QueryEscape(`{ avatarGroups(ownership: PUBLIC, first: 1) { nodes { name } } }`)
		for range 2 {
			out := a.send(t, newRequest(t, "GET", target, "", adaHeaders...))
			if cacheControl := out.Header.Get("Cache-Control"); !strings.HasPrefix(cacheControl, "private") || !strings.Contains(strings.Join(out.Header.Values("Vary"), ","), "Authorization, X-Api-Key") {
				t.Errorf("%q, Vary %q: %s", cacheControl, out.Header.Values("Vary"), out.Body)
			}
		}
		if out := a.send(t, newRequest(t, "GET", target, "")); out.codes() != "UNAUTHENTICATED" || out.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%v %s", out.Header, out.Body)
		}

		// A persisted document that ada has sent.
		hash := sha256Hex(tenantQuery)
		byHash := func(headers ...string) response {
			return a.send(t, newRequest(t, "POST", "/graphql", `{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"`+hash+`"}}}`, append(headers, "Content-Type", "application/json")...))
		}
		checkVisible("ada by hash", byHash(adaHeaders...), "ada")
		checkVisible("bob by hash", byHash(bobHeaders...), "bob")
		checkVisible("anonymous by hash", byHash(), "")

		// A background refresh uses the credential of its caller, and refreshes that tenant's entry only.
		<-time.After(2 * time.Minute)
		checkVisible("ada's stale response", a.doWithHeaders(t, tenantQuery, adaHeaders...), "ada")
		checkVisible("bob's stale response", a.doWithHeaders(t, tenantQuery, bobHeaders...), "bob")
		synctest.Wait()
		checkVisible("bob's refreshed response", a.doWithHeaders(t, tenantQuery, bobHeaders...), "bob")

		// A revoked key loses access to cached entries, too. Fresh entries are still served until
		// the next upstream call, the first that can reveal the revocation.
		a.ada.SetKeys("sk_V2_another")
		<-time.After(2 * time.Minute)
		a.doWithHeaders(t, tenantQuery, adaHeaders...) // stale, and rejected in the background
		synctest.Wait()
		checkVisible("ada, revoked", a.doWithHeaders(t, tenantQuery, adaHeaders...), "")
		checkVisible("bob, still", a.doWithHeaders(t, tenantQuery, bobHeaders...), "bob")

		if log := a.log.String(); strings.Contains(log, adaKey) || strings.Contains(log, bobKey) || strings.Contains(log, "Secret") {
			t.Errorf("the log contains private data: %.2000s", log)
		}
	})
}

func TestKeyAndTokenAreForwardedUnchanged(t *testing.T) {
	var sent []string
	a := newTenants(t)
	a.onRequest = func(h http.Header) { sent = append(sent, fmt.Sprint(h["X-Api-Key"], h["Authorization"])) }
	const query = `{ avatarGroup(id: "group_monica") { name } }`
	a.doWithHeaders(t, query, "X-Api-Key", adaKey)
	a.doWithHeaders(t, query, "Authorization", "bearer "+bobKey)
	if want := []string{"[" + adaKey + "] []", "[] [Bearer " + bobKey + "]"}; !slices.Equal(sent, want) {
		t.Errorf("%d credentials, not all of them as the callers sent them", len(sent))
	}
}

func TestRejectionsAreLoggedOncePerSecond(t *testing.T) {
	log := &logBuffer{}
	a := newAPI(t, sandbox.Options{}, func(_ *heygen.Options, g *graph.Options) { g.Logger = slog.New(slog.NewTextHandler(log, nil)) })
	for range 100 {
		w := httptest.NewRecorder()
		a.Handler.(*graph.Handler).Reject(w, newRequest(t, "GET", "/graphql", "", "Accept", mediaTypeGraphQLResponse), 403, "no")
		if w.Code != 403 || w.Header().Get("Content-Type") != mediaTypeGraphQLResponse || !strings.Contains(w.Body.String(), `"code":"BAD_USER_INPUT"`) {
			t.Fatal(w.Code, w.Body)
		}
	}
	if n := strings.Count(log.String(), "\n"); n < 1 || n > 2 {
		t.Errorf("%d log lines", n)
	}
}

func TestEachCallerMakesItsOwnCalls(t *testing.T) {
	a := newTenants(t)
	const query = `{ avatarGroups(ownership: PUBLIC) { nodes { name } } }`
	for range 3 {
		a.doWithHeaders(t, query, "X-Api-Key", adaKey)
		a.doWithHeaders(t, query, "X-Api-Key", bobKey)
	}
	if ada, bob := len(a.ada.Calls()), len(a.bob.Calls()); ada != 1 || bob != 1 {
		t.Errorf("%d calls for ada and %d for bob, want one each", ada, bob)
	}
}

func TestFieldsWithoutUpstreamCallNeedNoCredential(t *testing.T) {
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

func TestMalformedCredentialsAreRejected(t *testing.T) {
	a := newTenants(t)
	for name, headers := range map[string][]string{
		"both headers":             {"X-Api-Key", adaKey, "Authorization", "Bearer " + adaKey},
		"an empty key and a token": {"X-Api-Key", "", "Authorization", "Bearer " + adaKey},
		"two keys":                 {"X-Api-Key", adaKey, "X-Api-Key", bobKey},
		"two tokens":               {"Authorization", "Bearer " + adaKey, "Authorization", "Bearer " + bobKey},
		"another scheme":           {"Authorization", "Basic " + adaKey},
		"no scheme":                {"Authorization", adaKey},
		"no token":                 {"Authorization", "Bearer "},
		"a space":                  {"X-Api-Key", "sk V2"},
		"not ASCII":                {"X-Api-Key", "sk_Ü"},
		"too long":                 {"X-Api-Key", strings.Repeat("k", 4097)},
	} {
		out := a.doWithHeaders(t, `{ avatarGroup(id: "ada_private") { name } }`, headers...)
		if out.Status != 400 || out.codes() != "BAD_USER_INPUT" || strings.Contains(out.Body, "sk_V2") || strings.Contains(out.Body, "data") {
			t.Errorf("%s: %d %s", name, out.Status, out.Body)
		}
	}
	for name, headers := range map[string][]string{
		"lower case":      {"Authorization", "bearer " + adaKey},
		"several spaces":  {"Authorization", "Bearer   " + adaKey},
		"the longest key": {"X-Api-Key", strings.Repeat("k", 4096)},
	} {
		if out := a.doWithHeaders(t, `{ avatarGroup(id: "ada_private") { name } }`, headers...); out.Status != 200 || (out.codes() == "") != (name != "the longest key") {
			t.Errorf("%s: %d %s", name, out.Status, out.Body)
		}
	}
}

func TestRejectedKeyIsTheCallersErrorInPassthroughOnly(t *testing.T) {
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

func TestUnauthorizedRequestsAreRejected(t *testing.T) {
	log := &logBuffer{}
	a := newCachedAPI(t, sandbox.Options{}, func(_ *heygen.Options, g *graph.Options) {
		g.Identify = admitBearer("let-me-in")
		g.Logger = slog.New(slog.NewTextHandler(log, nil))
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
	if n := strings.Count(log.String(), "\n"); n != 1 || !strings.Contains(log.String(), "UNAUTHENTICATED") || strings.Contains(log.String(), "let-me") {
		t.Errorf("%d log lines for six requests: %s", n, log)
	}
	out := a.send(t, newRequest(t, "GET", "/graphql?query={avatarGroups(ownership:PUBLIC){nodes{id}}}", "", "Authorization", "Bearer let-me-in"))
	if out.Status != 200 || len(out.Errors) > 0 || !strings.HasPrefix(out.Header.Get("Cache-Control"), "private") {
		t.Errorf("%d %v %.200s", out.Status, out.Header, out.Body)
	}
}
