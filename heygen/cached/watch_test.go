package cached_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"heygen-graphql/heygen"
	"heygen-graphql/heygen/cached"
	"heygen-graphql/heygen/sandbox"
)

const training = "group_in_training"

// setGroup adds or changes a group.
func (f *fixture) setGroup(id, name string) {
	f.AddGroups(sandbox.Group{ID: id, Name: name, Status: new("processing"), CreatedAt: 1_700_000_000, Ownership: sandbox.Private})
}

// watcher records what a watch returns, until it ends.
type watcher struct {
	mu    sync.Mutex
	names []string // of the group; "": it does not exist
	times []time.Duration
	err   error
}

// watch watches a group through a client until the context ends.
func (f *fixture) watch(ctx context.Context, c *cached.Client, id string) *watcher {
	w := &watcher{}
	watch := c.WatchAvatarGroup(heygen.GroupID(id))
	go func() {
		defer watch.Close()
		for {
			update, err := watch.Next(ctx)
			w.mu.Lock()
			w.err = err
			if err == nil {
				name := ""
				if update.Value != nil {
					name = update.Value.Name
				}
				w.names, w.times = append(w.names, name), append(w.times, time.Since(f.start))
			}
			done := err != nil || update.Value == nil
			w.mu.Unlock()
			if done {
				return
			}
		}
	}()
	return w
}

// wantNames fails unless the watch has returned the group with these names.
func (f *fixture) wantNames(w *watcher, names ...string) {
	f.Helper()
	w.mu.Lock()
	defer w.mu.Unlock()
	if !slices.Equal(w.names, names) {
		f.Errorf("at %v: updates %q at %v, want %q", time.Since(f.start), w.names, w.times, names)
	}
}

func (w *watcher) ended() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.err
}

// wantCallsWithin fails unless HeyGen has received from least to most calls.
func (f *fixture) wantCallsWithin(least, most int) {
	f.Helper()
	if n := len(f.Calls()); n < least || n > most {
		f.Errorf("at %v: %d calls, want %d to %d", time.Since(f.start), n, least, most)
	}
}

func TestWatchesOfOneGroupCostOneCallAnInterval(t *testing.T) {
	for _, watches := range []int{1, 40} {
		for _, maxBytes := range []int64{64 << 20, 0} {
			runWithFixture(t, sandbox.Options{}, func(f *fixture) {
				f.setGroup(training, "Ada")
				ctx, stop := context.WithCancel(f.Context())
				var all []*watcher
				for range watches {
					all = append(all, f.watch(ctx, f.Client, training))
				}
				f.advanceTo(34 * second)
				f.setGroup(training, "Grace")
				f.advanceTo(60 * second)
				f.wantCallsWithin(6, 8)
				for _, w := range all {
					f.wantNames(w, "Ada", "Grace")
				}
				if s := f.Polls(); s.Pollers != 1 || s.Watches != watches {
					f.Errorf("%+v", s)
				}
				stop()
				synctest.Wait()
				if s := f.Polls(); s.Pollers != 0 || s.Watches != 0 {
					f.Errorf("%+v without a watch", s)
				}
				f.wantCalls(0, func() { f.advanceTo(10 * time.Minute) })
			}, func(o *cached.Options) { o.MaxBytes = maxBytes })
		}
	}
}

func TestQueriesSeeWhatAWatchHasPolled(t *testing.T) {
	runWithFixture(t, sandbox.Options{}, func(f *fixture) {
		f.setGroup(training, "Ada")
		w := f.watch(f.Context(), f.Client, training)
		f.advanceTo(2 * second)
		f.setGroup(training, "Grace")
		f.advanceTo(12 * second)
		f.wantNames(w, "Ada", "Grace")
		if group, err := f.getGroup(training, 0); err != nil || group.Name != "Grace" {
			f.Error(group, err)
		}
	})
}

func TestWatchOfCachedGroupStartsWithoutCall(t *testing.T) {
	runWithFixture(t, sandbox.Options{}, func(f *fixture) {
		f.setGroup(training, "Ada")
		_, _ = f.getGroup(training, 1)
		f.advanceTo(4 * second)
		f.wantCalls(0, func() { f.wantStart(training) })
		f.wantCalls(0, func() { f.advanceTo(8 * second) })
		f.wantCalls(1, func() { f.advanceTo(12 * second) }) // 10 s after the query, not the watch
	})
}

// wantStart starts a watch and fails unless it has a value at once.
func (f *fixture) wantStart(id string) {
	f.Helper()
	w := f.watch(f.Context(), f.Client, id)
	synctest.Wait()
	f.wantNames(w, "Ada")
}

func TestWatchOfMissingGroupReturnsNil(t *testing.T) {
	runWithFixture(t, sandbox.Options{}, func(f *fixture) {
		f.setGroup(training, "Ada")
		never, removed := f.watch(f.Context(), f.Client, "unknown"), f.watch(f.Context(), f.Client, training)
		f.advanceTo(3 * second)
		f.wantNames(never, "")
		f.RemoveGroups(training)
		f.advanceTo(12 * second)
		f.wantNames(removed, "Ada", "")
		if s := f.Polls(); s.Pollers != 0 || s.Watches != 0 {
			f.Errorf("%+v", s)
		}
		f.wantCalls(0, func() { f.advanceTo(5 * time.Minute) })
	})
}

func TestRejectedKeyEndsWatches(t *testing.T) {
	runWithFixture(t, sandbox.Options{}, func(f *fixture) {
		f.setGroup(training, "Ada")
		w := f.watch(f.Context(), f.Client, training)
		f.advanceTo(3 * second)
		f.SetKeys("sk_another")
		f.advanceTo(12 * second)
		f.wantNames(w, "Ada")
		if err := w.ended(); !errors.Is(err, heygen.ErrUnauthenticated) {
			f.Errorf("the watch ended with %v", err)
		}
		f.wantCalls(0, func() { f.advanceTo(5 * time.Minute) })
	})
}

func TestRetryAfterDelaysPolls(t *testing.T) {
	runWithFixture(t, sandbox.Options{}, func(f *fixture) {
		var mu sync.Mutex
		limited, at := false, []time.Duration(nil) // at: of the calls that are rate limited
		f.intercept = func(r *http.Request) *http.Response {
			mu.Lock()
			defer mu.Unlock()
			if !limited {
				response, _ := f.transport.RoundTrip(r)
				return response
			}
			at = append(at, time.Since(f.start))
			response := httptest.NewRecorder()
			response.Header().Set("Retry-After", "45")
			response.WriteHeader(http.StatusTooManyRequests)
			return response.Result()
		}
		set := func(value bool) {
			mu.Lock()
			defer mu.Unlock()
			limited = value
		}
		f.setGroup(training, "Ada")
		w := f.watch(f.Context(), f.Client, training)
		f.advanceTo(3 * second)
		set(true)
		f.advanceTo(50 * second)
		if len(at) != 1 || w.ended() != nil {
			f.Fatalf("calls at %v, watch ended with %v", at, w.ended())
		}
		set(false)
		f.setGroup(training, "Grace")
		f.ResetCalls()
		f.advanceTo(at[0] + 44*second)
		f.wantCallsWithin(0, 0)
		f.advanceTo(at[0] + 57*second)
		f.wantNames(w, "Ada", "Grace")
	})
}

func TestReplicasPollAGroupOnce(t *testing.T) {
	runWithReplicas(t, 3, sandbox.Options{Latency: 100 * time.Millisecond}, func(r *replicas) {
		r.setGroup(training, "Ada")
		var all []*watcher
		for _, c := range r.clients {
			for range 10 {
				all = append(all, r.watch(r.Context(), c, training))
			}
		}
		r.advanceTo(34 * second)
		r.setGroup(training, "Grace")
		r.advanceTo(60 * second)
		r.wantCallsWithin(6, 8)
		first, last := time.Hour, time.Duration(0)
		for _, w := range all {
			r.wantNames(w, "Ada", "Grace")
			if len(w.times) == 2 {
				first, last = min(first, w.times[1]), max(last, w.times[1])
			}
		}
		if last-first > second { // the minimum between two polls
			r.Errorf("the change is seen from %v to %v", first, last)
		}
	})
}

func TestAnotherReplicaPollsAfterOneHasStopped(t *testing.T) {
	for range 5 { // the delays are random
		runWithReplicas(t, 3, sandbox.Options{}, func(r *replicas) {
			r.setGroup(training, "Ada")
			r.watch(r.Context(), r.clients[1], training)
			synctest.Wait()
			followers := []*watcher{r.watch(r.Context(), r.clients[0], training), r.watch(r.Context(), r.clients[2], training)}
			r.advanceTo(second)
			r.wantCallsWithin(1, 1)
			r.clients[1].Close()
			r.setGroup(training, "Grace")
			r.advanceTo(16 * second)
			r.wantCallsWithin(2, 2)
			for _, w := range followers {
				r.wantNames(w, "Ada", "Grace")
			}
		})
	}
}

// calledIDs returns the last segments of the paths of the calls, sorted.
func (f *fixture) calledIDs() (ids []string) {
	for _, call := range f.Calls() {
		ids = append(ids, call.Path[len("/v3/avatars/"):])
	}
	slices.Sort(ids)
	return ids
}

func TestWakePollsTheNamedItemsAtOnce(t *testing.T) {
	runWithReplicas(t, 2, sandbox.Options{Latency: 100 * time.Millisecond}, func(r *replicas) {
		r.setGroup("group_a", "A")
		r.setGroup("group_b", "B")
		var all []*watcher
		for _, c := range r.clients {
			for _, id := range []string{"group_a", "group_b"} {
				all = append(all, r.watch(r.Context(), c, id))
			}
		}
		for n, test := range []struct{ wake, want []string }{
			{[]string{"group_a"}, []string{"group_a"}},
			{[]string{"video_1", "group_b"}, []string{"group_b"}},
			{[]string{"job_1"}, []string{"group_a", "group_b"}},
			{nil, []string{"group_a", "group_b"}},
		} {
			r.advanceTo(time.Duration(n+1) * 2 * second) // before the first regular poll
			r.ResetCalls()
			name := fmt.Sprint("woken ", n)
			r.setGroup("group_a", name)
			r.setGroup("group_b", name)
			r.clients[n%2].Wake(test.wake)
			r.advanceTo(time.Duration(n+1)*2*second + second)
			if got := r.calledIDs(); !slices.Equal(got, test.want) {
				r.Errorf("%q: calls for %q, want %q", test.wake, got, test.want)
			}
		}
		for _, w := range all {
			if last := w.names[len(w.names)-1]; last != "woken 3" {
				r.Errorf("%q", w.names)
			}
		}
	})
}

func TestWakeReachesTheReplicaThatPolls(t *testing.T) {
	runWithReplicas(t, 3, sandbox.Options{}, func(r *replicas) {
		r.setGroup(training, "Ada")
		w := r.watch(r.Context(), r.clients[2], training)
		r.advanceTo(3 * second)
		for n, ids := range [][]string{{training}, {"job_1"}} {
			name := fmt.Sprint("woken ", n)
			r.setGroup(training, name)
			r.wantCalls(1, func() { r.Wake(ids) })
			if last := w.names[len(w.names)-1]; last != name {
				r.Errorf("%q: %q", ids, w.names)
			}
			r.advanceTo(time.Duration(n+2) * 3 * second)
		}
	})
}
