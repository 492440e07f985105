package graph

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

	"heygen-graphql/heygen"
)

// counting fetches a number by its text, a second each, and counts.
type counting struct {
	mu    sync.Mutex
	calls map[string]int
}

func (c *counting) fetch(ctx context.Context) func(*turn, string) (int, error) {
	return func(turn *turn, key string) (int, error) {
		if !turn.begin(ctx) {
			return 0, ctx.Err()
		}
		defer turn.end()
		return c.number(ctx, key)
	}
}

func (c *counting) number(ctx context.Context, key string) (int, error) {
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
		l := newLoader(t.Context(), newTurns(8), 4, c.fetch(t.Context()))
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

// inList is a context of a field in the item of a list, at these indexes.
func inList(ctx context.Context, indexes ...int) context.Context {
	for _, i := range indexes {
		ctx = graphql.WithFieldContext(ctx, &graphql.FieldContext{Field: graphql.CollectedField{Field: &ast.Field{Alias: "nodes"}}})
		ctx = graphql.WithFieldContext(ctx, &graphql.FieldContext{Index: &i})
	}
	return ctx
}

func TestLoaderWaitsForNobodyWhereNobodyElseIsForeseen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for ctx, want := range map[context.Context]time.Duration{
			t.Context():            time.Second,
			inList(t.Context(), 3): time.Second + time.Millisecond, // the other items of the list may follow
		} {
			l := newLoader(t.Context(), newTurns(8), 0, new(counting).fetch(t.Context()))
			start := time.Now()
			if _, err := l.load(ctx, "1"); err != nil {
				t.Error(err)
			}
			if took := time.Since(start); took != want {
				t.Errorf("took %v, want %v", took, want)
			}
		}
	})
}

func TestLoaderFetchesInTheOrderOfTheAnswer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var order []string
		turns := newTurns(1)
		l := newLoader(t.Context(), turns, 1, func(turn *turn, key string) (string, error) {
			turn.begin(t.Context())
			defer turn.end()
			order = append(order, key)
			<-time.After(time.Second)
			return key, nil
		})
		var all sync.WaitGroup
		all.Go(func() { _, _ = l.load(t.Context(), "busy") })
		synctest.Wait()
		for _, at := range [][]int{{2}, {0, 1}, {10}, {0}, {0, 0}, {1}} {
			key := fmt.Sprint(at)
			all.Go(func() { _, _ = l.load(inList(t.Context(), at...), key) })
			synctest.Wait()
		}
		all.Go(func() { _, _ = l.load(t.Context(), "outside") })
		all.Wait()
		want := []string{"busy", "outside", "[0]", "[0 0]", "[0 1]", "[1]", "[2]", "[10]"}
		if diff := cmp.Diff(want, order); diff != "" {
			t.Error(diff)
		}
	})
}

// Of the places that one value has, the first counts, whoever asks first.
func TestLoaderFetchesAKeyAtItsFirstPlace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var order []string
		l := newLoader(t.Context(), newTurns(1), 0, func(turn *turn, key string) (string, error) {
			turn.begin(t.Context())
			defer turn.end()
			order = append(order, key)
			return key, nil
		})
		last := l.promise(inList(t.Context(), 9), "shared")
		l.promise(inList(t.Context(), 5), "middle")
		l.promise(inList(t.Context(), 0), "shared")
		l.promise(inList(t.Context(), 7), "shared")
		if _, err := last.wait(t.Context()); err != nil {
			t.Error(err)
		}
		synctest.Wait()
		if diff := cmp.Diff([]string{"shared", "middle"}, order); diff != "" {
			t.Error(diff)
		}
	})
}

func TestAFetchThatWaitsForItsTurnMovesToAnEarlierPlace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var order []string
		turns := newTurns(1)
		l := newLoader(t.Context(), turns, 0, func(turn *turn, key string) (string, error) {
			turn.begin(t.Context())
			defer turn.end()
			order = append(order, key)
			return key, nil
		})
		busy := turns.queue(nil, false, nil)
		last := l.promise(inList(t.Context(), 9), "shared")
		l.promise(inList(t.Context(), 5), "middle")
		<-time.After(time.Second) // the batch has left
		l.promise(inList(t.Context(), 0), "shared")
		l.promise(inList(t.Context(), 7), "shared")
		busy.end()
		if _, err := last.wait(t.Context()); err != nil {
			t.Error(err)
		}
		synctest.Wait()
		if diff := cmp.Diff([]string{"shared", "middle"}, order); diff != "" || turns.free != 1 {
			t.Errorf("%d turns left\n%s", turns.free, diff)
		}
	})
}

// nodes(ids:) asks for more than there are turns, all at one place.
func TestKeysOfOnePlaceAreFetchedAsTheyWereAskedFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var order []int
		l := newLoader(t.Context(), newTurns(1), 100, func(turn *turn, key int) (int, error) {
			turn.begin(t.Context())
			defer turn.end()
			order = append(order, key)
			return key, nil
		})
		for i := range 100 {
			l.promise(t.Context(), i)
		}
		synctest.Wait()
		if len(order) != 100 || !slices.IsSorted(order) {
			t.Errorf("%v", order)
		}
	})
}

// What settles a key while its call waits for its turn spares the call.
func TestLoaderDoesNotFetchWhatCameInTheMeantime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, turns := &counting{}, newTurns(1)
		l := newLoader(t.Context(), turns, 1, c.fetch(t.Context()))
		busy := turns.queue(nil, false, nil)
		f := l.promise(t.Context(), "1")
		synctest.Wait()
		l.prime("1", 1)
		if n, err := f.wait(t.Context()); n != 1 || err != nil {
			t.Errorf("%d, %v", n, err)
		}
		synctest.Wait()
		busy.end()
		synctest.Wait()
		if len(c.calls) != 0 || turns.free != 1 {
			t.Errorf("%v, %d turns left", c.calls, turns.free)
		}
	})
}

func TestLoaderIsPrimed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := &counting{}
		l := newLoader(t.Context(), newTurns(8), 2, c.fetch(t.Context()))
		l.prime("1", 1)

		if _, err := l.load(t.Context(), "1"); err != nil || c.calls["1"] != 0 {
			t.Errorf("%v, %d calls", err, c.calls["1"])
		}
		// Also while the key waits for its batch: of two expected one has come.
		f := l.promise(t.Context(), "2")
		synctest.Wait()
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
		l := newLoader(t.Context(), newTurns(8), 1, c.fetch(t.Context()))
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
