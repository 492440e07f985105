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
	first := rand.N(slots)
	free, done := a.set(ctx, first, min(slots, slotSample))
	if done || len(free) == 0 {
		return done
	}
	_, done = a.set(ctx, free[rand.N(len(free))], 0)
	return done
}

// set tries slot n. If that is taken, it returns the free ones of the next sample slots.
func (a *slotAttempt) set(ctx context.Context, n, sample int) (free []int, done bool) {
	held := a.store.newHold(a.keys.slot(n), slotTTL)
	next := make([]int, sample)
	names := make([]string, sample)
	for i := range sample {
		next[i] = (n + i) % a.store.options.Slots
		names[i] = a.keys.slot(next[i])
	}
	replies, err := a.send(ctx, "slot", func(b rueidis.Builder) rueidis.Commands {
		pipeline := rueidis.Commands{
			b.Pttl().Key(a.keys.backOff()).Build(),
			get(b, a.keys.backOff(), replicaLength),
			held.set(b),
		}
		for _, name := range names {
			pipeline = append(pipeline, get(b, name, tokenLength))
		}
		return pipeline
	})
	a.send = a.store.poll
	if err != nil {
		return nil, true
	}
	rejected := replies[2].Error()
	a.backoff = a.store.backOffOf(replies[0], replies[1])
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
	for i, reply := range replies[3:] {
		switch {
		case isEmpty(reply):
			free = append(free, next[i])
		case !isToken(reply):
			a.store.discard(names[i])
		}
	}
	return free, false
}

// discard deletes a key that has no token of a slot, and so would never be freed.
func (s *Store) discard(name string) {
	s.writeInBackground("slot", false, func(b rueidis.Builder) rueidis.Commands {
		return rueidis.Commands{b.Del().Key(name).Build()}
	}, nil)
}

func isEmpty(get rueidis.RedisResult) bool {
	value, err := get.ToString()
	return err == nil && value == ""
}
