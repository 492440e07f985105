package heygen_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"heygen-graphql/heygen"
)

// serverFailures are what a circuit breaker counts as failures.
var serverFailures = map[string]upstream{
	"500":         always(500, ""),
	"501":         always(501, ""),
	"503":         always(503, ""),
	"no response": failing(io.EOF),
	"truncated":   upstream(func(*http.Request) (*http.Response, error) { return truncatedResponse(), nil }),
	"timeout":     hang,
	"late body":   slowBody(200),
}

func truncatedResponse() *http.Response {
	res := newResponse(200, "")
	res.Body = &trackedBody{remaining: 10, err: io.ErrUnexpectedEOF, fill: ' '}
	return res
}

func wantCircuitOpen(t *testing.T, err error) {
	t.Helper()
	failed, ok := errors.AsType[*heygen.Error](err)
	if !ok || failed.Kind != heygen.ErrUnavailable || failed.Status != 0 || !failed.NotSent || failed.Cause != "not sent: the circuit breaker is open" || failed.Endpoint != "GET /v3/avatars/{group_id}" {
		t.Errorf("%v, want the error of an open circuit breaker", err)
	}
}

func TestBreakerOpensAfterTenConsecutiveFailures(t *testing.T) {
	for name, failure := range serverFailures {
		synctest.Test(t, func(t *testing.T) {
			s := script(slices.Repeat([]upstream{failure}, 9)...)
			client := newClient(t, s)
			for range 9 { // consecutively: timeouts take over two minutes
				_ = readGroup(t, client)
			}
			s.then(groupFound, failure)
			if err := readGroup(t, client); err != nil {
				t.Errorf("%s: after nine: %v", name, err)
			}
			<-time.After(time.Minute) // so that no percentage counts
			for range 10 {
				_ = readGroup(t, client)
			}
			if n := len(s.calls()); n != 20 {
				t.Errorf("%s: %d calls, want 20", name, n)
			}
			before := time.Now()
			for range 5 {
				wantCircuitOpen(t, readGroup(t, client))
			}
			if n := len(s.calls()); n != 20 || time.Since(before) != 0 {
				t.Errorf("%s: %d calls after that, in %v", name, n-20, time.Since(before))
			}
		})
	}
}

// Any other response, even an invalid one, shows that HeyGen is available.
func TestOtherResponsesDoNotOpenTheBreaker(t *testing.T) {
	for name, step := range map[string]upstream{
		"200": groupFound, "400": always(400, ""), "401": always(401, ""), "404": always(404, ""), "429": always(429, ""),
		"redirect": always(302, ""), "418": always(418, ""), "nonsense": always(200, "<html>"), "another id": always(200, `{"data":`+itemJSON("h", "")+`}`),
	} {
		synctest.Test(t, func(t *testing.T) {
			s := script(step)
			client := newClient(t, s)
			for range 50 {
				_ = readGroup(t, client)
			}
			if len(s.calls()) != 50 {
				t.Errorf("%s: %d calls, want 50", name, len(s.calls()))
			}
		})
	}
}

// openBreaker makes calls until the circuit breaker opens.
func openBreaker(t *testing.T, s *scriptedUpstream, client *heygen.Client) {
	t.Helper()
	s.then(always(500, ""))
	for range 10 {
		_ = readGroup(t, client)
	}
	wantCircuitOpen(t, readGroup(t, client))
}

func TestHalfOpenBreakerAllowsOneProbe(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var log bytes.Buffer
		s := script(groupFound)
		client := newClient(t, s, func(o *heygen.Options) { o.Logger = slog.New(slog.NewTextHandler(&log, nil)) })
		openBreaker(t, s, client)
		<-time.After(5*time.Second - 1)
		wantCircuitOpen(t, readGroup(t, client))
		<-time.After(1)

		s.then(delayed(time.Second, always(503, "")))
		before := len(s.calls())
		errs := concurrently(t, client, 10)
		if n := len(s.calls()) - before; n != 1 {
			t.Errorf("%d attempts while half-open", n)
		}
		n := 0
		for _, err := range errs {
			if failed, ok := errors.AsType[*heygen.Error](err); ok && failed.Status == 503 {
				n++
				continue
			}
			wantCircuitOpen(t, err)
		}
		if n != 1 {
			t.Errorf("%d calls have the response of the probe", n)
		}

		// It failed: the breaker is open for five seconds more. The next probe succeeds.
		<-time.After(5*time.Second - 1)
		wantCircuitOpen(t, readGroup(t, client))
		<-time.After(1)
		s.then(groupFound)
		for range 5 {
			if err := readGroup(t, client); err != nil {
				t.Error(err)
			}
		}
		// The failures before the probe no longer count.
		s.then(always(500, ""))
		before = len(s.calls())
		for range 20 {
			_ = readGroup(t, client)
		}
		if n := len(s.calls()) - before; n != 10 {
			t.Errorf("open after %d failures, want 10", n)
		}
		var levels []string
		for line := range strings.Lines(log.String()) {
			_, level, _ := strings.Cut(line, "level=")
			level, _, _ = strings.Cut(level, " ")
			levels = append(levels, level)
		}
		if !slices.Equal(levels, []string{"WARN", "WARN", "INFO", "WARN"}) || strings.Contains(log.String(), "sk_V2") || strings.Contains(log.String(), "http") {
			t.Errorf("log: %s", &log)
		}
	})
}

// A probe that its caller ended early says nothing about HeyGen.
func TestProbeThatItsCallerEndedIsFollowedByAnother(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for name, ending := range contextEndings {
			s := script(groupFound)
			client := newClient(t, s)
			openBreaker(t, s, client)
			<-time.After(5 * time.Second)
			for _, step := range []upstream{hang, slowBody(200)} {
				s.then(step)
				ctx, cancel := ending.end(t.Context())
				if _, err := client.AvatarGroup(ctx, "g"); !errors.Is(err, ending.kind) {
					t.Errorf("%s: %v", name, err)
				}
				cancel()
			}
			s.then(groupFound)
			if err := readGroup(t, client); err != nil {
				t.Errorf("%s: the call after it: %v", name, err)
			}

			openBreaker(t, s, client)
			<-time.After(5 * time.Second)
			s.then(hang)
			ctx, cancel := ending.end(t.Context())
			_, _ = client.AvatarGroup(ctx, "g")
			cancel()
			s.then(always(500, ""))
			_ = readGroup(t, client) // the probe, or one failure would not suffice
			wantCircuitOpen(t, readGroup(t, client))
		}
	})
}

func TestPanickingTransportReleasesItsSlotAndIsIgnored(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := script(groupFound)
		client := newClient(t, s, func(o *heygen.Options) { o.MaxConcurrent = 1 })
		panics := func() (got any) {
			defer func() { got = recover() }()
			s.then(func(*http.Request) (*http.Response, error) { panic("of the transport") })
			_ = readGroup(t, client)
			return nil
		}
		for range 20 {
			if got := panics(); got != "of the transport" {
				t.Fatalf("%v", got)
			}
		}
		s.then(groupFound)
		if err := readGroup(t, client); err != nil {
			t.Errorf("after panics: %v", err)
		}
		openBreaker(t, s, client)
		<-time.After(5 * time.Second)
		panics()
		s.then(groupFound)
		if err := readGroup(t, client); err != nil {
			t.Errorf("after a probe that panics: %v", err)
		}
		openBreaker(t, s, client)
		<-time.After(5 * time.Second)
		panics()
		s.then(always(500, ""))
		_ = readGroup(t, client) // the probe, as the panic was ignored
		wantCircuitOpen(t, readGroup(t, client))
	})
}

// A timeout by the caller's deadline counts if the call had a third of AttemptTimeout or more.
func TestTimeoutByAShortDeadlineIsNotAFailure(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for limit, open := range map[time.Duration]bool{5*time.Second - 1: false, 5 * time.Second: true} {
			s := script(hang)
			client := newClient(t, s)
			for range 30 {
				ctx, cancel := context.WithTimeout(t.Context(), limit)
				_, _ = client.AvatarGroup(ctx, "g")
				cancel()
			}
			if n := len(s.calls()); (n == 30) == open || open && n < 10 {
				t.Errorf("%v: %d calls", limit, n)
			}
		}
	})
}

// A transport's own timeout is not the caller's, however short it is.
func TestTimeoutOfTheTransportIsAFailure(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := script(failing(context.DeadlineExceeded))
		client := newClient(t, s)
		for range 20 {
			_ = readGroup(t, client)
		}
		if n := len(s.calls()); n != 10 {
			t.Errorf("%d calls, want 10", n)
		}
	})
}
