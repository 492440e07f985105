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

// slowLookUpstream is a memory in which a look takes its time, so that others can join an
// operation of which other parts are there.
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
	withCacheFixture(t, sandbox.Options{Latency: 10 * time.Second}, func(t *testing.T, w *cacheFixture) {
		var wg sync.WaitGroup
		for range 3 {
			wg.Go(func() {
				start := time.Now()
				out := w.get(t, "{avatarGroups{nodes{name}}}")
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
	withCacheFixture(t, sandbox.Options{}, func(t *testing.T, w *cacheFixture) {
		w.Handler = graph.NewHandler(graph.Options{HeyGen: &slowLookUpstream{w.countingUpstream, 20 * time.Second}})
		g := sandbox.Group{ID: "training", Name: "New", Ownership: sandbox.Private, CreatedAt: 3e9, Status: new("processing")}
		w.Add(g)
		const query = `{ avatarGroup(id: "training") { status } avatarLook(id: "monica_sofa") { name } }`
		var wg sync.WaitGroup
		wg.Go(func() { w.get(t, query) })
		<-time.After(15 * time.Second)
		w.Remove(g.ID)
		g.Status = new("completed")
		w.Add(g)
		w.get(t, `{ avatarGroup(id: "training") { status } }`)
		if out := w.get(t, query); !strings.Contains(out.Body, "COMPLETED") {
			t.Error(out.Body)
		}
		wg.Wait()
	})
}

// forbiddingTransport is a HeyGen that has come to forbid one path.
type forbiddingTransport struct {
	http.RoundTripper
	forbiddenPath atomic.Pointer[string]
}

func (d *forbiddingTransport) RoundTrip(r *http.Request) (*http.Response, error) {
	if path := d.forbiddenPath.Load(); path != nil && r.URL.Path == *path {
		body := io.NopCloser(strings.NewReader(`{"error":{"code":"resource_access_denied","message":"no"}}`))
		return &http.Response{StatusCode: 403, Header: http.Header{}, Body: body, Request: r}, nil
	}
	return d.RoundTripper.RoundTrip(r)
}

func TestLateJoinerDoesNotSeeForbiddenItem(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := &forbiddingTransport{}
		w := &cacheFixture{t: t, api: newCachedAPI(t, sandbox.Options{}, func(o *heygen.Options, _ *graph.Options) { d.RoundTripper, o.Transport = o.Transport, d })}
		w.countingUpstream = &countingUpstream{Client: w.cachedClient, lookups: &atomic.Int64{}}
		w.Handler = graph.NewHandler(graph.Options{HeyGen: &slowLookUpstream{w.countingUpstream, 20 * time.Second}})
		id := w.Groups()[300].ID
		alone := `{ avatarGroup(id: "` + id + `") { name } }`
		query := `{ avatarGroup(id: "` + id + `") { name } avatarLook(id: "monica_sofa") { name } }`
		w.get(t, alone)
		<-time.After(70 * time.Second) // it is stale
		d.forbiddenPath.Store(new("/v3/avatars/" + id))
		var wg sync.WaitGroup
		wg.Go(func() { w.get(t, query) }) // is given the stale one, and behind it HeyGen says no
		<-time.After(5 * time.Second)
		if out := w.get(t, query); out.codes() != "FORBIDDEN" {
			t.Error(out.Body)
		}
		wg.Wait()
		w.api.Close()
	})
}

func TestRateLimitErrorIsNotSharedWithJoiners(t *testing.T) {
	withCacheFixture(t, sandbox.Options{RetryAfter: 5 * time.Second}, func(t *testing.T, w *cacheFixture) {
		w.Handler = graph.NewHandler(graph.Options{HeyGen: &slowLookUpstream{w.countingUpstream, 8 * time.Second}, Timeout: 10 * time.Second})
		const query = `{ avatarLook(id: "monica_sofa") { name group { name } } }`
		var wg sync.WaitGroup
		wg.Go(func() {
			if out := w.get(t, query); out.codes() != "RATE_LIMITED" {
				t.Error(out.Body)
			}
		})
		<-time.After(7500 * time.Millisecond)
		w.QueueFaults(sandbox.RateLimited)
		wg.Go(func() { w.get(t, `{ voice(id: "nobody") { name } }`) })
		<-time.After(100 * time.Millisecond)
		wg.Go(func() {
			if out := w.get(t, query); len(out.Errors) > 0 {
				t.Error("with time enough:", out.Body)
			}
		})
		wg.Wait()
	})
}

func TestUnexposedUpstreamExtensionDoesNotBypassResponseCache(t *testing.T) {
	withCacheFixture(t, sandbox.Options{}, func(t *testing.T, w *cacheFixture) {
		ask := func() {
			w.api.send(t, newRequest(t, "GET", "/graphql?query={avatarGroups{nodes{name}}}", "", "X-GraphQL-Extensions", "upstream"))
		}
		w.expectLookups(1, ask)
		w.expectLookups(0, ask)
	}, func(o *graph.Options) { o.ExposeUpstream = false })
}

func TestCoalescedOperationRecordsCacheHits(t *testing.T) {
	var mu sync.Mutex
	var asked [][]responsecache.UpstreamUse
	withCacheFixture(t, sandbox.Options{}, func(t *testing.T, w *cacheFixture) {
		w.Handler = graph.NewHandler(graph.Options{HeyGen: &slowLookUpstream{w.countingUpstream, time.Second}, OnResponse: func(r graph.OperationRecord) {
			mu.Lock()
			defer mu.Unlock()
			asked = append(asked, r.Upstream)
		}})
		w.get(t, `{ avatarGroups(first: 50) { nodes { name } } }`)
		var wg sync.WaitGroup
		for range 2 {
			wg.Go(func() {
				w.get(t, `{ avatarGroups(first: 50) { nodes { groupId } } avatarLook(id: "monica_sofa") { name } }`)
			})
			synctest.Wait()
		}
		wg.Wait()
	})
	last := map[string]cache.Result{}
	for _, a := range asked[len(asked)-1] {
		last[a.Endpoint] = a.Result
	}
	if last["GET /v3/avatars"] != cache.Hit {
		t.Errorf("%v", asked)
	}
}

func TestLateJoinerSeesReplacedItem(t *testing.T) {
	withCacheFixture(t, sandbox.Options{}, func(t *testing.T, w *cacheFixture) {
		w.Handler = graph.NewHandler(graph.Options{HeyGen: &slowLookUpstream{w.countingUpstream, 20 * time.Second}})
		const query = `{ avatarGroup(id: "group_monica") { name } avatarLook(id: "monica_sofa") { name } }`
		var wg sync.WaitGroup
		wg.Go(func() { w.get(t, query) })
		<-time.After(5 * time.Second)
		g := w.Groups()[0]
		w.Remove(g.ID)
		g.Name = "Another name"
		w.Add(g)
		w.get(t, `{ avatarGroups(first: 50) { nodes { name } } }`) // brings it anew
		if out := w.get(t, query); !strings.Contains(out.Body, g.Name) {
			t.Error(out.Body)
		}
		wg.Wait()
	})
}
