package heygen_test

import (
	"context"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"heygen-graphql/heygen"
)

func TestErrorIsThatOfTheLastAttempt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := script(always(500, `{"error":{"code":"first"}}`), failing(io.EOF), always(503, `{"error":{"code":"third"}}`), groupFound)
		err := readGroup(t, newClient(t, s, withRetries(2)))
		if failed, ok := errors.AsType[*heygen.Error](err); !ok || failed.Status != 503 || failed.Code != "third" || len(s.calls()) != 3 {
			t.Errorf("%v after %d calls", err, len(s.calls()))
		}
		s = script(always(500, ""), always(404, ""), groupFound)
		if err := readGroup(t, newClient(t, s, withRetries(2))); !errors.Is(err, heygen.ErrNotFound) || len(s.calls()) != 2 {
			t.Errorf("%v after %d calls", err, len(s.calls()))
		}
	})
}

func TestBackoffDoublesWithJitter(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		waits := [2]map[time.Duration]bool{{}, {}}
		low, high := [2]time.Duration{time.Hour, time.Hour}, [2]time.Duration{}
		for range 200 {
			s := script(always(502, ""))
			_ = readGroup(t, newClient(t, s, withRetries(2)))
			at := s.calls()
			for i := range waits {
				wait := at[i+1] - at[i]
				waits[i][wait] = true
				low[i], high[i] = min(low[i], wait), max(high[i], wait)
			}
		}
		for i, bounds := range [][2]time.Duration{initialBackoff, secondBackoff} {
			tenth := (bounds[1] - bounds[0]) / 10 // 200 waits reach the first and the last tenth, but for one run in 10^9
			if low[i] < bounds[0] || high[i] > bounds[1] || low[i] > bounds[0]+tenth || high[i] < bounds[1]-tenth || len(waits[i]) < 190 {
				t.Errorf("wait %d: %d waits of %v to %v", i, len(waits[i]), low[i], high[i])
			}
		}
	})
}

func TestRetryHonoursRetryAfter(t *testing.T) {
	for _, status := range []int{429, 500, 502, 503, 504} {
		for _, header := range []string{"90", "Sat, 01 Jan 2000 00:01:30 GMT"} { // a bubble starts at midnight
			synctest.Test(t, func(t *testing.T) {
				s := script(always(status, "", "Retry-After", header), groupFound)
				if err := readGroup(t, newClient(t, s, withRetries(1))); err != nil || !slices.Equal(s.calls(), []time.Duration{0, 90 * time.Second}) {
					t.Errorf("%d, %s: %v, calls at %v", status, header, err, s.calls())
				}
			})
		}
	}
}

// Such a wait would be in vain: the call fails at once.
func TestNoBackoffBeyondTheDeadline(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for name, c := range map[string]struct {
			step       upstream
			time       time.Duration
			calls      int
			retryAfter time.Duration
		}{
			"429":                     {always(429, "", "Retry-After", "5"), 5 * time.Second, 1, 5 * time.Second},
			"429 in time":             {always(429, "", "Retry-After", "5"), 5*time.Second + 1, 2, 5 * time.Second},
			"429 late":                {delayed(3*time.Second, always(429, "", "Retry-After", "5")), 7 * time.Second, 1, 5 * time.Second},
			"429 unspecified":         {always(429, ""), time.Second, 1, time.Second},
			"429 unspecified in time": {always(429, ""), time.Second + 1, 2, 2 * time.Second},
			"503":                     {always(503, "", "Retry-After", "5"), 5 * time.Second, 1, 5 * time.Second},
			"503 in time":             {always(503, "", "Retry-After", "5"), 5*time.Second + 1, 2, 5 * time.Second},
			"503 unspecified":         {always(503, ""), initialBackoff[0], 1, 0},
			"503 unspecified in time": {always(503, ""), initialBackoff[1] + 1, 2, 0},
		} {
			s := script(c.step)
			ctx, cancel := context.WithTimeout(t.Context(), c.time)
			_, err := newClient(t, s, withRetries(2)).AvatarGroup(ctx, "g")
			at := s.calls()
			failed, ok := errors.AsType[*heygen.Error](err)
			if !ok || failed.Status == 0 || failed.RetryAfter != c.retryAfter || len(at) != c.calls {
				t.Errorf("%s: %v, Retry-After %v, calls at %v", name, err, failed.RetryAfter, at)
			}
			if took := time.Since(s.start); ctx.Err() != nil || !strings.Contains(name, "late") && took != at[len(at)-1] {
				t.Errorf("%s: failed after %v, calls at %v", name, took, at)
			}
			cancel()
		}
	})
}

func TestBackoffEndsWithItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for name, ending := range contextEndings {
			for _, status := range []int{429, 503} {
				if strings.HasPrefix(name, "a deadline") {
					continue // no back-off starts that would reach it
				}
				s := script(always(status, "", "Retry-After", "60"))
				ctx, cancel := ending.end(t.Context())
				_, err := newClient(t, s, withRetries(2)).AvatarGroup(ctx, "g")
				if failed, ok := errors.AsType[*heygen.Error](err); !ok || failed.Kind != ending.kind || failed.Endpoint == "" || len(s.calls()) != 1 || time.Since(s.start) != 2500*time.Millisecond {
					t.Errorf("%s, %d: %v after %v and %d calls", name, status, err, time.Since(s.start), len(s.calls()))
				}
				cancel()
			}
		}
	})
}

func TestCallThatItsCallerEndedIsNotRetried(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for name, ending := range contextEndings {
			for body, step := range map[string]upstream{"hang": hang, "slow": slowBody(200), "slow 503": slowBody(503), "cut": delayed(2500*time.Millisecond, failing(io.EOF))} {
				s := script(step)
				ctx, cancel := ending.end(t.Context())
				_, err := newClient(t, s, withRetries(2)).AvatarGroup(ctx, "g")
				failed, ok := errors.AsType[*heygen.Error](err)
				if body == "slow 503" && ending.kind == heygen.ErrTimeout && (!ok || failed.Status != 503 || failed.Kind != heygen.ErrUnavailable) {
					t.Errorf("%s, %s: %v", name, body, err)
				}
				if err == nil || len(s.calls()) != 1 || time.Since(s.start) != 2500*time.Millisecond {
					t.Errorf("%s, %s: %v after %v and %d calls", name, body, err, time.Since(s.start), len(s.calls()))
				}
				cancel()
			}
		}
	})
}

func TestEveryAttemptHasItsOwnTimeout(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		slow := delayed(14*time.Second, always(503, ""))
		s := script(slow, slow, delayed(14*time.Second, groupFound))
		if err := readGroup(t, newClient(t, s, withRetries(2))); err != nil {
			t.Errorf("%v after %v", err, time.Since(s.start))
		}
	})
}

func TestNoSlotIsHeldBetweenAttempts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := script(always(503, "", "Retry-After", "60"), groupFound)
		client := newClient(t, s, withRetries(1), func(o *heygen.Options) { o.MaxConcurrent = 1 })
		var wait sync.WaitGroup
		wait.Go(func() {
			if err := readGroup(t, client); err != nil || time.Since(s.start) != time.Minute {
				t.Errorf("%v after %v", err, time.Since(s.start))
			}
		})
		synctest.Wait()
		if err := readGroup(t, client); err != nil || time.Since(s.start) != 0 {
			t.Errorf("%v after %v", err, time.Since(s.start))
		}
		wait.Wait()
	})
}

func TestConnectionFailureIsRetried(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for want, failure := range map[string]error{
			"connection refused":           &net.OpError{Op: "dial", Err: syscall.ECONNREFUSED},
			"the host name does not resol": &net.DNSError{Err: "no such host", Name: "nowhere", IsNotFound: true},
			"connection failed":            nil,
		} {
			s := script(failing(failure))
			err := readGroup(t, newClient(t, s, withRetries(2)))
			if failed, ok := errors.AsType[*heygen.Error](err); !ok || failed.Kind != heygen.ErrUnavailable || failed.Status != 0 || !strings.HasPrefix(failed.Cause, want) || len(s.calls()) != 3 {
				t.Errorf("%v after %d calls", err, len(s.calls()))
			}
		}
	})
}

func TestUntrustedCertificateIsNotRetried(t *testing.T) {
	secure := httptest.NewUnstartedServer(http.NotFoundHandler())
	secure.Config.ErrorLog = log.New(io.Discard, "", 0)
	secure.StartTLS()
	defer secure.Close()
	transport := heygen.NewTransport()
	attempts := 0
	counted := upstream(func(r *http.Request) (*http.Response, error) {
		attempts++
		return transport.RoundTrip(r)
	})
	err := readGroup(t, newClient(t, counted, withRetries(2), func(o *heygen.Options) { o.BaseURL = secure.URL }))
	if !errors.Is(err, heygen.ErrUnavailable) || !strings.Contains(err.Error(), "no trusted TLS connection") || attempts != 1 {
		t.Errorf("%v after %d attempts", err, attempts)
	}
}

func TestOpenBreakerEndsTheRetries(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := script(always(500, ""))
		client := newClient(t, s, withRetries(2))
		for range 3 { // nine attempts
			_ = readGroup(t, client)
		}
		before := time.Now()
		err := readGroup(t, client)
		if failed, ok := errors.AsType[*heygen.Error](err); !ok || failed.Status != 500 || len(s.calls()) != 10 || time.Since(before) != 0 {
			t.Errorf("the tenth: %v after %v and %d calls", err, time.Since(before), len(s.calls()))
		}
		wantCircuitOpen(t, readGroup(t, client))
		if len(s.calls()) != 10 || time.Since(before) != 0 {
			t.Errorf("rejected after %v", time.Since(before))
		}
	})
}

// The error is that of the attempt before.
func TestBreakerThatOpensBetweenAttemptsEndsTheRetries(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := script(always(502, "", "Retry-After", "2"), always(500, ""))
		client := newClient(t, s, withRetries(1))
		var wait sync.WaitGroup
		wait.Go(func() {
			err := readGroup(t, client)
			if failed, ok := errors.AsType[*heygen.Error](err); !ok || failed.Status != 502 || time.Since(s.start) != 2*time.Second {
				t.Errorf("%v after %v", err, time.Since(s.start))
			}
		})
		synctest.Wait()
		short, cancel := context.WithTimeout(t.Context(), initialBackoff[0]) // no time for a retry
		defer cancel()
		for range 9 {
			_, _ = client.AvatarGroup(short, "g")
		}
		wait.Wait()
		if len(s.calls()) != 10 {
			t.Errorf("%d calls, want 10", len(s.calls()))
		}
	})
}

func TestRetryBeyondTheDeadlineReturnsItsOwn429(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := script(delayed(time.Second, respond429("60")), always(429, `{"error":{"code":"quota_exceeded"}}`, "Retry-After", "3"), groupFound)
		client := newClient(t, s, withRetries(2))
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		defer cancel()
		var wait sync.WaitGroup
		wait.Go(func() { _, _ = client.AvatarGroup(ctx, "g") })
		synctest.Wait()
		_, err := client.AvatarGroup(ctx, "g")
		failed, ok := errors.AsType[*heygen.Error](err)
		if !ok || failed.Code != "quota_exceeded" || failed.Cause != "" || failed.RetryAfter != time.Minute || time.Since(s.start) != time.Second {
			t.Errorf("%v after %v", err, time.Since(s.start))
		}
		wait.Wait()
	})
}

// The first call fails, and is retried while the only slot is busy and others wait for it.
func TestRetryStartsBeforeLaterCalls(t *testing.T) {
	for name, failure := range map[string]upstream{
		"429": respond429("1"), "429 unspecified": unspecified429, "503": always(503, ""), "503 with Retry-After": always(503, "", "Retry-After", "1"), "cut": failing(io.EOF),
	} {
		synctest.Test(t, func(t *testing.T) {
			var order []string // with one slot, only one request at a time
			s := script(failure, delayed(2*time.Second, groupFound))
			client := newClient(t, upstream(func(r *http.Request) (*http.Response, error) {
				order = append(order, r.URL.Path[len("/v3/avatars/"):])
				return s.RoundTrip(r)
			}), withRetries(2), func(o *heygen.Options) { o.MaxConcurrent = 1 })
			var wait sync.WaitGroup
			for _, id := range []heygen.GroupID{"a", "b", "c", "d"} {
				wait.Go(func() { _, _ = client.AvatarGroup(t.Context(), id) })
				synctest.Wait()
			}
			wait.Wait()
			want := []string{"a", "a", "b", "c", "d"} // no other starts in the back-off
			if !strings.HasPrefix(name, "429") {
				want = []string{"a", "b", "a", "c", "d"}
			}
			if !slices.Equal(order, want) {
				t.Errorf("%s: %v, want %v", name, order, want)
			}
		})
	}
}

// Twenty calls queue at one a second after a back-off of 4 s. A later call that has too
// little time for that is to be repeated after the back-off, not after the queue.
func TestRetryAfterIsTheRemainingBackoff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		client := newClient(t, script(respond429("4"), groupFound))
		_ = readGroup(t, client)
		var wait sync.WaitGroup
		wait.Go(func() { concurrently(t, client, 20) })
		synctest.Wait()
		for _, want := range []time.Duration{4 * time.Second, 2500 * time.Millisecond, time.Second, time.Second} {
			ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
			_, err := client.AvatarGroup(ctx, "g")
			if failed, ok := errors.AsType[*heygen.Error](err); !ok || failed.Kind != heygen.ErrRateLimited || !failed.NotSent || failed.RetryAfter != want {
				t.Errorf("%v, Retry-After %v, want %v", err, failed.RetryAfter, want)
			}
			cancel()
			<-time.After(1500 * time.Millisecond)
		}
		wait.Wait()
	})
}

func TestRetryAfterOfA429WithoutOneIsTheBackoff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for retries, want := range []time.Duration{time.Second, 2 * time.Second, 4 * time.Second} {
			err := readGroup(t, newClient(t, unspecified429, withRetries(retries)))
			if failed, ok := errors.AsType[*heygen.Error](err); !ok || failed.Kind != heygen.ErrRateLimited || failed.RetryAfter != want {
				t.Errorf("after %d retries: %v, Retry-After %v, want %v", retries, err, failed.RetryAfter, want)
			}
		}
	})
}
