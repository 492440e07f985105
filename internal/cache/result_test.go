package cache_test

import (
	"testing"
	"testing/synctest"

	"heygen-graphql/internal/cache"
)

func TestAnAnswerTellsWhereItCameFrom(t *testing.T) {
	in(t, 1<<20, func(w *world) {
		ask := func(want cache.Result) {
			w.Helper()
			answer, err := cache.Get(w.Context(), w.Scope, w.request("a"))
			if answer.Result != want {
				w.Errorf("at %v: from %s, %v; want %s", w.start, answer.Result, err, want)
			}
		}
		done := make(chan struct{})
		go func() { defer close(done); ask(cache.Miss) }()
		synctest.Wait()
		ask(cache.Coalesced) // at the same instant
		<-done
		ask(cache.Hit)
		w.at(15 * second)
		ask(cache.Stale)
		w.at(17 * second)
		ask(cache.Hit)
		w.at(100 * second)
		ask(cache.Miss) // a new one was waited for
		w.becomes(errDown, false)
		w.at(200 * second)
		ask(cache.Stale) // and could not be had
		ask(cache.Stale) // nor is it tried again for a while
		other, err := cache.Get(w.Context(), w.Scope, w.request("b"))
		if other.Result != cache.Miss || err == nil {
			w.Error(other, err)
		}
	})
}
