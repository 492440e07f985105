package redisstore

import (
	"context"
	"crypto/rand"
	"slices"
	"time"

	"github.com/redis/rueidis"
)

// A generation is a letter and a random string. It is the additional data of a tenant's
// records, so that a new one makes all of them misses at once. The letter says why it was
// made: only after an invalidation must replicas drop what they have in their processes.
const (
	generationCreated     = "n" // there was none: it was evicted, or Redis was flushed
	generationInvalidated = "i"
	generationLength      = 27
)

func newGeneration(letter string) string { return letter + rand.Text() }

// generationOf returns the generation in a reply. It is empty if there is none, or if the key
// has another content.
func generationOf(reply rueidis.RedisResult) string {
	value, err := reply.ToString()
	if err != nil || len(value) != generationLength {
		return ""
	}
	return value
}

// recentGenerations are the last generations of a tenant. Pipelines may be read in another
// order than Redis has executed them, so that an old one may appear after a new one.
type recentGenerations struct{ values []string }

const maxRecentGenerations = 8

// add adds a generation. It reports false if it was known.
func (r *recentGenerations) add(generation string) bool {
	if slices.Contains(r.values, generation) {
		return false
	}
	if len(r.values) == maxRecentGenerations {
		r.values = slices.Delete(r.values, 0, 1)
	}
	r.values = append(r.values, generation)
	return true
}

// last returns the last generation, or "".
func (r *recentGenerations) last() string {
	if len(r.values) == 0 {
		return ""
	}
	return r.values[len(r.values)-1]
}

// see notes the generation in Redis, and reports an invalidation by another replica. The
// first generation that a process sees is none.
func (t *tenant) see(generation, endpoint string) {
	if generation == "" {
		return
	}
	t.mu.Lock()
	first := len(t.generations.values) == 0
	added := t.generations.add(generation)
	t.mu.Unlock()
	if added && !first && generation[:1] == generationInvalidated {
		t.store.hints.add(t, hint{invalidated: true, endpoint: endpoint})
	}
}

// createGeneration stores a generation if there is none, and returns the one that is stored.
// It returns "" if that fails. A key of another content is overwritten. It is provisional
// until [lease.store] stores a record.
func (t *tenant) createGeneration(ctx context.Context) string {
	name, created := t.keys.generation(), newGeneration(generationCreated)
	for _, overwrite := range []bool{false, true} {
		replies, err := t.store.do(ctx, "lease", func(b rueidis.Builder) rueidis.Commands {
			set := b.Set().Key(name).Value(created).Nx().Ex(provisionalTTL).Build()
			if overwrite {
				set = b.Set().Key(name).Value(created).Ex(provisionalTTL).Build()
			}
			return rueidis.Commands{set, get(b, name, generationLength)}
		})
		if err != nil {
			return ""
		}
		if generation := generationOf(replies[1]); generation != "" {
			t.see(generation, "")
			return generation
		}
	}
	return ""
}

const (
	inUse         = time.Minute
	renewAfter    = time.Hour
	compareAtOnce = 100 // tenants in one pipeline
)

// compareGenerations reads the generations of all tenants in use, and renews them.
func (s *Store) compareGenerations() {
	since := time.Now().Add(-inUse).Unix()
	var used []*tenant
	s.mu.Lock()
	for _, t := range s.tenants {
		if t.usedAt.Load() >= since {
			used = append(used, t)
		}
	}
	s.mu.Unlock()
	for batch := range slices.Chunk(used, compareAtOnce) {
		s.compare(batch)
	}
}

// compare reads the generations of tenants.
func (s *Store) compare(tenants []*tenant) {
	generations, _ := s.readGenerations(tenants)
	for i, generation := range generations {
		tenants[i].see(generation, "")
	}
}

// compareAfter reads the generation of a tenant after a message says that another replica has
// invalidated it. If there is none, the message is all that there is: what the other replicas
// have in their processes may be of before Redis was flushed.
func (t *tenant) compareAfter(endpoint string) {
	generations, ok := t.store.readGenerations([]*tenant{t})
	switch {
	case !ok:
	case generations[0] == "":
		t.store.hints.add(t, hint{invalidated: true, endpoint: endpoint})
	default:
		t.see(generations[0], endpoint)
	}
}

// readGenerations returns the generations of tenants in Redis, or false if it is unavailable.
func (s *Store) readGenerations(tenants []*tenant) (generations []string, ok bool) {
	replies, err := s.do(s.ctx, "invalidate", func(b rueidis.Builder) rueidis.Commands {
		var all, renewals rueidis.Commands
		for _, t := range tenants {
			name := t.keys.generation()
			all = append(all, get(b, name, generationLength))
			if t.mustRenew() {
				renewals = append(renewals, b.Expire().Key(name).Seconds(int64(generationTTL.Seconds())).Build())
			}
		}
		return append(all, renewals...)
	})
	if err != nil {
		return nil, false
	}
	for i := range tenants {
		generations = append(generations, generationOf(replies[i]))
	}
	return generations, true
}

// isLasting reports whether this process has extended the time to live of a generation, so
// that it outlives its records.
func (t *tenant) isLasting(generation string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.lasting == generation
}

func (t *tenant) setLasting(generation string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.lasting, t.renewedAt = generation, time.Now()
}

func (t *tenant) mustRenew() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.generations.last() != t.lasting || time.Since(t.renewedAt) < renewAfter {
		return false
	}
	t.renewedAt = time.Now()
	return true
}
