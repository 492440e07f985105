package logsample_test

import (
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"heygen-graphql/internal/logsample"
)

func TestSamplerAllowsOneEventEachSecond(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var s logsample.Sampler
		start := time.Now()
		for _, step := range []struct {
			at         time.Duration
			ok         bool
			suppressed int
		}{
			{0, true, 0},
			{0, false, 0},
			{time.Second - 1, false, 0},
			{time.Second, true, 2},
			{time.Second, false, 0},
			{time.Minute, true, 1},
			{time.Hour, true, 0},
		} {
			<-time.After(time.Until(start.Add(step.at)))
			if suppressed, ok := s.Allow(); ok != step.ok || suppressed != step.suppressed {
				t.Errorf("at %v: %t after %d suppressed events, want %t after %d", step.at, ok, suppressed, step.ok, step.suppressed)
			}
		}
	})
}

func TestSamplerCountsConcurrentEvents(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const events = 100
		var s logsample.Sampler
		var allowed atomic.Int32
		var all sync.WaitGroup
		for range events {
			all.Go(func() {
				if _, ok := s.Allow(); ok {
					allowed.Add(1)
				}
			})
		}
		all.Wait()
		<-time.After(logsample.Interval)
		if suppressed, ok := s.Allow(); allowed.Load() != 1 || suppressed != events-1 || !ok {
			t.Errorf("%d events allowed and %d suppressed, want 1 and %d", allowed.Load(), suppressed, events-1)
		}
	})
}

func TestSamplersAreIndependent(t *testing.T) {
	var a, b logsample.Sampler
	_, first := a.Allow()
	if _, ok := b.Allow(); !first || !ok {
		t.Error("one sampler suppresses the events of another")
	}
}

func TestSamplerHonorsItsOwnInterval(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := logsample.Sampler{Every: time.Minute}
		s.Allow()
		<-time.After(time.Minute - 1)
		if _, ok := s.Allow(); ok {
			t.Error("an event is logged within the interval")
		}
		<-time.After(1)
		if suppressed, ok := s.Allow(); !ok || suppressed != 1 {
			t.Error(ok, suppressed)
		}
	})
}
