package poll_test

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"heygen-graphql/internal/poll"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var errPasses, errStays, errGone = errors.New("passes"), errors.New("stays"), errors.New("gone")

// value has a part that is no news.
type value struct{ news, noise int }

// upstream is what the pollers of a test poll.
type upstream struct {
	mu       sync.Mutex
	value    value
	err      error
	storedAt time.Time // of the cached value; zero: each poll fetches
	foreign  bool
	calls    int
	since    []time.Time
}

func (u *upstream) fetch(_ context.Context, since time.Time) (poll.Result[value], error) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.since = append(u.since, since)
	if !u.storedAt.IsZero() && u.storedAt.After(since) {
		return poll.Result[value]{Value: u.value, StoredAt: u.storedAt, Foreign: u.foreign}, u.err
	}
	u.calls++
	return poll.Result[value]{Value: u.value, StoredAt: time.Now()}, u.err
}

func (u *upstream) set(f func(*upstream)) {
	u.mu.Lock()
	defer u.mu.Unlock()
	f(u)
}

func (u *upstream) count() int {
	u.mu.Lock()
	defer u.mu.Unlock()
	return u.calls
}

func newPollers(t *testing.T, configure ...func(*poll.Options[string, value])) *poll.Pollers[string, value] {
	o := poll.Options[string, value]{
		Equal: func(a, b *value) bool { return a.news == b.news },
		Classify: func(err error) poll.ErrorClass {
			return map[error]poll.ErrorClass{errStays: poll.Stays, errGone: poll.Gone}[err]
		},
	}
	for _, f := range configure {
		f(&o)
	}
	p := poll.New(o)
	t.Cleanup(p.Close)
	return p
}

func expect(t *testing.T, w *poll.Watch[value], news int) {
	t.Helper()
	update, err := w.Next(t.Context())
	if err != nil || update.Value == nil || update.Value.news != news {
		t.Fatalf("Next = %v, %v; want %d", update.Value, err, news)
	}
}

// pass lets virtual time pass.
func pass(d time.Duration) {
	<-time.After(d)
	synctest.Wait()
}

func TestWatchesOfOneKeyShareOnePoller(t *testing.T) {
	for _, watches := range []int{1, 100} {
		synctest.Test(t, func(t *testing.T) {
			u, p := &upstream{}, newPollers(t)
			for range watches {
				w := p.Watch("a", u.fetch)
				defer w.Close()
				expect(t, w, 0)
			}
			pass(5*time.Minute - time.Second)
			if n := u.count(); n < 27 || n > 33 { // at once, and each 10 s with jitter of 10 %
				t.Errorf("%d watches: %d calls in 5 minutes", watches, n)
			}
			if got := p.Stats(); got != (poll.Stats{Pollers: 1, Watches: watches}) {
				t.Errorf("%+v", got)
			}
		})
	}
}

func TestPollerStopsWithoutWatches(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		u, p := &upstream{}, newPollers(t)
		one, two := p.Watch("a", u.fetch), p.Watch("a", u.fetch)
		expect(t, one, 0)
		one.Close()
		one.Close()
		pass(15 * time.Second)
		if n := u.count(); n != 2 {
			t.Errorf("%d calls while one watch is left", n)
		}
		two.Close()
		pass(time.Hour)
		if n := u.count(); n != 2 || p.Stats() != (poll.Stats{}) {
			t.Errorf("%d calls, %+v", n, p.Stats())
		}
		three := p.Watch("a", u.fetch)
		defer three.Close()
		expect(t, three, 0)
	})
}

func TestWatchReportsChangesThatAreNews(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		u, p := &upstream{}, newPollers(t)
		w := p.Watch("a", u.fetch)
		defer w.Close()
		expect(t, w, 0)
		u.set(func(u *upstream) { u.value.noise = 1 })
		pass(15 * time.Second)
		late := p.Watch("a", u.fetch)
		defer late.Close()
		if update, err := late.Next(t.Context()); err != nil || update.Value.noise != 1 {
			t.Errorf("a new watch has %v, %v", update.Value, err)
		}
		u.set(func(u *upstream) { u.value.news = 2 })
		start := time.Now()
		expect(t, w, 2)
		expect(t, late, 2)
		if took := time.Since(start); took > 11*time.Second {
			t.Errorf("news after %v", took)
		}
	})
}

func TestPollerSlowsDownWhileNothingChanges(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		u, p := &upstream{}, newPollers(t)
		w := p.Watch("a", u.fetch)
		defer w.Close()
		expect(t, w, 0)
		pass(time.Hour)
		before := u.count()
		pass(time.Hour)
		if n := u.count() - before; n < 54 || n > 67 {
			t.Errorf("%d calls in an idle hour, want 60", n)
		}
		u.set(func(u *upstream) { u.value.news = 1 })
		expect(t, w, 1)
		before = u.count()
		pass(2 * time.Minute)
		if n := u.count() - before; n < 10 || n > 14 {
			t.Errorf("%d calls in 2 minutes after a change, want 12", n)
		}
	})
}

func TestWakesBeforeAPollCostOnePoll(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		u, p := &upstream{}, newPollers(t)
		w := p.Watch("a", u.fetch)
		defer w.Close()
		expect(t, w, 0)
		for range 2 { // within the second after the first poll
			pass(200 * time.Millisecond)
			p.Wake(time.Now(), func(string) bool { return true })
		}
		pass(5 * time.Second)
		if n := u.count(); n != 2 {
			t.Errorf("%d calls, want 2", n)
		}
	})
}

func TestWakePollsAtOnceButNoKeyTwiceWithinASecond(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		u, p := &upstream{}, newPollers(t)
		w := p.Watch("a", u.fetch)
		defer w.Close()
		expect(t, w, 0)
		pass(3 * time.Second)
		u.set(func(u *upstream) { u.value.news = 1 })
		if n := p.Wake(time.Now(), func(key string) bool { return key == "b" }); n != 0 || u.count() != 1 {
			t.Errorf("another key: %d woken, %d calls", n, u.count())
		}
		start := time.Now()
		for range 10 {
			if n := p.Wake(time.Now(), func(key string) bool { return key == "a" }); n != 1 {
				t.Errorf("%d woken", n)
			}
		}
		expect(t, w, 1)
		if took := time.Since(start); took != 0 || !u.since[1].Equal(start) {
			t.Errorf("polled after %v, since %v, want %v", took, u.since[1], start)
		}
		for range 100 {
			p.Wake(time.Now(), func(string) bool { return true })
			pass(20 * time.Millisecond)
		}
		if n := u.count(); n < 3 || n > 5 {
			t.Errorf("%d calls for 110 wakes in 2 s", n)
		}
	})
}

func TestErrorThatPassesIsRetried(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		retryAfter := time.Minute
		u, p := &upstream{err: errPasses}, newPollers(t, func(o *poll.Options[string, value]) {
			o.RetryAfter = func(error) time.Duration { return retryAfter }
		})
		w := p.Watch("a", u.fetch)
		defer w.Close()
		synctest.Wait()
		if err := w.LastError(); err != errPasses {
			t.Errorf("LastError = %v", err)
		}
		u.set(func(u *upstream) { u.err, u.value.news = nil, 1 })
		p.Wake(time.Now(), func(string) bool { return true })
		start := time.Now()
		expect(t, w, 1)
		if took := time.Since(start); took != retryAfter || u.count() != 2 || w.LastError() != nil {
			t.Errorf("after %v, %d calls, LastError = %v", took, u.count(), w.LastError())
		}
	})
}

func TestErrorThatStaysEndsAllWatches(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		u, p := &upstream{}, newPollers(t)
		one, two := p.Watch("a", u.fetch), p.Watch("a", u.fetch)
		defer one.Close()
		defer two.Close()
		expect(t, one, 0)
		expect(t, two, 0)
		u.set(func(u *upstream) { u.err = errStays })
		for _, w := range []*poll.Watch[value]{one, two, one} {
			if _, err := w.Next(t.Context()); err != errStays || w.LastError() != errStays {
				t.Errorf("Next: %v, LastError = %v", err, w.LastError())
			}
		}
		u.set(func(u *upstream) { u.err = nil })
		three := p.Watch("a", u.fetch)
		defer three.Close()
		expect(t, three, 0)
	})
}

func TestGoneIsTheLastUpdate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var announced atomic.Int64
		u, p := &upstream{}, newPollers(t, func(o *poll.Options[string, value]) { o.Announce = func(string) { announced.Add(1) } })
		w := p.Watch("a", u.fetch)
		defer w.Close()
		expect(t, w, 0)
		u.set(func(u *upstream) { u.err = errGone })
		if update, err := w.Next(t.Context()); update.Value != nil || err != nil {
			t.Errorf("%v, %v", update, err)
		}
		pass(time.Hour)
		if n := u.count(); n != 2 || announced.Load() != 1 {
			t.Errorf("%d calls, %d announcements", n, announced.Load())
		}
	})
}

func TestOldCachedValueIsShownAndThenPolled(t *testing.T) {
	for age, want := range map[time.Duration][2]time.Duration{
		time.Minute:     {time.Second, time.Second},
		7 * time.Second: {2 * time.Second, 4 * time.Second},
	} {
		synctest.Test(t, func(t *testing.T) {
			u, p := &upstream{storedAt: time.Now().Add(-age)}, newPollers(t)
			w := p.Watch("a", u.fetch)
			defer w.Close()
			expect(t, w, 0)
			u.set(func(u *upstream) { u.value.news = 1 })
			start := time.Now()
			expect(t, w, 1)
			if took := time.Since(start); took < want[0] || took > want[1] {
				t.Errorf("a value of age %v is polled after %v", age, took)
			}
		})
	}
}

func TestFollowerPollsOnlyIfTheOtherProcessDoesNot(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		u := &upstream{storedAt: time.Now(), foreign: true}
		p := newPollers(t)
		w := p.Watch("a", u.fetch)
		defer w.Close()
		expect(t, w, 0)
		for range 18 { // another process polls each 10 s, for 3 minutes
			pass(10 * time.Second)
			u.set(func(u *upstream) { u.storedAt = time.Now() })
		}
		if n := u.count(); n != 0 {
			t.Errorf("%d calls while another process polls", n)
		}
		lastPoll := time.Now()
		u.set(func(u *upstream) { u.value.news = 1 }) // and now it is dead
		u.set(func(u *upstream) { u.storedAt = lastPoll })
		expect(t, w, 1)
		for u.count() == 0 {
			pass(time.Second)
		}
		if took := time.Since(lastPoll); took > 15*time.Second {
			t.Errorf("polled %v after the last poll of the other process", took)
		}
	})
}

func TestAnnouncementShowsTheValueOfAnotherProcess(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		u := &upstream{storedAt: time.Now(), foreign: true}
		p := newPollers(t)
		w := p.Watch("a", u.fetch)
		defer w.Close()
		expect(t, w, 0)
		pass(3 * time.Second)
		u.set(func(u *upstream) { u.storedAt, u.value.news = time.Now(), 1 })
		start := time.Now()
		p.Announced("b")
		p.Announced("a")
		expect(t, w, 1)
		if took := time.Since(start); took != 0 || u.count() != 0 {
			t.Errorf("after %v with %d calls", took, u.count())
		}
	})
}

func TestAnnouncementOfAKnownValueCostsNoCall(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		u, p := &upstream{}, newPollers(t)
		w := p.Watch("a", u.fetch)
		defer w.Close()
		expect(t, w, 0)
		p.Announced("a") // both processes have waited for the same call
		pass(8 * time.Second)
		if n := u.count(); n != 1 {
			t.Errorf("%d calls", n)
		}
	})
}

func TestCloseEndsWatches(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		u, p := &upstream{}, newPollers(t)
		w := p.Watch("a", u.fetch)
		expect(t, w, 0)
		p.Close()
		late := p.Watch("a", u.fetch)
		for _, w := range []*poll.Watch[value]{w, late} {
			if _, err := w.Next(t.Context()); !errors.Is(err, context.Canceled) {
				t.Error(err)
			}
			w.Close()
		}
	})
}
