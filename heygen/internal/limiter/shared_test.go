package limiter_test

import (
	"cmp"
	"context"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"heygen-graphql/heygen/internal/limiter"
)

// inFlight counts the attempts of all processes that are in flight.
type inFlight struct {
	mu         sync.Mutex
	now, peak  int
	refuse     time.Time // until then every attempt is rate limited
	violations int       // attempts before
}

// call is a step that takes 300 ms.
func (f *inFlight) call(context.Context) limiter.Outcome {
	f.mu.Lock()
	f.now++
	f.peak = max(f.peak, f.now)
	refused := time.Now().Before(f.refuse)
	if refused {
		f.violations++
	}
	f.mu.Unlock()
	<-time.After(300 * time.Millisecond)
	f.mu.Lock()
	defer f.mu.Unlock()
	f.now--
	if refused {
		return limiter.Outcome{Result: limiter.RateLimited, RetryAfter: time.Until(f.refuse)}
	}
	return limiter.Outcome{Result: limiter.Success}
}

func TestSharedSlotsBoundTheCallsOfAllProcesses(t *testing.T) {
	runWithStore(t, 12, func(t *testing.T, s *fakeStore) {
		var flights inFlight
		var wait sync.WaitGroup
		for range 20 {
			replica := newReplica(12, s, flights.call)
			for range 12 {
				wait.Go(func() { wantSuccess(t, replica.call(t.Context())) })
			}
		}
		start := time.Now()
		wait.Wait()
		// 240 calls, twelve at once, take twenty times 300 ms, and a poll each.
		if took := time.Since(start); flights.peak != 12 || took > 20*(300+5)*time.Millisecond {
			t.Errorf("%d calls in flight at once, and %v for all", flights.peak, took)
		}
	})
}

// HeyGen rate limits one process for three seconds. No call of the twenty starts before
// these are over, and then each process starts half as many as before.
func TestBackoffHoldsUpAllProcesses(t *testing.T) {
	for name, published := range map[string]bool{"published": true, "read with a slot": false} {
		t.Run(name, func(t *testing.T) {
			runWithStore(t, 100, func(t *testing.T, s *fakeStore) {
				var flights inFlight
				replicas := make([]*upstream, 20)
				for i := range replicas {
					replicas[i] = newReplica(12, s, flights.call)
					if published {
						s.subscribers = append(s.subscribers, replicas[i].Limiter)
					}
				}
				all := func(calls int) {
					var wait sync.WaitGroup
					for _, replica := range replicas {
						wait.Go(func() {
							for _, err := range replica.concurrently(t.Context(), calls) {
								wantSuccess(t, err)
							}
						})
					}
					wait.Wait()
				}
				all(8)
				const pause = 3 * time.Second
				replicas[0].then(func(context.Context) limiter.Outcome {
					flights.refuse = time.Now().Add(pause)
					return limiter.Outcome{Result: limiter.RateLimited, RetryAfter: pause}
				}, flights.call)
				if err := replicas[0].call(t.Context()); err != errAttempt {
					t.Fatal(err)
				}
				limitedAt := time.Now()
				all(1)
				if took := time.Since(limitedAt); flights.violations != 0 || took < pause || took > pause+time.Second {
					t.Errorf("%d calls in the back-off; the first after it end after %v", flights.violations, took)
				}
				if !slices.Equal(s.announced, []time.Duration{pause}) {
					t.Errorf("announced: %v", s.announced)
				}
				for i, replica := range replicas {
					if rate := replica.Stats().Rate; rate < 4 || rate > 4.5 { // of the one with the 429 half of nine
						t.Errorf("process %d starts %v calls a second, want half of eight", i, rate)
					}
					log := replica.log.String()
					if strings.Count(log, "rate limited by HeyGen, backing off") != 1 || strings.Contains(log, `source="another replica"`) != (i > 0) {
						t.Errorf("log of process %d: %s", i, log)
					}
				}
			})
		})
	}
}

func TestReceivedBackoffReducesTheRateOnceASecond(t *testing.T) {
	runWithStore(t, 12, func(t *testing.T, s *fakeStore) {
		u := newReplica(16, s, success)
		u.concurrently(t.Context(), 16)
		for _, step := range []struct {
			at, pause time.Duration
			rate      float64
			until     time.Duration
		}{
			{0, 2 * time.Second, 8, 2 * time.Second},
			{0, time.Second, 8, 2 * time.Second},                                // a shorter one
			{1500 * time.Millisecond, 2 * time.Second, 8, 3500e6},               // extends it
			{3500 * time.Millisecond, 40 * time.Millisecond, 8, 3540e6},         // its remainder, in another clock
			{3600 * time.Millisecond, 600 * time.Millisecond, 4, 4200e6},        // another one
			{4300 * time.Millisecond, 600 * time.Millisecond, 4, 4900e6},        // within a second
			{4900 * time.Millisecond, 48 * time.Hour, 2, 24*time.Hour + 4900e6}, // too long
			{4900 * time.Millisecond, -time.Second, 2, 24*time.Hour + 4900e6},   // invalid
		} {
			<-time.After(step.at - time.Since(u.start))
			u.BackOff(step.pause)
			wantStats(t, u.Limiter, step.at.String(), limiter.Stats{Rate: step.rate, BackoffFor: step.until - step.at})
		}
		if len(s.announced) != 0 {
			t.Errorf("announced again: %v", s.announced)
		}
	})
}

// The store returns the end of a process' own back-off, when its calls start again.
func TestRemainderOfTheOwnBackoffDoesNotReduceTheRateAgain(t *testing.T) {
	runWithStore(t, 12, func(t *testing.T, s *fakeStore) {
		u := newReplica(12, s, slices.Concat(slices.Repeat([]step{success}, 9), []step{rateLimited(2 * time.Second), success})...)
		for range 10 {
			_ = u.call(t.Context())
		}
		s.backoffUntil = s.backoffUntil.Add(30 * time.Millisecond)
		wantSuccess(t, u.call(t.Context()))
		wantStats(t, u.Limiter, "after the back-off", limiter.Stats{Rate: 5})
		if at := u.attempts()[10]; at != 2030*time.Millisecond {
			t.Errorf("started after %v", at)
		}
	})
}

// Twelve 429s to calls in flight together are announced once, and a longer Retry-After
// among them again.
func Test429sOfCallsInFlightTogetherAreAnnouncedOnce(t *testing.T) {
	runWithStore(t, 12, func(t *testing.T, s *fakeStore) {
		soon := 10 * time.Millisecond
		script := slices.Repeat([]step{after(soon, rateLimited(2*time.Second))}, 10)
		u := newReplica(12, s, append(script, after(2*soon, rateLimited(2*time.Second)), after(3*soon, rateLimited(9*time.Second)))...)
		u.concurrently(t.Context(), 12)
		if want := []time.Duration{2 * time.Second, 9 * time.Second}; !slices.Equal(s.announced, want) {
			t.Errorf("announced %v, want %v", s.announced, want)
		}
	})
}

func TestUnavailableStoreChangesNothing(t *testing.T) {
	started := 0
	for seed := range uint64(50) {
		synctest.Test(t, func(t *testing.T) {
			random := rand.New(rand.NewPCG(seed, 3))
			const failuresUntil = 10 * time.Second
			calls := newSchedule(random, failuresUntil, 3, true)
			slots := 1 + random.IntN(4)
			var starts [2][]event
			for i, shared := range []limiter.SharedLimits{nil, &fakeStore{T: t, unavailable: true}} {
				events, _ := run(t, calls, slots, shared, failuresUntil)
				slices.SortFunc(events, func(a, b event) int {
					return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.kind, b.kind), a.call-b.call)
				})
				starts[i] = events
			}
			started += len(starts[0])
			if diff := gocmp.Diff(starts[0], starts[1], gocmp.AllowUnexported(event{})); diff != "" {
				t.Errorf("seed %d (- without a store, + with an unavailable one): %s", seed, diff)
			}
		})
	}
	if started < 1000 {
		t.Errorf("only %d events: the test needs more", started)
	}
}
