package redisstore

import (
	"context"
	"slices"
	"time"

	"github.com/redis/rueidis"

	"heygen-graphql/internal/cache"
)

const (
	minPollInterval = 5 * time.Millisecond
	maxPollInterval = 40 * time.Millisecond
)

// pollInterval returns when to look again for a result that was awaited for some time: a
// caller waits at most an eighth longer than necessary.
func pollInterval(waited time.Duration) time.Duration {
	return min(max(minPollInterval, waited/8), maxPollInterval)
}

// lease implements cache.Lease.
type lease struct {
	tenant     *tenant
	hold       *hold  // nil: Redis was not waited for, so that other replicas may fetch the same
	generation string // of the records that Release stores; empty: there is none yet
}

// Acquire returns a lease on a key, whose holder is to fetch the value. While another process
// holds the lease, Acquire waits for the record that it stores; accept reports whether a
// record will do. If it does, Acquire returns the record and no lease. It returns neither if
// Redis is unavailable or ctx is done. If the budget of ctx is spent, the lease is not
// exclusive: its records are stored nevertheless.
func (t *Tenant) Acquire(ctx context.Context, key string, accept func(cache.Record) bool) (cache.Record, cache.Lease) {
	epoch, ok := t.begin()
	if !ok {
		return cache.Record{}, nil
	}
	names, send := t.keys.of(key), t.store.do
	for start := time.Now(); ; {
		held := t.store.newHold(names.lease, leaseTTL)
		replies, err := send(ctx, "lease", func(b rueidis.Builder) rueidis.Commands {
			// The lease first: a holder stores its records before it ends its lease, so that
			// the next holder sees them.
			return rueidis.Commands{
				held.set(b),
				b.Pttl().Key(names.lease).Build(),
				get(b, names.lease, tokenLength),
				get(b, t.keys.generation(), generationLength),
				b.Pttl().Key(names.record).Build(),
				get(b, names.record, maxValue),
				b.Pttl().Key(names.transient).Build(),
				get(b, names.transient, maxValue),
			}
		})
		if err != nil {
			return cache.Record{}, t.sharedLease(ctx)
		}
		generation := generationOf(replies[3])
		t.see(generation, "")
		acquired, available := leaseReply(replies[0], replies[1], replies[2])
		record, accepted := t.accepted(key, names, generation, replies[4:], accept)
		if accepted && t.isCurrent(epoch) {
			if acquired {
				t.store.holds.add(held)
				t.store.free("lease", held)
			}
			return record, nil
		}
		if acquired {
			t.store.keep("lease", held)
			return cache.Record{}, &lease{t.tenant, held, generation}
		}
		if !available || !t.store.wait(ctx, pollInterval(time.Since(start))) {
			return cache.Record{}, nil
		}
		send = t.store.poll
	}
}

// sharedLease returns a lease that is not exclusive if Redis is available and the caller
// still waits. Otherwise it returns nil.
func (t *tenant) sharedLease(ctx context.Context) cache.Lease {
	if !t.store.Up() || ctx.Err() != nil {
		return nil
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	return &lease{t, nil, t.generations.last()}
}

// leaseReply reports whether SET has set a lease and, if not, whether another process has
// one: a key that does not expire soon, or has no token, is not a lease, and it is useless to
// wait for it. A lease may also have ended since.
func leaseReply(set, pttl, get rueidis.RedisResult) (acquired, available bool) {
	err := set.Error()
	if err == nil {
		return true, true
	}
	remaining, failed := pttl.AsInt64()
	if !rueidis.IsRedisNil(err) || failed != nil || remaining == -1 || remaining > leaseTTL.Milliseconds() {
		return false, false
	}
	value, err := get.ToString()
	return false, err == nil && value == "" || isToken(get)
}

// accepted returns the record, or the transient record, that accept accepts. The replies are
// those of PTTL and GET of each.
func (t *tenant) accepted(key string, names recordKeys, generation string, replies []rueidis.RedisResult, accept func(cache.Record) bool) (cache.Record, bool) {
	if record, ok := t.read(key, names.record, generation, replies[0], replies[1]); ok && accept(record) {
		return record, true
	}
	record, ok := t.read(key, names.transient, generation, replies[2], replies[3])
	record.Transient = true
	return record, ok && accept(record)
}

// recordsAtOnce is the number of records in one pipeline.
const recordsAtOnce = 500

// Release stores records and ends the lease.
func (l *lease) Release(ctx context.Context, records ...cache.Record) {
	s := l.tenant.store
	if l.generation == "" && len(records) > 0 {
		l.generation = l.tenant.createGeneration(context.WithoutCancel(ctx))
	}
	if l.generation == "" {
		records = nil
	}
	last := max(0, (len(records)-1)/recordsAtOnce)
	for i := range last {
		l.store(ctx, records[i*recordsAtOnce:(i+1)*recordsAtOnce], nil)
	}
	free := l.hold != nil && s.holds.release(l.hold, s.timeout)
	if records = records[last*recordsAtOnce:]; len(records) == 0 && !free {
		return
	}
	if free {
		l.store(ctx, records, l.hold)
	} else {
		l.store(ctx, records, nil)
	}
}

// store stores records and then deletes the key of held, if it is not nil, in one pipeline.
func (l *lease) store(ctx context.Context, records []cache.Record, held *hold) {
	s, keys := l.tenant.store, l.tenant.keys
	records = slices.Clone(records) // the write may outlast the caller
	extend := slices.ContainsFunc(records, func(r cache.Record) bool { return !r.Transient }) && !l.tenant.isLasting(l.generation)
	when := whileAvailable
	if held != nil {
		when = always
	}
	s.write(ctx, "store", when, func(b rueidis.Builder) rueidis.Commands {
		pipeline := make(rueidis.Commands, 0, len(records)+1)
		now := s.now()
		for _, record := range records {
			names := keys.of(record.Key)
			name := names.record
			if record.Transient {
				name = names.transient
			}
			if value, ttl, ok := keys.seal(name, l.generation, record, now); ok {
				pipeline = append(pipeline, b.Set().Key(name).Value(value).Px(ttl).Build())
			}
		}
		if extend {
			pipeline = append(pipeline, b.Expire().Key(keys.generation()).Seconds(int64(generationTTL.Seconds())).Build())
		}
		if held != nil {
			pipeline = append(pipeline, held.del(b))
		}
		return pipeline
	}, func(replies []rueidis.RedisResult) {
		if held != nil {
			s.holds.remove(held)
		}
		if extend && len(replies) > 0 {
			l.tenant.setLasting(l.generation)
		}
	})
}

// free releases a hold in the background.
func (s *Store) free(operation string, held *hold) {
	if !s.holds.release(held, s.timeout) {
		return
	}
	s.writeInBackground(operation, always, func(b rueidis.Builder) rueidis.Commands {
		return rueidis.Commands{held.del(b)}
	}, func([]rueidis.RedisResult) { s.holds.remove(held) })
}
