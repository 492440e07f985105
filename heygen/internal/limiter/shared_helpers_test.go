package limiter_test

import (
	"context"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"heygen-graphql/heygen/internal/limiter"
)

// fakeStore is a store that the limiters of several processes share.
type fakeStore struct {
	*testing.T
	unavailable bool

	mu           sync.Mutex
	slots        int
	held         int
	backoffUntil time.Time
	acquired     int // slots, in all
	announced    []time.Duration
	subscribers  []*limiter.Limiter // are sent the announced back-offs
}

func newFakeStore(t *testing.T, slots int) *fakeStore { return &fakeStore{T: t, slots: slots} }

// pollInterval is how often AcquireSlot polls.
const pollInterval = 5 * time.Millisecond

// AcquireSlot polls, as one of many processes would.
func (s *fakeStore) AcquireSlot(ctx context.Context) (release func(), backoff time.Duration, err error) {
	if s.unavailable {
		return func() {}, 0, nil
	}
	for {
		if release, backoff := s.tryAcquire(); release != nil || backoff > 0 {
			return release, backoff, nil
		}
		select {
		case <-time.After(pollInterval):
		case <-ctx.Done():
			return nil, 0, ctx.Err()
		}
	}
}

func (s *fakeStore) tryAcquire() (release func(), backoff time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if backoff := time.Until(s.backoffUntil); backoff > 0 {
		return nil, backoff
	}
	if s.held >= s.slots {
		return nil, 0
	}
	s.held++
	s.acquired++
	released := false
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		if released {
			s.Error("a shared slot is released twice")
		}
		released = true
		s.held--
	}, 0
}

func (s *fakeStore) BackOff(pause time.Duration) {
	s.mu.Lock()
	s.backoffUntil = time.Now().Add(pause)
	s.announced = append(s.announced, pause)
	s.mu.Unlock()
	for _, l := range s.subscribers {
		l.BackOff(pause)
	}
}

// hold takes as many slots as there are, for a time: no slot is free before its end, even
// if some are held now.
func (s *fakeStore) hold(duration time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	taken := s.slots
	s.held += taken
	time.AfterFunc(duration, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.held -= taken
	})
}

// wantFree fails unless all slots are free.
func (s *fakeStore) wantFree() {
	s.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.held != 0 {
		s.Errorf("%d shared slots are held at the end", s.held)
	}
}

// runWithStore runs a test in virtual time, with a store that must have all slots at its end.
func runWithStore(t *testing.T, slots int, test func(t *testing.T, s *fakeStore)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		s := newFakeStore(t, slots)
		test(t, s)
		synctest.Wait()
		s.wantFree()
	})
}
