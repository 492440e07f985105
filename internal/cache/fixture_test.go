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
	errTransient = errors.New("unavailable") // says nothing of the requested value
	errCacheable = errors.New("not found")   // negative caching: it is cached for 5 s
	errPermanent = errors.New("forbidden")   // is not cached, and removes the cached entry
)

// fakeUpstream responds after a second with the number of its calls.
type fakeUpstream struct {
	mu           sync.Mutex
	calls        int
	cancelCauses []error // of all calls that were canceled
	failure      error
	hangs        bool
}

func (u *fakeUpstream) fetch(ctx context.Context) (string, error) {
	u.mu.Lock()
	u.calls++
	value, failure, hangs := fmt.Sprint("response ", u.calls), u.failure, u.hangs
	u.mu.Unlock()
	wait := time.Second
	if hangs {
		wait = 24 * time.Hour
	}
	select {
	case <-time.After(wait):
		if failure != nil {
			return "", failure
		}
		return value, nil
	case <-ctx.Done():
		u.mu.Lock()
		defer u.mu.Unlock()
		u.cancelCauses = append(u.cancelCauses, context.Cause(ctx))
		return "", ctx.Err()
	}
}

// setBehavior makes later calls return an error, unless it is nil, or hang for a day.
func (u *fakeUpstream) setBehavior(failure error, hangs bool) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.failure, u.hangs = failure, hangs
}

// canceled returns the cause of each canceled call.
func (u *fakeUpstream) canceled() []error {
	u.mu.Lock()
	defer u.mu.Unlock()
	return slices.Clone(u.cancelCauses)
}

// request returns a request whose entry is fresh for 10 s, stale-while-revalidate for
// 50 s more, and expires after an hour.
func (u *fakeUpstream) request(key any) cache.Request[string] {
	return cache.Request[string]{
		Key:   key,
		Fetch: u.fetch,
		Expiry: func(_ string, err error, at time.Time) cache.Expiry {
			switch err {
			case nil:
				return cache.Expiry{Fresh: at.Add(10 * time.Second), Stale: at.Add(time.Minute), Expires: at.Add(time.Hour)}
			case errCacheable:
				return cache.Expiry{Fresh: at.Add(5 * time.Second), Stale: at.Add(5 * time.Second), Expires: at.Add(5 * time.Second)}
			default:
				return cache.Expiry{}
			}
		},
		Transient: func(err error) bool { return err != errCacheable && err != errPermanent },
	}
}

// fixture is a cache with one scope and a fake upstream, in virtual time.
type fixture struct {
	*testing.T
	*cache.Cache
	*cache.Scope
	fakeUpstream
	start time.Time
}

// runWithFixture runs a test with a cache of so many bytes.
func runWithFixture(t *testing.T, bytes int64, test func(*fixture)) {
	synctest.Test(t, func(t *testing.T) {
		f := &fixture{T: t, Cache: cache.New(cache.Options{MaxBytes: bytes, MaxBackgroundRefreshes: 8}), start: time.Now()}
		f.Scope = f.NewScope()
		test(f)
		f.Close()
		if n := f.Size(); n != 0 {
			t.Errorf("%d bytes left in a closed cache", n)
		}
	})
}

// wantGetAndCalls is wantGet, and then wantCalls.
func (f *fixture) wantGetAndCalls(key any, value string, err error, took time.Duration, calls int) {
	f.Helper()
	f.wantGet(key, value, err, took)
	f.wantCalls(calls)
}

// wantGet gets a value, and fails unless the value, the error and the time it takes are
// the given ones.
func (f *fixture) wantGet(key any, value string, err error, took time.Duration) {
	f.Helper()
	start := time.Now()
	entry, got := cache.Get(f.Context(), f.Scope, f.request(key))
	if entry.Value != value || !errors.Is(got, err) || time.Since(start) != took {
		f.Errorf("at %v: %q, %v after %v; want %q, %v after %v", start.Sub(f.start), entry.Value, got, time.Since(start), value, err, took)
	}
}

// wantCalls fails unless the upstream has been called so often since the start.
func (f *fixture) wantCalls(calls int) {
	f.Helper()
	synctest.Wait()
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.calls != calls {
		f.Errorf("at %v: %d calls, want %d", time.Since(f.start), f.calls, calls)
	}
}

// advanceTo waits until this time after the start, and for the goroutines to settle.
func (f *fixture) advanceTo(after time.Duration) {
	<-time.After(time.Until(f.start.Add(after)))
	synctest.Wait()
}
