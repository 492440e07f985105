// Package cachetest is an in-memory [cache.SecondLevel] that several caches of one test
// share. It is for tests only. It starts no goroutine, waits on channels and timers alone,
// and so works in the bubbles of testing/synctest. Its ages are exact.
package cachetest

import (
	"context"
	"sync"
	"time"

	"heygen-graphql/internal/cache"
)

const (
	// timeout is how long a call of a store that hangs takes.
	timeout = 40 * time.Millisecond
	// transientLifetime is the lifetime of a transient record.
	transientLifetime = 2 * time.Second
)

// Fault is what is wrong with a store.
type Fault int

// The faults.
const (
	None        Fault = iota
	Unavailable       // every call returns nothing, at once
	Hangs             // every call returns nothing, after 40 ms
	Forgets           // every record is lost as soon as it is stored
	Garbage           // every record holds something else, also those that were never stored
)

// Counts counts what a store has done.
type Counts struct {
	Loads, Hits   int // of [Tenant.Load]
	Acquires      int
	Accepted      int // calls of Acquire that returned a record
	Leases        int // calls of Acquire that returned a lease
	Stored        int // records
	Invalidations int
}

// Store is what several processes share. Use [New] to make one.
type Store struct {
	mu      sync.Mutex
	fault   Fault
	latency time.Duration
	observe func(ctx context.Context, operation string)
	before  func() // an invalidation
	counts  Counts
	tenants map[[32]byte]*state
}

// state is what is stored for one credential.
type state struct {
	records, transient map[string]cache.Record
	leases             map[string]chan struct{} // closed when the lease ends
	generation         int
	tenants            map[*Tenant]bool // of all processes
}

// New returns an empty store.
func New() *Store { return &Store{tenants: map[[32]byte]*state{}} }

// SetFault sets what is wrong with the store from now on.
func (s *Store) SetFault(f Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fault = f
}

// SetLatency sets how long each call takes, its waiting for a lease aside.
func (s *Store) SetLatency(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.latency = d
}

// SetObserver sets a function that is called with the context of each load, acquire and
// release.
func (s *Store) SetObserver(observe func(ctx context.Context, operation string)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.observe = observe
}

// BeforeInvalidation sets a function that each [Tenant.Invalidate] calls first.
func (s *Store) BeforeInvalidation(do func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.before = do
}

// Counts returns what the store has done so far.
func (s *Store) Counts() Counts {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.counts
}

// Record returns a record of a tenant that has not expired.
func (s *Store) Record(credential [32]byte, key string) (cache.Record, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	r, ok := s.state(credential).records[key]
	return r, ok && time.Since(r.StoredAt) < r.Lifetime
}

// Open returns the number of tenants that have not been closed.
func (s *Store) Open() (n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, st := range s.tenants {
		n += len(st.tenants)
	}
	return n
}

// Flush removes all records.
func (s *Store) Flush() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, st := range s.tenants {
		st.clear()
	}
}

func (s *Store) state(credential [32]byte) *state {
	st := s.tenants[credential]
	if st == nil {
		st = &state{leases: map[string]chan struct{}{}, tenants: map[*Tenant]bool{}}
		st.clear()
		s.tenants[credential] = st
	}
	return st
}

func (st *state) clear() {
	st.records, st.transient = map[string]cache.Record{}, map[string]cache.Record{}
}

// begin waits for the latency of a call. It reports false if the call fails.
func (s *Store) begin(ctx context.Context, operation string) bool {
	s.mu.Lock()
	fault, latency, observe := s.fault, s.latency, s.observe
	s.mu.Unlock()
	if observe != nil {
		observe(ctx, operation)
	}
	if fault == Hangs {
		latency = timeout
	}
	if latency > 0 {
		select {
		case <-time.After(latency):
		case <-ctx.Done():
		}
	}
	return fault != Unavailable && fault != Hangs && ctx.Err() == nil
}
