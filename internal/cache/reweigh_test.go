package cache_test

import (
	"context"
	"testing"
	"time"

	"heygen-graphql/internal/cache"
)

// growingValue is a derived value whose size changes.
type growingValue struct{ size int }

func (g *growingValue) Size() int { return g.size }

// derivedRequest is a request of a derived value that is fresh for an hour.
func derivedRequest(id string, value *growingValue) cache.Request[*growingValue] {
	return cache.Request[*growingValue]{
		Key: id, Derived: true, Fetch: func(context.Context) (*growingValue, error) { return value, nil },
		Expiry: func(_ *growingValue, _ error, at time.Time) cache.Expiry {
			end := at.Add(time.Hour)
			return cache.Expiry{Fresh: end, Stale: end, Expires: end}
		},
	}
}

func TestReweighCountsGrownValue(t *testing.T) {
	runWithFixture(t, 1<<20, func(f *fixture) {
		value := &growingValue{1000}
		entry, err := cache.Get(f.Context(), f.Scope, derivedRequest("a", value))
		if err != nil {
			f.Fatal(err)
		}
		before := f.Cache.Size()
		value.size = 5000
		cache.Reweigh(f.Scope, "a", value)
		if grown := f.Cache.Size() - before; grown != 4000 {
			f.Errorf("%d bytes more, want 4000", grown)
		}
		if again, _ := cache.Get(f.Context(), f.Scope, derivedRequest("a", &growingValue{1})); again.Value != value || again.Result != cache.Hit || !entry.Ref.Valid() {
			f.Errorf("%v, reference valid: %t", again, entry.Ref.Valid())
		}
	})
}

func TestReweighEvictsWhatExceedsTheBound(t *testing.T) {
	const maxBytes = 1 << 20
	runWithFixture(t, maxBytes, func(f *fixture) {
		values := map[string]*growingValue{}
		for _, id := range []string{"a", "b", "c", "d"} {
			values[id] = &growingValue{1000}
			_, _ = cache.Get(f.Context(), f.Scope, derivedRequest(id, values[id]))
		}
		for id, value := range values {
			value.size = 200_000 // half of the bound is for derived entries
			cache.Reweigh(f.Scope, id, value)
			if size := f.Cache.Size(); size > maxBytes/2 {
				f.Errorf("%d bytes after %s, want at most %d", size, id, maxBytes/2)
			}
		}
	})
}

func TestReweighIgnoresOtherValues(t *testing.T) {
	runWithFixture(t, 1<<20, func(f *fixture) {
		value := &growingValue{1000}
		_, _ = cache.Get(f.Context(), f.Scope, derivedRequest("a", value))
		before := f.Cache.Size()
		cache.Reweigh(f.Scope, "a", &growingValue{9000}) // replaced
		cache.Reweigh(f.Scope, "b", value)               // evicted
		if size := f.Cache.Size(); size != before {
			f.Errorf("%d bytes more", size-before)
		}
		f.Scope.Invalidate()
		cache.Reweigh(f.Scope, "a", value)
		if size := f.Cache.Size(); size != 0 {
			f.Errorf("%d bytes after an invalidation", size)
		}
	})
	runWithFixture(t, 0, func(f *fixture) { cache.Reweigh(f.Scope, "a", &growingValue{1}) }) // caching is disabled
}
