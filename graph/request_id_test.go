package graph_test

import (
	"context"
	"net/http"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"heygen-graphql/graph"
	"heygen-graphql/heygen"
	"heygen-graphql/heygen/sandbox"
)

// idRecorder records the X-Request-Id of every request to HeyGen.
type idRecorder struct {
	http.RoundTripper
	mu  sync.Mutex
	ids []string
}

func (r *idRecorder) RoundTrip(req *http.Request) (*http.Response, error) {
	r.mu.Lock()
	r.ids = append(r.ids, req.Header.Get("X-Request-Id"))
	r.mu.Unlock()
	return r.RoundTripper.RoundTrip(req)
}

func (r *idRecorder) expectIDs(t *testing.T, ids ...string) {
	t.Helper()
	r.mu.Lock()
	defer r.mu.Unlock()
	if !slices.Equal(r.ids, ids) {
		t.Errorf("HeyGen receives %q, want %q", r.ids, ids)
	}
	r.ids = nil
}

func TestCallsToHeyGenHaveTheRequestIDOfTheOperation(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		recorder := &idRecorder{}
		a := newCachedAPI(t, sandbox.Options{Latency: time.Second}, func(o *heygen.Options, g *graph.Options) {
			recorder.RoundTripper, o.Transport = o.Transport, recorder
			g.RequestID = func(ctx context.Context) string { return ctx.Value(requestIDKey{}).(string) }
		})
		send := func(id, query string) {
			ctx := context.WithValue(t.Context(), requestIDKey{}, id)
			a.send(t, newRequest(t, "GET", "/graphql?query="+query, "").WithContext(ctx))
		}
		const query = `{avatarGroup(id:"group_monica"){name}voices{nodes{name}}}`
		var wait sync.WaitGroup
		for _, id := range []string{"first", "second"} { // the second one is coalesced
			wait.Go(func() { send(id, query) })
			synctest.Wait()
		}
		wait.Wait()
		recorder.expectIDs(t, "first", "first")
		send("third", query) // from the response cache
		recorder.expectIDs(t)
		<-time.After(2 * time.Minute)
		send("fourth", query) // is stale, and refreshed in the background
		<-time.After(5 * time.Second)
		recorder.expectIDs(t, "", "")
		a.Close()
	})
}
