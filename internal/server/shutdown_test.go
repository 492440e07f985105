package server

import (
	"context"
	"log/slog"
	"testing"
	"testing/synctest"
	"time"
)

// Servers do not wait for hijacked connections, so those of streams count, too.
func TestDrainWaitsForStreams(t *testing.T) {
	for _, test := range []struct {
		streams, took time.Duration
		finished      bool
	}{{3 * time.Second, 5 * time.Second, true}, {time.Minute, 12 * time.Second, false}} {
		synctest.Test(t, func(t *testing.T) {
			start := time.Now()
			closeStreams := func(ctx context.Context) bool {
				select {
				case <-time.After(test.streams):
					return true
				case <-ctx.Done():
					return false
				}
			}
			finished := Drain(nil, closeStreams, 2*time.Second, 10*time.Second, slog.New(slog.DiscardHandler))
			if took := time.Since(start); finished != test.finished || took != test.took {
				t.Errorf("%t after %v, want %t after %v", finished, took, test.finished, test.took)
			}
		})
	}
}
