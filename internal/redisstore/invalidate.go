package redisstore

import (
	"context"
	"time"

	"github.com/redis/rueidis"
)

// invalidation is a new generation that Redis does not have yet.
type invalidation struct {
	generation, endpoint string
	dropped              bool // the previous generation is deleted; guarded by tenant.mu
}

// maxUnstored is the number of tenants whose invalidation is repeated until Redis has it.
const maxUnstored = 1024

// Invalidate makes all records of the tenant misses, for all replicas, after HeyGen has
// rejected the credential at an endpoint, and makes the other replicas invalidate what they
// have in their processes. Until Redis has stored that, the tenant has no records and no
// leases in this process.
func (t *Tenant) Invalidate(ctx context.Context, endpoint string) {
	pending := &invalidation{generation: newGeneration(generationInvalidated), endpoint: endpoint}
	t.store.mu.Lock()
	t.mu.Lock()
	t.epoch++
	t.pending = pending
	t.generations.add(pending.generation)
	t.mu.Unlock()
	t.store.mu.Unlock()
	t.repeatInvalidation()
	t.storeInvalidation(ctx, pending)
}

// repeatInvalidation lets the store repeat the invalidation until Redis has it. If there are
// too many tenants, it does nothing, and is called again when the tenant is used.
func (t *tenant) repeatInvalidation() {
	t.store.mu.Lock()
	defer t.store.mu.Unlock()
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.pending != nil && len(t.store.unstored) < maxUnstored {
		t.store.unstored[t] = struct{}{}
	}
}

// storeInvalidation stores and publishes an invalidation. A tenant without a generation has
// no records, and gets none: any number of credentials can be made up.
func (t *tenant) storeInvalidation(ctx context.Context, pending *invalidation) {
	name := t.keys.generation()
	message := t.message(messageInvalidated, pending.endpoint)
	t.mu.Lock()
	dropped := pending.dropped
	t.mu.Unlock()
	t.store.write(ctx, "invalidate", whileAvailable, func(b rueidis.Builder) rueidis.Commands {
		replace := b.Set().Key(name).Value(pending.generation).Xx().Keepttl().Build()
		if dropped { // by this process, so it existed
			replace = b.Set().Key(name).Value(pending.generation).Ex(provisionalTTL).Build()
		}
		return rueidis.Commands{replace, b.Publish().Channel(channel).Message(message).Build()}
	}, func(replies []rueidis.RedisResult) {
		if len(replies) == 0 {
			return
		}
		if err := replies[0].Error(); err != nil && !rueidis.IsRedisNil(err) {
			t.dropGeneration(pending)
			return
		}
		t.store.mu.Lock()
		defer t.store.mu.Unlock()
		t.mu.Lock()
		defer t.mu.Unlock()
		if t.pending == pending { // and not a later one
			t.pending = nil
			delete(t.store.unstored, t)
			t.dropUnused()
		}
	})
}

// dropGeneration deletes the generation, and with it the records, in a Redis that is out of
// memory and stores nothing.
func (t *tenant) dropGeneration(pending *invalidation) {
	replies, err := t.store.do(t.store.ctx, "invalidate", func(b rueidis.Builder) rueidis.Commands {
		return rueidis.Commands{b.Del().Key(t.keys.generation()).Build()}
	})
	if err != nil {
		return
	}
	if deleted, err := replies[0].AsInt64(); err == nil && deleted > 0 {
		t.mu.Lock()
		defer t.mu.Unlock()
		pending.dropped = true
	}
}

// storeInvalidations repeats the invalidations that Redis did not store, for half a second:
// the leases and slots must be renewed in between.
func (s *Store) storeInvalidations() {
	end := time.Now().Add(renewInterval / 2)
	s.mu.Lock()
	var all []*tenant
	for t := range s.unstored {
		all = append(all, t)
	}
	s.mu.Unlock()
	for _, t := range all {
		if time.Now().After(end) {
			return
		}
		t.mu.Lock()
		pending := t.pending
		t.mu.Unlock()
		if pending != nil && s.Up() {
			t.storeInvalidation(s.ctx, pending)
		}
	}
}
