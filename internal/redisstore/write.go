package redisstore

import (
	"context"
	"time"

	"github.com/redis/rueidis"
)

// releaseTimeout is the time that a released hold may take to be deleted. No caller waits
// for it.
const releaseTimeout = time.Second

// A sendCondition says when a write is sent.
type sendCondition int

const (
	whileAvailable sendCondition = iota // while the circuit breaker is closed

	// always is for a write that releases a hold: other replicas, for whom Redis may be available, wait for it.
	always
)

// write sends a pipeline and waits for it as long as ctx and its budget allow, so that
// another replica finds what is written. It then continues in the background. After is
// called with the replies, or nil, unless the write is dropped.
func (s *Store) write(ctx context.Context, operation string, when sendCondition, build commands, after func([]rueidis.RedisResult)) {
	done := s.writeInBackground(operation, when, build, after)
	if done == nil {
		return
	}
	b := budgetOf(ctx)
	timer := time.NewTimer(b.enter(s.timeout))
	defer timer.Stop()
	defer b.leave()
	select {
	case <-done:
	case <-timer.C:
	case <-ctx.Done():
	}
}

// writeInBackground sends a pipeline and returns a channel that is closed when it is done. It
// returns nil if it drops the write: if Redis is unavailable, or too many writes are in flight.
func (s *Store) writeInBackground(operation string, when sendCondition, build commands, after func([]rueidis.RedisResult)) <-chan struct{} {
	if !s.up.Load() && when != always {
		s.options.Observe(operation, "skipped", 0)
		return nil
	}
	select {
	case s.writes <- struct{}{}:
	default:
		s.options.Observe(operation, "skipped", 0)
		return nil
	}
	done := make(chan struct{})
	if !s.spawn(func() {
		defer close(done)
		defer func() { <-s.writes }()
		var replies []rueidis.RedisResult
		if when == always {
			replies, _ = s.send(s.ctx, s.client.Load(), operation, releaseTimeout, build)
		} else {
			replies, _ = s.do(s.ctx, operation, build)
		}
		if after != nil {
			after(replies)
		}
	}) {
		<-s.writes
		return nil
	}
	return done
}
