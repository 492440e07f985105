package graph

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"heygen-graphql/heygen"
)

// counting fetches a number by its text, a second each, and counts.
type counting struct {
	mu    sync.Mutex
	calls map[string]int
}

func (c *counting) fetch(ctx context.Context, key string) (int, error) {
	c.mu.Lock()
	if c.calls == nil {
		c.calls = map[string]int{}
	}
	c.calls[key]++
	c.mu.Unlock()
	if key == "panic" {
		panic("no such number")
	}
	select {
	case <-time.After(time.Second):
		return strconv.Atoi(key)
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

func TestLoaderFetchesEachKeyOnceAndGivesEachItsOwnError(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := &counting{}
		l := newLoader(t.Context(), 4, c.fetch)
		keys := []string{"1", "x", "2", "panic", "1", "x"}
		start := time.Now()
		var all sync.WaitGroup
		for _, key := range keys {
			all.Go(func() {
				n, err := l.load(t.Context(), key)
				switch want, bad := strconv.Atoi(key); {
				case key == "panic" && (err == nil || !strings.Contains(err.Error(), "panic")):
					t.Errorf("a panic is %v", err)
				case bad == nil && (n != want || err != nil), bad != nil && err == nil:
					t.Errorf("%s: %d, %v", key, n, err)
				}
			})
		}
		all.Wait()
		if took := time.Since(start); took != time.Second {
			t.Errorf("took %v: the batch was known, and must not wait to fill", took)
		}
		for key, n := range c.calls {
			if n != 1 {
				t.Errorf("%s was fetched %d times", key, n)
			}
		}
		if _, err := l.load(t.Context(), "x"); err == nil || c.calls["x"] != 1 {
			t.Error("a failed fetch is repeated within the operation")
		}
	})
}

func TestLoaderWaitsOneMillisecondForKeysThatWereNotForeseen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := &counting{}
		l := newLoader(t.Context(), 0, c.fetch)
		start := time.Now()
		if _, err := l.load(t.Context(), "1"); err != nil {
			t.Error(err)
		}
		if took := time.Since(start); took != time.Second+time.Millisecond {
			t.Errorf("took %v", took)
		}
	})
}

func TestLoaderIsPrimed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := &counting{}
		l := newLoader(t.Context(), 2, c.fetch)
		l.prime("1", 1)

		if _, err := l.load(t.Context(), "1"); err != nil || c.calls["1"] != 0 {
			t.Errorf("%v, %d calls", err, c.calls["1"])
		}
		// Also while the key waits for its batch: of two expected one has come.
		f := l.promise("2")
		l.prime("2", 2)
		if n, err := f.wait(t.Context()); n != 2 || err != nil {
			t.Errorf("%d, %v", n, err)
		}
		<-time.After(time.Second) // the batch leaves after its wait, and finds nothing to do
		if c.calls["2"] != 0 {
			t.Errorf("%d calls", c.calls["2"])
		}
	})
}

func TestLoaderLetsGoOfACallerWhoLeaves(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := &counting{}
		l := newLoader(t.Context(), 1, c.fetch)
		ctx, leave := context.WithCancel(t.Context())
		time.AfterFunc(time.Millisecond, leave)
		start := time.Now()
		_, err := l.load(ctx, "1")
		if took := time.Since(start); !errors.Is(err, context.Canceled) || took != time.Millisecond {
			t.Errorf("%v after %v", err, took)
		}
		// Whoever stays gets the value of the same call.
		if n, err := l.load(t.Context(), "1"); n != 1 || err != nil || c.calls["1"] != 1 {
			t.Errorf("%d, %v in %d calls", n, err, c.calls["1"])
		}
		late, cancel := context.WithTimeout(t.Context(), time.Millisecond)
		defer cancel()
		if _, err := l.load(late, "2"); !errors.Is(err, heygen.ErrTimeout) {
			t.Errorf("a deadline is %v", err)
		}
		<-time.After(2 * time.Second)
	})
}
