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

// slowLook is a memory in which a look takes its time, so that others can join an
// operation of which other parts are there.
type slowLook struct {
	*counting
	takes time.Duration
}

func (s *slowLook) AvatarLook(ctx context.Context, id heygen.LookID) (heygen.AvatarLook, error) {
	select {
	case <-time.After(s.takes):
	case <-ctx.Done():
	}
	return s.counting.AvatarLook(ctx, id)
}

func TestWhoeverWaitsForAnothersAnswerEndsInTimeToo(t *testing.T) {
	inWholes(t, sandbox.Options{Latency: 10 * time.Second}, func(t *testing.T, w *wholes) {
		var all sync.WaitGroup
		for range 3 {
			all.Go(func() {
				began := time.Now()
				out := w.get(t, "{avatarGroups{nodes{name}}}")
				if took := time.Since(began); took != 5*time.Second || out.codes() != "UPSTREAM_TIMEOUT" {
					t.Errorf("after %v: %s", took, out.Body)
				}
			})
			synctest.Wait()
		}
		all.Wait()
	}, func(o *graph.Options) { o.Timeout = 5 * time.Second })
}

func TestWhoeverJoinsLateSeesATrainingAsItIs(t *testing.T) {
	inWholes(t, sandbox.Options{}, func(t *testing.T, w *wholes) {
		w.Handler = graph.NewHandler(graph.Options{HeyGen: &slowLook{w.counting, 20 * time.Second}})
		g := sandbox.Group{ID: "training", Name: "New", Ownership: sandbox.Private, CreatedAt: 3e9, Status: new("processing")}
		w.Add(g)
		const query = `{ avatarGroup(id: "training") { status } avatarLook(id: "monica_sofa") { name } }`
		var all sync.WaitGroup
		all.Go(func() { w.get(t, query) })
		<-time.After(15 * time.Second)
		w.Remove(g.ID)
		g.Status = new("completed")
		w.Add(g)
		w.get(t, `{ avatarGroup(id: "training") { status } }`)
		if out := w.get(t, query); !strings.Contains(out.Body, "COMPLETED") {
			t.Error(out.Body)
		}
		all.Wait()
	})
}

// denying is a HeyGen that has come to forbid one path.
type denying struct {
	http.RoundTripper
	path atomic.Pointer[string]
}

func (d *denying) RoundTrip(r *http.Request) (*http.Response, error) {
	if path := d.path.Load(); path != nil && r.URL.Path == *path {
		body := io.NopCloser(strings.NewReader(`{"error":{"code":"resource_access_denied","message":"no"}}`))
		return &http.Response{StatusCode: 403, Header: http.Header{}, Body: body, Request: r}, nil
	}
	return d.RoundTripper.RoundTrip(r)
}

func TestWhoeverJoinsLateDoesNotSeeWhatIsForbiddenByNow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := &denying{}
		w := &wholes{t: t, api: newCachedAPI(t, sandbox.Options{}, func(o *heygen.Options, _ *graph.Options) { d.RoundTripper, o.Transport = o.Transport, d })}
		w.counting = &counting{Client: w.cachedClient, asked: &atomic.Int64{}}
		w.Handler = graph.NewHandler(graph.Options{HeyGen: &slowLook{w.counting, 20 * time.Second}})
		id := w.Groups()[300].ID
		alone := `{ avatarGroup(id: "` + id + `") { name } }`
		query := `{ avatarGroup(id: "` + id + `") { name } avatarLook(id: "monica_sofa") { name } }`
		w.get(t, alone)
		<-time.After(70 * time.Second) // it is stale
		d.path.Store(new("/v3/avatars/" + id))
		var all sync.WaitGroup
		all.Go(func() { w.get(t, query) }) // is given the stale one, and behind it HeyGen says no
		<-time.After(5 * time.Second)
		if out := w.get(t, query); out.codes() != "FORBIDDEN" {
			t.Error(out.Body)
		}
		all.Wait()
		w.api.Close()
	})
}

func TestAPauseThatIsTooLongForOneIsNotForAnother(t *testing.T) {
	inWholes(t, sandbox.Options{RetryAfter: 5 * time.Second}, func(t *testing.T, w *wholes) {
		w.Handler = graph.NewHandler(graph.Options{HeyGen: &slowLook{w.counting, 8 * time.Second}, Timeout: 10 * time.Second})
		const query = `{ avatarLook(id: "monica_sofa") { name group { name } } }`
		var all sync.WaitGroup
		all.Go(func() {
			if out := w.get(t, query); out.codes() != "RATE_LIMITED" {
				t.Error(out.Body)
			}
		})
		<-time.After(7500 * time.Millisecond)
		w.QueueFaults(sandbox.RateLimited)
		all.Go(func() { w.get(t, `{ voice(id: "nobody") { name } }`) })
		<-time.After(100 * time.Millisecond)
		all.Go(func() {
			if out := w.get(t, query); len(out.Errors) > 0 {
				t.Error("with time enough:", out.Body)
			}
		})
		all.Wait()
	})
}

func TestWhereNothingOfCallsIsToldNobodyHasAnOperationOfItsOwn(t *testing.T) {
	inWholes(t, sandbox.Options{}, func(t *testing.T, w *wholes) {
		ask := func() {
			w.api.send(t, newRequest(t, "GET", "/graphql?query={avatarGroups{nodes{name}}}", "", "X-GraphQL-Extensions", "upstream"))
		}
		w.work(1, ask)
		w.work(0, ask)
	}, func(o *graph.Options) { o.ExposeUpstream = false })
}

func TestARecordOfASharedAnswerSaysWhatWasThere(t *testing.T) {
	var mu sync.Mutex
	var asked [][]responsecache.UpstreamUse
	inWholes(t, sandbox.Options{}, func(t *testing.T, w *wholes) {
		w.Handler = graph.NewHandler(graph.Options{HeyGen: &slowLook{w.counting, time.Second}, OnResponse: func(r graph.OperationRecord) {
			mu.Lock()
			defer mu.Unlock()
			asked = append(asked, r.Upstream)
		}})
		w.get(t, `{ avatarGroups(first: 50) { nodes { name } } }`)
		var all sync.WaitGroup
		for range 2 {
			all.Go(func() {
				w.get(t, `{ avatarGroups(first: 50) { nodes { groupId } } avatarLook(id: "monica_sofa") { name } }`)
			})
			synctest.Wait()
		}
		all.Wait()
	})
	last := map[string]cache.Result{}
	for _, a := range asked[len(asked)-1] {
		last[a.Endpoint] = a.Result
	}
	if last["GET /v3/avatars"] != cache.Hit {
		t.Errorf("%v", asked)
	}
}

func TestWhoeverJoinsLateSeesWhatHasTakenThePlaceOfAPart(t *testing.T) {
	inWholes(t, sandbox.Options{}, func(t *testing.T, w *wholes) {
		w.Handler = graph.NewHandler(graph.Options{HeyGen: &slowLook{w.counting, 20 * time.Second}})
		const query = `{ avatarGroup(id: "group_monica") { name } avatarLook(id: "monica_sofa") { name } }`
		var all sync.WaitGroup
		all.Go(func() { w.get(t, query) })
		<-time.After(5 * time.Second)
		g := w.Groups()[0]
		w.Remove(g.ID)
		g.Name = "Another name"
		w.Add(g)
		w.get(t, `{ avatarGroups(first: 50) { nodes { name } } }`) // brings it anew
		if out := w.get(t, query); !strings.Contains(out.Body, g.Name) {
			t.Error(out.Body)
		}
		all.Wait()
	})
}
