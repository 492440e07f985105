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

// countingUpstream counts the lookups of resolvers in the cache of upstream responses.
type countingUpstream struct {
	*cached.Client
	lookups *atomic.Int64
	panics  atomic.Bool
}

func (c *countingUpstream) ListAvatarGroups(ctx context.Context, p heygen.AvatarGroupsParams) (heygen.Page[heygen.AvatarGroup], error) {
	c.lookups.Add(1)
	if c.panics.Load() {
		panic("test panic")
	}
	return c.Client.ListAvatarGroups(ctx, p)
}

func (c *countingUpstream) AvatarGroup(ctx context.Context, id heygen.GroupID) (heygen.AvatarGroup, error) {
	c.lookups.Add(1)
	return c.Client.AvatarGroup(ctx, id)
}

// cacheFixture is an API with a response cache. It counts the lookups of its resolvers:
// none are made for a cached response.
type cacheFixture struct {
	*api
	*countingUpstream
	t *testing.T
}

// withCacheFixture runs a test in a synctest bubble.
func withCacheFixture(t *testing.T, o sandbox.Options, test func(*testing.T, *cacheFixture), configure ...func(*graph.Options)) {
	synctest.Test(t, func(t *testing.T) {
		f := &cacheFixture{api: newCachedAPI(t, o), t: t}
		f.countingUpstream = &countingUpstream{Client: f.cachedClient, lookups: &atomic.Int64{}}
		options := graph.Options{HeyGen: f.countingUpstream, ExposeUpstream: true, RequestID: func(context.Context) string { return "request-1" }}
		for _, apply := range configure {
			apply(&options)
		}
		f.Handler = graph.NewHandler(options)
		test(t, f)
		f.api.Close()
	})
}

func (f *cacheFixture) ServeHTTP(rw http.ResponseWriter, r *http.Request) { f.Handler.ServeHTTP(rw, r) }

// expectLookups runs f and fails the test unless resolvers make that many lookups.
func (f *cacheFixture) expectLookups(want int, run func()) {
	f.t.Helper()
	f.lookups.Store(0)
	run()
	synctest.Wait()
	if got := f.lookups.Load(); got != int64(want) {
		f.t.Errorf("%d lookups, want %d", got, want)
	}
}

const namesQuery = `query Names($first: Int = 50) { avatarGroups(first: $first) { nodes { groupId name } } }  query Other { avatarGroups(first: 50) { nodes { groupId name } } }`

func (f *cacheFixture) sendNames(name string, first any) response {
	f.t.Helper()
	body := vars{"query": namesQuery, "operationName": name}
	if first != nil {
		body["variables"] = vars{"first": first}
	}
	return parseResponse(f.t, postJSON(f.t, f.Handler, body))
}

func TestIdenticalOperationIsServedFromCache(t *testing.T) {
	withCacheFixture(t, sandbox.Options{}, func(t *testing.T, f *cacheFixture) {
		var first response
		f.expectLookups(1, func() { first = f.sendNames("Names", 50) })
		f.expectLookups(0, func() {
			if again := f.sendNames("Names", 50); again.Body != first.Body {
				t.Error("the cached response differs")
			}
		})
		f.expectLookups(1, func() { f.sendNames("Names", 49) })
		f.expectLookups(1, func() { f.sendNames("Names", nil) })
		f.expectLookups(1, func() { f.sendNames("Other", nil) })
		f.expectLookups(0, func() { f.sendNames("Names", 49); f.sendNames("Names", nil); f.sendNames("Other", nil) })
		f.expectLookups(1, func() { f.api.mustDo(t, namesQuery[:strings.Index(namesQuery, "  query")], vars{"first": 50}) })
		<-time.After(time.Minute)
		f.expectLookups(1, func() { f.sendNames("Names", 50) })
	})
}

func TestConcurrentIdenticalOperationsAreCoalesced(t *testing.T) {
	withCacheFixture(t, sandbox.Options{Latency: time.Second}, func(t *testing.T, f *cacheFixture) {
		f.expectCalls(t, 1, func() {
			f.expectLookups(1, func() {
				var wg sync.WaitGroup
				for range 100 {
					wg.Go(func() {
						if out := f.sendNames("Names", 50); len(out.Errors) > 0 || !strings.Contains(out.Body, "Monica") {
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
	withCacheFixture(t, sandbox.Options{Latency: time.Second}, func(t *testing.T, f *cacheFixture) {
		f.expectCalls(t, 1, func() {
			f.expectLookups(1, func() {
				var wg sync.WaitGroup
				first, leave := context.WithCancel(t.Context())
				wg.Go(func() {
					r := httptest.NewRequestWithContext(first, http.MethodGet, "/graphql?query={avatarGroups{nodes{name}}}", nil)
					f.ServeHTTP(httptest.NewRecorder(), r)
				})
				synctest.Wait()
				wg.Go(func() {
					if out := f.get(t, "{avatarGroups{nodes{name}}}"); !strings.Contains(out.Body, "Monica") {
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
	withCacheFixture(t, sandbox.Options{Latency: time.Minute}, func(t *testing.T, f *cacheFixture) {
		start := time.Now()
		ctx, leave := context.WithTimeout(t.Context(), time.Second)
		defer leave()
		var wg sync.WaitGroup
		for range 2 {
			wg.Go(func() {
				f.ServeHTTP(httptest.NewRecorder(), httptest.NewRequestWithContext(ctx, http.MethodGet, "/graphql?query={avatarGroups{nodes{name}}}", nil))
			})
		}
		wg.Wait()
		if took := time.Since(start); took != time.Second {
			t.Errorf("both callers left after a second, the operation ended after %v", took)
		}
	})
}

func TestReplacedEntryInvalidatesCachedResponse(t *testing.T) {
	withCacheFixture(t, sandbox.Options{}, func(t *testing.T, f *cacheFixture) {
		send := func() string {
			return f.api.mustDo(t, `{ a: avatarGroup(id: "group_monica") { name } b: avatarGroup(id: "`+f.Groups()[300].ID+`") { name } }`, nil).Body
		}
		before := send()
		f.expectLookups(0, func() { send() })
		g := f.Groups()[0]
		f.RemoveGroups(g.ID)
		g.Name = "Another name"
		f.AddGroups(g)
		<-time.After(time.Second)
		f.expectLookups(0, func() { send() })
		f.api.mustDo(t, `{ avatarGroups(first: 50) { nodes { name } } }`, nil) // fetches the group again
		f.expectLookups(2, func() {
			if after := send(); after == before || !strings.Contains(after, g.Name) {
				t.Error(after)
			}
		})
	})
}

func TestPendingItemShortensTTLOfResponse(t *testing.T) {
	withCacheFixture(t, sandbox.Options{}, func(t *testing.T, f *cacheFixture) {
		id := "training"
		f.AddGroups(sandbox.Group{ID: id, Name: "New", Ownership: sandbox.Private, CreatedAt: 3e9, Status: new("processing")})
		send := func() {
			f.api.mustDo(t, `{ a: avatarGroup(id: "group_monica") { name } b: avatarGroup(id: "training") { status } }`, nil)
		}
		f.expectLookups(2, send)
		f.expectLookups(0, send)
		<-time.After(5 * time.Second)
		f.expectLookups(2, send)
	})
}

func TestResponsesWithErrorsAreNotCached(t *testing.T) {
	withCacheFixture(t, sandbox.Options{}, func(t *testing.T, f *cacheFixture) {
		send := func() {
			f.api.do(t, `{ avatarGroup(id: "a/b") { name } avatarGroups(first: 1) { nodes { name } } }`, nil)
		}
		f.expectLookups(1, send)
		f.expectLookups(1, send)
	})
}

func TestInternalErrorsAreNotShared(t *testing.T) {
	withCacheFixture(t, sandbox.Options{Latency: time.Second}, func(t *testing.T, f *cacheFixture) {
		release := make(chan struct{})
		f.Handler = graph.NewHandler(graph.Options{HeyGen: &blockingUpstream{f.countingUpstream, release}, RequestID: func(ctx context.Context) string { return ctx.Value(requestIDKey{}).(string) }})
		f.panics.Store(true)
		var wg sync.WaitGroup
		for _, id := range []string{"one", "two"} {
			wg.Go(func() {
				r := httptest.NewRequestWithContext(context.WithValue(t.Context(), requestIDKey{}, id), http.MethodGet, "/graphql?query={avatarGroups{nodes{name}}}", nil)
				if out := f.api.send(t, r); out.codes() != "INTERNAL" || out.Errors[0].Extensions["requestId"] != id {
					t.Error(out.Body)
				}
			})
		}
		synctest.Wait()
		close(release)
		wg.Wait()
	})
}

type requestIDKey struct{}

// blockingUpstream returns lists only after release is closed.
type blockingUpstream struct {
	*countingUpstream
	release chan struct{}
}

func (b *blockingUpstream) ListAvatarGroups(ctx context.Context, p heygen.AvatarGroupsParams) (heygen.Page[heygen.AvatarGroup], error) {
	<-b.release
	return b.countingUpstream.ListAvatarGroups(ctx, p)
}

func Test401InvalidatesCachedResponses(t *testing.T) {
	withCacheFixture(t, sandbox.Options{Keys: []string{upstreamKey}}, func(t *testing.T, f *cacheFixture) {
		send := func() response { return f.api.do(t, `{ avatarGroups(first: 50) { nodes { name } } }`, nil) }
		send()
		f.SetKeys("sk_V2_another")
		f.expectLookups(0, func() {
			if out := send(); len(out.Errors) > 0 {
				t.Error("fresh, and no call has been rejected yet:", out.Body)
			}
		})
		f.api.do(t, `{ voice(id: "any") { name } }`, nil)
		if out := send(); out.codes() != "UPSTREAM_UNAUTHENTICATED" {
			t.Error(out.Body)
		}
	})
}

// An operation has used a cached page, and waits for another call, when HeyGen rejects
// the key.
func Test401InvalidatesResponsesInFlight(t *testing.T) {
	withCacheFixture(t, sandbox.Options{Keys: []string{upstreamKey}, Latency: time.Second}, func(t *testing.T, f *cacheFixture) {
		send := func() response {
			return f.api.do(t, `{ avatarGroups(first: 50) { nodes { name } } avatarLook(id: "monica_sofa") { name } }`, nil)
		}
		f.api.mustDo(t, `{ avatarGroups(first: 50) { nodes { name } } }`, nil)
		var wg sync.WaitGroup
		wg.Go(func() { send() })
		<-time.After(time.Second / 2)
		wg.Go(func() {
			f.SetKeys("sk_V2_another")
			f.api.do(t, `{ voice(id: "any") { name } }`, nil)
		})
		wg.Wait()
		f.SetKeys("sk_V2_another")
		if out := send(); !strings.Contains(out.codes(), "UPSTREAM_UNAUTHENTICATED") {
			t.Error(out.Body)
		}
	})
}

func TestUpstreamExtensionBypassesResponseCache(t *testing.T) {
	withCacheFixture(t, sandbox.Options{}, func(t *testing.T, f *cacheFixture) {
		send := func(extensions string) response {
			r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/graphql?query={avatarGroups{nodes{name}}}", nil)
			r.Header.Set("X-GraphQL-Extensions", extensions)
			return f.api.send(t, r)
		}
		f.expectLookups(1, func() { send("cost") })
		f.expectLookups(0, func() {
			if out := send("cost"); !strings.Contains(out.Body, `"extensions":{"cost":{"allowed":1000,"requested":1}}`) {
				t.Error(out.Body)
			}
		})
		f.expectLookups(0, func() {
			if out := send(""); strings.Contains(out.Body, "extensions") {
				t.Error(out.Body)
			}
		})
		f.expectLookups(1, func() {
			if out := send("upstream"); !strings.Contains(out.Body, `"GET /v3/avatars":{"hit":1}`) {
				t.Error(out.Body)
			}
		})
	})
}

func TestCachedResponseHasAgeOfItsUpstreamResponses(t *testing.T) {
	withCacheFixture(t, sandbox.Options{}, func(t *testing.T, f *cacheFixture) {
		const query = `{ avatarGroup(id: "group_monica") { name } }`
		f.get(t, query)
		<-time.After(20 * time.Second)
		f.expectLookups(0, func() {
			if out := f.get(t, query); out.Header.Get("Age") != "20" || out.Header.Get("Cache-Control") != "private, max-age=60" {
				t.Error(out.Header)
			}
		})
	})
}

func TestCachedResponsesCountTowardsCacheSize(t *testing.T) {
	withCacheFixture(t, sandbox.Options{}, func(t *testing.T, f *cacheFixture) {
		before := f.Size()
		for i := range 101 {
			f.sendNames("Names", i)
		}
		if grown := f.Size() - before; grown < 101*1000 || grown > 1<<20 {
			t.Errorf("%d more bytes for 101 responses", grown)
		}
	})
}

func TestResponsesOver1MiBAreNotCached(t *testing.T) {
	withCacheFixture(t, sandbox.Options{}, func(t *testing.T, f *cacheFixture) {
		page := func(aliases int) func() {
			var fields strings.Builder
			for i := range aliases {
				fmt.Fprintf(&fields, " picture_of_the_character_%d: previewImageUrl", i)
			}
			return func() { f.api.mustDo(t, `{ avatarGroups(first: 100) {  nodes {`+fields.String()+` } } }`, nil) }
		}
		short, long := page(20), page(200) // some 0.2 and 2 MB
		f.expectLookups(2, short)          // two pages
		f.expectLookups(0, short)
		f.expectLookups(2, long)
		f.expectLookups(2, long)
	})
}

// Anyone can send any number of keys, with operations that need no upstream call.
func TestUnverifiedKeysCacheNothing(t *testing.T) {
	a := newTenants(t)
	before := a.cachedClient.Size()
	for i := range 100 {
		if out := a.doWithHeaders(t, `{ __schema { types { name description } } }`, "X-Api-Key", fmt.Sprint("sk_V2_made_up_", i)); len(out.Errors) > 0 {
			t.Fatal(out.Body)
		}
	}
	if after := a.cachedClient.Size(); after != before {
		t.Errorf("%d bytes are cached", after-before)
	}
}

// A caller that waits gets an error if the cache returns no response.
func TestMissingResponseIsAnError(t *testing.T) {
	for _, c := range []struct {
		err    error
		code   string
		status int
	}{{context.Canceled, "UPSTREAM_UNAVAILABLE", 200}, {errors.New("test error"), "INTERNAL", 500}, {nil, "INTERNAL", 500}} {
		a := newAPI(t, sandbox.Options{})
		a.Handler = graph.NewHandler(graph.Options{HeyGen: failingStore{a.client, c.err}})
		if out := a.do(t, `{ __typename }`, nil); out.codes() != c.code || out.Status != c.status {
			t.Errorf("%v: %d %s", c.err, out.Status, out.Body)
		}
	}
}

// failingStore returns no response.
type failingStore struct {
	graph.Upstream
	err error
}

func (failingStore) Reweigh([32]byte, cache.Derived) {}

func (s failingStore) GetOrCompute(context.Context, [32]byte, func(context.Context) (cache.Derived, error)) (cache.Derived, cache.Result, error) {
	return nil, cache.Miss, s.err
}
