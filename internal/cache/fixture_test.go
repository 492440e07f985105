package cache_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"heygen-graphql/internal/cache"
)

var (
	errDown = errors.New("down") // says nothing of what was asked for
	errGone = errors.New("gone") // is an answer worth keeping
	errNo   = errors.New("no")   // is one that is not
)

// service answers how often it was asked, which takes it a second.
type service struct {
	mu    sync.Mutex
	calls int
	ended []error // why calls were cancelled
	fails error
	hangs bool
}

func (s *service) fetch(ctx context.Context) (string, error) {
	s.mu.Lock()
	s.calls++
	value, fails, hangs := fmt.Sprint("answer ", s.calls), s.fails, s.hangs
	s.mu.Unlock()
	wait := time.Second
	if hangs {
		wait = 24 * time.Hour
	}
	select {
	case <-time.After(wait):
		if fails != nil {
			return "", fails
		}
		return value, nil
	case <-ctx.Done():
		s.mu.Lock()
		defer s.mu.Unlock()
		s.ended = append(s.ended, context.Cause(ctx))
		return "", ctx.Err()
	}
}

func (s *service) becomes(fails error, hangs bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fails, s.hangs = fails, hangs
}

// cancelled is why calls were cancelled so far.
func (s *service) cancelled() []error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.ended)
}

// request is for an answer that is fresh for 10 s, stale for 50 s more, and of
// use for an hour.
func (s *service) request(key any) cache.Request[string] {
	return cache.Request[string]{
		Key:   key,
		Fetch: s.fetch,
		Expiry: func(_ string, err error, at time.Time) cache.Expiry {
			switch err {
			case nil:
				return cache.Expiry{Fresh: at.Add(10 * time.Second), Stale: at.Add(time.Minute), Expires: at.Add(time.Hour)}
			case errGone:
				return cache.Expiry{Fresh: at.Add(5 * time.Second), Stale: at.Add(5 * time.Second), Expires: at.Add(5 * time.Second)}
			default:
				return cache.Expiry{}
			}
		},
		Transient: func(err error) bool { return err != errGone && err != errNo },
	}
}

// world is a cache, a scope in it and the service behind it, in virtual time.
type world struct {
	*testing.T
	*cache.Cache
	*cache.Scope
	service
	start time.Time
}

func in(t *testing.T, bytes int64, test func(*world)) {
	synctest.Test(t, func(t *testing.T) {
		w := &world{T: t, Cache: cache.New(cache.Options{MaxBytes: bytes, MaxBackgroundRefreshes: 8}), start: time.Now()}
		w.Scope = w.NewScope()
		test(w)
		w.Close()
		if n := w.Size(); n != 0 {
			t.Errorf("%d bytes kept by a closed cache", n)
		}
	})
}

// wants asks for something and fails unless the answer is as told, came after
// just so long, and the service has been asked so often in all.
func (w *world) wants(key any, value string, err error, took time.Duration, calls int) {
	w.Helper()
	w.gets(key, value, err, took)
	w.called(calls)
}

func (w *world) gets(key any, value string, err error, took time.Duration) {
	w.Helper()
	asked := time.Now()
	answer, got := cache.Get(w.Context(), w.Scope, w.request(key))
	if answer.Value != value || !errors.Is(got, err) || time.Since(asked) != took {
		w.Errorf("at %v: %q, %v after %v; want %q, %v after %v", asked.Sub(w.start), answer.Value, got, time.Since(asked), value, err, took)
	}
}

func (w *world) called(calls int) {
	w.Helper()
	synctest.Wait()
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.calls != calls {
		w.Errorf("at %v: %d calls, want %d", time.Since(w.start), w.calls, calls)
	}
}

// at waits until so long after the start.
func (w *world) at(after time.Duration) {
	<-time.After(time.Until(w.start.Add(after)))
	synctest.Wait()
}
