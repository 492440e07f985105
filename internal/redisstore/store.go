package redisstore

import (
	"context"
	"crypto/rand"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/redis/rueidis"

	"heygen-graphql/internal/logsample"
)

// Store is a connection to Redis. It is safe for concurrent use.
type Store struct {
	options Options
	timeout time.Duration
	replica string           // identifies this process in messages and back-offs
	now     func() time.Time // the wall clock, by which records are dated

	ctx         context.Context // done when the store closes
	cancel      context.CancelFunc
	connections connections
	client      atomic.Pointer[client]
	up          atomic.Bool   // the circuit breaker is closed
	opened      chan struct{} // the breaker has opened
	timeouts    atomic.Int64  // consecutive ones

	inFlight atomic.Int64
	writes   chan struct{} // one element for each background write
	holds    holds
	hints    hints

	mu       sync.Mutex
	closed   bool
	work     sync.WaitGroup
	tenants  map[string]*tenant // by id
	unstored map[*tenant]struct{}

	noScripts atomic.Int64 // until this time, in nanoseconds, Redis forbids scripts

	unavailable, rejected logsample.Sampler
	outageLogged          atomic.Bool // and so is its end; also true before the first connection
}

// logInterval is the minimum time between two log lines of a kind: an outage may take hours.
const logInterval = time.Minute

// client is the client after the first connection.
type client struct{ rueidis.Client }

// maxBackgroundWrites is the number of writes that may be in flight after their callers
// have left. More are dropped: a record that is not stored costs one call to HeyGen.
const maxBackgroundWrites = 256

// Open returns a store. It does not wait for Redis, to which it connects in the background.
// The URL must be one that [CheckURL] accepts. The caller must call Close.
func Open(o Options) *Store {
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.Observe == nil {
		o.Observe = func(string, string, time.Duration) {}
	}
	if o.Timeout == 0 {
		o.Timeout = DefaultTimeout
	}
	s := &Store{
		options:  o,
		timeout:  o.Timeout,
		now:      time.Now,
		replica:  rand.Text()[:replicaLength],
		opened:   make(chan struct{}, 1),
		writes:   make(chan struct{}, maxBackgroundWrites),
		tenants:  map[string]*tenant{},
		unstored: map[*tenant]struct{}{},
	}
	s.unavailable.Every, s.rejected.Every = logInterval, logInterval
	s.outageLogged.Store(true)
	s.hints.wake = make(chan struct{}, 1)
	s.ctx, s.cancel = context.WithCancel(context.Background())
	s.connections.stop = s.ctx
	s.spawn(s.supervise)
	s.spawn(s.maintain)
	s.spawn(s.subscribe)
	s.spawn(s.followHints)
	return s
}

// Up reports whether Redis responds.
func (s *Store) Up() bool { return s.up.Load() }

// spawn runs f in a goroutine that Close waits for. It reports false if the store is closed.
func (s *Store) spawn(f func()) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return false
	}
	s.work.Go(f)
	return true
}

// closeTimeout is the time that Close waits for Redis.
const closeTimeout = 100 * time.Millisecond

// Close frees the leases and slots that the store holds, if Redis responds within 100 ms, and
// ends its goroutines. The store is then unavailable.
func (s *Store) Close() {
	deadline := time.Now().Add(closeTimeout)
	s.holds.freeAll(s, deadline)
	s.mu.Lock()
	again := s.closed
	s.closed = true
	s.mu.Unlock()
	if again {
		return
	}
	s.up.Store(false)
	s.cancel()
	// The client waits for a last PING, up to a second.
	abort := time.AfterFunc(time.Until(deadline), s.connections.closeAll)
	if c := s.client.Load(); c != nil {
		c.Close()
	}
	abort.Stop()
	s.connections.closeAll()
	s.work.Wait()
}
