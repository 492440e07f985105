package poll

import (
	"context"
	"math/rand/v2"
	"sync"
	"time"
)

const (
	// minGap is the minimum time between the starts of two polls of a key: webhooks, and the
	// announcements of other processes, may come at any rate.
	minGap = time.Second
	// pollTimeout bounds a poll, its time in queues included.
	pollTimeout = 30 * time.Second
	// followDelay is how long on average a process lets another one poll first, after the value
	// of that one is due: 1 to 3 s. If that process has died, this one polls then.
	followDelay = 2 * time.Second
	// idleIntervals is the number of intervals without a change after which each further one
	// is twice as long.
	idleIntervals = 30
)

// poller polls one key.
type poller[K comparable, V any] struct {
	*state[V]
	pollers *Pollers[K, V]
	key     K
	fetch   Fetch[V]
	ctx     context.Context // done when no watch is left
	cancel  context.CancelFunc
	watches int // guarded by pollers.mu

	wakeMu      sync.Mutex
	woken       chan struct{} // has an element if due or announcedAt was set
	due         bool          // poll now
	announcedAt time.Time     // when another process announced a value; poll unless ours is newer
	newerThan   time.Time     // the next poll must return a value that was fetched later
	storedAt    time.Time     // when the newest value was fetched
	restart     bool          // reset the interval to its minimum
}

func (p *Pollers[K, V]) newPoller(key K, fetch Fetch[V]) *poller[K, V] {
	one := &poller[K, V]{
		state: &state[V]{news: make(chan struct{})}, pollers: p, key: key, fetch: fetch, woken: make(chan struct{}, 1),
	}
	one.ctx, one.cancel = context.WithCancel(p.ctx)
	return one
}

// wake makes the next poll due now. It must return a value that was fetched after since.
func (p *poller[K, V]) wake(since time.Time) {
	p.wakeMu.Lock()
	defer p.wakeMu.Unlock()
	if since.After(p.newerThan) {
		p.newerThan = since
	}
	p.due, p.restart = true, true
	p.signal()
}

// announced makes the next poll due now, unless this process has the value by then: both may
// have waited for the same call.
func (p *poller[K, V]) announced() {
	p.wakeMu.Lock()
	defer p.wakeMu.Unlock()
	p.announcedAt, p.restart = time.Now(), true
	p.signal()
}

// takeWake reports whether the poll for which the poller was woken is still due. A value that
// was stored less than minGap before the announcement of one is the announced one.
func (p *poller[K, V]) takeWake() (due bool) {
	p.wakeMu.Lock()
	defer p.wakeMu.Unlock()
	due = p.due || !p.announcedAt.IsZero() && !p.storedAt.After(p.announcedAt.Add(-minGap))
	p.due, p.announcedAt = false, time.Time{}
	return due
}

// welcome polls a value that a new watch would find too old.
func (p *poller[K, V]) welcome() {
	p.wakeMu.Lock()
	defer p.wakeMu.Unlock()
	p.restart = true
	if !p.storedAt.IsZero() && time.Since(p.storedAt) > p.pollers.options.Interval {
		p.due = true
		p.signal()
	}
}

func (p *poller[K, V]) signal() {
	select {
	case p.woken <- struct{}{}:
	default:
	}
}

// run polls until no watch is left, the resource is gone, or an error stays.
func (p *poller[K, V]) run() {
	o := &p.pollers.options
	defer func() {
		p.pollers.mu.Lock()
		p.pollers.forget(p)
		p.pollers.mu.Unlock()
		p.cancel()
	}()
	changedAt, interval := time.Now(), o.Interval
	for {
		start := time.Now()
		outcome, delay, done := p.poll()
		if p.ctx.Err() != nil {
			p.end(context.Canceled) // for watches, if the pollers are closed
			return
		}
		if done {
			return
		}
		switch now := time.Now(); {
		case outcome == changed, p.takeRestart():
			changedAt, interval = now, o.Interval
		case now.Sub(changedAt) >= idleIntervals*o.Interval:
			interval = min(2*interval, o.MaxInterval)
		}
		if !p.wait(start, delay, interval) {
			p.end(context.Canceled)
			return
		}
	}
}

// observe counts a poll, before its watches have the result. One whose watches are closed does not count.
func (p *poller[K, V]) observe(outcome string) {
	if observe := p.pollers.options.Observe; observe != nil && p.ctx.Err() == nil {
		observe(outcome)
	}
}

func (p *poller[K, V]) takeRestart() (restart bool) {
	p.wakeMu.Lock()
	defer p.wakeMu.Unlock()
	restart, p.restart = p.restart, false
	return restart
}

// delay says when the next poll is due.
type delay struct {
	from  time.Time     // when the value was fetched, or the poll failed
	extra time.Duration // beyond the interval
	least time.Duration // after from
}

// poll polls once. done reports whether no further poll is needed.
func (p *poller[K, V]) poll() (outcome string, next delay, done bool) {
	o := &p.pollers.options
	p.wakeMu.Lock()
	since := p.newerThan
	p.due = false // this poll is for all wakes so far
	p.wakeMu.Unlock()
	ctx, cancel := context.WithTimeout(p.ctx, pollTimeout)
	defer cancel()
	result, err := p.fetch(ctx, since)
	if err != nil {
		return p.failed(err)
	}
	p.mu.Lock()
	news := p.value == nil || !o.Equal(p.value, &result.Value)
	p.lastError = nil
	if !news {
		p.value, p.state.storedAt = &result.Value, result.StoredAt
	}
	p.mu.Unlock()
	p.wakeMu.Lock()
	p.storedAt = result.StoredAt
	if result.StoredAt.After(p.newerThan) {
		p.newerThan = result.StoredAt
	}
	p.wakeMu.Unlock()
	if outcome = unchanged; news {
		outcome = changed
	}
	p.observe(outcome)
	if news {
		p.update(func() {
			p.value, p.state.storedAt = &result.Value, result.StoredAt
			p.version++
		})
		if o.Announce != nil && !result.Foreign && !since.IsZero() {
			o.Announce(p.key)
		}
	}
	next.from = result.StoredAt
	if result.Foreign {
		next.extra = followDelay/2 + time.Duration(rand.Int64N(int64(followDelay))) // 1 to 3 s
	}
	return outcome, next, false
}

// failed returns what follows from an error.
func (p *poller[K, V]) failed(err error) (outcome string, next delay, done bool) {
	o := &p.pollers.options
	switch o.Classify(err) {
	case Gone:
		p.observe(gone)
		p.forgotten()
		p.update(func() {
			p.value, p.lastError = nil, nil
			p.version++
		})
		if o.Announce != nil {
			o.Announce(p.key)
		}
		return gone, delay{}, true
	case Stays:
		p.observe(failed)
		p.forgotten()
		p.end(err)
		return failed, delay{}, true
	}
	p.observe(failed)
	p.fail(err)
	next.from = time.Now()
	if o.RetryAfter != nil {
		next.least = o.RetryAfter(err)
	}
	return failed, next, false
}

// forgotten lets a watch that comes after the last update start another poller.
func (p *poller[K, V]) forgotten() {
	p.pollers.mu.Lock()
	defer p.pollers.mu.Unlock()
	p.pollers.forget(p)
}

// wait waits until the next poll is due, or until it is woken. It reports false if no watch is
// left. start is that of the last poll.
func (p *poller[K, V]) wait(start time.Time, next delay, interval time.Duration) bool {
	jitter := time.Duration((rand.Float64() - 0.5) / 5 * float64(interval)) // up to 10 % either way
	due := next.from.Add(max(interval+jitter+next.extra, next.least))
	earliest := start.Add(minGap)
	timer := time.NewTimer(time.Until(later(due, earliest)))
	defer timer.Stop()
	for woken := false; !woken; {
		select {
		case <-timer.C:
			return true
		case <-p.ctx.Done():
			return false
		case <-p.woken:
			woken = p.takeWake()
		}
	}
	gap := time.NewTimer(time.Until(later(earliest, next.from.Add(next.least))))
	defer gap.Stop()
	select {
	case <-gap.C:
		return true
	case <-p.ctx.Done():
		return false
	}
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
