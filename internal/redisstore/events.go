package redisstore

import (
	"context"
	"strings"
	"sync"
	"time"

	"github.com/redis/rueidis"
)

// A message is the id of the tenant, a space, and, encrypted by the tenant's key, its kind,
// the replica that sent it, and the endpoint or the announcement.
const (
	messageInvalidated = 'i'
	messageBackOff     = 'b'
	messageAnnounced   = 'a'
	replicaLength      = 16
	maxMessage         = 1 << 10
)

func (t *tenant) message(kind byte, endpoint string) string {
	plain := append([]byte{kind}, t.store.replica+endpoint...)
	return t.keys.id + " " + string(t.keys.sealer.Seal(nil, nil, plain, []byte(channel)))
}

// Announce publishes an announcement for the other replicas. It does not wait.
func (t *Tenant) Announce(announcement string) {
	message := t.message(messageAnnounced, announcement)
	t.store.writeInBackground("announce", whileAvailable, func(b rueidis.Builder) rueidis.Commands {
		return rueidis.Commands{b.Publish().Channel(channel).Message(message).Build()}
	}, nil)
}

// receive handles a message. It ignores those of this replica, of tenants that it does not
// have, and all that a tenant's key has not encrypted.
func (s *Store) receive(message string) {
	id, sealed, ok := strings.Cut(message, " ")
	s.mu.Lock()
	t := s.tenants[id]
	s.mu.Unlock()
	if !ok || t == nil || len(message) > maxMessage {
		return
	}
	plain, err := t.keys.sealer.Open(nil, nil, []byte(sealed), []byte(channel))
	if err != nil || len(plain) < 1+replicaLength || string(plain[1:1+replicaLength]) == s.replica {
		return
	}
	switch plain[0] {
	case messageInvalidated:
		s.hints.add(t, hint{compare: true, endpoint: string(plain[1+replicaLength:])})
	case messageBackOff:
		s.hints.add(t, hint{backOff: true})
	case messageAnnounced:
		s.hints.add(t, hint{announcements: []string{string(plain[1+replicaLength:])}})
	}
}

const resubscribeInterval = 10 * time.Second // after Redis has rejected the subscription

// subscribe receives messages whenever Redis is available. After it has subscribed, it
// compares generations, because messages were lost before.
func (s *Store) subscribe() {
	for s.ctx.Err() == nil {
		interval := probeInterval
		if s.Up() {
			ctx := rueidis.WithOnSubscriptionHook(s.ctx, func(change rueidis.PubSubSubscription) {
				if change.Kind == "subscribe" {
					s.hints.addAll()
				}
			})
			// A connection of its own: under RESP2 a subscribed one takes no other commands.
			dedicated, _ := s.client.Load().Dedicate()
			err := dedicated.Receive(ctx, dedicated.B().Subscribe().Channel(channel).Build(), func(m rueidis.PubSubMessage) {
				s.receive(m.Message)
			})
			dedicated.Close()
			if _, ok := rueidis.IsRedisErr(err); ok {
				interval = resubscribeInterval
				if suppressed, ok := s.rejected.Allow(); ok {
					s.options.Logger.Warn("Redis rejected a command", "operation", "subscribe", "reason", reason(err), "suppressed", suppressed)
				}
			}
		}
		s.wait(s.ctx, interval)
	}
}

// hint is what the store has to look at or to report for a tenant.
type hint struct {
	compare     bool // the generation
	backOff     bool
	invalidated bool
	endpoint    string

	announcements []string
}

// maxAnnouncements is the number of announcements of one tenant that may wait to be reported.
// What further ones are about is found out later.
const maxAnnouncements = 1000

// hints are handled by one goroutine, because a message must not delay the connection, and a
// pipeline must not call into the cache that waits for it. There is one for each tenant.
type hints struct {
	mu   sync.Mutex
	of   map[*tenant]hint
	all  bool // compare all generations
	wake chan struct{}
}

func (h *hints) add(t *tenant, more hint) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.of == nil {
		h.of = map[*tenant]hint{}
	}
	one := h.of[t]
	one.compare = one.compare || more.compare
	one.backOff = one.backOff || more.backOff
	one.invalidated = one.invalidated || more.invalidated
	if len(one.announcements) < maxAnnouncements {
		one.announcements = append(one.announcements, more.announcements...)
	}
	if more.endpoint != "" {
		one.endpoint = more.endpoint
	}
	h.of[t] = one
	h.signal()
}

func (h *hints) addAll() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.all = true
	h.signal()
}

func (h *hints) signal() {
	select {
	case h.wake <- struct{}{}:
	default:
	}
}

func (h *hints) take() (all bool, of map[*tenant]hint) {
	h.mu.Lock()
	defer h.mu.Unlock()
	all, of = h.all, h.of
	h.all, h.of = false, nil
	return all, of
}

// followHints handles hints until the store closes.
func (s *Store) followHints() {
	for {
		select {
		case <-s.hints.wake:
		case <-s.ctx.Done():
			return
		}
		all, of := s.hints.take()
		if all {
			s.compareGenerations()
		}
		for t, one := range of {
			s.follow(s.ctx, t, one)
		}
	}
}

func (s *Store) follow(ctx context.Context, t *tenant, one hint) {
	if one.compare && !one.invalidated {
		t.compareAfter(one.endpoint)
	}
	var backoff time.Duration
	if one.backOff {
		backoff = t.readBackOff()
	}
	for _, events := range t.listeners() {
		if ctx.Err() != nil {
			return
		}
		if one.invalidated && events.Invalidated != nil {
			events.Invalidated(one.endpoint)
		}
		if backoff > 0 && events.BackedOff != nil {
			events.BackedOff(backoff)
		}
		for _, announcement := range one.announcements {
			if events.Announced != nil {
				events.Announced(announcement)
			}
		}
	}
}
