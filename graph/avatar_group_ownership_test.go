package graph_test

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"heygen-graphql/graph"
	"heygen-graphql/heygen"
	"heygen-graphql/heygen/sandbox"
	"heygen-graphql/internal/cache"
)

// ownershipPaths returns a query that selects the ownership of one group on every path, each
// with a response key of its own. monica_sofa is a look of the group. filter is an argument
// of the last list.
func ownershipPaths(filter string) string {
	id := groupGlobalID("group_monica")
	return `{
		one: avatarGroup(id: "group_monica") { groupId ownership }
		list: avatarGroups { edges { node { groupId ownership } } }
		node: node(id: "` + id + `") { ...on AvatarGroup { groupId ownership } }
		nodes: nodes(ids: ["` + id + `"]) { ...on AvatarGroup { groupId ownership } }
		look: avatarLook(id: "monica_sofa") { group { groupId ownership } }
		looks: avatarLooks(groupId: "group_monica") { nodes { group { groupId ownership } } }
		last: avatarGroups(` + filter + `) { nodes { groupId ownership } }
	}`
}

// monicaOwnership returns the ownership of Monica in a response, one of each path.
func monicaOwnership(body string) (values []string) {
	for _, part := range strings.Split(body, `"groupId":"group_monica","ownership":`)[1:] {
		value, _, _ := strings.Cut(part, "}")
		values = append(values, strings.Trim(value, `"`))
	}
	return values
}

func expectOwnership(t *testing.T, body, want string, paths int) {
	t.Helper()
	if values := monicaOwnership(body); !isOwnershipOnPaths(values, want, paths) {
		t.Errorf("ownership is %v, want %s on %d paths", values, want, paths)
	}
}

func isOwnershipOnPaths(values []string, want string, paths int) bool {
	return len(values) >= paths && len(slices.Compact(slices.Clone(values))) == 1 && values[0] == want
}

func TestOwnershipIsUnknownWithoutFilteredList(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newAPI(t, sandbox.Options{Latency: time.Second}) // the group, its look and two lists are in flight at once
		a.expectCalls(t, 4, func() {
			expectOwnership(t, a.mustDo(t, ownershipPaths("first: 5"), nil).Body, "null", 7)
		})
		a.Close()
	})
}

// slowListUpstream takes a second for lists that filter by ownership, and then may fail.
type slowListUpstream struct {
	graph.Upstream
	failure error
	panics  bool
}

func (u slowListUpstream) ListAvatarGroups(ctx context.Context, p heygen.AvatarGroupsParams) (heygen.Page[heygen.AvatarGroup], error) {
	if p.Ownership != "" {
		<-time.After(time.Second)
		if u.panics {
			panic("test panic")
		}
		if u.failure != nil {
			return heygen.Page[heygen.AvatarGroup]{}, u.failure
		}
	}
	return u.Upstream.ListAvatarGroups(ctx, p)
}

// The value is the same on every path, though all others are fetched before the list that
// reveals it.
func TestOwnershipIsSameOnEveryPathOfOperation(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newAPI(t, sandbox.Options{})
		options := graph.Options{HeyGen: slowListUpstream{Upstream: a.client}}
		for name, h := range map[string]http.Handler{"plan": graph.NewHandler(options), "gqlgen": graph.NewGeneratedHandler(options)} {
			for filter, want := range map[string]string{"ownership: PUBLIC": "PUBLIC", "ownership: PUBLIC, first: 1": "PUBLIC", "ownership: PRIVATE": "null", "ownership: null": "null"} {
				body := postJSON(t, h, vars{"query": ownershipPaths(filter)})
				paths := 6
				if want == "PUBLIC" {
					paths = 7
				}
				if values := monicaOwnership(body); !isOwnershipOnPaths(values, want, paths) {
					t.Errorf("%s, %s: ownership is %v, want %s on %d paths", name, filter, values, want, paths)
				}
			}
		}
		a.Close()
	})
}

func TestOwnershipIsNullWhenFilteredListFails(t *testing.T) {
	for code, upstream := range map[string]slowListUpstream{
		"UPSTREAM_UNAVAILABLE": {failure: &heygen.Error{Kind: heygen.ErrUnavailable, Endpoint: heygen.EndpointListAvatarGroups}},
		"INTERNAL":             {panics: true},
	} {
		synctest.Test(t, func(t *testing.T) {
			a := newAPI(t, sandbox.Options{})
			upstream.Upstream = a.client
			options := graph.Options{HeyGen: upstream}
			for _, h := range []http.Handler{graph.NewHandler(options), graph.NewGeneratedHandler(options)} {
				start := time.Now()
				body := postJSON(t, h, vars{"query": ownershipPaths("ownership: PUBLIC")})
				expectOwnership(t, body, "null", 6)
				if took := time.Since(start); took != time.Second || !strings.Contains(body, code) {
					t.Errorf("after %v: %s", took, body)
				}
			}
			a.Close()
		})
	}
}

func TestCachedOwnershipIsKnownOnEveryPathWithoutCall(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newCachedAPI(t, sandbox.Options{Latency: time.Second})
		a.expectCalls(t, 4, func() {
			expectOwnership(t, a.mustDo(t, ownershipPaths("first: 5"), nil).Body, "null", 7)
		})
		a.expectCalls(t, 1, func() { a.mustDo(t, `{ avatarGroups(ownership: PUBLIC) { nodes { id } } }`, nil) })
		a.expectCalls(t, 0, func() { // the same document: its cached response is not valid any longer
			expectOwnership(t, a.mustDo(t, ownershipPaths("first: 5"), nil).Body, "PUBLIC", 7)
		})
		a.expectCalls(t, 0, func() {
			expectOwnership(t, a.mustDo(t, ownershipPaths("first: 6"), nil).Body, "PUBLIC", 7)
		})
		<-time.After(2 * time.Minute) // everything is stale: an unfiltered list is fetched again in the background
		a.mustDo(t, `{ avatarGroups { nodes { id } } }`, nil)
		synctest.Wait()
		a.expectCalls(t, 0, func() {
			expectOwnership(t, a.mustDo(t, `{ avatarGroups { nodes { groupId ownership } } }`, nil).Body, "PUBLIC", 1)
			expectOwnership(t, a.mustDo(t, `{ avatarGroup(id: "group_monica") { groupId ownership } }`, nil).Body, "PUBLIC", 1)
		})
		a.Close()
	})
}

// A cached list of groups depends on no list that filters by ownership.
func TestCachedListShowsOwnershipThatBecameKnown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newCachedAPI(t, sandbox.Options{})
		const query = `{ avatarGroups { nodes { groupId ownership } } }`
		expectOwnership(t, a.mustDo(t, query, nil).Body, "null", 1)
		a.mustDo(t, `{ avatarGroups(ownership: PUBLIC) { nodes { id } } }`, nil)
		a.expectCalls(t, 0, func() {
			expectOwnership(t, a.mustDo(t, query, nil).Body, "PUBLIC", 1)
		})
		<-time.After(2 * time.Minute) // the filtered list is refreshed, and adds nothing
		a.mustDo(t, query, nil)
		synctest.Wait()
		want := a.mustDo(t, query, nil)
		a.mustDo(t, `{ avatarGroups(ownership: PUBLIC) { nodes { id } } }`, nil)
		synctest.Wait()
		if out := a.mustDo(t, query, nil); out.Header.Get("Age") != want.Header.Get("Age") || out.Body != want.Body {
			t.Errorf("%s: %s", out.Header, out.Body)
		}
		a.Close()
	})
}

// Without a cache, it is known from the lists of the same operation alone.
func TestOwnershipIsNotRememberedWithoutCache(t *testing.T) {
	options := cacheOptions()
	options.MaxBytes = 0
	a := buildAPI(t, sandbox.Options{}, options)
	for _, step := range []struct{ list, want string }{
		{"avatarGroups", "null"}, {"avatarGroups(ownership: PUBLIC)", "PUBLIC"}, {"avatarGroups", "null"}, {"avatarGroups(ownership: PUBLIC)", "PUBLIC"},
	} {
		a.expectCalls(t, 1, func() {
			expectOwnership(t, a.mustDo(t, "{ "+step.list+" { nodes { groupId ownership } } }", nil).Body, step.want, 1)
		})
	}
}

// The looks of a group are requested as before: the fallback depends on the operation's own
// lists, so that a cached ownership makes no cached page useless.
func TestCachedOwnershipDoesNotChangeRequestsForLooks(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newCachedAPI(t, sandbox.Options{})
		id := privateGroupsWithLooks(a)[0].ID
		query := `query($id: ID!) { avatarGroup(id: $id) { ownership looks { nodes { lookId } } } }`
		a.expectCalls(t, 2, func() { a.mustDo(t, query, vars{"id": id}) })
		a.expectCalls(t, 1, func() { a.mustDo(t, `{ avatarGroups(first: 50, ownership: PRIVATE) { nodes { id } } }`, nil) })
		a.expectCalls(t, 0, func() {
			if out := a.mustDo(t, query, vars{"id": id}); !strings.Contains(out.Body, `"ownership":"PRIVATE"`) {
				t.Error(out.Body)
			}
		})
		a.Close()
	})
}

// changingCache learns the ownership of every group after the first read.
type changingCache struct {
	graph.Upstream
	reads *atomic.Int64
}

func (u changingCache) AvatarGroupOwnership(heygen.GroupID) heygen.Ownership {
	if u.reads.Add(1) == 1 {
		return ""
	}
	return heygen.Public
}

func (changingCache) OwnershipDependency() cache.Dependency { return validDependency{} }

type validDependency struct{}

func (validDependency) Valid() bool { return true }

// What another operation fetches meanwhile does not make two values of one.
func TestOwnershipIsReadFromCacheOncePerOperation(t *testing.T) {
	a := newAPI(t, sandbox.Options{})
	for _, newHandler := range []func(graph.Options) http.Handler{
		func(o graph.Options) http.Handler { return graph.NewHandler(o) },
		func(o graph.Options) http.Handler { return graph.NewGeneratedHandler(o) },
	} {
		cache := changingCache{a.client, &atomic.Int64{}}
		h := newHandler(graph.Options{HeyGen: cache})
		query := vars{"query": strings.ReplaceAll(ownershipPaths("first: 1"), "list: avatarGroups {", "list: avatarGroups(first: 1) {")}
		expectOwnership(t, postJSON(t, h, query), "null", 7)
		expectOwnership(t, postJSON(t, h, query), "PUBLIC", 7)
		if n := cache.reads.Load(); n != 2 {
			t.Errorf("the cache was read %d times by two operations", n)
		}
	}
}

// hangingTransport never responds to requests with this query parameter.
type hangingTransport struct {
	http.RoundTripper
	parameter string
}

func (h *hangingTransport) RoundTrip(r *http.Request) (*http.Response, error) {
	if strings.Contains(r.URL.RawQuery, h.parameter) {
		<-r.Context().Done()
		return nil, r.Context().Err()
	}
	return h.RoundTripper.RoundTrip(r)
}

func TestOwnershipDelaysNoOtherField(t *testing.T) {
	for name, newHandler := range map[string]func(graph.Options) *graph.Handler{"compiled": graph.NewHandler, "generated": graph.NewGeneratedHandler} {
		synctest.Test(t, func(t *testing.T) {
			a := newAPI(t, sandbox.Options{}, func(o *heygen.Options, _ *graph.Options) {
				o.Transport = &hangingTransport{o.Transport, "ownership=private"}
			})
			a.Handler = newHandler(graph.Options{HeyGen: a.client, Timeout: 5 * time.Second})
			out := a.do(t, `{
				a: avatarGroups(first: 1) { nodes { ownership looks(first: 1) { nodes { lookId } } } }
				b: avatarGroups(ownership: PRIVATE) { nodes { name } }
			}`, nil)
			if out.codes() != "UPSTREAM_TIMEOUT" || !strings.Contains(out.Body, `"ownership":null,"looks":{"nodes":[{"lookId":`) {
				t.Errorf("%s: %s", name, out.Body)
			}
			a.Close()
		})
	}
}
