package poll_test

import (
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"heygen-graphql/internal/poll"
)

func TestChangesAreAnnounced(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var announced atomic.Int64
		outcomes := make(chan string, 100)
		u, p := &upstream{}, newPollers(t, func(o *poll.Options[string, value]) {
			o.Announce = func(string) { announced.Add(1) }
			o.Observe = func(outcome string) { outcomes <- outcome }
		})
		w := p.Watch("a", u.fetch)
		defer w.Close()
		expect(t, w, 0)
		pass(25 * time.Second)
		if n := announced.Load(); n != 0 {
			t.Errorf("%d announcements without a change", n)
		}
		u.set(func(u *upstream) { u.value.news = 1 })
		expect(t, w, 1)
		synctest.Wait()
		if n := announced.Load(); n != 1 {
			t.Errorf("%d announcements", n)
		}
		if first, second := <-outcomes, <-outcomes; first != "changed" || second != "unchanged" {
			t.Errorf("outcomes %s, %s", first, second)
		}
	})
}

func TestPollIsObservedBeforeItsWatchesHaveTheResult(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		release := make(chan struct{})
		u, p := &upstream{}, newPollers(t, func(o *poll.Options[string, value]) {
			o.Observe = func(string) { <-release }
		})
		w := p.Watch("a", u.fetch)
		defer w.Close()
		received := make(chan struct{})
		go func() {
			defer close(received)
			expect(t, w, 0)
		}()
		synctest.Wait()
		select {
		case <-received:
			t.Error("the poll is not counted yet")
		default:
		}
		close(release)
		<-received
	})
}
