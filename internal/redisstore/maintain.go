package redisstore

import (
	"time"

	"github.com/redis/rueidis"
)

const (
	renewInterval   = time.Second
	compareInterval = 10 * time.Second
)

// maintain renews leases and slots, repeats invalidations that could not be stored, and
// compares the generations of tenants in use, because messages may be lost.
func (s *Store) maintain() {
	ticker := time.NewTicker(renewInterval)
	defer ticker.Stop()
	compared := time.Now()
	for {
		select {
		case <-ticker.C:
		case <-s.ctx.Done():
			return
		}
		if !s.Up() {
			continue
		}
		s.holds.renew(s)
		s.storeInvalidations()
		if time.Since(compared) >= compareInterval {
			compared = time.Now()
			s.compareGenerations()
			s.ping() // an idle process notices an outage, too
		}
	}
}

// ping opens the circuit breaker if Redis does not respond.
func (s *Store) ping() {
	_, _ = s.do(s.ctx, "ping", func(b rueidis.Builder) rueidis.Commands {
		return rueidis.Commands{b.Ping().Build()}
	})
}
