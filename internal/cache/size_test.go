package cache_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"heygen-graphql/internal/cache"
)

type record struct {
	Name  string
	Note  *string
	Count *int
	Tags  []string
	When  *time.Time
	Any   any
}

func newRecord(i int) record {
	note, count, when := strings.Repeat("n", 20+i%200), i, time.Now()
	return record{
		Name: strings.Repeat("x", 1+i%60), Note: &note, Count: &count, When: &when, Any: [2]int{i, i},
		Tags: []string{fmt.Sprint("tag ", i), strings.Repeat("t", i%40)},
	}
}

func heapAlloc() int64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.GC()
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

func TestSizeOfMatchesAllocator(t *testing.T) {
	const n = 5000
	before := heapAlloc()
	pages := make([]*[]record, n/50)
	for p := range pages {
		page := make([]record, 50)
		for i := range page {
			page[i] = newRecord(p*50 + i)
		}
		pages[p] = &page
	}
	allocated, measured := heapAlloc()-before, 0
	for _, page := range pages {
		measured += cache.SizeOf(page)
	}
	if ratio := float64(measured) / float64(allocated); ratio < 0.95 || ratio > 1.15 {
		t.Errorf("%d bytes measured, %d allocated: %.2f", measured, allocated, ratio)
	}
	for _, page := range pages {
		runtime.KeepAlive(page)
	}
}

func TestSizeOfCountsIndirectMemory(t *testing.T) {
	text := strings.Repeat("x", 20)
	for _, test := range []struct {
		value any
		size  int
	}{
		{nil, 0},
		{(*record)(nil), 8},
		{"", 16},
		{text, 16 + 32},
		{&text, 8 + 16 + 32},
		{[]string{text}, 32 + 16 + 32},
		{make([]int64, 1, 4), 32 + 32},
		{[2]string{text, text}, 32 + 32 + 32},
		{struct{ a any }{text}, 16 + 16 + 32},
		{time.Now(), 32},
		{make([]byte, 1600), 32 + 1700},
	} {
		if got := cache.SizeOf(test.value); got != test.size {
			t.Errorf("%#.30v takes %d bytes, want %d", test.value, got, test.size)
		}
	}
}

// A key may be a substring of a long document, and an error message may be long.
func TestEntriesHoldNoMoreMemoryThanMeasured(t *testing.T) {
	before := heapAlloc()
	c := cache.New(cache.Options{MaxBytes: 64 << 20})
	defer c.Close()
	s := c.NewScope()
	end := time.Now().Add(time.Hour)
	type params struct{ Language string }
	type list struct{ Params params }
	for i := range 200 {
		document := fmt.Sprint(strings.Repeat("#", 1<<20), i)
		for _, key := range []any{document[1<<20:], params{document[1<<20-3:]}, list{params{document[1<<20-3:]}}} {
			_, _ = cache.Get(t.Context(), s, cache.Request[string]{
				Key:    key,
				Fetch:  func(context.Context) (string, error) { return "", errors.New(strings.Repeat("e", 1<<14)) },
				Expiry: func(string, error, time.Time) cache.Expiry { return cache.Expiry{Fresh: end, Stale: end, Expires: end} },
			})
			cache.Put(s.Snapshot(), params{"put " + document[:1<<10]}, "", time.Now(), cache.Expiry{Expires: end})
		}
	}
	if allocated, measured := heapAlloc()-before, c.Size(); float64(allocated) > 1.3*float64(measured) {
		t.Errorf("%d bytes measured, %d allocated", measured, allocated)
	}
}

// TestSizeIsBounded fills a cache several times over, with small values and with large
// ones.
func TestSizeIsBounded(t *testing.T) {
	const maxBytes = 4 << 20
	for name, newValue := range map[string]func(i int) any{
		"small": func(i int) any { return i },
		"large": func(i int) any {
			page := make([]record, 50)
			for j := range page {
				page[j] = newRecord(i + j)
			}
			return page
		},
	} {
		before := heapAlloc()
		c := cache.New(cache.Options{MaxBytes: maxBytes})
		scope, now := c.NewScope(), time.Now()
		for i := range 40000 {
			if name == "large" && i == 2000 {
				break
			}
			cache.Put(scope.Snapshot(), fmt.Sprint("key ", i), newValue(i), now, cache.Expiry{Expires: now.Add(time.Hour)})
			if n := c.Size(); n > maxBytes {
				t.Fatalf("%s: %d bytes, want at most %d", name, n, maxBytes)
			}
		}
		allocated, measured := heapAlloc()-before, c.Size() // half of it is for derived entries
		if ratio := float64(measured) / float64(allocated); measured < maxBytes/2*8/10 || ratio < 0.8 || ratio > 1.5 {
			t.Errorf("%s: %d bytes measured, %d allocated: %.2f", name, measured, allocated, ratio)
		}
		c.Close()
	}
}

func TestOnRejectedReportsValueThatDoesNotFit(t *testing.T) {
	runWithFixture(t, 2<<20, func(f *fixture) { // half of it is for fetched values
		var sizes, capacities []int64
		get := func(key, value string, err error) {
			r := f.request(key)
			r.Fetch = func(context.Context) (string, error) { return value, err }
			r.OnRejected = func(size, capacity int64) { sizes, capacities = append(sizes, size), append(capacities, capacity) }
			_, _ = cache.Get(f.Context(), f.Scope, r)
		}
		get("fits", strings.Repeat("x", 500<<10), nil)
		get("is not cached", "", errTransient)
		get("negative caching", "", errCacheable)
		if len(sizes) > 0 {
			f.Error(sizes)
		}
		for range 2 { // it is fetched each time
			get("does not fit", strings.Repeat("x", 1<<20), nil)
		}
		if len(sizes) != 2 || sizes[0] <= 1<<20 || !slices.Equal(capacities, []int64{1 << 20, 1 << 20}) {
			f.Error(sizes, capacities)
		}
		f.Invalidate() // an entry that is gone because of that was not rejected
		r := f.request("invalidated in flight")
		r.Fetch = func(context.Context) (string, error) { f.Invalidate(); return "value", nil }
		r.OnRejected = func(int64, int64) { f.Error("rejected") }
		_, _ = cache.Get(f.Context(), f.Scope, r)
	})
}
