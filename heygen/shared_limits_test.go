package heygen_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"heygen-graphql/heygen"
)

// oneSharedSlot is the slot that several clients share.
type oneSharedSlot struct {
	slot      chan struct{}
	announced []time.Duration
}

func (s *oneSharedSlot) AcquireSlot(ctx context.Context) (release func(), backoff time.Duration, err error) {
	select {
	case s.slot <- struct{}{}:
		return func() { <-s.slot }, 0, nil
	case <-ctx.Done():
		return nil, 0, ctx.Err()
	}
}

func (s *oneSharedSlot) BackOff(pause time.Duration) { s.announced = append(s.announced, pause) }

func TestClientsWithSharedLimitsTakeTurns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		shared := &oneSharedSlot{slot: make(chan struct{}, 1)}
		client := newClient(t, delayed(time.Second, groupFound))
		start := time.Now()
		var wait sync.WaitGroup
		for range 3 {
			other := client.WithSharedLimits(shared)
			wait.Go(func() { concurrently(t, other, 2) })
		}
		wait.Wait()
		if took := time.Since(start); took != 6*time.Second {
			t.Errorf("six calls took %v", took)
		}
		concurrently(t, client.WithSharedLimits(shared).WithOwnLimits(), 2)
		if took := time.Since(start); took != 7*time.Second {
			t.Errorf("with limits of their own, they took %v", took-6*time.Second)
		}
	})
}

func TestCallEndsAtItsDeadlineWhileItWaitsForASharedSlot(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		shared := &oneSharedSlot{slot: make(chan struct{}, 1)}
		shared.slot <- struct{}{}
		client := newClient(t, groupFound).WithSharedLimits(shared)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		start := time.Now()
		_, err := client.AvatarGroup(ctx, "g")
		if took := time.Since(start); !errors.Is(err, heygen.ErrTimeout) || took != time.Second {
			t.Errorf("%v after %v", err, took)
		}
		if stats := client.Stats(); stats.InFlight != 0 || stats.Queued != 0 {
			t.Errorf("%+v", stats)
		}
	})
}

func TestBackoffIsAnnouncedToOtherClientsAndHoldsThemUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		shared := &oneSharedSlot{slot: make(chan struct{}, 1)}
		limited := newClient(t, respond429("7")).WithSharedLimits(shared)
		_ = readGroup(t, limited)
		if len(shared.announced) != 1 || shared.announced[0] != 7*time.Second {
			t.Fatalf("announced %v", shared.announced)
		}
		other := newClient(t, groupFound).WithSharedLimits(shared)
		other.BackOff(shared.announced[0])
		start := time.Now()
		if err := readGroup(t, other); err != nil || time.Since(start) != 7*time.Second {
			t.Errorf("%v after %v", err, time.Since(start))
		}
		if len(shared.announced) != 1 {
			t.Errorf("announced again: %v", shared.announced)
		}
	})
}
