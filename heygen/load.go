package heygen

import (
	"slices"
	"time"
)

// Stats is what a client has to do, and what holds it back, at one moment.
type Stats struct {
	InFlight     int           // calls that have a slot
	Queued       int           // calls in line for a slot or for the end of a pause; not those that wait for their next try
	PausedFor    time.Duration // what is left of the pause that HeyGen asked for with a 429
	Rate         float64       // calls a second that may begin, after the pause if there is one; 0: any number
	OpenBreakers []string      // endpoints that are not asked as they keep failing, in order
}

// Stats tells how things stand now.
func (c *Client) Stats() Stats { return c.account.load() }

func (a *account) load() Stats {
	l := Stats{InFlight: len(a.slots), OpenBreakers: a.breakers.open()}
	l.Queued, l.PausedFor, l.Rate = a.pace.load(time.Now())
	return l
}

func (p *pace) load(now time.Time) (waiting int, paused time.Duration, rate float64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.waiting), max(0, p.until.Sub(now)), p.rate(now)
}

// open are the endpoints whose breaker is.
func (b *breakers) open() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	var open []string
	for endpoint, one := range b.by {
		if one.open() {
			open = append(open, endpoint)
		}
	}
	slices.Sort(open)
	return open
}
