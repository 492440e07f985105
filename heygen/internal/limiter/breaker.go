package limiter

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"github.com/sony/gobreaker/v2"
)

const (
	failuresInARow = 10              // open it, however long they took
	fewestCalls    = 20              // of which a share is told
	failedPercent  = 60              // of the calls that ended lately, opens it
	lately         = 10              // seconds
	openFor        = 5 * time.Second // then one call tries
	trialPatience  = 2 * time.Second // that others wait for its end: HeyGen answers 99 % of reads by then
)

var (
	errFailed    = errors.New("failed")
	errNoVerdict = errors.New("says nothing of HeyGen")
)

// breaker keeps calls away from a HeyGen that keeps failing. gobreaker holds the
// state and the place of the one trial call, but not the counts: it puts a call
// where it began, and forgets one that took longer than the window of 10 s. So a
// timeout, after 15 s, would never count.
type breaker struct {
	circuit *gobreaker.TwoStepCircuitBreaker[struct{}]
	tally   tally // touched by gobreaker's callbacks alone, which hold its lock

	mu    sync.Mutex
	trial chan struct{} // closed when the trial call has ended
}

// breakers are one for each endpoint: what is asked for by an id that HeyGen
// fails at, again and again, must not keep the lists away.
type breakers struct {
	log *slog.Logger

	mu sync.Mutex
	by map[string]*breaker
}

func (b *breakers) of(endpoint string) *breaker {
	b.mu.Lock()
	defer b.mu.Unlock()
	one := b.by[endpoint]
	if one == nil {
		if b.by == nil {
			b.by = map[string]*breaker{}
		}
		one = newBreaker(b.log.With("endpoint", endpoint))
		b.by[endpoint] = one
	}
	return one
}

func newBreaker(log *slog.Logger) *breaker {
	b := &breaker{}
	b.circuit = gobreaker.NewTwoStepCircuitBreaker[struct{}](gobreaker.Settings{
		MaxRequests: 1,
		Timeout:     openFor - 1, // it is open until more than this has passed
		IsExcluded:  func(err error) bool { return errors.Is(err, errNoVerdict) },
		IsSuccessful: func(err error) bool {
			b.tally.add(time.Now(), err != nil)
			return err == nil
		},
		ReadyToTrip: func(gobreaker.Counts) bool { return b.tally.bad(time.Now()) },
		OnStateChange: func(_ string, _, to gobreaker.State) {
			b.tally = tally{}
			switch to {
			case gobreaker.StateOpen:
				log.Warn("circuit breaker open, not calling HeyGen", "open_for", openFor)
			case gobreaker.StateClosed:
				log.Info("circuit breaker closed, HeyGen has recovered")
			case gobreaker.StateHalfOpen:
			}
		},
	})
	return b
}

// open reports whether no call has a chance.
func (b *breaker) open() bool { return b.circuit.State() == gobreaker.StateOpen }

// await waits while another call is on trial: else the first operation after an
// outage would lose all its calls but one. It takes from patience what it waits,
// and is false where that is no use.
func (b *breaker) await(ctx context.Context, patience *time.Duration) bool {
	for {
		trial := b.onTrial()
		if trial == nil {
			return !b.open()
		}
		since := time.Now()
		timer := time.NewTimer(*patience)
		select {
		case <-trial:
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return true // it has yet to be told how it ended
		}
		timer.Stop()
		*patience -= time.Since(since)
		if *patience <= 0 && b.onTrial() == trial {
			return false
		}
	}
}

// onTrial is closed when the call that is on trial has ended. nil: none is.
func (b *breaker) onTrial() <-chan struct{} {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.trial != nil && b.circuit.State() == gobreaker.StateHalfOpen {
		return b.trial
	}
	return nil
}

// allow lets one try through, or does not. The try must end with done: nil,
// errFailed or errNoVerdict. While another is on trial, again is true: await.
func (b *breaker) allow() (done func(error), again bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	end, err := b.circuit.Allow()
	switch {
	case err != nil:
		return nil, errors.Is(err, gobreaker.ErrTooManyRequests)
	case b.circuit.State() != gobreaker.StateHalfOpen:
		return end, false
	}
	mine := make(chan struct{})
	b.trial = mine
	return func(verdict error) {
		b.mu.Lock()
		defer b.mu.Unlock()
		end(verdict)
		b.trial = nil
		close(mine)
	}, false
}

// verdict is what an outcome counts as: a 429 is a response, so no failure.
func verdict(outcome Outcome) error {
	switch outcome.Result {
	case Ignored:
		return errNoVerdict
	case Failure:
		return errFailed
	default:
		return nil
	}
}

// tally counts the calls that ended, second by second, and the failures in a row.
type tally struct {
	row     int
	seconds [lately]struct {
		at            int64 // Unix time
		calls, failed int
	}
}

func (t *tally) add(now time.Time, failed bool) {
	at := now.Unix()
	second := &t.seconds[at%lately]
	if second.at != at {
		second.at, second.calls, second.failed = at, 0, 0
	}
	second.calls++
	t.row++
	if failed {
		second.failed++
	} else {
		t.row = 0
	}
}

func (t *tally) bad(now time.Time) bool {
	calls, failed := 0, 0
	for _, second := range t.seconds {
		if now.Unix()-second.at < lately {
			calls += second.calls
			failed += second.failed
		}
	}
	return t.row >= failuresInARow || calls >= fewestCalls && failed*100 >= calls*failedPercent
}
