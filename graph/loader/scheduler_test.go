package graph

import (
	"context"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestPlacesAreOrderedAsTheAnswerIs(t *testing.T) {
	ordered := []place{nil, {0}, {0, 0}, {0, 0, 7}, {0, 2}, {0, 10}, {1}, {2, 5}, {10}}
	for i, p := range ordered {
		for j, q := range ordered {
			if p.before(q) != (i < j) {
				t.Errorf("%v before %v: %v", p, q, p.before(q))
			}
		}
	}
	if diff := cmp.Diff(place{4, 0, 2}, placeOf(inList(t.Context(), 4, 0, 2))); diff != "" {
		t.Error(diff)
	}
	if at := placeOf(t.Context()); at != nil {
		t.Errorf("outside of lists: %v", at)
	}
}

func TestTurnsAreSoManyAtOnceAndNeverLost(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		turns := newTurns(3)
		var mu sync.Mutex
		now, most, began := 0, 0, 0
		var all sync.WaitGroup
		for i := range 40 {
			all.Go(func() {
				ctx, cancel := context.WithTimeout(t.Context(), time.Duration(1+i%7)*time.Second)
				defer cancel()
				var unneeded chan struct{}
				if i%5 == 0 {
					unneeded = make(chan struct{})
					time.AfterFunc(time.Duration(i%3)*time.Second, func() { close(unneeded) })
				}
				turn := turns.queue(place{i % 4}, i%2 == 0, unneeded)
				if !turn.begin(ctx) {
					return
				}
				mu.Lock()
				now++
				began++
				most = max(most, now)
				mu.Unlock()
				<-time.After(time.Second)
				mu.Lock()
				now--
				mu.Unlock()
				turn.end()
			})
		}
		all.Wait()
		if most != 3 || began < 9 || turns.free != 3 || len(turns.waiting)+len(turns.gathered) != 0 {
			t.Errorf("%d at once of %d, %d free, %d waiting", most, began, turns.free, len(turns.waiting)+len(turns.gathered))
		}
	})
}

func TestTurnsOfOnePlaceComeInTheOrderInWhichTheyQueued(t *testing.T) {
	turns := newTurns(1)
	busy := turns.queue(nil, false, nil)
	var queued []*turn
	for _, at := range []place{{1}, {0}, {1}, {0}, {1}} {
		queued = append(queued, turns.queue(at, false, nil))
	}
	busy.end()
	for _, i := range []int{1, 3, 0, 2, 4} {
		if !closed(queued[i].come) {
			t.Errorf("turn %d has not come", i)
		}
		queued[i].end()
	}
}

func TestWhatStandsInAListGathersFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		turns := newTurns(2)
		var mu sync.Mutex
		var order []int
		start := time.Now()
		var all sync.WaitGroup
		for _, i := range []int{4, 2, 0, 3, 1} {
			all.Go(func() {
				turn := turns.queue(place{i}, true, nil)
				turn.begin(t.Context())
				mu.Lock()
				order = append(order, i/2) // two begin together
				mu.Unlock()
				<-time.After(time.Second)
				turn.end()
			})
			synctest.Wait()
		}
		all.Go(func() { // outside of a list there is nothing to gather
			turn := turns.queue(nil, true, nil)
			turn.begin(t.Context())
			if took := time.Since(start); took != 0 {
				t.Errorf("waited %v", took)
			}
			turn.end()
		})
		all.Wait()
		if diff := cmp.Diff([]int{0, 0, 1, 1, 2}, order); diff != "" {
			t.Error(diff)
		}
		if took := time.Since(start); took != 3*time.Second+gatherTime {
			t.Errorf("took %v", took)
		}
	})
}
