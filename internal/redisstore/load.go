package redisstore

import (
	"context"
	"time"

	"github.com/redis/rueidis"

	"heygen-graphql/internal/cache"
)

// Load returns the record of a key, if there is one.
func (t *Tenant) Load(ctx context.Context, key string) (cache.Record, bool) {
	epoch, ok := t.begin()
	if !ok {
		return cache.Record{}, false
	}
	start, names := time.Now(), t.keys.of(key)
	replies, err := t.store.do(ctx, "load", func(b rueidis.Builder) rueidis.Commands {
		// PTTL before GET: if the record is replaced between them, it seems older than it
		// is, and not younger.
		return rueidis.Commands{
			get(b, t.keys.generation(), generationLength),
			b.Pttl().Key(names.record).Build(),
			get(b, names.record, maxValue),
		}
	})
	if err != nil {
		return cache.Record{}, false
	}
	generation := generationOf(replies[0])
	t.see(generation, "")
	record, ok := t.read(key, names.record, generation, replies[1], replies[2])
	if ok {
		budgetOf(ctx).refund(time.Since(start))
	}
	return record, ok && t.isCurrent(epoch)
}

// begin returns the epoch, in which a record must be used. It reports false while an
// invalidation of this process is not stored: what Redis has is then invalid.
func (t *tenant) begin() (epoch uint64, ok bool) {
	t.use()
	t.mu.Lock()
	epoch, ok = t.epoch, t.pending == nil
	t.mu.Unlock()
	if !ok {
		t.repeatInvalidation()
	}
	return epoch, ok
}

// isCurrent reports whether this process has not invalidated the tenant since begin.
func (t *tenant) isCurrent(epoch uint64) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.epoch == epoch
}

// read returns the record in the replies of PTTL and GET.
func (t *tenant) read(key, name, generation string, pttl, get rueidis.RedisResult) (cache.Record, bool) {
	remaining, err := pttl.AsInt64()
	if err != nil || remaining <= 0 || generation == "" {
		return cache.Record{}, false
	}
	value, err := get.AsBytes()
	if err != nil {
		return cache.Record{}, false
	}
	return t.keys.unseal(key, name, generation, value, time.Duration(remaining)*time.Millisecond, t.store.now())
}
