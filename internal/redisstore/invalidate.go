package redisstore

import (
	"context"

	"github.com/redis/rueidis"
)

// invalidation is a new generation that Redis does not have yet.
type invalidation struct{ generation, endpoint string }

// maxUnstored is the number of tenants whose invalidation is repeated until Redis has it.
const maxUnstored = 1024

// Invalidate makes all records of the tenant misses, for all replicas, after HeyGen has
// rejected the credential at an endpoint, and makes the other replicas invalidate what they
// have in their processes. Until Redis has stored that, the tenant has no records and no
// leases in this process.
func (t *Tenant) Invalidate(ctx context.Context, endpoint string) {
	pending := &invalidation{newGeneration(generationInvalidated), endpoint}
	t.store.mu.Lock()
	t.mu.Lock()
	t.epoch++
	t.pending = pending
	t.generations.add(pending.generation)
	t.mu.Unlock()
	if len(t.store.unstored) < maxUnstored {
		t.store.unstored[t.tenant] = struct{}{}
	}
	t.store.mu.Unlock()
	t.storeInvalidation(ctx, pending)
}

// storeInvalidation stores and publishes an invalidation. DEL is for a Redis that is out of
// memory: it then still drops the generation, and with it the records.
func (t *tenant) storeInvalidation(ctx context.Context, pending *invalidation) {
	name := t.keys.generation()
	message := t.message(messageInvalidated, pending.endpoint)
	t.store.write(ctx, "invalidate", func(b rueidis.Builder) rueidis.Commands {
		return rueidis.Commands{
			b.Del().Key(name).Build(),
			b.Set().Key(name).Value(pending.generation).Ex(generationTTL).Build(),
			b.Publish().Channel(channel).Message(message).Build(),
		}
	}, func(replies []rueidis.RedisResult) {
		if len(replies) == 0 || replies[1].Error() != nil {
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

// storeInvalidations repeats the invalidations that Redis did not store.
func (s *Store) storeInvalidations() {
	s.mu.Lock()
	var all []*tenant
	for t := range s.unstored {
		all = append(all, t)
	}
	s.mu.Unlock()
	for _, t := range all {
		t.mu.Lock()
		pending := t.pending
		t.mu.Unlock()
		if pending != nil && s.Up() {
			t.storeInvalidation(s.ctx, pending)
		}
	}
}
