package heygen_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"heygen-graphql/heygen"
)

// crowd is callers that ask without end, so that calls begin as fast as they may,
// until the bubble's time is up.
func crowd(t *testing.T, client *heygen.Client, callers int, until time.Duration) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), until)
	defer cancel()
	var wait sync.WaitGroup
	for range callers {
		wait.Go(func() {
			for ctx.Err() == nil {
				_, _ = client.AvatarGroup(t.Context(), "g")
			}
		})
	}
	wait.Wait()
}

// burst is so many calls at once.
func burst(t *testing.T, client *heygen.Client, calls int) (errs []error) {
	t.Helper()
	errs = make([]error, calls)
	var wait sync.WaitGroup
	for i := range errs {
		wait.Go(func() { errs[i] = askGroup(t, client) })
	}
	wait.Wait()
	return errs
}

var (
	limited = func(seconds string) upstream { return always(429, "", "Retry-After", seconds) }
	mute    = always(429, "")
)

func TestDuringAPauseNothingIsAsked(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := script(limited("5"), found)
		client := newClient(t, s)
		_ = askGroup(t, client)
		<-time.After(2 * time.Second)
		short, cancel := context.WithTimeout(t.Context(), 3*time.Second)
		defer cancel()
		_, err := client.AvatarGroup(short, "g")
		told, ok := errors.AsType[*heygen.Error](err)
		if !ok || told.Kind != heygen.ErrRateLimited || told.Status != 429 || told.RetryAfter != 3*time.Second || told.Cause != "not sent: rate limited by HeyGen" || told.Endpoint != "GET /v3/avatars/{group_id}" {
			t.Errorf("%v, Retry-After %v", err, told.RetryAfter)
		}
		if took := time.Since(s.start); took != 2*time.Second {
			t.Errorf("told after %v", took)
		}
		if err := askGroup(t, client); err != nil || !slices.Equal(s.calls(), []time.Duration{0, 5 * time.Second}) {
			t.Errorf("%v, calls at %v", err, s.calls())
		}
	})
}

func TestAPauseThatNobodyNamedDoublesUpToHalfAMinute(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := script(slices.Concat(slices.Repeat([]upstream{mute}, 7), []upstream{found, mute, limited("3"), mute, always(404, ""), mute, found})...)
		client := newClient(t, s)
		for range 14 {
			_ = askGroup(t, client)
		}
		at := s.calls()
		var waits []int
		for i := range at[1:] {
			waits = append(waits, int((at[i+1] - at[i]).Seconds()))
		}
		// After an answer the next call has the reduced rate to keep, of one a second.
		if want := []int{1, 2, 4, 8, 16, 30, 30, 1, 1, 3, 1, 1, 1}; !slices.Equal(waits, want) {
			t.Errorf("%v, want %v", waits, want)
		}
	})
}

func TestAfterAPauseTheRateIsHalfAndGrowsByEighths(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		// 56 calls, of which 16 in the last second, the last of them a 429.
		s := script(found)
		client := newClient(t, s, func(o *heygen.Options) { o.MaxConcurrent = 100 })
		burst(t, client, 40)
		<-time.After(time.Second)
		burst(t, client, 10)
		<-time.After(time.Second - 1)
		burst(t, client, 5)
		s.then(limited("2"), found)
		_ = askGroup(t, client)
		pause := time.Since(s.start) + 2*time.Second
		s.then(after(10*time.Millisecond, found))
		crowd(t, client, 50, 25*time.Second)
		if n := s.between(pause-2*time.Second+1, pause); n != 0 {
			t.Errorf("%d calls in the pause", n)
		}
		for step, rate := range []int{8, 10, 12, 14} {
			from := pause + time.Duration(step)*5*time.Second
			if n := s.between(from, from+5*time.Second); n < 5*rate || n > 5*rate+1 {
				t.Errorf("step %d: %d calls in five seconds, want %d", step, n, 5*rate)
			}
			for second := range 5 {
				from := from + time.Duration(second)*time.Second
				if n := s.between(from, from+time.Second); n < rate-1 || n > rate+1 {
					t.Errorf("step %d, second %d: %d calls, want %d", step, second, n, rate)
				}
			}
		}
		var gaps []time.Duration
		at := s.calls()
		for i := range at[1:] {
			if at[i] >= pause && at[i+1] < pause+5*time.Second {
				gaps = append(gaps, at[i+1]-at[i])
			}
		}
		if slices.Min(gaps) != 125*time.Millisecond || slices.Max(gaps) != 125*time.Millisecond {
			t.Errorf("not even: %v", gaps)
		}
		if n := s.between(pause+20*time.Second, pause+21*time.Second); n < 4000 {
			t.Errorf("%d calls in the second after that, want all that 50 callers have", n)
		}
	})
}

func TestAtLeastOneCallASecondIsLeft(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := script(limited("1"), found)
		client := newClient(t, s)
		_ = askGroup(t, client)
		burst(t, client, 5)
		second := time.Second
		if !slices.Equal(s.calls(), []time.Duration{0, second, 2 * second, 3 * second, 4 * second, 5 * second}) {
			t.Errorf("calls at %v", s.calls())
		}
	})
}

// Twelve under way together are refused together: for each to halve the rate
// would leave nothing of it.
func TestThe429sOfCallsThatWereUnderWayTogetherAreOne(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var log bytes.Buffer
		soon := time.Millisecond // all have begun by then
		s := script(slices.Concat(slices.Repeat([]upstream{after(soon, limited("2"))}, 6), slices.Repeat([]upstream{after(soon, mute)}, 5),
			[]upstream{after(500*time.Millisecond, limited("4")), found})...)
		client := newClient(t, s, func(o *heygen.Options) { o.Logger = slog.New(slog.NewTextHandler(&log, nil)) })
		burst(t, client, 12)
		burst(t, client, 30)
		pause := 4500 * time.Millisecond // the longest
		if at := s.calls(); at[12] != pause || s.between(pause, pause+time.Second) != 6 || s.between(pause+time.Second, pause+2*time.Second) != 6 {
			t.Errorf("calls at %v", at)
		}
		if text := log.String(); strings.Count(text, "\n") != 1 || !strings.Contains(text, "level=WARN") || !strings.Contains(text, "backoff=2s") && !strings.Contains(text, "backoff=1s") || strings.Contains(text, "sk_V2") || strings.Contains(text, "http") {
			t.Errorf("log: %s", text)
		}
	})
}

func TestA429DuringRecoveryHalvesAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := script(slices.Concat(slices.Repeat([]upstream{found}, 15), []upstream{limited("1"), found})...)
		client := newClient(t, s, func(o *heygen.Options) { o.MaxConcurrent = 16 })
		burst(t, client, 16)
		<-time.After(13 * time.Second) // at 1 s half of 16, and now 6/8
		s.then(limited("1"), found)
		_ = askGroup(t, client)
		pause := 14 * time.Second
		burst(t, client, 260)
		for step, want := range []int{6, 8, 10, 12, 14} { // 3/8, and an eighth more with each step
			from := pause + time.Duration(step)*5*time.Second
			if n := s.between(from, from+5*time.Second); n < 5*want || n > 5*want+1 {
				t.Errorf("step %d: %d calls in five seconds, want %d", step, n, 5*want)
			}
		}
	})
}

func TestHalvingAgainLeavesOneCallASecond(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := script(limited("1"))
		client := newClient(t, s, func(o *heygen.Options) { o.MaxConcurrent = 16 })
		for range 10 {
			_ = askGroup(t, client)
		}
		s.then(found)
		start := time.Since(s.start)
		burst(t, client, 4)
		if n := s.between(start+time.Second, start+4*time.Second); n != 3 {
			t.Errorf("calls at %v", s.calls())
		}
		<-time.After(17 * time.Second) // four steps after the pause: all of a rate of two
		burst(t, client, 10)
		if n := s.between(start+21*time.Second, start+22*time.Second); n != 10 {
			t.Errorf("%d calls after its recovery, want all", n)
		}
	})
}

func TestAShorterPauseDoesNotEndALongerOne(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := script(after(time.Second, limited("10")), after(2*time.Second, limited("2")), after(3*time.Second, mute), found)
		client := newClient(t, s)
		burst(t, client, 3)
		if err := askGroup(t, client); err != nil || s.calls()[3] != 11*time.Second {
			t.Errorf("%v, calls at %v", err, s.calls())
		}
	})
}

// A call that began before the 429s does not tell that they are over.
func TestALateAnswerDoesNotShortenThePauses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := script(after(5*time.Second, found), mute)
		client := newClient(t, s)
		var wait sync.WaitGroup
		wait.Go(func() { _ = askGroup(t, client) })
		synctest.Wait()
		for range 5 {
			_ = askGroup(t, client)
		}
		wait.Wait()
		second := time.Second
		if !slices.Equal(s.calls(), []time.Duration{0, 0, second, 3 * second, 7 * second, 15 * second}) {
			t.Errorf("calls at %v", s.calls())
		}
	})
}

// A late 429 of a call that began before the rate was reduced.
func TestALate429OnlyPauses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := script(slices.Concat(slices.Repeat([]upstream{found}, 14), []upstream{after(7*time.Second, limited("2")), after(time.Millisecond, limited("1")), found})...)
		client := newClient(t, s, func(o *heygen.Options) { o.MaxConcurrent = 100 })
		go burst(t, client, 16)
		<-time.After(10 * time.Millisecond)
		burst(t, client, 80)
		// 16 a second before; half of it from 1 s on, 5/8 from 6 s on; from 7 s to 9 s nothing, then 5/8.
		for _, c := range []struct{ from, to, want int }{{1, 6, 40}, {6, 7, 10}, {7, 9, 0}, {9, 11, 20}} {
			at := func(seconds int) time.Duration { return time.Duration(seconds)*time.Second + time.Millisecond }
			if n := s.between(at(c.from), at(c.to)); n < c.want || n > c.want+1 {
				t.Errorf("from %d s to %d s: %d calls, want %d", c.from, c.to, n, c.want)
			}
		}
		<-time.After(time.Minute)
	})
}

func TestWhoLeavesEarlyTakesNoTurn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := script(limited("10"), found)
		client := newClient(t, s)
		_ = askGroup(t, client)
		for range 50 {
			ctx, cancel := context.WithCancel(t.Context())
			time.AfterFunc(2*time.Second, cancel)
			go func() { _, _ = client.AvatarGroup(ctx, "g") }()
		}
		synctest.Wait()
		short, cancel := context.WithTimeout(t.Context(), 20*time.Second)
		defer cancel()
		if _, err := client.AvatarGroup(short, "g"); !errors.Is(err, heygen.ErrRateLimited) || time.Since(s.start) != 0 {
			t.Errorf("after 50 others: %v after %v", err, time.Since(s.start))
		}
		<-time.After(3 * time.Second)
		if _, err := client.AvatarGroup(short, "g"); err != nil || time.Since(s.start) != 10*time.Second {
			t.Errorf("%v after %v", err, time.Since(s.start))
		}
	})
}

// Who waits for a pause that becomes longer than it has time is told so then.
func TestAPauseThatBecomesTooLongIsToldAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := script(after(time.Second, limited("60")), limited("3"), found)
		client := newClient(t, s)
		var wait sync.WaitGroup
		wait.Go(func() { _ = askGroup(t, client) })
		synctest.Wait()
		_ = askGroup(t, client)
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		defer cancel()
		_, err := client.AvatarGroup(ctx, "g")
		told, ok := errors.AsType[*heygen.Error](err)
		if !ok || told.Kind != heygen.ErrRateLimited || told.RetryAfter != time.Minute || time.Since(s.start) != time.Second {
			t.Errorf("%v after %v", err, time.Since(s.start))
		}
		wait.Wait()
	})
}

func TestARetryThatCannotWaitAnyLongerTellsOfItsOwn429(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := script(after(time.Second, limited("60")), always(429, `{"error":{"code":"quota_exceeded"}}`, "Retry-After", "3"), found)
		client := newClient(t, s, retrying(2))
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		defer cancel()
		var wait sync.WaitGroup
		wait.Go(func() { _, _ = client.AvatarGroup(ctx, "g") })
		synctest.Wait()
		_, err := client.AvatarGroup(ctx, "g")
		told, ok := errors.AsType[*heygen.Error](err)
		if !ok || told.Code != "quota_exceeded" || told.Cause != "" || told.RetryAfter != time.Minute || time.Since(s.start) != time.Second {
			t.Errorf("%v after %v", err, time.Since(s.start))
		}
		wait.Wait()
	})
}

// A call that waited for its slot while a 429 came keeps neither the pause from
// being kept, nor the slot.
func TestNoSlotIsHeldDuringAPause(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := script(after(time.Second, limited("5")), found)
		client := newClient(t, s, func(o *heygen.Options) { o.MaxConcurrent = 1 })
		if errs := burst(t, client, 4); !slices.Contains(errs, nil) {
			t.Error(errs)
		}
		second := time.Second
		if !slices.Equal(s.calls(), []time.Duration{0, 6 * second, 7 * second, 8 * second}) {
			t.Errorf("calls at %v", s.calls())
		}
	})
}

func TestAWaitingCallKeepsItsPlaceThroughAnotherPause(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var order []string
		var mu sync.Mutex
		s := script(limited("2"))
		client := newClient(t, upstream(func(r *http.Request) (*http.Response, error) {
			mu.Lock()
			order = append(order, strings.TrimPrefix(r.URL.Path, "/v3/avatars/"))
			mu.Unlock()
			return s.RoundTrip(r)
		}))
		_, _ = client.AvatarGroup(t.Context(), "0")
		s.then(found, limited("3"), found)
		var wait sync.WaitGroup
		for _, id := range []heygen.GroupID{"1", "2", "3", "4"} {
			wait.Go(func() { _, _ = client.AvatarGroup(t.Context(), id) })
			synctest.Wait()
		}
		wait.Wait()
		second := time.Second
		if !slices.Equal(order, []string{"0", "1", "2", "3", "4"}) || !slices.Equal(s.calls(), []time.Duration{0, 2 * second, 3 * second, 6 * second, 7 * second}) {
			t.Errorf("%v at %v", order, s.calls())
		}
	})
}

// A failure says nothing of the rate: the next pause that HeyGen does not name is
// longer than the one before. An answer ends the row.
func TestAFailureDoesNotEndARowOf429s(t *testing.T) {
	for _, test := range []struct {
		between upstream
		pause   time.Duration
	}{{always(500, ""), 2 * time.Second}, {found, time.Second}, {always(404, ""), time.Second}} {
		synctest.Test(t, func(t *testing.T) {
			s := script(always(429, ""), test.between, always(429, ""), found)
			client := newClient(t, s)
			for range 4 {
				_ = askGroup(t, client)
			}
			calls := s.calls()
			if got := calls[3] - calls[2]; got != test.pause {
				t.Errorf("a pause of %v, want %v: %v", got, test.pause, calls)
			}
		})
	}
}
