package redisstore

import (
	"context"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

func TestBudgetIsTheUnionOfWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := budgetOf(WithBudget(t.Context()))
		var all sync.WaitGroup
		for i := range 10 { // each 10 ms, from 0 to 19 ms: 19 ms together
			all.Go(func() {
				<-time.After(time.Duration(i) * time.Millisecond)
				if left, want := b.enter(time.Hour), DefaultTimeout-time.Duration(i)*time.Millisecond; left != want {
					t.Errorf("wait %d may take %v, want %v", i, left, want)
				}
				<-time.After(10 * time.Millisecond)
				b.leave()
			})
		}
		all.Wait()
		<-time.After(time.Hour) // without a wait
		if left := b.remaining(time.Hour); left != DefaultTimeout-19*time.Millisecond {
			t.Errorf("%v left", left)
		}
		b.charge(time.Millisecond)
		if left := b.enter(time.Hour); left != 20*time.Millisecond {
			t.Errorf("%v left", left)
		}
		<-time.After(30 * time.Millisecond)
		b.leave()
		if left := b.enter(time.Hour); left > 0 {
			t.Errorf("%v left of a spent budget", left)
		}
	})
}

func TestRequestHasOneBudget(t *testing.T) {
	ctx := WithBudget(t.Context())
	if WithBudget(ctx) != ctx {
		t.Error("a second budget replaces the first")
	}
	if left := budgetOf(t.Context()).enter(time.Hour); left != time.Hour {
		t.Errorf("%v without a budget", left)
	}
}

func TestQueueAdmitsInOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var q queue
		if !q.idle() || q.enter(t.Context()) != nil || q.idle() {
			t.Fatal("the first caller is not admitted")
		}
		leaving, cancel := context.WithCancel(t.Context())
		var admitted []int
		var all sync.WaitGroup
		for i := range 5 {
			ctx := t.Context()
			if i == 2 {
				ctx = leaving
			}
			all.Go(func() {
				if err := q.enter(ctx); err != nil {
					return
				}
				admitted = append(admitted, i)
				q.leave()
			})
			synctest.Wait()
		}
		cancel()
		synctest.Wait()
		q.leave()
		all.Wait()
		if want := []int{0, 1, 3, 4}; len(admitted) != 4 || [4]int(admitted) != [4]int(want) || !q.idle() {
			t.Errorf("admitted %v, want %v", admitted, want)
		}
	})
}
