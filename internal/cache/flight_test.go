package cache_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"heygen-graphql/internal/cache"
)

func TestWhoAsksForTheSameAtOnceSharesACall(t *testing.T) {
	for _, bytes := range []int64{0, 1 << 20} {
		in(t, bytes, func(w *world) {
			var all sync.WaitGroup
			for range 100 {
				all.Go(func() { w.gets("a", "answer 1", nil, second) })
			}
			all.Wait()
			w.called(1)
		})
	}
}

// asks asks in the background, with a context that ends after so long, by
// deadline or by leaving.
func (w *world) asks(all *sync.WaitGroup, ends time.Duration, leaves bool, want error) {
	ctx, cancel := context.WithTimeout(w.Context(), ends)
	if leaves {
		cancel()
		ctx, cancel = context.WithCancel(w.Context())
		time.AfterFunc(ends, cancel)
	}
	asked := time.Now()
	all.Go(func() {
		defer cancel()
		_, err := cache.Get(ctx, w.Scope, w.request("a"))
		if !errors.Is(err, want) || want != nil && time.Since(asked) != ends {
			w.Errorf("%v after %v; want %v after %v", err, time.Since(asked), want, ends)
		}
	})
	synctest.Wait()
}

func TestWhoLeavesDoesNotTakeTheOthersAlong(t *testing.T) {
	in(t, 1<<20, func(w *world) {
		var all sync.WaitGroup
		w.asks(&all, second/4, true, context.Canceled) // the one whose call it is
		w.asks(&all, second/2, false, context.DeadlineExceeded)
		w.asks(&all, 9*second, false, nil)
		all.Wait()
		w.wants("a", "answer 1", nil, 0, 1)
		if len(w.cancelled()) != 0 {
			w.Error(w.cancelled())
		}
	})
}

func TestACallIsCancelledWhenTheLastHasLeft(t *testing.T) {
	in(t, 1<<20, func(w *world) {
		w.becomes(nil, true)
		var all sync.WaitGroup
		w.asks(&all, 2*second, false, context.DeadlineExceeded)
		w.asks(&all, 3*second, true, context.Canceled)
		w.at(3*second - 1)
		if len(w.cancelled()) != 0 {
			w.Error("cancelled though one waited")
		}
		w.at(3 * second)
		all.Wait()
		w.becomes(nil, false)
		w.wants("a", "answer 2", nil, second, 2) // not the one that was given up
		w.becomes(nil, true)
		w.at(100 * second)
		w.asks(&all, 4*second, false, nil) // an old answer is there, and patience ends before the deadline
		all.Wait()
		w.at(129 * second)
		if len(w.cancelled()) != 1 {
			w.Errorf("cancelled: %v", w.cancelled())
		}
		w.at(130 * second)
		if want := []error{context.Canceled, context.DeadlineExceeded}; !slices.Equal(w.cancelled(), want) {
			w.Errorf("cancelled for %v, want %v", w.cancelled(), want)
		}
	})
	in(t, 1<<20, func(w *world) {
		w.becomes(nil, true)
		var all sync.WaitGroup
		w.asks(&all, 2*second, true, context.Canceled)
		w.asks(&all, 3*second, false, context.DeadlineExceeded)
		all.Wait()
		synctest.Wait()
		if want := []error{context.DeadlineExceeded}; !slices.Equal(w.cancelled(), want) {
			w.Errorf("cancelled for %v, want %v", w.cancelled(), want)
		}
	})
}

func TestACallHasTheLatestDeadlineOfThoseWhoWait(t *testing.T) {
	in(t, 1<<20, func(w *world) {
		contexts := make(chan context.Context, 1)
		r := w.request("a")
		r.Fetch = func(ctx context.Context) (string, error) {
			contexts <- ctx
			return w.fetch(ctx)
		}
		var all sync.WaitGroup
		var call context.Context
		for _, wait := range []time.Duration{5 * second, 9 * second, 7 * second, 0} {
			all.Go(func() {
				ctx := w.Context()
				if wait > 0 {
					limited, cancel := context.WithTimeout(ctx, wait)
					defer cancel()
					ctx = limited
				}
				_, _ = cache.Get(ctx, w.Scope, r)
			})
			synctest.Wait()
			if call == nil {
				call = <-contexts
			}
			deadline, limited := call.Deadline()
			if want := map[time.Duration]time.Duration{5 * second: 5 * second, 9 * second: 9 * second, 7 * second: 9 * second}[wait]; limited != (wait > 0) || limited && deadline != w.start.Add(want) {
				w.Errorf("after a wait of %v: %v, %v", wait, deadline.Sub(w.start), limited)
			}
		}
		all.Wait()
	})
}

func TestADroppedScopeForgetsWhatItHadAndWhatIsOnItsWay(t *testing.T) {
	in(t, 1<<20, func(w *world) {
		w.wants("a", "answer 1", nil, second, 1)
		other := &world{T: w.T, Cache: w.Cache, Scope: w.NewScope(), start: w.start}
		other.wants("a", "answer 1", nil, second, 1) // of its own
		var all sync.WaitGroup
		all.Go(func() { w.gets("b", "answer 2", nil, second) })
		synctest.Wait()
		w.Invalidate()
		all.Go(func() { w.gets("b", "answer 3", nil, second) })
		all.Wait()
		w.wants("b", "answer 3", nil, 0, 3)
		w.wants("a", "answer 4", nil, second, 4)
		other.wants("a", "answer 1", nil, 0, 1)

		before, kept := w.Snapshot(), w.Size()
		all.Go(func() { w.gets("d", "answer 5", nil, second) })
		synctest.Wait()
		w.Invalidate()
		all.Wait()
		if n := w.Size(); n <= 0 || n >= kept {
			w.Errorf("%d bytes kept of %d", n, kept)
		}
		life := w.request(nil).Expiry("", nil, time.Now())
		cache.Put(before, "c", "put late", time.Now(), life)
		w.wants("c", "answer 6", nil, second, 6)
	})
}

// A call that was given up takes its time to end. The one that was made in the
// meantime is not the worse for it.
func TestACallThatWasGivenUpIsNotInTheWay(t *testing.T) {
	in(t, 1<<20, func(w *world) {
		r := w.request("a")
		r.Fetch = func(ctx context.Context) (string, error) {
			<-ctx.Done()
			<-time.After(second / 2)
			return "", errNo
		}
		ctx, leave := context.WithCancel(w.Context())
		time.AfterFunc(second, leave)
		if _, err := cache.Get(ctx, w.Scope, r); err != context.Canceled || time.Since(w.start) != second {
			w.Error(err)
		}
		var all sync.WaitGroup
		all.Go(func() { w.gets("a", "answer 1", nil, second) })
		w.at(second + 3*second/4) // the first has ended
		all.Go(func() { w.gets("a", "answer 1", nil, second/4) })
		all.Wait()
		w.called(1)
	})
}

// twentyStale asks for twenty things and waits until all of them are stale.
func (w *world) twentyStale() {
	w.Helper()
	for i := range 20 {
		w.gets(i, fmt.Sprint("answer ", i+1), nil, second)
	}
	w.at(40 * second)
}

// Calls that nobody waits for take turns, four at once, and those that somebody
// waits for go before them.
func TestCallsBehindAnswersTakeTurns(t *testing.T) {
	in(t, 1<<20, func(w *world) {
		w.twentyStale()
		for i := range 20 {
			w.gets(i, fmt.Sprint("answer ", i+1), nil, 0)
		}
		w.called(24)
		w.gets("new", "answer 25", nil, second)
		w.called(25 + 4)
		w.at(45 * second)
		w.called(41)
	})
	in(t, 1<<20, func(w *world) { // they give up when their time is over, turn or not
		for i := range 6 {
			w.gets(i, fmt.Sprint("answer ", i+1), nil, second)
		}
		w.at(20 * second)
		var calls, told atomic.Int32
		for i := range 6 {
			r := w.request(i)
			r.Fetch = func(context.Context) (string, error) {
				calls.Add(1)
				<-time.After(40 * second) // whatever becomes of its context
				return "", errDown
			}
			r.OnStaleIfError = func(error) { told.Add(1) }
			if answer, err := cache.Get(w.Context(), w.Scope, r); err != nil || answer.Value != fmt.Sprint("answer ", i+1) {
				w.Error(answer, err)
			}
		}
		w.at(70 * second)
		if calls.Load() != 4 || told.Load() != 4 {
			w.Errorf("%d calls, and of %d it is told that they failed; want the four that had their turn", calls.Load(), told.Load())
		}
	})
	in(t, 1<<20, func(w *world) { // what brings much does not wait for what does not
		w.twentyStale()
		for i := range 20 {
			r := w.request(i)
			r.Bulk = i >= 15
			if _, err := cache.Get(w.Context(), w.Scope, r); err != nil {
				w.Error(err)
			}
		}
		w.called(20 + 4 + 4)
	})
}

// A call behind an answer waits for its turn. When the answer has ended and
// somebody waits for the call, it goes at once.
func TestACallThatSomebodyWaitsForGoesBeforeItsTurn(t *testing.T) {
	in(t, 1<<20, func(w *world) {
		end := w.start.Add(5 * second / 2)
		for i := range 20 {
			cache.Put(w.Snapshot(), i, "put", w.start, cache.Expiry{Fresh: w.start, Stale: end, Expires: end})
		}
		var waiting sync.Map
		for i := range 20 {
			waiting.Store(i, true)
			r := w.request(i)
			r.Fetch = func(ctx context.Context) (string, error) {
				waiting.Delete(i)
				return w.fetch(ctx)
			}
			if answer, err := cache.Get(w.Context(), w.Scope, r); answer.Value != "put" || err != nil {
				w.Error(answer, err)
			}
		}
		w.at(5 * second / 2)
		w.called(12)
		waiting.Range(func(last, _ any) bool {
			w.gets(last, "answer 13", nil, second)
			return false
		})
	})
}

func TestTheTurnsBehindAnswersAreBounded(t *testing.T) {
	const most = 1000
	synctest.Test(t, func(t *testing.T) {
		w := &world{T: t, Cache: cache.New(cache.Options{MaxBytes: 8 << 20, MaxBackgroundRefreshes: 8, RefreshTimeout: time.Hour}), start: time.Now()}
		w.Scope = w.NewScope()
		end := w.start.Add(time.Hour)
		for i := range most + 5 {
			cache.Put(w.Snapshot(), i, "put", w.start, cache.Expiry{Fresh: w.start, Stale: end, Expires: end})
		}
		for i := range most + 5 {
			w.gets(i, "put", nil, 0)
		}
		w.at(260 * second) // at four a second
		w.called(most)
		for i := range most + 5 {
			_, _ = cache.Get(w.Context(), w.Scope, w.request(i))
		}
		w.at(265 * second)
		w.mu.Lock()
		calls := w.calls
		w.mu.Unlock()
		if calls < most+5 {
			w.Errorf("%d calls: those that were left out are not asked for", calls)
		}
		w.Close()
	})
}

// What a call is needed for may have come before its turn has.
func TestACallIsNotMadeForWhatHasComeMeanwhile(t *testing.T) {
	in(t, 1<<20, func(w *world) {
		w.twentyStale()
		for i := range 20 {
			w.gets(i, fmt.Sprint("answer ", i+1), nil, 0)
		}
		w.called(24)
		now := time.Now()
		for i := range 20 {
			cache.Put(w.Snapshot(), i, "listed", now, w.request(nil).Expiry("", nil, now))
		}
		w.at(50*second - 1)
		w.called(24)
	})
}

// Many ask for the same at the same moment, and some of them just after the
// answer has come: nobody asks for it again.
func TestWhoComesJustAfterAnAnswerDoesNotAskAgain(t *testing.T) {
	c := cache.New(cache.Options{MaxBytes: 64 << 20})
	defer c.Close()
	s := c.NewScope()
	end := time.Now().Add(time.Hour)
	for key := range 3000 {
		var calls atomic.Int32
		r := cache.Request[int]{
			Key:    key,
			Fetch:  func(context.Context) (int, error) { calls.Add(1); return key, nil },
			Expiry: func(int, error, time.Time) cache.Expiry { return cache.Expiry{Fresh: end, Stale: end, Expires: end} },
		}
		var all sync.WaitGroup
		for range 8 {
			all.Go(func() { _, _ = cache.Get(t.Context(), s, r) })
		}
		all.Wait()
		if n := calls.Load(); n != 1 {
			t.Fatalf("%d calls for one key", n)
		}
	}
}

// What somebody would be given if nothing better came is dropped while he waits.
func TestNothingOldIsGivenOnceItIsDropped(t *testing.T) {
	in(t, 1<<20, func(w *world) {
		w.wants("a", "answer 1", nil, second, 1)
		w.at(61 * second)
		w.becomes(errDown, false)
		var all sync.WaitGroup
		all.Go(func() { w.gets("a", "", errDown, second) })
		synctest.Wait()
		w.Invalidate()
		all.Wait()
	})
}

func TestCloseEndsTheCallsUnderWay(t *testing.T) {
	in(t, 1<<20, func(w *world) {
		w.wants("a", "answer 1", nil, second, 1)
		w.at(61 * second)
		w.becomes(nil, true)
		var all sync.WaitGroup
		all.Go(func() { w.gets("a", "answer 1", nil, 0) }) // its call ends
		all.Go(func() { w.gets("b", "", context.Canceled, 0) })
		synctest.Wait()
		r, ended := w.request("slow to end"), false
		r.Fetch = func(ctx context.Context) (string, error) {
			<-ctx.Done()
			<-time.After(second)
			ended = true
			return "", errNo
		}
		all.Go(func() { _, _ = cache.Get(w.Context(), w.Scope, r) })
		synctest.Wait()
		if w.Close(); !ended {
			w.Error("closed before the calls have ended")
		}
		all.Wait()
		w.wants("c", "", context.Canceled, 0, 3)
	})
}
