package redisstore

import (
	"context"
	"errors"
	"net"
	"os"
	"time"

	"github.com/redis/rueidis"
)

// ErrUnavailable is the error of a command that was not sent, or whose reply was late.
var ErrUnavailable = errors.New("redis is unavailable")

// maxInFlight is the number of pipelines in flight. It is smaller than the queue of the
// client (1024), which blocks if it is full.
const maxInFlight = 1000

// commands builds a pipeline. It is called only if the pipeline is sent.
type commands func(rueidis.Builder) rueidis.Commands

// get reads a string. One that is longer than maximum is returned with one more byte, and one
// that does not exist is empty: whatever a key holds, it does not exhaust the memory.
func get(b rueidis.Builder, name string, maximum int) rueidis.Completed {
	return b.Getrange().Key(name).Start(0).End(int64(maximum)).Build()
}

// do sends a pipeline and returns the replies, of which each may be an error. It returns
// [ErrUnavailable] instead if the circuit breaker is open, if the budget of ctx is spent, or
// if Redis did not respond in time.
func (s *Store) do(ctx context.Context, operation string, build commands) ([]rueidis.RedisResult, error) {
	b := budgetOf(ctx)
	allowed := b.enter(s.timeout)
	defer b.leave()
	return s.doWithin(ctx, operation, allowed, build)
}

// poll is do for a command that is repeated until another replica has finished. The time
// waited for the other replica is not Redis' time, and so, in the end, is not the time of the
// polls: only one that fails is charged to the budget.
func (s *Store) poll(ctx context.Context, operation string, build commands) ([]rueidis.RedisResult, error) {
	b, start := budgetOf(ctx), time.Now()
	replies, err := s.doWithin(ctx, operation, b.remaining(s.timeout), build)
	if err != nil {
		b.charge(time.Since(start))
	}
	return replies, err
}

func (s *Store) doWithin(ctx context.Context, operation string, allowed time.Duration, build commands) ([]rueidis.RedisResult, error) {
	if !s.up.Load() || allowed <= 0 || ctx.Err() != nil {
		s.options.Observe(operation, "skipped", 0)
		return nil, ErrUnavailable
	}
	return s.send(ctx, s.client.Load(), operation, allowed, build)
}

// send sends a pipeline whether or not the circuit breaker is open. The client returns
// later than its context in some states, such as a full queue or while it connects, so it has
// a goroutine of its own.
func (s *Store) send(ctx context.Context, c *client, operation string, allowed time.Duration, build commands) ([]rueidis.RedisResult, error) {
	start := time.Now()
	limited, cancel := context.WithTimeout(ctx, allowed)
	defer cancel()
	if s.inFlight.Add(1) > maxInFlight {
		s.inFlight.Add(-1)
		s.options.Observe(operation, "skipped", 0)
		return nil, ErrUnavailable
	}
	pipeline := build(c.B())
	done := make(chan []rueidis.RedisResult, 1)
	if !s.spawn(func() {
		defer s.inFlight.Add(-1)
		done <- c.DoMulti(limited, pipeline...)
	}) {
		s.inFlight.Add(-1)
		return nil, ErrUnavailable
	}
	var replies []rueidis.RedisResult
	var err error
	select {
	case replies = <-done:
		err = s.failure(operation, replies)
	case <-limited.Done():
		select {
		case replies = <-done:
			err = s.failure(operation, replies)
		default:
			err = limited.Err()
		}
	}
	outcome := "ok"
	switch {
	case err == nil:
		s.timeouts.Store(0)
	case errors.Is(err, errRejected):
		s.timeouts.Store(0)
		outcome, err = "error", nil
	case ctx.Err() != nil: // the caller left
		outcome, err = "skipped", ErrUnavailable
	case isTimeout(err):
		// A command that had little time, because of a budget, says nothing about Redis.
		if outcome = "timeout"; allowed >= s.timeout/2 {
			s.onTimeout(err)
		}
		err = ErrUnavailable
	default:
		outcome = "error"
		s.fail(err)
		err = ErrUnavailable
	}
	s.options.Observe(operation, outcome, time.Since(start))
	return replies, err
}

// errRejected means that Redis is available but rejected a command.
var errRejected = errors.New("rejected")

// failure returns the first error that makes Redis unavailable, or errRejected.
func (s *Store) failure(operation string, replies []rueidis.RedisResult) error {
	var rejected error
	for _, reply := range replies {
		if err := reply.NonRedisError(); err != nil {
			return err
		}
		err := reply.Error()
		if err == nil || rueidis.IsRedisNil(err) {
			continue
		}
		response, ok := errors.AsType[*rueidis.RedisError](err)
		if !ok {
			return err
		}
		code := errorCode(response)
		switch code {
		case "LOADING", "MASTERDOWN", "CLUSTERDOWN":
			return response
		case "NOSCRIPT": // expected: the script is then sent
			continue
		}
		if rejected == nil {
			rejected = errRejected
			if suppressed, ok := s.rejected.Allow(); ok {
				s.options.Logger.Warn("Redis rejected a command", "operation", operation, "reason", code, "suppressed", suppressed)
			}
		}
	}
	return rejected
}

func isTimeout(err error) bool {
	if errors.Is(err, context.DeadlineExceeded) || errors.Is(err, os.ErrDeadlineExceeded) {
		return true
	}
	network, ok := errors.AsType[net.Error](err)
	return ok && network.Timeout()
}
