package limiter

import (
	"slices"
	"time"
)

// Stats is the state of a [Limiter] at one moment.
type Stats struct {
	InFlight     int           // calls that hold a slot
	Queued       int           // calls that wait for a slot or for the rate limit
	BackoffFor   time.Duration // remaining back-off
	Rate         float64       // calls a second that may start, after the back-off if there is one; 0: not limited
	OpenBreakers []string      // endpoints whose circuit breaker is open, sorted
}

// Stats returns the current state.
func (l *Limiter) Stats() Stats {
	s := Stats{InFlight: len(l.slots), OpenBreakers: l.breakers.open()}
	s.Queued, s.BackoffFor, s.Rate = l.rate.stats(time.Now())
	return s
}

func (r *rateLimiter) stats(now time.Time) (queued int, pausedFor time.Duration, rate float64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.queue), max(0, r.backoffUntil.Sub(now)), r.rateAt(now)
}

// open returns the endpoints whose breaker is open, sorted.
func (b *breakers) open() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	var endpoints []string
	for endpoint, endpointBreaker := range b.byEndpoint {
		if endpointBreaker.isOpen() {
			endpoints = append(endpoints, endpoint)
		}
	}
	slices.Sort(endpoints)
	return endpoints
}
