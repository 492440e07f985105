package redisstore

import (
	"context"
	"time"

	"github.com/redis/rueidis"
)

// releaseTimeout is the time that a released hold may take to be deleted. Nobody waits for it
// here.
const releaseTimeout = time.Second

// write sends a pipeline and waits for it as long as ctx and its budget allow, so that
// another replica finds what is written. It then continues in the background. After is
// called with the replies, or nil, unless the write is dropped.
func (s *Store) write(ctx context.Context, operation string, release bool, build commands, after func([]rueidis.RedisResult)) {
	done := s.writeInBackground(operation, release, build, after)
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
// returns nil if Redis is unavailable or if too many writes are in flight. A write that
// releases a hold is also sent while the circuit breaker is open: other replicas, for whom
// Redis may be available, wait for it.
func (s *Store) writeInBackground(operation string, release bool, build commands, after func([]rueidis.RedisResult)) <-chan struct{} {
	if !s.up.Load() && !release {
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
		if release {
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
