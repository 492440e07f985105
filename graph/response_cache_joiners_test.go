package graph_test

import (
	"context"
	"io"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"heygen-graphql/graph"
	"heygen-graphql/graph/responsecache"
	"heygen-graphql/heygen"
	"heygen-graphql/heygen/sandbox"
	"heygen-graphql/internal/cache"
)

// slowLookUpstream delays looks, so that callers can join an operation whose other parts
// are loaded.
type slowLookUpstream struct {
	*countingUpstream
	delay time.Duration
}

func (s *slowLookUpstream) AvatarLook(ctx context.Context, id heygen.LookID) (heygen.AvatarLook, error) {
	select {
	case <-time.After(s.delay):
	case <-ctx.Done():
	}
	return s.countingUpstream.AvatarLook(ctx, id)
}

func TestCoalescedOperationEndsAtItsOwnDeadline(t *testing.T) {
	withCacheFixture(t, sandbox.Options{Latency: 10 * time.Second}, func(t *testing.T, f *cacheFixture) {
		var wg sync.WaitGroup
		for range 3 {
			wg.Go(func() {
				start := time.Now()
				out := f.get(t, "{avatarGroups{nodes{name}}}")
				if took := time.Since(start); took != 5*time.Second || out.codes() != "UPSTREAM_TIMEOUT" {
					t.Errorf("after %v: %s", took, out.Body)
				}
			})
			synctest.Wait()
		}
		wg.Wait()
	}, func(o *graph.Options) { o.Timeout = 5 * time.Second })
}

func TestLateJoinerSeesCurrentTrainingStatus(t *testing.T) {
	withCacheFixture(t, sandbox.Options{}, func(t *testing.T, f *cacheFixture) {
		f.Handler = graph.NewHandler(graph.Options{HeyGen: &slowLookUpstream{f.countingUpstream, 20 * time.Second}})
		g := sandbox.Group{ID: "training", Name: "New", Ownership: sandbox.Private, CreatedAt: 3e9, Status: new("processing")}
		f.AddGroups(g)
		const query = `{ avatarGroup(id: "training") { status } avatarLook(id: "monica_sofa") { name } }`
		var wg sync.WaitGroup
		wg.Go(func() { f.get(t, query) })
		<-time.After(15 * time.Second)
		f.RemoveGroups(g.ID)
		g.Status = new("completed")
		f.AddGroups(g)
		f.get(t, `{ avatarGroup(id: "training") { status } }`)
		if out := f.get(t, query); !strings.Contains(out.Body, "COMPLETED") {
			t.Error(out.Body)
		}
		wg.Wait()
	})
}

// forbiddingTransport responds with 403 to one path, once that is set.
type forbiddingTransport struct {
	http.RoundTripper
	forbiddenPath atomic.Pointer[string]
}

func (f *forbiddingTransport) RoundTrip(r *http.Request) (*http.Response, error) {
	if path := f.forbiddenPath.Load(); path != nil && r.URL.Path == *path {
		body := io.NopCloser(strings.NewReader(`{"error":{"code":"resource_access_denied","message":"no"}}`))
		return &http.Response{StatusCode: 403, Header: http.Header{}, Body: body, Request: r}, nil
	}
	return f.RoundTripper.RoundTrip(r)
}

func TestLateJoinerDoesNotSeeForbiddenItem(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		transport := &forbiddingTransport{}
		f := &cacheFixture{t: t, api: newCachedAPI(t, sandbox.Options{}, func(o *heygen.Options, _ *graph.Options) {
			transport.RoundTripper, o.Transport = o.Transport, transport
		})}
		f.countingUpstream = &countingUpstream{Client: f.cachedClient, lookups: &atomic.Int64{}}
		f.Handler = graph.NewHandler(graph.Options{HeyGen: &slowLookUpstream{f.countingUpstream, 20 * time.Second}})
		id := f.Groups()[300].ID
		groupOnlyQuery := `{ avatarGroup(id: "` + id + `") { name } }`
		query := `{ avatarGroup(id: "` + id + `") { name } avatarLook(id: "monica_sofa") { name } }`
		f.get(t, groupOnlyQuery)
		<-time.After(70 * time.Second) // it is stale
		transport.forbiddenPath.Store(new("/v3/avatars/" + id))
		var wg sync.WaitGroup
		wg.Go(func() { f.get(t, query) }) // gets the stale entry; the background refresh is forbidden
		<-time.After(5 * time.Second)
		if out := f.get(t, query); out.codes() != "FORBIDDEN" {
			t.Error(out.Body)
		}
		wg.Wait()
		f.api.Close()
	})
}

func TestRateLimitErrorIsNotSharedWithJoiners(t *testing.T) {
	withCacheFixture(t, sandbox.Options{RetryAfter: 5 * time.Second}, func(t *testing.T, f *cacheFixture) {
		f.Handler = graph.NewHandler(graph.Options{HeyGen: &slowLookUpstream{f.countingUpstream, 8 * time.Second}, Timeout: 10 * time.Second})
		const query = `{ avatarLook(id: "monica_sofa") { name group { name } } }`
		var wg sync.WaitGroup
		wg.Go(func() {
			if out := f.get(t, query); out.codes() != "RATE_LIMITED" {
				t.Error(out.Body)
			}
		})
		<-time.After(7500 * time.Millisecond)
		f.QueueFaults(sandbox.RateLimited)
		wg.Go(func() { f.get(t, `{ voice(id: "unknown") { name } }`) })
		<-time.After(100 * time.Millisecond)
		wg.Go(func() {
			if out := f.get(t, query); len(out.Errors) > 0 {
				t.Error("with enough time left:", out.Body)
			}
		})
		wg.Wait()
	})
}

func TestUnexposedUpstreamExtensionDoesNotBypassResponseCache(t *testing.T) {
	withCacheFixture(t, sandbox.Options{}, func(t *testing.T, f *cacheFixture) {
		send := func() {
			f.api.send(t, newRequest(t, "GET", "/graphql?query={avatarGroups{nodes{name}}}", "", "X-GraphQL-Extensions", "upstream"))
		}
		f.expectLookups(1, send)
		f.expectLookups(0, send)
	}, func(o *graph.Options) { o.ExposeUpstream = false })
}

func TestCoalescedOperationRecordsCacheHits(t *testing.T) {
	var mu sync.Mutex
	var uses [][]responsecache.LookupCount
	withCacheFixture(t, sandbox.Options{}, func(t *testing.T, f *cacheFixture) {
		f.Handler = graph.NewHandler(graph.Options{HeyGen: &slowLookUpstream{f.countingUpstream, time.Second}, OnResponse: func(r graph.OperationRecord) {
			mu.Lock()
			defer mu.Unlock()
			uses = append(uses, r.CacheLookups)
		}})
		f.get(t, `{ avatarGroups(first: 50) { nodes { name } } }`)
		var wg sync.WaitGroup
		for range 2 {
			wg.Go(func() {
				f.get(t, `{ avatarGroups(first: 50) { nodes { groupId } } avatarLook(id: "monica_sofa") { name } }`)
			})
			synctest.Wait()
		}
		wg.Wait()
	})
	last := map[string]cache.Result{}
	for _, use := range uses[len(uses)-1] {
		last[use.Endpoint] = use.Result
	}
	if last["GET /v3/avatars"] != cache.Hit {
		t.Errorf("%v", uses)
	}
}

func TestLateJoinerSeesReplacedItem(t *testing.T) {
	withCacheFixture(t, sandbox.Options{}, func(t *testing.T, f *cacheFixture) {
		f.Handler = graph.NewHandler(graph.Options{HeyGen: &slowLookUpstream{f.countingUpstream, 20 * time.Second}})
		const query = `{ avatarGroup(id: "group_monica") { name } avatarLook(id: "monica_sofa") { name } }`
		var wg sync.WaitGroup
		wg.Go(func() { f.get(t, query) })
		<-time.After(5 * time.Second)
		g := f.Groups()[0]
		f.RemoveGroups(g.ID)
		g.Name = "Another name"
		f.AddGroups(g)
		f.get(t, `{ avatarGroups(first: 50) { nodes { name } } }`) // fetches the group again
		if out := f.get(t, query); !strings.Contains(out.Body, g.Name) {
			t.Error(out.Body)
		}
		wg.Wait()
	})
}
