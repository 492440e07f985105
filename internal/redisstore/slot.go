package redisstore

import (
	"context"
	"math/rand/v2"
	"time"

	"github.com/redis/rueidis"
)

// AcquireSlot waits for one of the slots that all replicas have together, in the order of the
// calls of this process. Release, which must be called once, frees it. If backoff is positive,
// there is no slot, and release is nil: HeyGen has rate limited another replica, and no call
// may start before. If Redis is unavailable, AcquireSlot returns at once: the limits of the
// process apply. The error is that of ctx.
func (t *Tenant) AcquireSlot(ctx context.Context) (release func(), backoff time.Duration, err error) {
	t.use()
	if err := ctx.Err(); err != nil {
		return nil, 0, err
	}
	attempt := &slotAttempt{tenant: t.tenant, send: t.store.do}
	if t.queue.idle() {
		if attempt.try(ctx) {
			return attempt.result(ctx)
		}
	}
	if err := t.queue.enter(ctx); err != nil {
		return nil, 0, err
	}
	defer t.queue.leave()
	for start := time.Now(); !attempt.try(ctx); {
		t.store.wait(ctx, pollInterval(time.Since(start)))
	}
	return attempt.result(ctx)
}

// slotAttempt is one call of AcquireSlot.
type slotAttempt struct {
	*tenant
	send    func(context.Context, string, commands) ([]rueidis.RedisResult, error)
	held    *hold
	backoff time.Duration
}

// result returns what AcquireSlot returns after the last try.
func (a *slotAttempt) result(ctx context.Context) (func(), time.Duration, error) {
	if err := ctx.Err(); err != nil {
		if a.held != nil {
			a.store.free("slot", a.held)
		}
		return nil, 0, err
	}
	if a.backoff > 0 {
		return nil, a.backoff, nil
	}
	if a.held == nil {
		return func() {}, 0, nil
	}
	return func() { a.store.free("slot", a.held) }, 0, nil
}

// slotSample is the number of slots that one try looks at.
const slotSample = 64

// try reports whether the call is over: with a slot, with a back-off, because Redis is
// unavailable or because ctx is done. It tries a random slot and, if that is taken, a free one.
func (a *slotAttempt) try(ctx context.Context) (done bool) {
	slots := a.store.options.Slots
	if slots <= 0 {
		return true
	}
	first := freeSlot{n: rand.N(slots)}
	free, done := a.set(ctx, first, min(slots, slotSample))
	if done || len(free) == 0 {
		return done
	}
	_, done = a.set(ctx, free[rand.N(len(free))], 0)
	return done
}

// freeSlot is a slot that can be taken.
type freeSlot struct {
	n       int
	replace bool // its key is not that of a slot
}

// set tries a slot. If that is taken, it returns the free ones of the next sample slots.
func (a *slotAttempt) set(ctx context.Context, slot freeSlot, sample int) (free []freeSlot, done bool) {
	held := a.store.newHold(a.keys.slot(slot.n), slotTTL)
	replies, err := a.send(ctx, "slot", func(b rueidis.Builder) rueidis.Commands {
		pipeline := rueidis.Commands{
			b.Pttl().Key(a.keys.backOff()).Build(),
		}
		if slot.replace {
			pipeline = append(pipeline, held.replace(b))
		} else {
			pipeline = append(pipeline, held.set(b))
		}
		for i := range sample {
			name := a.keys.slot(a.next(slot.n, i))
			pipeline = append(pipeline, b.Pttl().Key(name).Build(), get(b, name, tokenLength))
		}
		return pipeline
	})
	a.send = a.store.poll
	if err != nil {
		return nil, true
	}
	rejected := replies[1].Error()
	a.backoff = a.backOffOf(replies[0])
	switch {
	case rejected == nil && a.backoff > 0:
		a.store.holds.add(held)
		a.store.free("slot", held)
		return nil, true
	case rejected == nil:
		a.store.keep("slot", held)
		a.held = held
		return nil, true
	case a.backoff > 0 || !rueidis.IsRedisNil(rejected): // out of memory, for example
		return nil, true
	}
	for i := range sample {
		n := a.next(slot.n, i)
		if available, replace := slotReply(replies[2+2*i], replies[3+2*i]); available {
			free = append(free, freeSlot{n, replace})
		}
	}
	return free, false
}

// next returns the number of the slot i after n.
func (a *slotAttempt) next(n, i int) int { return (n + i) % a.store.options.Slots }

// slotReply reports whether a slot is available, and whether its key is to be replaced: a key
// that has no token, or does not expire soon, is not that of a slot, and would not be freed.
func slotReply(pttl, get rueidis.RedisResult) (available, replace bool) {
	remaining, err := pttl.AsInt64()
	if err != nil {
		return false, false
	}
	value, err := get.ToString()
	if remaining == -2 || err == nil && value == "" && remaining > 0 { // no key, or it has expired since
		return true, false
	}
	replace = remaining == -1 || remaining > slotTTL.Milliseconds() || !isToken(get)
	return replace, replace
}
