package cache_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"heygen-graphql/internal/cache"
	"heygen-graphql/internal/cache/cachetest"
)

// replica is a cache with one scope over a store that it shares with others.
type replica struct {
	*replicas
	*cache.Cache
	*cache.Scope
}

// replicas are caches of one fake upstream over one store, in virtual time.
type replicas struct {
	*testing.T
	fakeUpstream
	store *cachetest.Store
	all   []*replica
	start time.Time
}

var credential = [32]byte{1}

// runWithReplicas runs a test with three caches over one store.
func runWithReplicas(t *testing.T, test func(f *replicas, a, b, c *replica)) {
	synctest.Test(t, func(t *testing.T) {
		f := &replicas{T: t, store: cachetest.New(), start: time.Now()}
		for range 3 {
			f.add(1 << 20)
		}
		test(f, f.all[0], f.all[1], f.all[2])
		for _, r := range f.all {
			r.Cache.Close()
		}
	})
}

// add adds a cache of so many bytes.
func (f *replicas) add(bytes int64) *replica {
	c := cache.New(cache.Options{MaxBytes: bytes})
	r := &replica{f, c, c.NewScope()}
	r.SetSecondLevel(f.store.Tenant(credential, func(string) { r.Invalidate() }, nil))
	f.all = append(f.all, r)
	return r
}

func (f *replicas) advanceTo(after time.Duration) {
	<-time.After(time.Until(f.start.Add(after)))
	synctest.Wait()
}

func (f *replicas) wantCalls(calls int) {
	f.Helper()
	synctest.Wait()
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.calls != calls {
		f.Errorf("at %v: %d calls, want %d", time.Since(f.start), f.calls, calls)
	}
}

// stringCodec stores "response 1" as "value response 1", and errors as "error not found".
var stringCodec = &cache.Codec[string]{
	Key: func(id any) string { return "GET " + id.(string) },
	Encode: func(value string, err error) ([]byte, bool) {
		if err != nil {
			return []byte("error " + err.Error()), true
		}
		return []byte("value " + value), true
	},
	Decode: func(data []byte) (value string, err error, ok bool) {
		kind, content, _ := strings.Cut(string(data), " ")
		for _, e := range []error{errTransient, errCacheable, errPermanent} {
			if kind == "error" && e.Error() == content {
				return "", e, true
			}
		}
		return content, nil, kind == "value"
	},
}

// request returns the request of fakeUpstream for a value that is shared.
func (r *replica) request(key string) cache.Request[string] {
	request := r.fakeUpstream.request(key)
	request.Codec = stringCodec
	return request
}

// want gets key "a" with a request that is changed by configure. It fails unless the value,
// the error, the result and the time that it takes are the given ones.
func (r *replica) want(value string, err error, result cache.Result, took time.Duration, configure ...func(*cache.Request[string])) {
	r.Helper()
	request := r.request("a")
	for _, apply := range configure {
		apply(&request)
	}
	start := time.Now()
	entry, got := cache.Get(r.Context(), r.Scope, request)
	if entry.Value != value || !errors.Is(got, err) || entry.Result != result || time.Since(start) != took {
		r.Errorf("at %v: %q, %v, %s after %v; want %q, %v, %s after %v", start.Sub(r.start), entry.Value, got, entry.Result, time.Since(start), value, err, result, took)
	}
}

// wantAll gets key "a" in all replicas at the same moment, ten times each, and fails unless
// all get the value and the error.
func (f *replicas) wantAll(value string, err error) {
	f.Helper()
	var callers sync.WaitGroup
	for _, r := range f.all {
		for range 10 {
			callers.Go(func() {
				entry, got := cache.Get(f.Context(), r.Scope, r.request("a"))
				if entry.Value != value || !errors.Is(got, err) {
					f.Errorf("at %v: %q, %v; want %q, %v", time.Since(f.start), entry.Value, got, value, err)
				}
			})
		}
	}
	callers.Wait()
}

// isCached reports whether the cache of the replica itself has a fresh entry of key "a".
func (r *replica) isCached() bool {
	_, ok := cache.Peek[string](r.Scope, "a")
	return ok
}

// leaveAfter returns a context that is canceled after a time.
func (f *replicas) leaveAfter(d time.Duration) context.Context {
	ctx, cancel := context.WithCancel(f.Context())
	timer := time.AfterFunc(d, cancel)
	f.Cleanup(func() { timer.Stop() })
	return ctx
}
