package limiter_test

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// hammer calls without end from so many callers, until a time has passed.
func hammer(t *testing.T, u *upstream, callers int, duration time.Duration) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), duration)
	defer cancel()
	var wait sync.WaitGroup
	for range callers {
		wait.Go(func() {
			for ctx.Err() == nil {
				_ = u.call(t.Context())
			}
		})
	}
	wait.Wait()
}

func TestUnspecifiedPauseDoublesUpToHalfAMinute(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		u := newUpstream(defaultConcurrent, slices.Concat(slices.Repeat([]step{unspecified429}, 7), []step{success, unspecified429, rateLimited(3 * time.Second), unspecified429, success, unspecified429, success})...)
		for range 14 {
			_ = u.call(t.Context())
		}
		at := u.attempts()
		var waits []int
		for i := range at[1:] {
			waits = append(waits, int((at[i+1] - at[i]).Seconds()))
		}
		// After a success the reduced rate of one call a second still applies.
		if want := []int{1, 2, 4, 8, 16, 30, 30, 1, 1, 3, 1, 1, 1}; !slices.Equal(waits, want) {
			t.Errorf("waits of %v, want %v", waits, want)
		}
	})
}

func TestRateHalvesAfterPauseAndGrowsByEighths(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		// 56 calls, of which 16 in the last second, the last of them a 429.
		u := newUpstream(100, success)
		u.concurrently(t.Context(), 40)
		<-time.After(time.Second)
		u.concurrently(t.Context(), 10)
		<-time.After(time.Second - 1)
		u.concurrently(t.Context(), 5)
		u.then(rateLimited(2*time.Second), success)
		_ = u.call(t.Context())
		resumed := time.Since(u.start) + 2*time.Second
		u.then(after(10*time.Millisecond, success))
		hammer(t, u, 50, 25*time.Second)
		if n := u.attemptsBetween(resumed-2*time.Second+1, resumed); n != 0 {
			t.Errorf("%d attempts in the pause", n)
		}
		for eighths, rate := range []int{8, 10, 12, 14} {
			from := resumed + time.Duration(eighths)*5*time.Second
			if n := u.attemptsBetween(from, from+5*time.Second); n < 5*rate || n > 5*rate+1 {
				t.Errorf("recovery step %d: %d attempts in five seconds, want %d", eighths, n, 5*rate)
			}
			for second := range 5 {
				from := from + time.Duration(second)*time.Second
				if n := u.attemptsBetween(from, from+time.Second); n < rate-1 || n > rate+1 {
					t.Errorf("recovery step %d, second %d: %d attempts, want %d", eighths, second, n, rate)
				}
			}
		}
		var intervals []time.Duration
		at := u.attempts()
		for i := range at[1:] {
			if at[i] >= resumed && at[i+1] < resumed+5*time.Second {
				intervals = append(intervals, at[i+1]-at[i])
			}
		}
		if slices.Min(intervals) != 125*time.Millisecond || slices.Max(intervals) != 125*time.Millisecond {
			t.Errorf("not evenly spaced: %v", intervals)
		}
		if n := u.attemptsBetween(resumed+20*time.Second, resumed+21*time.Second); n < 4000 {
			t.Errorf("%d attempts in the second after recovery, want all that 50 callers make", n)
		}
	})
}

func TestRateIsAtLeastOneCallASecond(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		u := newUpstream(defaultConcurrent, rateLimited(time.Second), success)
		_ = u.call(t.Context())
		u.concurrently(t.Context(), 5)
		second := time.Second
		if !slices.Equal(u.attempts(), []time.Duration{0, second, 2 * second, 3 * second, 4 * second, 5 * second}) {
			t.Errorf("attempts at %v", u.attempts())
		}
	})
}

// If each of twelve 429s halved the rate, nothing would be left of it.
func Test429sOfCallsInFlightTogetherReduceTheRateOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		soon := time.Millisecond // all have started by then
		u := newUpstream(defaultConcurrent, slices.Concat(slices.Repeat([]step{after(soon, rateLimited(2*time.Second))}, 6), slices.Repeat([]step{after(soon, unspecified429)}, 5),
			[]step{after(500*time.Millisecond, rateLimited(4*time.Second)), success})...)
		u.concurrently(t.Context(), 12)
		u.concurrently(t.Context(), 30)
		resumed := 4500 * time.Millisecond // after the longest pause
		if at := u.attempts(); at[12] != resumed || u.attemptsBetween(resumed, resumed+time.Second) != 6 || u.attemptsBetween(resumed+time.Second, resumed+2*time.Second) != 6 {
			t.Errorf("attempts at %v", at)
		}
		log := u.log.String()
		if strings.Count(log, "\n") != 1 || !strings.Contains(log, "level=WARN") || !strings.Contains(log, "backoff=2s") && !strings.Contains(log, "backoff=1s") {
			t.Errorf("log: %s", log)
		}
	})
}

func Test429DuringRecoveryHalvesTheRateAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		u := newUpstream(16, slices.Concat(slices.Repeat([]step{success}, 15), []step{rateLimited(time.Second), success})...)
		u.concurrently(t.Context(), 16)
		<-time.After(13 * time.Second) // at 1 s half of 16, and now 6/8
		u.then(rateLimited(time.Second), success)
		_ = u.call(t.Context())
		resumed := 14 * time.Second
		u.concurrently(t.Context(), 260)
		for eighths, want := range []int{6, 8, 10, 12, 14} { // 3/8, and an eighth more with each step
			from := resumed + time.Duration(eighths)*5*time.Second
			if n := u.attemptsBetween(from, from+5*time.Second); n < 5*want || n > 5*want+1 {
				t.Errorf("recovery step %d: %d attempts in five seconds, want %d", eighths, n, 5*want)
			}
		}
	})
}

func TestRepeatedHalvingLeavesOneCallASecond(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		u := newUpstream(16, rateLimited(time.Second))
		for range 10 {
			_ = u.call(t.Context())
		}
		u.then(success)
		start := time.Since(u.start)
		u.concurrently(t.Context(), 4)
		if n := u.attemptsBetween(start+time.Second, start+4*time.Second); n != 3 {
			t.Errorf("attempts at %v", u.attempts())
		}
		<-time.After(17 * time.Second) // four steps after the pause: all of a rate of two
		u.concurrently(t.Context(), 10)
		if n := u.attemptsBetween(start+21*time.Second, start+22*time.Second); n != 10 {
			t.Errorf("%d attempts after recovery, want all 10", n)
		}
	})
}

func TestShorterPauseDoesNotEndALongerOne(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		u := newUpstream(defaultConcurrent, after(time.Second, rateLimited(10*time.Second)), after(2*time.Second, rateLimited(2*time.Second)), after(3*time.Second, unspecified429), success)
		u.concurrently(t.Context(), 3)
		if err := u.call(t.Context()); err != nil || u.attempts()[3] != 11*time.Second {
			t.Errorf("%v, attempts at %v", err, u.attempts())
		}
	})
}

// The success of a call that started before the 429s does not end their series.
func TestLateSuccessDoesNotShortenThePauses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		u := newUpstream(defaultConcurrent, after(5*time.Second, success), unspecified429)
		var wait sync.WaitGroup
		wait.Go(func() { _ = u.call(t.Context()) })
		synctest.Wait()
		for range 5 {
			_ = u.call(t.Context())
		}
		wait.Wait()
		second := time.Second
		if !slices.Equal(u.attempts(), []time.Duration{0, 0, second, 3 * second, 7 * second, 15 * second}) {
			t.Errorf("attempts at %v", u.attempts())
		}
	})
}

// The late 429 is of a call that started before the rate was reduced.
func TestLate429PausesWithoutReducingTheRate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		u := newUpstream(100, slices.Concat(slices.Repeat([]step{success}, 14), []step{after(7*time.Second, rateLimited(2*time.Second)), after(time.Millisecond, rateLimited(time.Second)), success})...)
		go u.concurrently(t.Context(), 16)
		<-time.After(10 * time.Millisecond)
		u.concurrently(t.Context(), 80)
		// 16 a second before; half of it from 1 s on, 5/8 from 6 s on; from 7 s to 9 s nothing, then 5/8.
		for _, test := range []struct{ from, to, want int }{{1, 6, 40}, {6, 7, 10}, {7, 9, 0}, {9, 11, 20}} {
			at := func(seconds int) time.Duration { return time.Duration(seconds)*time.Second + time.Millisecond }
			if n := u.attemptsBetween(at(test.from), at(test.to)); n < test.want || n > test.want+1 {
				t.Errorf("from %d s to %d s: %d attempts, want %d", test.from, test.to, n, test.want)
			}
		}
		<-time.After(time.Minute)
	})
}

// A failure says nothing about the rate: the next pause that HeyGen does not
// specify is longer than the one before. A success ends the series.
func TestFailureDoesNotEndASeriesOf429s(t *testing.T) {
	for _, test := range []struct {
		between step
		pause   time.Duration
	}{{failure, 2 * time.Second}, {ignored, 2 * time.Second}, {success, time.Second}} {
		synctest.Test(t, func(t *testing.T) {
			u := newUpstream(defaultConcurrent, unspecified429, test.between, unspecified429, success)
			for range 4 {
				_ = u.call(t.Context())
			}
			at := u.attempts()
			if got := at[3] - at[2]; got != test.pause {
				t.Errorf("a pause of %v, want %v: %v", got, test.pause, at)
			}
		})
	}
}
