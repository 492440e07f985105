package loader

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

func TestMemoComputesOncePerKey(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var m Memo[string, int]
		calls := 0
		fetch := func() (int, error) {
			calls++
			<-time.After(time.Second)
			return 7, errors.New("an error")
		}
		start := time.Now()
		var all sync.WaitGroup
		for range 5 {
			all.Go(func() {
				if n, err := m.Do(t.Context(), "key", fetch); n != 7 || err == nil {
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

func TestMemoReturnsErrorAfterPanicOrTimeout(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var m Memo[string, int]
		var all sync.WaitGroup
		all.Go(func() {
			defer func() {
				if recover() == nil {
					t.Error("the panic is swallowed")
				}
			}()
			_, _ = m.Do(t.Context(), "panics", func() (int, error) { <-time.After(time.Second); panic("no page") })
		})
		synctest.Wait()
		if _, err := m.Do(t.Context(), "panics", nil); err == nil {
			t.Error("a waiter gets no error after a panic")
		}
		all.Go(func() {
			_, _ = m.Do(t.Context(), "slow", func() (int, error) { <-time.After(time.Hour); return 1, nil })
		})
		synctest.Wait()
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := m.Do(ctx, "slow", nil); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("a waiter whose context ended gets %v", err)
		}
		all.Wait()
	})
}
