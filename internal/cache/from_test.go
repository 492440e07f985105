package cache_test

import (
	"testing"
	"testing/synctest"

	"heygen-graphql/internal/cache"
)

func TestAnAnswerTellsWhereItCameFrom(t *testing.T) {
	in(t, 1<<20, func(w *world) {
		ask := func(want cache.From) {
			w.Helper()
			answer, err := cache.Ask(w.Context(), w.Scope, w.request("a"))
			if answer.From != want {
				w.Errorf("at %v: from %d, %v; want %d", w.start, answer.From, err, want)
			}
		}
		done := make(chan struct{})
		go func() { defer close(done); ask(cache.Fetched) }()
		synctest.Wait()
		ask(cache.Shared) // at the same instant
		<-done
		ask(cache.Kept)
		w.at(15 * second)
		ask(cache.Stale)
		w.at(17 * second)
		ask(cache.Kept)
		w.at(100 * second)
		ask(cache.Fetched) // a new one was waited for
		w.becomes(errDown, false)
		w.at(200 * second)
		ask(cache.Stale) // and could not be had
		ask(cache.Stale) // nor is it tried again for a while
		other, err := cache.Ask(w.Context(), w.Scope, w.request("b"))
		if other.From != cache.Fetched || err == nil {
			w.Error(other, err)
		}
	})
}
