package cached_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"heygen-graphql/heygen"
	"heygen-graphql/heygen/cached"
	"heygen-graphql/heygen/sandbox"
)

// health asks for it, which must cost so many calls.
func (w *world) health(says string, calls int) {
	w.Helper()
	w.costs(calls, func() {
		got := ""
		if err := w.Health(w.Context()); err != nil {
			got = err.Error()
		}
		if got != says {
			w.Errorf("at %v: %q, want %q", time.Since(w.start), got, says)
		}
	})
}

const (
	refuses = "HeyGen rejects the key"
	silent  = "HeyGen is unavailable, and the cache is empty"
)

func TestHealthAsksHeyGenWhereNothingIsKnown(t *testing.T) {
	in(t, sandbox.Options{}, func(w *world) {
		w.health("", 1)
		for range 10 {
			w.health("", 0)
		}
		w.QueueFaults(sandbox.InternalError, sandbox.InternalError, sandbox.InternalError)
		w.at(time.Hour / 2) // what is kept can still be given
		w.health("", 0)
	})
}

func TestHealthIsBackSoonAfterHeyGenIs(t *testing.T) {
	in(t, sandbox.Options{}, func(w *world) {
		w.SetFaults(1, sandbox.InternalError)
		w.health(silent, 1)
		w.health(silent, 0) // no more than a call in 5 s
		w.at(5*second - 1)
		w.health(silent, 0)
		w.SetFaults(0)
		w.at(5 * second)
		w.health("", 1)
	})
}

func TestARefusedKeyIsNoHealthWhateverWasKept(t *testing.T) {
	in(t, sandbox.Options{}, func(w *world) {
		w.health("", 1)
		w.SetKeys("another")
		_, _ = w.AvatarGroup(w.Context(), "nobody_knows")
		w.at(5 * second)
		w.health(refuses, 1)
		_, _ = w.ForKey(heygen.NewKey("another")).AvatarGroup(w.Context(), "group_monica") // a caller's key says nothing of the server's
		w.at(10 * second)
		w.health(refuses, 1)
		w.SetKeys("sk_V2_secret")
		w.at(15 * second)
		w.health("", 1)
	})
}

func TestHealthWithoutAMemoryIsALateAnswer(t *testing.T) {
	in(t, sandbox.Options{}, func(w *world) {
		w.health("", 1)
		w.at(time.Minute)
		w.health("", 0)
		w.at(time.Minute + second)
		w.health("", 1)
	}, func(o *cached.Options) { o.MaxBytes = 0 })
}

func TestHealthSaysWhatIsWrongAndTheLogOnce(t *testing.T) {
	for fault, says := range map[sandbox.Fault]string{
		sandbox.Forbidden:       "HeyGen forbids this request with the key, and the cache is empty",
		sandbox.PaymentRequired: "the HeyGen account lacks the credit or the plan, and the cache is empty",
		sandbox.RateLimited:     "rate limited by HeyGen, and the cache is empty",
		sandbox.HTMLPage:        "HeyGen's responses are invalid, and the cache is empty",
		sandbox.InternalError:   silent,
	} {
		in(t, sandbox.Options{RetryAfter: second}, func(w *world) {
			w.SetFaults(1, fault)
			for i := range 3 {
				w.at(time.Duration(i) * 6 * second)
				w.health(says, 1)
			}
			if n := strings.Count(w.log.String(), "not ready"); n != 1 || !strings.Contains(w.log.String(), "level=WARN") {
				w.Errorf("%s: told %d times: %s", fault, n, w.log)
			}
		})
	}
}

func TestAProbeOutlivesWhoAskedForIt(t *testing.T) {
	in(t, sandbox.Options{Latency: second}, func(w *world) {
		ctx, leave := context.WithTimeout(w.Context(), second/2)
		defer leave()
		if err := w.Health(ctx); err != nil {
			w.Error(err)
		}
	})
}

func TestWhatIsNoLongerOfUseIsNoHealth(t *testing.T) {
	in(t, sandbox.Options{}, func(w *world) {
		_, _ = w.group("nobody", 1) // that there is none is kept for a while, and says nothing
		w.at(2 * time.Minute)
		w.SetFaults(1, sandbox.InternalError)
		w.health(silent, 1)
		w.SetFaults(0)
		w.at(3 * time.Minute)
		w.health("", 1)
		w.SetFaults(1, sandbox.InternalError)
		w.at(time.Hour)
		w.health("", 0) // what is kept is of use for an hour and a minute
		w.at(72 * time.Hour)
		w.health(silent, 1)
	})
}

func TestManyWhoAskForHealthAtOnceCostOneCall(t *testing.T) {
	in(t, sandbox.Options{Latency: second}, func(w *world) {
		w.costs(1, func() {
			var all sync.WaitGroup
			for range 10 {
				all.Go(func() {
					if err := w.Health(w.Context()); err != nil {
						w.Error(err)
					}
				})
			}
			all.Wait()
		})
	})
}

func TestHealthIsToldInThreeSeconds(t *testing.T) {
	in(t, sandbox.Options{}, func(w *world) {
		w.QueueFaults(sandbox.Hang)
		if err := w.Health(w.Context()); err == nil || time.Since(w.start) != 3*second {
			w.Errorf("%v after %v", err, time.Since(w.start))
		}
	})
}
