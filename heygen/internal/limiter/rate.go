package limiter

import (
	"math"
	"slices"
	"time"
)

const (
	initialBackoff = time.Second      // after a 429 without Retry-After, doubled for each consecutive one
	maxBackoff     = 30 * time.Second // for a 429 without Retry-After
	rateWindow     = time.Second      // over which the rate before a 429 is measured
	minBaseRate    = 2                // calls in it, so that half is one call a second
	recoveryStep   = 5 * time.Second  // after which the rate grows by an eighth of its base
)

// rate adapts the rate at which the calls of a credential start. HeyGen
// publishes no rate limit, so it is learned, by additive increase and
// multiplicative decrease (AIMD). After a 429 no call starts until the back-off
// ends. Then calls start at half the previous rate, evenly spaced, and the rate
// grows by an eighth every five seconds, until it is no longer limited. It is guarded
// by the lock of its queue.
type rate struct {
	recentStarts    []time.Time // of the last second
	backoffUntil    time.Time   // end of the back-off: no call starts before
	unspecified429s int         // consecutive 429s without Retry-After
	epoch           int         // the number of rate reductions
	reducedAt       time.Time   // the last of them
	base            float64     // calls a second before the reductions; 0: never reduced
	factor          float64     // fraction of base that is allowed at backoffUntil
	spacedUntil     time.Time   // while the rate is limited no call starts before
}

// factorAt returns the fraction of base that is allowed. From 1 on the rate is not
// limited.
func (r *rate) factorAt(now time.Time) float64 {
	return r.factorAfter(int(max(0, now.Sub(r.backoffUntil)) / recoveryStep))
}

func (r *rate) factorAfter(steps int) float64 { return r.factor + float64(steps)/8 }

// recoveredAt returns from when on the rate is not limited.
func (r *rate) recoveredAt() time.Time {
	steps := 0
	for r.factorAfter(steps) < 1 {
		steps++
	}
	return r.backoffUntil.Add(time.Duration(steps) * recoveryStep)
}

// perSecondAt returns how many calls a second may start. 0: the rate is not limited.
func (r *rate) perSecondAt(now time.Time) float64 {
	factor := r.factorAt(now)
	if r.base == 0 || factor >= 1 {
		return 0
	}
	return r.base * factor
}

// limited reports whether calls have to wait for a back-off or for each other's starts.
func (r *rate) limited(now time.Time) bool {
	return r.backoffUntil.After(now) || r.perSecondAt(now) > 0
}

// nextStart returns when a call may start, which is now or later.
func (r *rate) nextStart(now time.Time) time.Time {
	at := now
	if r.backoffUntil.After(at) {
		at = r.backoffUntil
	}
	if r.perSecondAt(at) > 0 && r.spacedUntil.After(at) {
		at = r.spacedUntil
	}
	return at
}

// startAfter returns when a call may start at the earliest after one that started at a
// time. The interval is rounded up, so that a second never has one start too many.
func (r *rate) startAfter(start time.Time) time.Time {
	perSecond := r.perSecondAt(start)
	if perSecond == 0 {
		return start
	}
	next := start.Add(time.Duration(math.Ceil(float64(time.Second) / perSecond)))
	if recovered := r.recoveredAt(); recovered.Before(next) {
		return recovered
	}
	return next
}

// onStart counts a call that starts.
func (r *rate) onStart(now time.Time) {
	r.pruneStarts(now)
	r.recentStarts = append(r.recentStarts, now)
	r.spacedUntil = r.startAfter(now)
}

// undoStart forgets a start after which nothing was sent.
func (r *rate) undoStart(at time.Time) {
	if i := slices.IndexFunc(r.recentStarts, at.Equal); i >= 0 {
		r.recentStarts = slices.Delete(r.recentStarts, i, i+1)
	}
	if r.spacedUntil.Equal(r.startAfter(at)) {
		r.spacedUntil = at
	}
}

// backOff backs off after a 429 to a call that started in epoch: no call of the
// credential starts before Retry-After has passed. retryAfter is 0 if HeyGen sent
// none. Of the calls that were in flight together the first 429 reduces the rate; the
// others can only extend the back-off.
func (r *rate) backOff(epoch int, retryAfter time.Duration) (pause time.Duration, reduced bool) {
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
	r.pause(now, pause, reduced)
	return pause, reduced
}

// sameBackoff is the difference up to which the ends of two back-offs are those of one, as
// several processes know it.
const sameBackoff = 500 * time.Millisecond

// onBackoffReceived backs off because HeyGen has rate limited another process. It reduces
// the rate at most once a second, and neither in a back-off nor because of its remainder:
// every call that was rate limited in it was in flight together with the first. It reports
// whether it has reduced the rate.
func (r *rate) onBackoffReceived(pause time.Duration) (reduced bool) {
	now := time.Now()
	reduced = !r.backoffUntil.After(now) && now.Add(pause).Sub(r.backoffUntil) >= sameBackoff && now.Sub(r.reducedAt) >= time.Second
	r.pause(now, pause, reduced)
	return reduced
}

// pause starts or extends the back-off. reduced halves the rate after it.
func (r *rate) pause(now time.Time, pause time.Duration, reduced bool) {
	factor := r.factorAt(now)
	if reduced {
		if r.perSecondAt(now) == 0 { // not limited: never reduced, or recovered
			r.base, factor = float64(max(minBaseRate, r.pruneStarts(now))), 1
		}
		r.epoch++
		r.reducedAt = now
		factor = max(factor/2, 1/r.base)
	}
	r.factor = factor // it grows from the end of the back-off, which moves
	if until := now.Add(pause); until.After(r.backoffUntil) {
		r.backoffUntil = until
	}
}

// retryAfter returns what is left of the back-off, at least a second: HeyGen documents
// whole seconds, and calls start at no less than one a second then.
func (r *rate) retryAfter(now time.Time) time.Duration {
	return max(time.Second, r.backoffUntil.Sub(now))
}

// pruneStarts removes the starts that are older than the window, and returns the
// number of the others.
func (r *rate) pruneStarts(now time.Time) int {
	recent := slices.IndexFunc(r.recentStarts, func(at time.Time) bool { return now.Sub(at) < rateWindow })
	if recent < 0 {
		recent = len(r.recentStarts)
	}
	r.recentStarts = r.recentStarts[recent:]
	return len(r.recentStarts)
}

// onSuccess ends a series of 429s: HeyGen responded to a call that started in
// epoch, and not with a 429 or a failure.
func (r *rate) onSuccess(epoch int) {
	if epoch == r.epoch {
		r.unspecified429s = 0
	}
}
