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
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"heygen-graphql/heygen"
)

// failures are what makes HeyGen one that keeps failing.
var failures = map[string]upstream{
	"500":        always(500, ""),
	"501":        always(501, ""),
	"503":        always(503, ""),
	"no answer":  fails(io.EOF),
	"broken off": upstream(func(*http.Request) (*http.Response, error) { return brokenOff(), nil }),
	"timeout":    hang,
	"late body":  drip(200),
}

func brokenOff() *http.Response {
	res := answer(200, "")
	res.Body = &trackedBody{remaining: 10, err: io.ErrUnexpectedEOF, fill: ' '}
	return res
}

// kept expects that HeyGen was not asked, as it kept failing.
func kept(t *testing.T, err error) {
	t.Helper()
	told, ok := errors.AsType[*heygen.Error](err)
	if !ok || told.Kind != heygen.ErrUnavailable || told.Status != 0 || !told.NotSent || told.Cause != "not asked: HeyGen kept failing" || told.Endpoint != "GET /v3/avatars/{group_id}" {
		t.Errorf("%v, want one that says that HeyGen was not asked", err)
	}
}

func TestAfterTenFailuresInARowNothingIsAsked(t *testing.T) {
	for name, failure := range failures {
		synctest.Test(t, func(t *testing.T) {
			s := script(slices.Repeat([]upstream{failure}, 9)...)
			client := newClient(t, s)
			for range 9 { // one after the other: of timeouts, over two minutes
				_ = askGroup(t, client)
			}
			s.then(found, failure)
			if err := askGroup(t, client); err != nil {
				t.Errorf("%s: after nine: %v", name, err)
			}
			<-time.After(time.Minute) // so that no share of many is told
			for range 10 {
				_ = askGroup(t, client)
			}
			if n := len(s.calls()); n != 20 {
				t.Errorf("%s: %d calls, want 20", name, n)
			}
			before := time.Now()
			for range 5 {
				kept(t, askGroup(t, client))
			}
			if n := len(s.calls()); n != 20 || time.Since(before) != 0 {
				t.Errorf("%s: %d calls after that, in %v", name, n-20, time.Since(before))
			}
		})
	}
}

// What HeyGen answers, and be it nonsense, is an answer.
func TestWhatIsNoFailureOfHeyGensClosesNothing(t *testing.T) {
	for name, step := range map[string]upstream{
		"200": found, "400": always(400, ""), "401": always(401, ""), "404": always(404, ""), "429": always(429, ""),
		"redirect": always(302, ""), "418": always(418, ""), "nonsense": always(200, "<html>"), "another id": always(200, `{"data":`+itemJSON("h", "")+`}`),
	} {
		synctest.Test(t, func(t *testing.T) {
			s := script(step)
			client := newClient(t, s)
			for range 50 {
				_ = askGroup(t, client)
			}
			if len(s.calls()) != 50 {
				t.Errorf("%s: %d calls, want 50", name, len(s.calls()))
			}
		})
	}
}

func TestThreeFifthsOfTwentyCallsInTenSecondsAreTooMany(t *testing.T) {
	fail, ok := always(500, ""), found
	fifth := []upstream{fail, ok, fail, ok, fail} // three of five, and never ten in a row
	for name, c := range map[string]struct {
		steps []upstream
		every time.Duration
		open  bool
	}{
		"12 of 20":                 {slices.Repeat(fifth, 4), 400 * time.Millisecond, true},
		"11 of 19":                 {slices.Repeat(fifth, 4)[1:], 400 * time.Millisecond, false},
		"12 of 21":                 {append([]upstream{ok}, slices.Repeat(fifth, 4)...), 400 * time.Millisecond, false},
		"12 of 20 in 20 s":         {slices.Repeat(fifth, 4), time.Second, false},
		"30 of 50, 19 in any 10 s": {slices.Repeat(fifth, 10), 555 * time.Millisecond, false},
	} {
		synctest.Test(t, func(t *testing.T) {
			s := script(c.steps...)
			client := newClient(t, s)
			for range c.steps {
				_ = askGroup(t, client)
				<-time.After(c.every)
			}
			if n := len(s.calls()); n != len(c.steps) {
				t.Errorf("%s: it opened after %d calls", name, n)
			}
			s.then(found)
			if err := askGroup(t, client); (err != nil) != c.open {
				t.Errorf("%s: %v", name, err)
			}
		})
	}
}

func TestWhatIsTenSecondsOldCountsNoLonger(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		fail := always(500, "")
		s := script(slices.Repeat([]upstream{fail, found, fail, fail}, 5)[1:]...) // 14 of 19
		client := newClient(t, s)
		for range 19 {
			_ = askGroup(t, client)
		}
		<-time.After(13 * time.Second)
		s.then(fail)
		for range 5 {
			_ = askGroup(t, client)
		}
		s.then(found)
		if err := askGroup(t, client); err != nil {
			t.Error(err)
		}
	})
}

func TestWhatWasBeforeTheTrialCountsNoLonger(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := script(found)
		client := newClient(t, s)
		openUp(t, s, client)
		<-time.After(5 * time.Second)
		succeed(t, s, client, 5)
		s.then(always(500, ""))
		for range 9 { // with those before, 19 of 24 in ten seconds
			_ = askGroup(t, client)
		}
		succeed(t, s, client, 1)
	})
}

// openUp makes HeyGen one that is not asked.
func openUp(t *testing.T, s *scripted, client *heygen.Client) {
	t.Helper()
	s.then(always(500, ""))
	for range 10 {
		_ = askGroup(t, client)
	}
	kept(t, askGroup(t, client))
}

func TestAfterFiveSecondsOneCallTries(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var log bytes.Buffer
		s := script(found)
		client := newClient(t, s, func(o *heygen.Options) { o.Logger = slog.New(slog.NewTextHandler(&log, nil)) })
		openUp(t, s, client)
		<-time.After(5*time.Second - 1)
		kept(t, askGroup(t, client))
		<-time.After(1)

		s.then(after(time.Second, always(503, "")))
		before := len(s.calls())
		errs := burst(t, client, 10)
		if n := len(s.calls()) - before; n != 1 {
			t.Errorf("%d calls try", n)
		}
		n := 0
		for _, err := range errs {
			if told, ok := errors.AsType[*heygen.Error](err); ok && told.Status == 503 {
				n++
				continue
			}
			kept(t, err)
		}
		if n != 1 {
			t.Errorf("%d calls have an answer", n)
		}

		// It failed, and so it is open for five seconds more; then one succeeds.
		<-time.After(5*time.Second - 1)
		kept(t, askGroup(t, client))
		<-time.After(1)
		s.then(found)
		for range 5 {
			if err := askGroup(t, client); err != nil {
				t.Error(err)
			}
		}
		// What was before counts no longer.
		s.then(always(500, ""))
		before = len(s.calls())
		for range 20 {
			_ = askGroup(t, client)
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

// Ten calls come together after an outage: one tries, and the others go when it
// has succeeded. They wait for it two seconds, and not for a slot or a turn.
func TestATrialIsWaitedForAWhile(t *testing.T) {
	for _, test := range []struct {
		trial upstream
		took  time.Duration // of all but the trial
		fine  int
		calls int
	}{
		{after(time.Second, found), time.Second, 10, 10},
		{after(1900*time.Millisecond, always(500, "")), 1900 * time.Millisecond, 0, 1},
		{after(3*time.Second, found), 2 * time.Second, 1, 1},
		{hang, 2 * time.Second, 0, 1},
	} {
		synctest.Test(t, func(t *testing.T) {
			s := script(found)
			client := newClient(t, s)
			openUp(t, s, client)
			<-time.After(5 * time.Second)
			s.then(test.trial, found)
			before, start := len(s.calls()), time.Now()
			var mu sync.Mutex
			var all sync.WaitGroup
			fine, inTime := 0, 0
			for range 10 {
				all.Go(func() {
					err := askGroup(t, client)
					mu.Lock()
					defer mu.Unlock()
					if err == nil {
						fine++
					}
					if time.Since(start) == test.took {
						inTime++
					}
				})
			}
			all.Wait()
			if calls := len(s.calls()) - before; fine != test.fine || calls != test.calls || inTime < 9 {
				t.Errorf("%d of 10 succeed in %d calls, %d after %v", fine, calls, inTime, test.took)
			}
		})
	}
	synctest.Test(t, func(t *testing.T) { // who leaves does not wait
		s := script(found)
		client := newClient(t, s)
		openUp(t, s, client)
		<-time.After(5 * time.Second)
		s.then(hang)
		trial, end := context.WithCancel(t.Context())
		defer end()
		go func() { _, _ = client.AvatarGroup(trial, "g") }()
		synctest.Wait()
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		start := time.Now()
		_, err := client.AvatarGroup(ctx, "g")
		if time.Since(start) != time.Second {
			t.Errorf("%v after %v", err, time.Since(start))
		}
	})
}

// A trial call that says nothing of HeyGen leaves its place to another.
func TestATrialThatSaysNothingIsFollowedByAnother(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for name, way := range contextEndings {
			s := script(found)
			client := newClient(t, s)
			openUp(t, s, client)
			<-time.After(5 * time.Second)
			for _, step := range []upstream{hang, drip(200)} {
				s.then(step)
				ctx, cancel := way.end(t.Context())
				if _, err := client.AvatarGroup(ctx, "g"); !errors.Is(err, way.kind) {
					t.Errorf("%s: %v", name, err)
				}
				cancel()
			}
			s.then(found)
			if err := askGroup(t, client); err != nil {
				t.Errorf("%s: the call after it: %v", name, err)
			}

			openUp(t, s, client)
			<-time.After(5 * time.Second)
			s.then(hang)
			ctx, cancel := way.end(t.Context())
			_, _ = client.AvatarGroup(ctx, "g")
			cancel()
			s.then(always(500, ""))
			_ = askGroup(t, client) // the trial still, or one failure would not do
			kept(t, askGroup(t, client))
		}
	})
}

func TestATransportThatPanicsTakesNothingWithIt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := script(found)
		client := newClient(t, s, func(o *heygen.Options) { o.MaxConcurrent = 1 })
		panics := func() (got any) {
			defer func() { got = recover() }()
			s.then(func(*http.Request) (*http.Response, error) { panic("a transport's own") })
			_ = askGroup(t, client)
			return nil
		}
		for range 20 {
			if got := panics(); got != "a transport's own" {
				t.Fatalf("%v", got)
			}
		}
		s.then(found)
		if err := askGroup(t, client); err != nil {
			t.Errorf("after panics: %v", err)
		}
		openUp(t, s, client)
		<-time.After(5 * time.Second)
		panics()
		s.then(found)
		if err := askGroup(t, client); err != nil {
			t.Errorf("after a trial that panics: %v", err)
		}
		openUp(t, s, client)
		<-time.After(5 * time.Second)
		panics()
		s.then(always(500, ""))
		_ = askGroup(t, client) // the trial, as the other was none
		kept(t, askGroup(t, client))
	})
}
