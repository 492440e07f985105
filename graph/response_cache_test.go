package graph_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"heygen-graphql/graph"
	"heygen-graphql/heygen"
	"heygen-graphql/heygen/cached"
	"heygen-graphql/heygen/sandbox"
	"heygen-graphql/internal/cache"
)

// countingUpstream is a memory that counts how often resolvers turn to it.
type countingUpstream struct {
	*cached.Client
	lookups *atomic.Int64
	panic   atomic.Bool
}

func (c *countingUpstream) ListAvatarGroups(ctx context.Context, p heygen.AvatarGroupsParams) (heygen.Page[heygen.AvatarGroup], error) {
	c.lookups.Add(1)
	if c.panic.Load() {
		panic("of a test")
	}
	return c.Client.ListAvatarGroups(ctx, p)
}

func (c *countingUpstream) AvatarGroup(ctx context.Context, id heygen.GroupID) (heygen.AvatarGroup, error) {
	c.lookups.Add(1)
	return c.Client.AvatarGroup(ctx, id)
}

// cacheFixture is an API that keeps whole answers, and the count of how often its
// resolvers were at work.
type cacheFixture struct {
	*api
	*countingUpstream
	t *testing.T
}

func withCacheFixture(t *testing.T, o sandbox.Options, test func(*testing.T, *cacheFixture), change ...func(*graph.Options)) {
	synctest.Test(t, func(t *testing.T) {
		w := &cacheFixture{api: newCachedAPI(t, o), t: t}
		w.countingUpstream = &countingUpstream{Client: w.cachedClient, lookups: &atomic.Int64{}}
		options := graph.Options{HeyGen: w.countingUpstream, ExposeUpstream: true, RequestID: func(context.Context) string { return "request-1" }}
		for _, f := range change {
			f(&options)
		}
		w.Handler = graph.NewHandler(options)
		test(t, w)
		w.api.Close()
	})
}

func (w *cacheFixture) ServeHTTP(rw http.ResponseWriter, r *http.Request) { w.Handler.ServeHTTP(rw, r) }

// expectLookups fails unless f had resolvers turn to the memory just so often.
func (w *cacheFixture) expectLookups(want int, f func()) {
	w.t.Helper()
	w.lookups.Store(0)
	f()
	synctest.Wait()
	if got := w.lookups.Load(); got != int64(want) {
		w.t.Errorf("the memory was asked %d times, want %d", got, want)
	}
}

const namesQuery = `query Names($first: Int = 50) { avatarGroups(first: $first) { nodes { groupId name } } }  query Other { avatarGroups(first: 50) { nodes { groupId name } } }`

func (w *cacheFixture) sendNames(name string, first any) response {
	w.t.Helper()
	body := vars{"query": namesQuery, "operationName": name}
	if first != nil {
		body["variables"] = vars{"first": first}
	}
	return parseResponse(w.t, postJSON(w.t, w.Handler, body))
}

func TestIdenticalOperationIsServedFromCache(t *testing.T) {
	withCacheFixture(t, sandbox.Options{}, func(t *testing.T, w *cacheFixture) {
		var first response
		w.expectLookups(1, func() { first = w.sendNames("Names", 50) })
		w.expectLookups(0, func() {
			if again := w.sendNames("Names", 50); again.Body != first.Body {
				t.Error("another answer")
			}
		})
		w.expectLookups(1, func() { w.sendNames("Names", 49) })
		w.expectLookups(1, func() { w.sendNames("Names", nil) })
		w.expectLookups(1, func() { w.sendNames("Other", nil) })
		w.expectLookups(0, func() { w.sendNames("Names", 49); w.sendNames("Names", nil); w.sendNames("Other", nil) })
		w.expectLookups(1, func() { w.api.mustDo(t, namesQuery[:strings.Index(namesQuery, "  query")], vars{"first": 50}) })
		<-time.After(time.Minute)
		w.expectLookups(1, func() { w.sendNames("Names", 50) })
	})
}

func TestConcurrentIdenticalOperationsAreCoalesced(t *testing.T) {
	withCacheFixture(t, sandbox.Options{Latency: time.Second}, func(t *testing.T, w *cacheFixture) {
		w.expectCalls(t, 1, func() {
			w.expectLookups(1, func() {
				var wg sync.WaitGroup
				for range 100 {
					wg.Go(func() {
						if out := w.sendNames("Names", 50); len(out.Errors) > 0 || !strings.Contains(out.Body, "Monica") {
							t.Error(out.Body)
						}
					})
				}
				wg.Wait()
			})
		})
	})
}

func TestCoalescedOperationSurvivesItsFirstCaller(t *testing.T) {
	withCacheFixture(t, sandbox.Options{Latency: time.Second}, func(t *testing.T, w *cacheFixture) {
		w.expectCalls(t, 1, func() {
			w.expectLookups(1, func() {
				var wg sync.WaitGroup
				first, leave := context.WithCancel(t.Context())
				wg.Go(func() {
					r := httptest.NewRequestWithContext(first, http.MethodGet, "/graphql?query={avatarGroups{nodes{name}}}", nil)
					w.ServeHTTP(httptest.NewRecorder(), r)
				})
				synctest.Wait()
				wg.Go(func() {
					if out := w.get(t, "{avatarGroups{nodes{name}}}"); !strings.Contains(out.Body, "Monica") {
						t.Error(out.Body)
					}
				})
				<-time.After(time.Second / 2)
				leave()
				wg.Wait()
			})
		})
	})
}

func TestOperationEndsWhenItsLastCallerLeaves(t *testing.T) {
	withCacheFixture(t, sandbox.Options{Latency: time.Minute}, func(t *testing.T, w *cacheFixture) {
		start := time.Now()
		ctx, leave := context.WithTimeout(t.Context(), time.Second)
		defer leave()
		var wg sync.WaitGroup
		for range 2 {
			wg.Go(func() {
				w.ServeHTTP(httptest.NewRecorder(), httptest.NewRequestWithContext(ctx, http.MethodGet, "/graphql?query={avatarGroups{nodes{name}}}", nil))
			})
		}
		wg.Wait()
		if took := time.Since(start); took != time.Second {
			t.Errorf("both left after a second, and it ended after %v", took)
		}
	})
}

func TestReplacedEntryInvalidatesCachedResponse(t *testing.T) {
	withCacheFixture(t, sandbox.Options{}, func(t *testing.T, w *cacheFixture) {
		send := func() string {
			return w.api.mustDo(t, `{ a: avatarGroup(id: "group_monica") { name } b: avatarGroup(id: "`+w.Groups()[300].ID+`") { name } }`, nil).Body
		}
		before := send()
		w.expectLookups(0, func() { send() })
		g := w.Groups()[0]
		w.Remove(g.ID)
		g.Name = "Another name"
		w.Add(g)
		<-time.After(time.Second)
		w.expectLookups(0, func() { send() })
		w.api.mustDo(t, `{ avatarGroups(first: 50) { nodes { name } } }`, nil) // brings it anew
		w.expectLookups(2, func() {
			if after := send(); after == before || !strings.Contains(after, g.Name) {
				t.Error(after)
			}
		})
	})
}

func TestPendingItemShortensTTLOfResponse(t *testing.T) {
	withCacheFixture(t, sandbox.Options{}, func(t *testing.T, w *cacheFixture) {
		id := "training"
		w.Add(sandbox.Group{ID: id, Name: "New", Ownership: sandbox.Private, CreatedAt: 3e9, Status: new("processing")})
		send := func() {
			w.api.mustDo(t, `{ a: avatarGroup(id: "group_monica") { name } b: avatarGroup(id: "training") { status } }`, nil)
		}
		w.expectLookups(2, send)
		w.expectLookups(0, send)
		<-time.After(5 * time.Second)
		w.expectLookups(2, send)
	})
}

func TestResponsesWithErrorsAreNotCached(t *testing.T) {
	withCacheFixture(t, sandbox.Options{}, func(t *testing.T, w *cacheFixture) {
		send := func() {
			w.api.do(t, `{ avatarGroup(id: "a/b") { name } avatarGroups(first: 1) { nodes { name } } }`, nil)
		}
		w.expectLookups(1, send)
		w.expectLookups(1, send)
	})
}

func TestInternalErrorsAreNotShared(t *testing.T) {
	withCacheFixture(t, sandbox.Options{Latency: time.Second}, func(t *testing.T, w *cacheFixture) {
		release := make(chan struct{})
		w.Handler = graph.NewHandler(graph.Options{HeyGen: &blockingUpstream{w.countingUpstream, release}, RequestID: func(ctx context.Context) string { return ctx.Value(requestNumberKey{}).(string) }})
		w.panic.Store(true)
		var wg sync.WaitGroup
		for _, number := range []string{"one", "two"} {
			wg.Go(func() {
				r := httptest.NewRequestWithContext(context.WithValue(t.Context(), requestNumberKey{}, number), http.MethodGet, "/graphql?query={avatarGroups{nodes{name}}}", nil)
				if out := w.api.send(t, r); out.codes() != "INTERNAL" || out.Errors[0].Extensions["requestId"] != number {
					t.Error(out.Body)
				}
			})
		}
		synctest.Wait()
		close(release)
		wg.Wait()
	})
}

type requestNumberKey struct{}

// blockingUpstream is a memory that answers only when it is let go.
type blockingUpstream struct {
	*countingUpstream
	release chan struct{}
}

func (l *blockingUpstream) ListAvatarGroups(ctx context.Context, p heygen.AvatarGroupsParams) (heygen.Page[heygen.AvatarGroup], error) {
	<-l.release
	return l.countingUpstream.ListAvatarGroups(ctx, p)
}

func Test401InvalidatesCachedResponses(t *testing.T) {
	withCacheFixture(t, sandbox.Options{Keys: []string{upstreamKey}}, func(t *testing.T, w *cacheFixture) {
		send := func() response { return w.api.do(t, `{ avatarGroups(first: 50) { nodes { name } } }`, nil) }
		send()
		w.SetKeys("sk_V2_another")
		w.expectLookups(0, func() {
			if out := send(); len(out.Errors) > 0 {
				t.Error("fresh, and HeyGen has not been asked", out.Body)
			}
		})
		w.api.do(t, `{ voice(id: "any") { name } }`, nil)
		if out := send(); out.codes() != "UPSTREAM_UNAUTHENTICATED" {
			t.Error(out.Body)
		}
	})
}

// An operation rests on a page that is kept, and waits for another call, when
// HeyGen rejects the key.
func Test401InvalidatesResponsesInFlight(t *testing.T) {
	withCacheFixture(t, sandbox.Options{Keys: []string{upstreamKey}, Latency: time.Second}, func(t *testing.T, w *cacheFixture) {
		send := func() response {
			return w.api.do(t, `{ avatarGroups(first: 50) { nodes { name } } avatarLook(id: "monica_sofa") { name } }`, nil)
		}
		w.api.mustDo(t, `{ avatarGroups(first: 50) { nodes { name } } }`, nil)
		var wg sync.WaitGroup
		wg.Go(func() { send() })
		<-time.After(time.Second / 2)
		wg.Go(func() {
			w.SetKeys("sk_V2_another")
			w.api.do(t, `{ voice(id: "any") { name } }`, nil)
		})
		wg.Wait()
		w.SetKeys("sk_V2_another")
		if out := send(); !strings.Contains(out.codes(), "UPSTREAM_UNAUTHENTICATED") {
			t.Error(out.Body)
		}
	})
}

func TestUpstreamExtensionBypassesResponseCache(t *testing.T) {
	withCacheFixture(t, sandbox.Options{}, func(t *testing.T, w *cacheFixture) {
		send := func(want string) response {
			r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/graphql?query={avatarGroups{nodes{name}}}", nil)
			r.Header.Set("X-GraphQL-Extensions", want)
			return w.api.send(t, r)
		}
		w.expectLookups(1, func() { send("cost") })
		w.expectLookups(0, func() {
			if out := send("cost"); !strings.Contains(out.Body, `"extensions":{"cost":{"allowed":1000,"requested":1}}`) {
				t.Error(out.Body)
			}
		})
		w.expectLookups(0, func() {
			if out := send(""); strings.Contains(out.Body, "extensions") {
				t.Error(out.Body)
			}
		})
		w.expectLookups(1, func() {
			if out := send("upstream"); !strings.Contains(out.Body, `"GET /v3/avatars":{"hit":1}`) {
				t.Error(out.Body)
			}
		})
	})
}

func TestCachedResponseHasAgeOfItsUpstreamResponses(t *testing.T) {
	withCacheFixture(t, sandbox.Options{}, func(t *testing.T, w *cacheFixture) {
		const query = `{ avatarGroup(id: "group_monica") { name } }`
		w.get(t, query)
		<-time.After(20 * time.Second)
		w.expectLookups(0, func() {
			if out := w.get(t, query); out.Header.Get("Age") != "20" || out.Header.Get("Cache-Control") != "private, max-age=60" {
				t.Error(out.Header)
			}
		})
	})
}

func TestCachedResponsesCountTowardsCacheSize(t *testing.T) {
	withCacheFixture(t, sandbox.Options{}, func(t *testing.T, w *cacheFixture) {
		before := w.Size()
		for i := range 101 {
			w.sendNames("Names", i)
		}
		if grown := w.Size() - before; grown < 101*1000 || grown > 1<<20 {
			t.Errorf("%d bytes more for 101 answers", grown)
		}
	})
}

func TestResponsesOver1MiBAreNotCached(t *testing.T) {
	withCacheFixture(t, sandbox.Options{}, func(t *testing.T, w *cacheFixture) {
		page := func(aliases int) func() {
			var fields strings.Builder
			for i := range aliases {
				fmt.Fprintf(&fields, " picture_of_the_character_%d: previewImageUrl", i)
			}
			return func() { w.api.mustDo(t, `{ avatarGroups(first: 100) {  nodes {`+fields.String()+` } } }`, nil) }
		}
		short, long := page(20), page(200) // some 0.2 and 2 MB
		w.expectLookups(2, short)          // two pages
		w.expectLookups(0, short)
		w.expectLookups(2, long)
		w.expectLookups(2, long)
	})
}

// Anybody can bring any number of them, and ask for what needs no answer of HeyGen's.
func TestUnverifiedKeysCacheNothing(t *testing.T) {
	a := newTenants(t)
	before := a.cachedClient.Size()
	for i := range 100 {
		if out := a.doWithHeaders(t, `{ __schema { types { name description } } }`, "X-Api-Key", fmt.Sprint("sk_V2_made_up_", i)); len(out.Errors) > 0 {
			t.Fatal(out.Body)
		}
	}
	if after := a.cachedClient.Size(); after != before {
		t.Errorf("%d bytes are kept", after-before)
	}
}

// Whoever waits is told something, whatever goes wrong.
func TestMissingResponseIsAnError(t *testing.T) {
	for _, c := range []struct {
		err    error
		code   string
		status int
	}{{context.Canceled, "UPSTREAM_UNAVAILABLE", 200}, {errors.New("of a test"), "INTERNAL", 500}, {nil, "INTERNAL", 500}} {
		a := newAPI(t, sandbox.Options{})
		a.Handler = graph.NewHandler(graph.Options{HeyGen: failingStore{a.client, c.err}})
		if out := a.do(t, `{ __typename }`, nil); out.codes() != c.code || out.Status != c.status {
			t.Errorf("%v: %d %s", c.err, out.Status, out.Body)
		}
	}
}

type failingStore struct {
	graph.Upstream
	err error
}

func (u failingStore) GetOrCompute(context.Context, [32]byte, func(context.Context) (cache.Derived, error)) (cache.Derived, cache.Result, error) {
	return nil, cache.Miss, u.err
}
