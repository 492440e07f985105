package cache_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"heygen-graphql/internal/cache"
)

const second = time.Second

func TestWhatIsFreshIsGivenWithoutACall(t *testing.T) {
	in(t, 1<<20, func(w *world) {
		w.wants("a", "answer 1", nil, second, 1)
		w.wants("a", "answer 1", nil, 0, 1)
		w.wants("b", "answer 2", nil, second, 2)
		w.at(11*second - 1) // it came after 1 s
		w.wants("a", "answer 1", nil, 0, 2)
	})
}

func TestWhatIsStaleIsGivenAtOnceAndOneNewAnswerIsFetchedBehindIt(t *testing.T) {
	in(t, 1<<20, func(w *world) {
		w.wants("a", "answer 1", nil, second, 1)
		w.at(11 * second)
		for range 100 {
			w.wants("a", "answer 1", nil, 0, 2)
		}
		w.at(12 * second)
		w.wants("a", "answer 2", nil, 0, 2)
		w.at(22*second - 1)
		w.wants("a", "answer 2", nil, 0, 2)
	})
}

func TestWhatIsOldWaitsForANewAnswer(t *testing.T) {
	in(t, 1<<20, func(w *world) {
		w.wants("a", "answer 1", nil, second, 1)
		w.at(61 * second)
		w.wants("a", "answer 2", nil, second, 2)
	})
}

func TestWhatIsOldIsGivenWhereANewAnswerCannotBeHad(t *testing.T) {
	in(t, 1<<20, func(w *world) {
		w.wants("a", "answer 1", nil, second, 1)
		w.becomes(errDown, false)
		w.at(100 * second)
		w.wants("a", "answer 1", nil, second, 2)
		w.at(102 * second) // no other attempt within the pause of 2 s
		w.wants("a", "answer 1", nil, 0, 2)
		w.at(103 * second)
		w.wants("a", "answer 1", nil, second, 3)

		w.becomes(nil, true)
		w.at(200 * second)
		w.wants("a", "answer 1", nil, 2*second, 4) // that is all the patience there is
		w.wants("a", "answer 1", nil, 0, 4)        // and there is none left for this call
		w.at(229 * second)
		w.wants("a", "answer 1", nil, 0, 4)
		w.at(230 * second) // then the call is given up
		w.becomes(nil, false)
		w.wants("a", "answer 1", nil, 0, 4)
		w.at(232 * second)
		w.wants("a", "answer 5", nil, second, 5)
	})
}

func TestNothingIsGivenBeyondItsEnd(t *testing.T) {
	in(t, 1<<20, func(w *world) {
		w.wants("a", "answer 1", nil, second, 1)
		w.becomes(errDown, false)
		w.at(time.Hour + second - 1)
		w.wants("a", "", errDown, second, 2) // it ended while a new one was waited for
		w.wants("a", "", errDown, second, 3)
		if n := w.Size(); n != 0 {
			w.Errorf("%d bytes kept of what has ended", n)
		}
	})
	in(t, 1<<20, func(w *world) {
		w.wants("a", "answer 1", nil, second, 1)
		w.becomes(nil, true)
		w.at(time.Hour)
		ctx, cancel := context.WithTimeout(w.Context(), 10*second)
		defer cancel()
		if answer, err := cache.Get(ctx, w.Scope, w.request("a")); answer.Value != "" || err != context.DeadlineExceeded || time.Since(w.start) != time.Hour+10*second {
			w.Errorf("%q, %v", answer.Value, err) // it ended before patience did
		}
		w.called(2)
	})
	in(t, 1<<20, func(w *world) {
		w.wants("a", "answer 1", nil, second, 1)
		w.becomes(errDown, false)
		w.at(time.Hour - second)
		w.wants("a", "answer 1", nil, second, 2)
	})
}

func TestARefusalEndsWhatWasKept(t *testing.T) {
	in(t, 1<<20, func(w *world) {
		w.wants("a", "answer 1", nil, second, 1)
		w.becomes(errNo, false)
		w.at(11 * second)
		w.wants("a", "answer 1", nil, 0, 2)
		w.at(12 * second)
		w.wants("a", "", errNo, second, 3)
		w.wants("a", "", errNo, second, 4) // not worth keeping
	})
}

func TestAnErrorWorthKeepingIsKept(t *testing.T) {
	in(t, 1<<20, func(w *world) {
		w.wants("a", "answer 1", nil, second, 1)
		w.becomes(errGone, false)
		w.at(61 * second)
		w.wants("a", "", errGone, second, 2)
		w.at(67*second - 1)
		w.wants("a", "", errGone, 0, 2)
		w.becomes(nil, false)
		w.at(67 * second)
		w.wants("a", "answer 3", nil, second, 3)
	})
}

func TestWithNoBytesNothingIsKept(t *testing.T) {
	in(t, 0, func(w *world) {
		w.wants("a", "answer 1", nil, second, 1)
		w.wants("a", "answer 2", nil, second, 2)
		cache.Put(w.Snapshot(), "b", "put", time.Now(), cache.Expiry{Expires: time.Now().Add(time.Hour)})
		w.wants("b", "answer 3", nil, second, 3)
		w.Invalidate()
	})
}

func TestEveryAnswerIsToldBeforeItIsGiven(t *testing.T) {
	in(t, 1<<20, func(w *world) {
		var told []string
		r := w.request("a")
		r.OnFetch = func(value string, err error, at time.Time, _ cache.Snapshot) { told = append(told, value) }
		for range 2 {
			answer, err := cache.Get(w.Context(), w.Scope, r)
			if err != nil || len(told) != 1 || told[0] != answer.Value {
				w.Errorf("told %q of %q, %v", told, answer.Value, err)
			}
			if age := time.Since(answer.StoredAt); age != 0 || answer.Expiry.Fresh != answer.StoredAt.Add(10*second) {
				w.Errorf("%v old, %v", age, answer.Expiry)
			}
		}
	})
}

func TestWhatIsPutIsGivenUnlessAYoungerAnswerIsThere(t *testing.T) {
	in(t, 1<<20, func(w *world) {
		life := func(at time.Time) cache.Expiry { return w.request(nil).Expiry("", nil, at) }
		now := time.Now()
		cache.Put(w.Snapshot(), "a", "put", now, life(now))
		w.wants("a", "put", nil, 0, 0)
		w.wants("b", "answer 1", nil, second, 1)
		cache.Put(w.Snapshot(), "b", "older", now, life(now))
		w.wants("b", "answer 1", nil, 0, 1)
		later := now.Add(2 * second)
		w.at(2 * second)
		cache.Put(w.Snapshot(), "b", "younger", later, life(later))
		w.wants("b", "younger", nil, 0, 1)
		before := w.Size()
		cache.Put(w.Snapshot(), "c", "ended", later, cache.Expiry{Expires: later})
		if n := w.Size(); n != before {
			w.Errorf("%d bytes kept of what has ended", n-before)
		}
		w.wants("c", "answer 2", nil, second, 2)
	})
}

// A call leaves, something younger comes by another way, and only then the call's
// answer is there.
func TestAYoungerAnswerIsNotReplacedByOneThatWasOnItsWay(t *testing.T) {
	for _, fails := range []error{nil, errGone} {
		in(t, 1<<20, func(w *world) {
			w.becomes(fails, false)
			var all sync.WaitGroup
			all.Go(func() { w.gets("a", map[bool]string{true: "answer 1"}[fails == nil], fails, second) })
			w.at(second / 2)
			now := time.Now()
			cache.Put(w.Snapshot(), "a", "younger", now, w.request(nil).Expiry("", nil, now))
			all.Wait()
			w.wants("a", "younger", nil, 0, 1)
		})
	}
	in(t, 1<<20, func(w *world) { // a refusal is not outweighed
		w.becomes(errNo, false)
		var all sync.WaitGroup
		all.Go(func() { w.gets("a", "", errNo, second) })
		w.at(second / 2)
		now := time.Now()
		cache.Put(w.Snapshot(), "a", "younger", now, w.request(nil).Expiry("", nil, now))
		all.Wait()
		w.wants("a", "", errNo, second, 2)
	})
}

func TestAPanicIsAnErrorOfAllWhoWait(t *testing.T) {
	in(t, 1<<20, func(w *world) {
		r := w.request("a")
		r.Fetch = func(context.Context) (string, error) { panic("ouch") }
		if answer, err := cache.Get(w.Context(), w.Scope, r); err == nil || answer.Value != "" {
			w.Errorf("%q, %v", answer.Value, err)
		}
		w.wants("a", "answer 1", nil, second, 1)

		// Behind an answer nobody waits for it. It is told, and it is not tried again at once.
		told := 0
		r.OnStaleIfError = func(err error) {
			if _, ok := errors.AsType[*cache.PanicError](err); ok {
				told++
			}
		}
		w.at(20 * second)
		for range 100 {
			if answer, err := cache.Get(w.Context(), w.Scope, r); answer.Value != "answer 1" || err != nil {
				w.Error(answer, err)
			}
			synctest.Wait()
		}
		if told != 1 {
			w.Errorf("told %d times", told)
		}
	})
}
