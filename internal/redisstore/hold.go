package redisstore

import (
	"context"
	"crypto/rand"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/redis/rueidis"
)

// hold is a lease or a slot: a key with a random token and a short time to live, which the
// store renews until it is released. If the process dies, the key expires.
//
// The key is set for a fraction of a second, and extended when the process has the reply.
// A Redis that was stopped executes commands whose callers have left: for a whole time to
// live, other replicas would wait for holds without an owner.
type hold struct {
	name, token string
	ttl         time.Duration
	provisional time.Duration // time to live until the reply

	// Guarded by holds.mu.
	validUntil time.Time
	released   bool
}

// isToken reports whether a reply is the token of a hold.
func isToken(get rueidis.RedisResult) bool {
	value, err := get.ToString()
	return err == nil && len(value) == tokenLength && strings.Trim(value, tokenAlphabet) == ""
}

// The tokens of crypto/rand.Text.
const (
	tokenLength   = 26
	tokenAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
)

// newHold returns a hold whose key is about to be set.
func (s *Store) newHold(name string, ttl time.Duration) *hold {
	return &hold{
		name: name, token: rand.Text(), ttl: ttl, validUntil: time.Now().Add(ttl),
		provisional: min(ttl, 5*s.timeout/2),
	}
}

func (h *hold) set(b rueidis.Builder) rueidis.Completed {
	return b.Set().Key(h.name).Value(h.token).Nx().Px(h.provisional).Build()
}

// replace is set for a key that holds something else.
func (h *hold) replace(b rueidis.Builder) rueidis.Completed {
	return b.Set().Key(h.name).Value(h.token).Px(h.provisional).Build()
}

func (h *hold) del(b rueidis.Builder) rueidis.Completed { return b.Del().Key(h.name).Build() }

// holds are all leases and slots of the process.
type holds struct {
	mu  sync.Mutex
	all map[*hold]struct{}
}

func (h *holds) add(one *hold) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.all == nil {
		h.all = map[*hold]struct{}{}
	}
	h.all[one] = struct{}{}
}

// keep extends the time to live of a hold whose key has been set, without waiting for it,
// and renews it from then on.
func (s *Store) keep(operation string, held *hold) {
	s.holds.add(held)
	s.writeInBackground(operation, whileAvailable, func(b rueidis.Builder) rueidis.Commands {
		return rueidis.Commands{b.Pexpire().Key(held.name).Milliseconds(held.ttl.Milliseconds()).Build()}
	}, nil)
}

// release ends the renewal of a hold. It reports whether its key is to be deleted: if its
// time to live may have passed, the key may be that of another process.
func (h *holds) release(one *hold, timeout time.Duration) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	one.released = true
	if time.Until(one.validUntil) > min(timeout, one.ttl/3) {
		return true
	}
	delete(h.all, one)
	return false
}

// remove forgets a hold whose key has been deleted.
func (h *holds) remove(one *hold) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.all, one)
}

const renewAtOnce = 200 // holds in one pipeline

// renew extends the time to live of all holds, and ends those that are released but whose
// deletion failed. A hold whose key has another token is lost.
func (h *holds) renew(s *Store) {
	h.mu.Lock()
	var all, released []*hold
	for one := range h.all {
		switch {
		case !one.released:
			all = append(all, one)
		case time.Now().After(one.validUntil):
			delete(h.all, one)
		default:
			released = append(released, one)
		}
	}
	h.mu.Unlock()
	for batch := range slices.Chunk(released, renewAtOnce) {
		h.end(s, batch)
	}
	for batch := range slices.Chunk(all, renewAtOnce) {
		start := time.Now()
		replies, err := s.do(s.ctx, "lease", func(b rueidis.Builder) rueidis.Commands {
			pipeline := make(rueidis.Commands, 0, 2*len(batch))
			for _, one := range batch {
				pipeline = append(pipeline,
					get(b, one.name, tokenLength),
					b.Pexpire().Key(one.name).Milliseconds(one.ttl.Milliseconds()).Build())
			}
			return pipeline
		})
		if err != nil {
			return
		}
		h.mu.Lock()
		for i, one := range batch {
			token, err := replies[2*i].ToString()
			extended, failed := replies[2*i+1].AsInt64()
			switch {
			case token == one.token && failed == nil && extended == 1:
				one.validUntil = start.Add(one.ttl)
			case err == nil: // expired, or that of another process
				one.validUntil = time.Time{}
				delete(h.all, one)
			}
		}
		h.mu.Unlock()
	}
}

// end deletes the keys of released holds that still have their tokens.
func (h *holds) end(s *Store, released []*hold) {
	replies, err := s.do(s.ctx, "lease", func(b rueidis.Builder) (pipeline rueidis.Commands) {
		for _, one := range released {
			pipeline = append(pipeline, get(b, one.name, tokenLength))
		}
		return pipeline
	})
	if err != nil {
		return
	}
	var held []*hold
	for i, one := range released {
		if token, err := replies[i].ToString(); err == nil && token == one.token {
			held = append(held, one)
		} else if err == nil {
			h.remove(one)
		}
	}
	if len(held) == 0 {
		return
	}
	_, err = s.do(s.ctx, "lease", func(b rueidis.Builder) (pipeline rueidis.Commands) {
		for _, one := range held {
			pipeline = append(pipeline, one.del(b))
		}
		return pipeline
	})
	if err != nil {
		return
	}
	for _, one := range held {
		h.remove(one)
	}
}

// freeAll deletes the keys of all holds, if Redis responds before the deadline.
func (h *holds) freeAll(s *Store, deadline time.Time) {
	h.mu.Lock()
	var names []string
	for one := range h.all {
		if time.Now().Before(one.validUntil) {
			names = append(names, one.name)
		}
	}
	clear(h.all)
	h.mu.Unlock()
	ctx, cancel := context.WithDeadline(s.ctx, deadline)
	defer cancel()
	for batch := range slices.Chunk(names, renewAtOnce) {
		_, err := s.do(ctx, "lease", func(b rueidis.Builder) rueidis.Commands {
			pipeline := make(rueidis.Commands, 0, len(batch))
			for _, name := range batch {
				pipeline = append(pipeline, b.Del().Key(name).Build())
			}
			return pipeline
		})
		if err != nil {
			return
		}
	}
}
