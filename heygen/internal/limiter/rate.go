package limiter

import (
	"log/slog"
	"math"
	"slices"
	"sync"
	"time"
)

const (
	firstMutePause = time.Second      // after a 429 that names none, doubled with each further one
	longestMute    = 30 * time.Second // at most
	rateWindow     = time.Second      // of which the rate before a 429 is told
	leastSeen      = 2                // calls in it, so that one a second is left
	recoveryStep   = 5 * time.Second  // after which an eighth more is tried
)

// pace is how fast a credential may ask. HeyGen publishes no rate, so it is
// learnt: after a 429 nothing is asked until its pause is over, then half as
// fast as before, evenly spaced, and an eighth of that rate faster every five
// seconds until nothing is held back.
type pace struct {
	log *slog.Logger

	mu      sync.Mutex
	begun   []time.Time // the calls begun in the last second
	until   time.Time   // no call begins before
	mutes   int         // 429s in a row that named no pause
	reduced int         // how often the rate was reduced
	full    float64     // calls a second before that; 0: never reduced
	share   float64     // of full, when the pause is over
	next    time.Time   // while the rate is reduced no call begins before
	waiting []*turn     // in order of arrival
}

// shareAt is the share of the full rate that is free.
func (p *pace) shareAt(now time.Time) float64 {
	return p.share + float64(max(0, now.Sub(p.until))/recoveryStep)/8
}

// rate is how many calls a second may begin. 0: any number.
func (p *pace) rate(now time.Time) float64 {
	share := p.shareAt(now)
	if p.full == 0 || share >= 1 {
		return 0
	}
	return p.full * share
}

// interval is how long after a call the next one may begin. It is rounded up, so
// that the calls of a second are never one more.
func (p *pace) interval(now time.Time) time.Duration {
	rate := p.rate(now)
	if rate == 0 {
		return 0
	}
	return time.Duration(math.Ceil(float64(time.Second) / rate))
}

// wait is how long a call with so many before it still has to wait: to the
// nanosecond for the next one, and for those after it at most, as the rate may
// rise meanwhile.
func (p *pace) wait(now time.Time, before int) time.Duration {
	at := now
	if p.until.After(at) {
		at = p.until
	}
	if p.rate(at) > 0 && p.next.After(at) {
		at = p.next
	}
	return at.Sub(now) + time.Duration(before)*p.interval(at)
}

// rest is how long a call that came now would wait.
func (p *pace) rest() time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.wait(time.Now(), len(p.waiting))
}

// limited is a 429 to a call that began when seen was so; asked is the pause that
// HeyGen named, 0 for none. Of the calls that were under way together the first
// reduces the rate, and the others make the pause longer at most.
func (p *pace) limited(seen int, asked time.Duration) {
	pause, first := p.reduce(seen, asked)
	if first {
		p.log.Warn("rate limited by HeyGen, backing off", "backoff", pause)
	}
}

func (p *pace) reduce(seen int, asked time.Duration) (pause time.Duration, first bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := time.Now()
	first = seen == p.reduced
	switch {
	case first && asked > 0:
		p.mutes = 0
	case first:
		p.mutes++
	}
	if asked == 0 {
		asked = min(longestMute, firstMutePause<<min(max(0, p.mutes-1), 10))
	}
	share := p.shareAt(now)
	if first {
		if p.rate(now) == 0 { // nothing was held back, whatever was once
			p.full, share = float64(max(leastSeen, p.lately(now))), 1
		}
		p.reduced++
		share = max(share/2, 1/p.full)
	}
	p.share = share // as it grows from the end of the pause on, which is a new one
	if until := now.Add(asked); until.After(p.until) {
		p.until = until
	}
	wake(p.waiting) // some may not have that long
	return asked, first
}

// lately forgets the calls that began longer ago than the window, and counts the others.
func (p *pace) lately(now time.Time) int {
	recent := slices.IndexFunc(p.begun, func(at time.Time) bool { return now.Sub(at) < rateWindow })
	if recent < 0 {
		recent = len(p.begun)
	}
	p.begun = p.begun[recent:]
	return len(p.begun)
}

// answered is any answer but a 429 or a failure: a 429 after it is the first in a row.
func (p *pace) answered(seen int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if seen == p.reduced {
		p.mutes = 0
	}
}
