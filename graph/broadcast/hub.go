// Package broadcast executes a subscription once for all of its subscribers. A [Hub] has one
// topic for each key, such as a credential with a document and its variables. The topic's
// [Source] publishes events while it has a subscriber; all subscribers read them from one
// ring, so that a subscriber needs no buffer of its own.
//
//	sub := hub.Subscribe(key, func() broadcast.Source { return source })
//	defer sub.Close()
//	event, err := sub.Next(ctx, 0)
package broadcast

import (
	"context"
	"io"
	"sync"
	"time"

	"heygen-graphql/graph/stream"
)

// ringSize is the number of events by which a subscriber may be behind. Events of one topic
// are seconds apart: a client that is behind by more does not read.
const ringSize = 16

// maxRingBytes bounds the events in a ring, but for the last one: an event may have megabytes.
const maxRingBytes = 1 << 20

// maxEventAge is how old the last event of a topic may be for a subscriber that starts with it.
// Resources seldom change, and what an event has of them, such as signed URLs, expires.
const maxEventAge = time.Minute

// Source is the origin of the events of a topic.
type Source interface {
	// Run publishes events until there is none left, or ctx is done: no subscriber is left.
	Run(ctx context.Context, publish func(*stream.Event))
	// LastError returns why the source has published nothing lately, or nil.
	LastError() error
}

// Hub is a set of topics. The zero Hub is empty.
type Hub struct {
	// MaxTopics is the maximum number of topics. 0: unlimited.
	MaxTopics int

	mu       sync.Mutex
	topics   map[any]*topic      // that new subscribers join
	all      map[*topic]struct{} // whose sources run
	shutdown chan struct{}       // nil before the first topic
	closed   bool
	running  sync.WaitGroup
}

type topic struct {
	hub    *Hub
	key    any
	source Source
	cancel context.CancelFunc

	mu          sync.Mutex
	subscribers int
	published   int       // number of events
	publishedAt time.Time // of the last one
	oldest      int       // index of the first one that is still in ring
	ring        [ringSize]*stream.Event
	bytes       int // of the events in ring
	done        bool
	news        chan struct{} // closed at the next event
}

// Subscribe subscribes to the topic of a key. The first subscriber starts its source, which
// newSource returns. Others start at its last event, the present state, unless that is older
// than a minute: they start another topic. Subscribe returns nil if there are MaxTopics.
func (h *Hub) Subscribe(key any, newSource func() Source) *Subscription {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.init()
	t := h.topics[key]
	if t == nil || t.isOld() {
		if h.MaxTopics > 0 && len(h.all) >= h.MaxTopics {
			return nil
		}
		t = h.start(key, newSource)
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.subscribers++
	return &Subscription{topic: t, next: max(0, t.published-1)}
}

func (h *Hub) init() {
	if h.topics == nil {
		h.topics, h.all, h.shutdown = map[any]*topic{}, map[*topic]struct{}{}, make(chan struct{})
	}
}

func (t *topic) isOld() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.published > 0 && time.Since(t.publishedAt) > maxEventAge
}

// start starts a topic. h.mu is held.
func (h *Hub) start(key any, newSource func() Source) *topic {
	ctx, cancel := context.WithCancel(context.Background())
	t := &topic{hub: h, key: key, cancel: cancel, news: make(chan struct{})}
	if h.closed { // its subscribers end at once, without a source
		cancel()
		return t
	}
	source := newSource()
	t.source = source
	h.topics[key] = t
	h.all[t] = struct{}{}
	h.running.Go(func() {
		defer t.end()
		source.Run(ctx, t.publish)
	})
	return t
}

// publish adds an event for all subscribers.
func (t *topic) publish(event *stream.Event) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.published-t.oldest == ringSize {
		t.dropOldest()
	}
	t.ring[t.published%ringSize] = event
	t.published++
	t.publishedAt = time.Now()
	for t.bytes += len(event.Body); t.bytes > maxRingBytes && t.oldest < t.published-1; {
		t.dropOldest()
	}
	close(t.news)
	t.news = make(chan struct{})
}

// dropOldest removes an event that slow subscribers have not read. t.mu is held.
func (t *topic) dropOldest() {
	slot := &t.ring[t.oldest%ringSize]
	t.bytes -= len((*slot).Body)
	*slot = nil
	t.oldest++
}

// end marks the last event. A later subscriber of the key starts a new topic.
func (t *topic) end() {
	t.hub.mu.Lock()
	t.hub.forget(t)
	delete(t.hub.all, t)
	t.hub.mu.Unlock()
	t.cancel()
	t.mu.Lock()
	defer t.mu.Unlock()
	t.done = true
	close(t.news)
}

// forget keeps new subscribers from a topic. h.mu is held.
func (h *Hub) forget(t *topic) {
	if h.topics[t.key] == t {
		delete(h.topics, t.key)
	}
}

// Close ends all subscriptions with [stream.ErrShutdown], and waits for the sources.
func (h *Hub) Close() {
	h.mu.Lock()
	h.init()
	if !h.closed {
		h.closed = true
		close(h.shutdown)
		for t := range h.all {
			t.cancel()
		}
	}
	h.mu.Unlock()
	h.running.Wait()
}

// Topics returns the number of topics.
func (h *Hub) Topics() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.all)
}

// Subscribers returns the number of subscriptions.
func (h *Hub) Subscribers() (n int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for t := range h.all {
		t.mu.Lock()
		n += t.subscribers
		t.mu.Unlock()
	}
	return n
}

// Subscription is the events of one subscriber. It implements [stream.Stream].
type Subscription struct {
	topic  *topic
	next   int // index of the next event
	closed bool
}

// Next implements [stream.Stream].
func (s *Subscription) Next(ctx context.Context, wait time.Duration) (*stream.Event, error) {
	timeout := stream.After(wait)
	for {
		event, news, err := s.poll()
		if news == nil {
			return event, err
		}
		select {
		case <-news:
		case <-s.topic.hub.shutdown:
			return nil, stream.ErrShutdown
		case <-timeout:
			return nil, stream.ErrNoEvent
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// poll returns the next event, or an error, or, if there is neither, a channel that is closed
// when there is.
func (s *Subscription) poll() (event *stream.Event, news <-chan struct{}, err error) {
	t := s.topic
	t.mu.Lock()
	defer t.mu.Unlock()
	select {
	case <-t.hub.shutdown:
		return event, nil, stream.ErrShutdown
	default:
	}
	switch {
	case s.next < t.oldest:
		return event, nil, stream.ErrSlow
	case s.next < t.published:
		event = t.ring[s.next%ringSize]
		s.next++
		return event, nil, nil
	case t.done:
		return event, nil, io.EOF
	}
	return event, t.news, nil
}

// LastError returns why the source has published nothing lately, or nil.
func (s *Subscription) LastError() error {
	if s.topic.source == nil {
		return nil
	}
	return s.topic.source.LastError()
}

// Close implements [stream.Stream]. The last subscriber ends the source.
func (s *Subscription) Close() {
	if s.closed {
		return
	}
	s.closed = true
	t := s.topic
	t.hub.mu.Lock() // no one subscribes in the meantime
	defer t.hub.mu.Unlock()
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.subscribers--; t.subscribers == 0 {
		t.cancel()
		t.hub.forget(t)
	}
}
