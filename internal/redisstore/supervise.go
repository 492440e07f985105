package redisstore

import (
	"context"
	"errors"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/redis/rueidis"
)

const (
	probeInterval      = 250 * time.Millisecond
	maxConnectInterval = 2 * time.Second
)

// supervise connects to Redis, and then closes the circuit breaker whenever it is open and
// two probes in a row have succeeded.
func (s *Store) supervise() {
	if !s.connect() {
		return
	}
	successes := 1 // the connection
	for s.ctx.Err() == nil {
		if s.up.Load() {
			select {
			case <-s.opened:
				successes = 0
			case <-s.ctx.Done():
				return
			}
			s.wait(s.ctx, probeInterval)
			continue
		}
		if s.probe() {
			successes++
		} else {
			successes = 0
		}
		if successes >= 2 {
			select {
			case <-s.opened: // a command that failed before the probes
			default:
			}
			s.up.Store(true)
			s.holds.renew(s)
			if s.outageLogged.Swap(false) {
				s.options.Logger.Info("Redis is available")
			}
			continue
		}
		s.wait(s.ctx, probeInterval)
	}
}

// connect creates the client, which fails as long as Redis is down. It reports false if the
// store closes before.
func (s *Store) connect() bool {
	for interval := probeInterval; s.ctx.Err() == nil; interval = min(2*interval, maxConnectInterval) {
		option, err := s.clientOption()
		var created rueidis.Client
		if err == nil {
			created, err = rueidis.NewClient(option)
		}
		if err != nil {
			s.logUnavailable(err)
			s.wait(s.ctx, interval)
			continue
		}
		s.client.Store(&client{created})
		if s.ctx.Err() != nil { // Close may not have seen the client
			created.Close()
			return false
		}
		return true
	}
	return false
}

// probe reports whether Redis responds within the timeout of a command. It may take longer,
// because it also connects again, which over TLS takes several round trips.
func (s *Store) probe() bool {
	start := time.Now()
	_, err := s.send(s.ctx, s.client.Load(), "ping", connectTimeout, func(b rueidis.Builder) rueidis.Commands {
		return rueidis.Commands{b.Ping().Build()}
	})
	return err == nil && time.Since(start) <= s.timeout
}

// maxTimeouts is the number of consecutive commands without a reply in time that open the
// circuit breaker. A single one may have been delayed by this process.
const maxTimeouts = 3

// onTimeout counts a command without a reply in time.
func (s *Store) onTimeout(err error) {
	if s.timeouts.Add(1) >= maxTimeouts {
		s.fail(err)
	}
}

// fail opens the circuit breaker.
func (s *Store) fail(err error) {
	if s.up.CompareAndSwap(true, false) {
		select {
		case s.opened <- struct{}{}:
		default:
		}
	}
	s.logUnavailable(err)
}

// logUnavailable logs why Redis is unavailable: the code of its error, never a message, which
// may contain an address, a user or a key.
func (s *Store) logUnavailable(err error) {
	if s.ctx.Err() != nil {
		return
	}
	if suppressed, ok := s.unavailable.Allow(); ok {
		s.outageLogged.Store(true)
		s.options.Logger.Warn("Redis is unavailable", "reason", reason(err), "suppressed", suppressed)
	}
}

func reason(err error) string {
	if reply, ok := errors.AsType[*rueidis.RedisError](err); ok {
		return errorCode(reply)
	}
	if isTimeout(err) {
		return "timeout"
	}
	return "connection"
}

// errorCode returns the first word of an error reply, such as WRONGPASS.
func errorCode(reply *rueidis.RedisError) string {
	code, _, _ := strings.Cut(reply.Error(), " ")
	for _, r := range code {
		if r < 'A' || r > 'Z' {
			return "ERR"
		}
	}
	return code
}

// wait returns after about d, or when ctx is done, which it reports as false.
func (s *Store) wait(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d*3/4 + rand.N(d/2))
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}
