package graph

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"heygen-graphql/heygen"
)

func TestMemoFetchesOnceForAllWhoAsk(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var m memo[string, int]
		calls := 0
		fetch := func() (int, error) {
			calls++
			<-time.After(time.Second)
			return 7, errors.New("and an error")
		}
		start := time.Now()
		var all sync.WaitGroup
		for range 5 {
			all.Go(func() {
				if n, err := m.get(t.Context(), "key", fetch); n != 7 || err == nil {
					t.Errorf("%d, %v", n, err)
				}
			})
		}
		all.Wait()
		if took := time.Since(start); calls != 1 || took != time.Second {
			t.Errorf("%d calls in %v", calls, took)
		}
	})
}

func TestMemoLetsNobodyWaitInVain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var m memo[string, int]
		var all sync.WaitGroup
		all.Go(func() {
			defer func() {
				if recover() == nil {
					t.Error("the panic is swallowed")
				}
			}()
			_, _ = m.get(t.Context(), "panics", func() (int, error) { <-time.After(time.Second); panic("no page") })
		})
		synctest.Wait()
		if _, err := m.get(t.Context(), "panics", nil); err == nil {
			t.Error("who waits for a fetch that panicked gets no error")
		}
		all.Go(func() {
			_, _ = m.get(t.Context(), "slow", func() (int, error) { <-time.After(time.Hour); return 1, nil })
		})
		synctest.Wait()
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := m.get(ctx, "slow", nil); !errors.Is(err, heygen.ErrTimeout) {
			t.Errorf("who leaves while waiting gets %v", err)
		}
		all.Wait()
	})
}
