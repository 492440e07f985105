package loader

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/google/go-cmp/cmp"
	"github.com/vektah/gqlparser/v2/ast"
)

// countingFetcher parses a key as a number, in a second, and counts the calls per key.
type countingFetcher struct {
	mu    sync.Mutex
	calls map[string]int
}

func (c *countingFetcher) fetch(ctx context.Context) FetchFunc[string, int] {
	return func(ticket *Ticket, key string, _ func(error)) (int, error) {
		if !ticket.Acquire(ctx) {
			return 0, ctx.Err()
		}
		defer ticket.Release()
		return c.number(ctx, key)
	}
}

func (c *countingFetcher) number(ctx context.Context, key string) (int, error) {
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

func TestLoaderFetchesEachKeyOnceWithItsOwnError(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := &countingFetcher{}
		l := New(t.Context(), NewScheduler(8), c.fetch(t.Context()))
		keys := []string{"1", "x", "2", "panic", "1", "x"}
		start := time.Now()
		l.StartAll(keys)
		var all sync.WaitGroup
		for _, key := range keys {
			all.Go(func() {
				n, err := l.Load(t.Context(), key)
				switch want, bad := strconv.Atoi(key); {
				case key == "panic" && (err == nil || !strings.Contains(err.Error(), "panic")):
					t.Errorf("a panic returns %v", err)
				case bad == nil && (n != want || err != nil), bad != nil && err == nil:
					t.Errorf("%s: %d, %v", key, n, err)
				}
			})
		}
		all.Wait()
		if took := time.Since(start); took != time.Second {
			t.Errorf("took %v: a complete batch must not wait", took)
		}
		for key, n := range c.calls {
			if n != 1 {
				t.Errorf("%s was fetched %d times", key, n)
			}
		}
		if _, err := l.Load(t.Context(), "x"); err == nil || c.calls["x"] != 1 {
			t.Error("a failed fetch is repeated within the operation")
		}
	})
}

// inList returns the context of a field inside of lists, at these indexes.
func inList(ctx context.Context, indexes ...int) context.Context {
	for _, i := range indexes {
		ctx = graphql.WithFieldContext(ctx, &graphql.FieldContext{Field: graphql.CollectedField{Field: &ast.Field{Alias: "nodes"}}})
		ctx = graphql.WithFieldContext(ctx, &graphql.FieldContext{Index: &i})
	}
	return ctx
}

func TestLoaderDoesNotWaitOutsideOfLists(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for ctx, want := range map[context.Context]time.Duration{
			t.Context():            time.Second,
			inList(t.Context(), 3): time.Second + time.Millisecond, // the other items of the list may follow
		} {
			l := New(t.Context(), NewScheduler(8), new(countingFetcher).fetch(t.Context()))
			start := time.Now()
			if _, err := l.Load(ctx, "1"); err != nil {
				t.Error(err)
			}
			if took := time.Since(start); took != want {
				t.Errorf("took %v, want %v", took, want)
			}
		}
	})
}

func TestLoaderFetchesInResponseOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var order []string
		scheduler := NewScheduler(1)
		l := New(t.Context(), scheduler, func(ticket *Ticket, key string, _ func(error)) (string, error) {
			ticket.Acquire(t.Context())
			defer ticket.Release()
			order = append(order, key)
			<-time.After(time.Second)
			return key, nil
		})
		var all sync.WaitGroup
		all.Go(func() { _, _ = l.Load(t.Context(), "busy") })
		synctest.Wait()
		for _, indexes := range [][]int{{2}, {0, 1}, {10}, {0}, {0, 0}, {1}} {
			key := fmt.Sprint(indexes)
			all.Go(func() { _, _ = l.Load(inList(t.Context(), indexes...), key) })
			synctest.Wait()
		}
		all.Go(func() { _, _ = l.Load(t.Context(), "outside") })
		all.Wait()
		want := []string{"busy", "outside", "[0]", "[0 0]", "[0 1]", "[1]", "[2]", "[10]"}
		if diff := cmp.Diff(want, order); diff != "" {
			t.Error(diff)
		}
	})
}

func TestLoaderFetchesKeyAtItsFirstPosition(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var order []string
		l := New(t.Context(), NewScheduler(1), func(ticket *Ticket, key string, _ func(error)) (string, error) {
			ticket.Acquire(t.Context())
			defer ticket.Release()
			order = append(order, key)
			return key, nil
		})
		last := l.Start(inList(t.Context(), 9), "shared")
		l.Start(inList(t.Context(), 5), "middle")
		l.Start(inList(t.Context(), 0), "shared")
		l.Start(inList(t.Context(), 7), "shared")
		if _, err := last.Wait(t.Context()); err != nil {
			t.Error(err)
		}
		synctest.Wait()
		if diff := cmp.Diff([]string{"shared", "middle"}, order); diff != "" {
			t.Error(diff)
		}
	})
}

func TestLoaderMovesQueuedLoadToEarlierPosition(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var order []string
		scheduler := NewScheduler(1)
		l := New(t.Context(), scheduler, func(ticket *Ticket, key string, _ func(error)) (string, error) {
			ticket.Acquire(t.Context())
			defer ticket.Release()
			order = append(order, key)
			return key, nil
		})
		busy := scheduler.Enqueue(nil, false, nil)
		last := l.Start(inList(t.Context(), 9), "shared")
		l.Start(inList(t.Context(), 5), "middle")
		<-time.After(time.Second) // the batch is dispatched
		l.Start(inList(t.Context(), 0), "shared")
		l.Start(inList(t.Context(), 7), "shared")
		busy.Release()
		if _, err := last.Wait(t.Context()); err != nil {
			t.Error(err)
		}
		synctest.Wait()
		if diff := cmp.Diff([]string{"shared", "middle"}, order); diff != "" || scheduler.free != 1 {
			t.Errorf("%d slots free\n%s", scheduler.free, diff)
		}
	})
}

// nodes(ids:) loads more keys than there are slots, all at one position.
func TestLoaderFetchesKeysOfOnePositionInLoadOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var order []int
		l := New(t.Context(), NewScheduler(1), func(ticket *Ticket, key int, _ func(error)) (int, error) {
			ticket.Acquire(t.Context())
			defer ticket.Release()
			order = append(order, key)
			return key, nil
		})
		var keys []int
		for i := range 100 {
			keys = append(keys, i)
		}
		l.StartAll(keys)
		synctest.Wait()
		if len(order) != 100 || !slices.IsSorted(order) {
			t.Errorf("%v", order)
		}
	})
}

func TestLoaderDoesNotFetchKeyPrimedWhileQueued(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, scheduler := &countingFetcher{}, NewScheduler(1)
		l := New(t.Context(), scheduler, c.fetch(t.Context()))
		busy := scheduler.Enqueue(nil, false, nil)
		f := l.Start(t.Context(), "1")
		synctest.Wait()
		l.Prime("1", 1)
		if n, err := f.Wait(t.Context()); n != 1 || err != nil {
			t.Errorf("%d, %v", n, err)
		}
		synctest.Wait()
		busy.Release()
		synctest.Wait()
		if len(c.calls) != 0 || scheduler.free != 1 {
			t.Errorf("%v, %d slots free", c.calls, scheduler.free)
		}
	})
}

func TestLoaderReturnsPrimedValueWithoutFetch(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := &countingFetcher{}
		l := New(t.Context(), NewScheduler(8), c.fetch(t.Context()))
		l.Prime("1", 1)

		if _, err := l.Load(t.Context(), "1"); err != nil || c.calls["1"] != 0 {
			t.Errorf("%v, %d calls", err, c.calls["1"])
		}
		// Also while the key waits for its batch: other items of the list may follow.
		f := l.Start(inList(t.Context(), 0), "2")
		synctest.Wait()
		l.Prime("2", 2)
		if n, err := f.Wait(t.Context()); n != 2 || err != nil {
			t.Errorf("%d, %v", n, err)
		}
		<-time.After(time.Second) // the batch is dispatched after its wait, with nothing to fetch
		if c.calls["2"] != 0 {
			t.Errorf("%d calls", c.calls["2"])
		}
	})
}

func TestLoaderReleasesCanceledCaller(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := &countingFetcher{}
		l := New(t.Context(), NewScheduler(8), c.fetch(t.Context()))
		ctx, leave := context.WithCancel(t.Context())
		time.AfterFunc(time.Millisecond, leave)
		start := time.Now()
		_, err := l.Load(ctx, "1")
		if took := time.Since(start); !errors.Is(err, context.Canceled) || took != time.Millisecond {
			t.Errorf("%v after %v", err, took)
		}
		// Another caller gets the value of the same call.
		if n, err := l.Load(t.Context(), "1"); n != 1 || err != nil || c.calls["1"] != 1 {
			t.Errorf("%d, %v in %d calls", n, err, c.calls["1"])
		}
		late, cancel := context.WithTimeout(t.Context(), time.Millisecond)
		defer cancel()
		if _, err := l.Load(late, "2"); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("a deadline returns %v", err)
		}
		<-time.After(2 * time.Second)
	})
}

func TestLoadOfSingleRootKeyIsDispatchedAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := &countingFetcher{}
		l := New(t.Context(), NewScheduler(1), c.fetch(t.Context()))
		start := time.Now()
		l.StartAll([]string{"1"})
		l.StartAll([]string{"1"})
		if n, err := l.Load(t.Context(), "1"); n != 1 || err != nil || c.calls["1"] != 1 || time.Since(start) != time.Second {
			t.Errorf("%d, %v in %d calls after %v", n, err, c.calls["1"], time.Since(start))
		}
		l.Prime("2", 2)
		l.StartAll([]string{"2"})
		if n, err := l.Load(t.Context(), "2"); n != 2 || err != nil || c.calls["2"] != 0 {
			t.Errorf("%d, %v in %d calls", n, err, c.calls["2"])
		}
	})
}

// A fetch that cannot return in time, as callers of other operations wait for the same
// call, releases those that wait for the load.
func TestLoadThatLeavesReleasesItsCallers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		errLeft := errors.New("left")
		l := New(t.Context(), NewScheduler(1), func(_ *Ticket, key string, leave func(error)) (string, error) {
			time.AfterFunc(time.Second, func() { leave(errLeft) })
			<-time.After(time.Minute)
			return key, nil
		})
		start := time.Now()
		l.StartAll([]string{"a"})
		if value, err := l.Load(t.Context(), "a"); value != "" || err != errLeft || time.Since(start) != time.Second {
			t.Errorf("%q, %v after %v", value, err, time.Since(start))
		}
		<-time.After(time.Hour)
		if _, err := l.Load(t.Context(), "a"); err != errLeft {
			t.Errorf("another error later: %v", err)
		}
	})
}
