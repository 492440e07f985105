package heygen

import (
	"context"
	"log/slog"
	"time"
)

// account is what one credential has to itself: HeyGen counts calls by key, and
// what it thinks of one key says nothing of another.
type account struct {
	pace     pace
	slots    chan struct{} // one for each call under way
	breakers breakers
	budget   budget
}

func newAccount(maxConcurrent int, log *slog.Logger) *account {
	return &account{pace: pace{log: log}, slots: make(chan struct{}, maxConcurrent), breakers: breakers{log: log}}
}

// ask makes one try as soon as the breaker, the pace and a slot let it. asked
// tells whether there was one; the error of what was not asked has no Endpoint.
func (a *account) ask(ctx context.Context, endpoint string, timeout time.Duration, try func(context.Context) (answer, *Error)) (got answer, failed *Error, asked bool) {
	seen, done, failed := a.admit(ctx, a.breakers.of(endpoint))
	if failed != nil {
		return answer{}, failed, false
	}
	defer func() { <-a.slots }()
	says := errNoVerdict // if the transport panics
	defer func() { done(says) }()

	begun := time.Now()
	bounded, cancel := context.WithTimeout(noDeadline{ctx}, timeout)
	defer cancel()
	got, failed = try(bounded)
	says = verdict(failed, ctx.Err() != nil && time.Since(begun) < timeout/3)
	switch {
	case failed != nil && failed.Kind == ErrRateLimited:
		a.pace.limited(seen, failed.RetryAfter)
	case says == nil:
		a.pace.answered(seen)
	}
	return got, failed, true
}

// noDeadline keeps a deadline that may move on out of sight: a shorter timeout
// than it would be left out for its sake, and then nothing would end the call as
// long as others come to wait for it. It still ends with its context.
type noDeadline struct{ context.Context }

func (noDeadline) Deadline() (time.Time, bool) { return time.Time{}, false }

// admit waits for a trial, as long as patience lasts, and then for a turn.
func (a *account) admit(ctx context.Context, b *breaker) (seen int, done func(error), refused *Error) {
	for patience := trialPatience; ; {
		if ctx.Err() == nil && !b.await(ctx, &patience) {
			return 0, nil, notAsked()
		}
		seen, done, refused = a.enter(ctx, b)
		if done != nil || refused != nil {
			return seen, done, refused
		}
	}
}

func notAsked() *Error {
	return &Error{Kind: ErrUnavailable, Cause: "not asked: HeyGen kept failing", NotSent: true}
}

// maxWaiting is how many calls may wait for each slot. At HeyGen's 300 ms a call
// the last of them waits 12 s; when HeyGen hangs, those beyond would wait in vain,
// and keep all of a server's room for operations.
const maxWaiting = 40

// enter takes a slot for a call that may begin at once, and the breaker's leave.
// No slot is held for one that has to wait: a 429 while it waited for the slot
// sends it back. Neither a call nor an error: another is on trial.
func (a *account) enter(ctx context.Context, b *breaker) (seen int, done func(error), refused *Error) {
	turn := a.pace.enqueue(ctx, maxWaiting*cap(a.slots))
	if turn == nil {
		return 0, nil, &Error{Kind: ErrOverloaded, Cause: "not asked: too many calls wait already", NotSent: true}
	}
	defer a.pace.leave(turn)
	for {
		if rest, ok := a.pace.await(turn); !ok {
			return 0, nil, &Error{Kind: ErrRateLimited, Cause: "not asked: HeyGen wants a pause", Status: 429, RetryAfter: rest, NotSent: true}
		}
		if ctx.Err() == nil && b.open() { // since it joined the line: it does not use up a turn
			return 0, nil, notAsked()
		}
		slot := false
		select {
		case a.slots <- struct{}{}:
			slot = true
		case <-ctx.Done():
		}
		if ctx.Err() != nil { // also with a slot: of two cases that are ready, select picks at random
			if slot {
				<-a.slots
			}
			cause, kind := broken(ctx, ctx.Err())
			return 0, nil, &Error{Kind: kind, Cause: cause}
		}
		done, again := b.allow()
		if done == nil {
			<-a.slots
			if again {
				return 0, nil, nil
			}
			return 0, nil, notAsked()
		}
		if seen, ok := a.pace.begin(turn); ok {
			return seen, done, nil
		}
		done(errNoVerdict)
		<-a.slots
	}
}
