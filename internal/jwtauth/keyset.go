package jwtauth

import (
	"context"
	"log/slog"
	"net/http"
	"sync"
	"time"
)

const (
	refreshAfter = time.Hour        // the age at which keys are refreshed in the background
	renewAfter   = 2 * refreshAfter // the age at which a token waits for the refresh: the process was idle
	maxAge       = 24 * time.Hour   // of keys that verify, if they cannot be refreshed
	fetchEvery   = 30 * time.Second // so that made-up kids do not flood the provider
	retryEvery   = 5 * time.Second  // while there are no keys
	maxWait      = 2 * time.Second  // of one token
	fetchTimeout = 5 * time.Second
)

// keySet holds the provider's keys and fetches them. Concurrent tokens share a fetch.
type keySet struct {
	url    string
	client *http.Client
	logger *slog.Logger
	ctx    context.Context // of fetches
	cancel context.CancelFunc

	mu          sync.Mutex
	current     *keys // nil: none were fetched yet
	attemptedAt time.Time
	failing     bool          // the last fetch failed
	fetching    chan struct{} // closed at the end of the fetch in flight; nil: none is
}

func newKeySet(url string, transport http.RoundTripper, logger *slog.Logger) *keySet {
	s := &keySet{url: url, client: newClient(transport), logger: logger}
	s.ctx, s.cancel = context.WithCancel(context.Background())
	return s
}

// close cancels the fetch in flight and waits for its end.
func (s *keySet) close() {
	s.cancel()
	s.mu.Lock()
	fetching := s.fetching
	s.mu.Unlock()
	if fetching != nil {
		<-fetching
	}
}

// get returns the current keys. If they do not include the kid of a token, or are too
// old, get fetches them, as often as is allowed, and waits. It returns an error if there
// are none.
func (s *keySet) get(ctx context.Context, id string) (*keys, error) {
	s.mu.Lock()
	current := s.usable()
	// While the provider hangs, tokens of known keys do not wait for one fetch after another.
	failed := s.failing && time.Since(s.attemptedAt) <= refreshAfter
	needed := current == nil || !current.has(id) || time.Since(current.fetchedAt) > renewAfter && !failed
	if needed || time.Since(current.fetchedAt) > refreshAfter {
		s.startFetch(current)
	}
	fetching := s.fetching
	s.mu.Unlock()
	if needed && fetching != nil {
		timer := time.NewTimer(maxWait)
		defer timer.Stop()
		select {
		case <-fetching:
		case <-timer.C:
		case <-ctx.Done():
		}
		s.mu.Lock()
		current = s.usable()
		s.mu.Unlock()
	}
	if current == nil {
		return nil, errNoKeys
	}
	return current, nil
}

// usable returns the current keys, or nil if they are too old. s.mu is held.
func (s *keySet) usable() *keys {
	if s.current == nil || time.Since(s.current.fetchedAt) > maxAge {
		return nil
	}
	return s.current
}

// startFetch starts a fetch, unless one is in flight or the last one was too recent. s.mu
// is held.
func (s *keySet) startFetch(current *keys) {
	interval := fetchEvery
	if current == nil {
		interval = retryEvery
	}
	if s.fetching != nil || s.ctx.Err() != nil || !s.attemptedAt.IsZero() && time.Since(s.attemptedAt) < interval {
		return
	}
	s.attemptedAt = time.Now()
	done := make(chan struct{})
	s.fetching = done
	go func() {
		defer close(done)
		fetched, err := s.fetch()
		s.mu.Lock()
		defer s.mu.Unlock()
		s.fetching, s.failing = nil, err != nil
		switch {
		case err == nil:
			s.current = fetched
		case s.ctx.Err() == nil:
			s.logger.Warn("fetching the identity provider's keys failed", "cause", err.Error(), "keys_known", s.usable() != nil)
		}
	}()
}
