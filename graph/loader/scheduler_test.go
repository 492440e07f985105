package loader

import (
	"context"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestPositionsAreInResponseOrder(t *testing.T) {
	ordered := []Position{nil, {0}, {0, 0}, {0, 0, 7}, {0, 2}, {0, 10}, {1}, {2, 5}, {10}}
	for i, p := range ordered {
		for j, q := range ordered {
			if p.before(q) != (i < j) {
				t.Errorf("%v before %v: %v", p, q, p.before(q))
			}
		}
	}
	if diff := cmp.Diff(Position{4, 0, 2}, PositionOf(inList(t.Context(), 4, 0, 2))); diff != "" {
		t.Error(diff)
	}
	if p := PositionOf(t.Context()); p != nil {
		t.Errorf("outside of lists: %v", p)
	}
}

func TestSchedulerLimitsConcurrencyAndLosesNoSlot(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		scheduler := NewScheduler(3)
		var mu sync.Mutex
		running, maxRunning, started := 0, 0, 0
		var all sync.WaitGroup
		for i := range 40 {
			all.Go(func() {
				ctx, cancel := context.WithTimeout(t.Context(), time.Duration(1+i%7)*time.Second)
				defer cancel()
				var obsolete chan struct{}
				if i%5 == 0 {
					obsolete = make(chan struct{})
					time.AfterFunc(time.Duration(i%3)*time.Second, func() { close(obsolete) })
				}
				ticket := scheduler.Enqueue(Position{i % 4}, i%2 == 0, obsolete)
				if !ticket.Acquire(ctx) {
					return
				}
				mu.Lock()
				running++
				started++
				maxRunning = max(maxRunning, running)
				mu.Unlock()
				<-time.After(time.Second)
				mu.Lock()
				running--
				mu.Unlock()
				ticket.Release()
			})
		}
		all.Wait()
		if maxRunning != 3 || started < 9 || scheduler.free != 3 || len(scheduler.queue)+len(scheduler.delayed) != 0 {
			t.Errorf("%d at once of %d, %d free, %d queued", maxRunning, started, scheduler.free, len(scheduler.queue)+len(scheduler.delayed))
		}
	})
}

func TestSchedulerIsFIFOWithinOnePosition(t *testing.T) {
	scheduler := NewScheduler(1)
	busy := scheduler.Enqueue(nil, false, nil)
	var queued []*Ticket
	for _, position := range []Position{{1}, {0}, {1}, {0}, {1}} {
		queued = append(queued, scheduler.Enqueue(position, false, nil))
	}
	busy.Release()
	for _, i := range []int{1, 3, 0, 2, 4} {
		if !closed(queued[i].ready) {
			t.Errorf("ticket %d has no slot", i)
		}
		queued[i].Release()
	}
}

func TestSchedulerDelaysSingleCallsOfAList(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		scheduler := NewScheduler(2)
		var mu sync.Mutex
		var order []int
		start := time.Now()
		var all sync.WaitGroup
		for _, i := range []int{4, 2, 0, 3, 1} {
			all.Go(func() {
				ticket := scheduler.Enqueue(Position{i}, true, nil)
				ticket.Acquire(t.Context())
				mu.Lock()
				order = append(order, i/2) // two start together
				mu.Unlock()
				<-time.After(time.Second)
				ticket.Release()
			})
			synctest.Wait()
		}
		all.Go(func() { // outside of lists nothing is delayed
			ticket := scheduler.Enqueue(nil, true, nil)
			ticket.Acquire(t.Context())
			if took := time.Since(start); took != 0 {
				t.Errorf("waited %v", took)
			}
			ticket.Release()
		})
		all.Wait()
		if diff := cmp.Diff([]int{0, 0, 1, 1, 2}, order); diff != "" {
			t.Error(diff)
		}
		if took := time.Since(start); took != 3*time.Second+enqueueDelay {
			t.Errorf("took %v", took)
		}
	})
}
