package cache_test

import (
	"context"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"heygen-graphql/internal/cache"
)

func (w *world) part(key any) cache.Ref {
	w.Helper()
	answer, err := cache.Get(w.Context(), w.Scope, w.request(key))
	if err != nil {
		w.Fatal(err)
	}
	return answer.Ref
}

func (w *world) stands(what string, p cache.Ref, want bool) {
	w.Helper()
	if p.Valid() != want {
		w.Errorf("at %v: %s: it stands is %t", time.Since(w.start), what, !want)
	}
}

func TestAPartStandsUntilSomethingElseIsInItsPlace(t *testing.T) {
	in(t, 1<<20, func(w *world) {
		first := w.part("a")
		w.stands("kept", first, true)
		if again := w.part("a"); again != first {
			w.Error("the same answer is two parts")
		}
		w.at(11 * second)
		w.part("a") // stale, and a new one is fetched behind it
		w.stands("stale", first, true)
		w.at(12 * second)
		w.stands("a new one has come", first, false)
		w.stands("the new one", w.part("a"), true)
	})
	in(t, 1<<20, func(w *world) {
		first := w.part("a")
		cache.Put(w.Snapshot(), "a", "put", time.Now(), cache.Expiry{Fresh: time.Now().Add(second), Stale: time.Now().Add(second), Expires: time.Now().Add(second)})
		w.stands("another was put there", first, false)
	})
	in(t, 1<<20, func(w *world) {
		first := w.part("a")
		w.Invalidate()
		w.stands("its scope was dropped", first, false)
		w.part("a")
		w.stands("the same was asked for again", first, false)
	})
	in(t, 1<<20, func(w *world) {
		first := w.part("a")
		w.at(2 * time.Hour)
		w.stands("at its end", first, false)
	})
	in(t, 0, func(w *world) { w.stands("nothing is kept", w.part("a"), false) })
	in(t, 1<<20, func(w *world) { // an error in passing puts the next attempt off, and changes nothing of the answer
		first := w.part("a")
		w.becomes(errDown, false)
		w.at(61 * second)
		w.wants("a", "answer 1", nil, second, 2)
		w.stands("no new one could be had", first, true)
	})
}

// here asks for what is made by whoever asks.
func (w *world) here(ctx context.Context, valid func(string) bool) (string, cache.Result, error) {
	r := w.request("a")
	r.Inline, r.Valid = true, valid
	answer, err := cache.Get(ctx, w.Scope, r)
	return answer.Value, answer.Result, err
}

func TestWhatIsNoLongerValidIsFetchedAnew(t *testing.T) {
	in(t, 1<<20, func(w *world) {
		valid := true
		ask := func(want string, calls int) {
			w.Helper()
			if got, _, err := w.here(w.Context(), func(string) bool { return valid }); got != want || err != nil {
				w.Errorf("%q, %v; want %q", got, err, want)
			}
			w.called(calls)
		}
		ask("answer 1", 1)
		ask("answer 1", 1)
		valid = false
		ask("answer 2", 2)
		valid = true
		ask("answer 2", 2)
	})
}

func TestWhatIsMadeHereIsSharedAndOutlivesWhoeverMakesIt(t *testing.T) {
	in(t, 1<<20, func(w *world) {
		var all sync.WaitGroup
		first, leave := context.WithCancel(w.Context())
		all.Go(func() {
			if _, from, _ := w.here(first, nil); from != cache.Miss {
				w.Error("made by", from)
			}
		})
		synctest.Wait()
		all.Go(func() {
			if got, from, err := w.here(w.Context(), nil); got != "answer 1" || from != cache.Coalesced || err != nil {
				w.Error(got, from, err)
			}
		})
		w.at(second / 2)
		leave()
		all.Wait()
		w.called(1)
		if ended := w.cancelled(); len(ended) > 0 {
			w.Error("it was cancelled:", ended)
		}
	})
}

func TestWhatIsMadeHereEndsWithTheLastWhoWaits(t *testing.T) {
	in(t, 1<<20, func(w *world) {
		w.becomes(nil, true)
		ctx, leave := context.WithTimeout(w.Context(), 3*second)
		defer leave()
		var all sync.WaitGroup
		for range 2 {
			all.Go(func() {
				if _, _, err := w.here(ctx, nil); err == nil {
					w.Error("an answer of a service that hangs")
				}
			})
		}
		all.Wait()
		if took := time.Since(w.start); took != 3*second {
			w.Errorf("it ended after %v", took)
		}
		w.becomes(nil, false)
		if got, _, err := w.here(w.Context(), nil); got != "answer 2" || err != nil {
			w.Error(got, err)
		}
	})
}

type sized struct{ text string }

func (s sized) Size() int { return 12345 }

func TestWhatKnowsItsSizeIsNotMeasured(t *testing.T) {
	if n := cache.SizeOf(sized{"x"}); n != 12345 {
		t.Error(n)
	}
}

func TestWhatIsMadeOfAnswersDoesNotPushThemOut(t *testing.T) {
	in(t, 1<<20, func(w *world) {
		for i := range 500 { // with 500 bytes each
			cache.Put(w.Snapshot(), i, "fetched", time.Now(), cache.Expiry{Fresh: time.Now().Add(time.Hour), Stale: time.Now().Add(time.Hour), Expires: time.Now().Add(time.Hour)})
		}
		for i := range 5000 {
			_, err := cache.Get(w.Context(), w.Scope, cache.Request[sized]{
				Key: sizedKey(i), Inline: true, Fetch: func(context.Context) (sized, error) { return sized{}, nil },
				Expiry: func(sized, error, time.Time) cache.Expiry {
					end := time.Now().Add(time.Hour)
					return cache.Expiry{Fresh: end, Stale: end, Expires: end}
				},
			})
			if err != nil {
				w.Fatal(err)
			}
		}
		for i := range 500 {
			w.gets(i, "fetched", nil, 0)
		}
		if n := w.Size(); n > 1<<20 {
			w.Errorf("%d bytes are kept", n)
		}
		w.Invalidate()
		if n := w.Size(); n != 0 {
			w.Errorf("%d bytes are kept of a scope that was dropped", n)
		}
	})
}

type sizedKey int
