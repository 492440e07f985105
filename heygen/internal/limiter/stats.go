package limiter

import (
	"slices"
	"time"
)

// Stats is the state of a Limiter at one moment.
type Stats struct {
	InFlight     int           // calls that hold a slot
	Queued       int           // calls queued for a slot or for the end of a back-off
	PausedFor    time.Duration // remaining back-off
	Rate         float64       // calls a second that may start, after the back-off if there is one; 0: no limit
	OpenBreakers []string      // endpoints whose circuit breaker is open, sorted
}

// Stats returns the current state.
func (l *Limiter) Stats() Stats {
	s := Stats{InFlight: len(l.slots), OpenBreakers: l.breakers.open()}
	s.Queued, s.PausedFor, s.Rate = l.pace.load(time.Now())
	return s
}

func (p *pace) load(now time.Time) (waiting int, paused time.Duration, rate float64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.waiting), max(0, p.until.Sub(now)), p.rate(now)
}

// open returns the endpoints whose breaker is open, sorted.
func (b *breakers) open() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	var open []string
	for endpoint, one := range b.byEndpoint {
		if one.isOpen() {
			open = append(open, endpoint)
		}
	}
	slices.Sort(open)
	return open
}
