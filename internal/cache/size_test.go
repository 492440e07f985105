package cache_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"heygen-graphql/internal/cache"
)

type thing struct {
	Name  string
	Note  *string
	Count *int
	Tags  []string
	When  *time.Time
	Any   any
}

func newThing(i int) thing {
	note, count, when := strings.Repeat("n", 20+i%200), i, time.Now()
	return thing{
		Name: strings.Repeat("x", 1+i%60), Note: &note, Count: &count, When: &when, Any: [2]int{i, i},
		Tags: []string{fmt.Sprint("tag ", i), strings.Repeat("t", i%40)},
	}
}

func heap() int64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.GC()
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

func TestSizeIsWhatTheAllocatorTakes(t *testing.T) {
	const n = 5000
	before := heap()
	pages := make([]*[]thing, n/50)
	for p := range pages {
		page := make([]thing, 50)
		for i := range page {
			page[i] = newThing(p*50 + i)
		}
		pages[p] = &page
	}
	took, measured := heap()-before, 0
	for _, page := range pages {
		measured += cache.SizeOf(page)
	}
	if ratio := float64(measured) / float64(took); ratio < 0.95 || ratio > 1.15 {
		t.Errorf("%d bytes measured, %d taken: %.2f", measured, took, ratio)
	}
	for _, page := range pages {
		runtime.KeepAlive(page)
	}
}

func TestSizeCountsAllThatAValueLeadsTo(t *testing.T) {
	text := strings.Repeat("x", 20)
	for _, test := range []struct {
		value any
		size  int
	}{
		{nil, 0},
		{(*thing)(nil), 8},
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

// A name may be a piece of a long text, an error may tell a long story.
func TestWhatIsKeptHoldsNoMoreThanIsMeasured(t *testing.T) {
	before := heap()
	c := cache.New(cache.Options{MaxBytes: 64 << 20})
	defer c.Close()
	s := c.NewScope()
	end := time.Now().Add(time.Hour)
	type params struct{ Language string }
	for i := range 200 {
		document := fmt.Sprint(strings.Repeat("#", 1<<20), i)
		for _, name := range []any{document[1<<20:], params{document[1<<20-3:]}} {
			_, _ = cache.Get(t.Context(), s, cache.Request[string]{
				Key:    name,
				Fetch:  func(context.Context) (string, error) { return "", errors.New(strings.Repeat("e", 1<<14)) },
				Expiry: func(string, error, time.Time) cache.Expiry { return cache.Expiry{Fresh: end, Stale: end, Expires: end} },
			})
			cache.Put(s.Snapshot(), params{"put " + document[:1<<10]}, "", time.Now(), cache.Expiry{Expires: end})
		}
	}
	if took, measured := heap()-before, c.Size(); float64(took) > 1.3*float64(measured) {
		t.Errorf("%d bytes measured, %d taken", measured, took)
	}
}

// TestTheBytesKeptAreBounded fills a cache several times over, with small
// things and with large ones.
func TestTheBytesKeptAreBounded(t *testing.T) {
	const most = 4 << 20
	for name, of := range map[string]func(i int) any{
		"small": func(i int) any { return i },
		"large": func(i int) any {
			page := make([]thing, 50)
			for j := range page {
				page[j] = newThing(i + j)
			}
			return page
		},
	} {
		before := heap()
		c := cache.New(cache.Options{MaxBytes: most})
		scope, now := c.NewScope(), time.Now()
		for i := range 40000 {
			if name == "large" && i == 2000 {
				break
			}
			cache.Put(scope.Snapshot(), fmt.Sprint("key ", i), of(i), now, cache.Expiry{Expires: now.Add(time.Hour)})
			if n := c.Size(); n > most {
				t.Fatalf("%s: %d bytes kept, at most %d", name, n, most)
			}
		}
		took, measured := heap()-before, c.Size() // half is for what is made of them
		if ratio := float64(measured) / float64(took); measured < most/2*8/10 || ratio < 0.8 || ratio > 1.5 {
			t.Errorf("%s: %d bytes measured, %d taken: %.2f", name, measured, took, ratio)
		}
		c.Close()
	}
}
