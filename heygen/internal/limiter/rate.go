package limiter

import (
	"log/slog"
	"math"
	"slices"
	"sync"
	"time"
)

const (
	initialBackoff = time.Second      // after a 429 without Retry-After, doubled for each consecutive one
	maxBackoff     = 30 * time.Second // for a 429 without Retry-After
	rateWindow     = time.Second      // over which the rate before a 429 is measured
	minBaseRate    = 2                // calls in it, so that half is one call a second
	recoveryStep   = 5 * time.Second  // after which the rate grows by an eighth of baseRate
)

// rateLimiter adapts the rate at which the calls of a credential start. HeyGen
// publishes no rate limit, so it is learned, by additive increase and
// multiplicative decrease (AIMD). After a 429 no call starts until the back-off
// ends. Then calls start at half the previous rate, evenly spaced, and the rate
// grows by an eighth every five seconds, until it is no longer limited.
type rateLimiter struct {
	log *slog.Logger

	mu              sync.Mutex
	recentStarts    []time.Time // of the last second
	backoffUntil    time.Time   // end of the back-off: no call starts before
	unspecified429s int         // consecutive 429s without Retry-After
	epoch           int         // the number of rate reductions
	baseRate        float64     // calls a second before the reductions; 0: never reduced
	rateFactor      float64     // fraction of baseRate that is allowed at pausedUntil
	nextStart       time.Time   // while the rate is limited no call starts before
	queue           []*waiter   // in order of arrival
}

// rateFactorAt returns the fraction of baseRate that is allowed. From 1 on the
// rate is not limited.
func (r *rateLimiter) rateFactorAt(now time.Time) float64 {
	return r.rateFactor + float64(max(0, now.Sub(r.backoffUntil))/recoveryStep)/8
}

// rateAt returns how many calls a second may start. 0: the rate is not limited.
func (r *rateLimiter) rateAt(now time.Time) float64 {
	factor := r.rateFactorAt(now)
	if r.baseRate == 0 || factor >= 1 {
		return 0
	}
	return r.baseRate * factor
}

// intervalAt returns the interval between two starts. It is rounded up, so that
// a second never has one start too many.
func (r *rateLimiter) intervalAt(now time.Time) time.Duration {
	rate := r.rateAt(now)
	if rate == 0 {
		return 0
	}
	return time.Duration(math.Ceil(float64(time.Second) / rate))
}

// delayAt returns how long the call at a position of the queue still has to wait.
// It is exact for position 0, and an upper bound for the others, as the rate may
// grow meanwhile.
func (r *rateLimiter) delayAt(now time.Time, position int) time.Duration {
	at := now
	if r.backoffUntil.After(at) {
		at = r.backoffUntil
	}
	if r.rateAt(at) > 0 && r.nextStart.After(at) {
		at = r.nextStart
	}
	return at.Sub(now) + time.Duration(position)*r.intervalAt(at)
}

// delay returns how long a call would wait that was queued now.
func (r *rateLimiter) delay() time.Duration {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.delayAt(time.Now(), len(r.queue))
}

// onRateLimited backs off after a 429 to a call that started in epoch: no call of the
// credential starts before Retry-After has passed. retryAfter is 0 if HeyGen sent none. Of the calls that were in flight together the first
// 429 reduces the rate; the others can only extend the back-off.
func (r *rateLimiter) onRateLimited(epoch int, retryAfter time.Duration) {
	pause, reduced := r.backOff(epoch, retryAfter)
	if reduced {
		r.log.Warn("rate limited by HeyGen, backing off", "backoff", pause)
	}
}

func (r *rateLimiter) backOff(epoch int, retryAfter time.Duration) (pause time.Duration, reduced bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	now := time.Now()
	reduced = epoch == r.epoch
	switch {
	case reduced && retryAfter > 0:
		r.unspecified429s = 0
	case reduced:
		r.unspecified429s++
	}
	pause = retryAfter
	if pause == 0 {
		pause = min(maxBackoff, initialBackoff<<min(max(0, r.unspecified429s-1), 10))
	}
	factor := r.rateFactorAt(now)
	if reduced {
		if r.rateAt(now) == 0 { // not limited: never reduced, or recovered
			r.baseRate, factor = float64(max(minBaseRate, r.pruneStarts(now))), 1
		}
		r.epoch++
		factor = max(factor/2, 1/r.baseRate)
	}
	r.rateFactor = factor // it grows from the end of the back-off, which moves
	if until := now.Add(pause); until.After(r.backoffUntil) {
		r.backoffUntil = until
	}
	notify(r.queue) // the back-off may now end after the deadline of some
	return pause, reduced
}

// pruneStarts removes the starts that are older than the window, and returns the
// number of the others.
func (r *rateLimiter) pruneStarts(now time.Time) int {
	recent := slices.IndexFunc(r.recentStarts, func(at time.Time) bool { return now.Sub(at) < rateWindow })
	if recent < 0 {
		recent = len(r.recentStarts)
	}
	r.recentStarts = r.recentStarts[recent:]
	return len(r.recentStarts)
}

// onSuccess ends a series of 429s: HeyGen responded to a call that started in
// epoch, and not with a 429 or a failure.
func (r *rateLimiter) onSuccess(epoch int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if epoch == r.epoch {
		r.unspecified429s = 0
	}
}
