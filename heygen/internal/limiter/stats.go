package limiter

import (
	"slices"
	"time"
)

// Stats is the state of a [Limiter] at one moment.
type Stats struct {
	InFlight     int           // calls that hold a slot and do not wait for a shared one
	Queued       int           // calls that wait for a slot, for a shared slot or for the rate limit
	BackoffFor   time.Duration // remaining back-off
	Rate         float64       // calls a second that may start, after the back-off if there is one; 0: not limited
	OpenBreakers []string      // endpoints whose circuit breaker is open, sorted
}

// Stats returns the current state.
func (l *Limiter) Stats() Stats {
	s := Stats{OpenBreakers: l.breakers.open()}
	now, q := time.Now(), &l.queue
	q.mu.Lock()
	defer q.mu.Unlock()
	s.InFlight, s.Queued = q.inFlight, len(q.tickets)
	if q.acquiring {
		s.InFlight, s.Queued = s.InFlight-1, s.Queued+1
	}
	s.BackoffFor, s.Rate = max(0, q.rate.backoffUntil.Sub(now)), q.rate.perSecondAt(now)
	return s
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
