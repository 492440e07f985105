// Package logsample limits how often a repeated event is logged. An outage or an
// overload can cause thousands of identical events a second: a [Sampler] lets one
// of them through each second, or each [Sampler.Every], and counts the others.
package logsample

import (
	"cmp"
	"sync"
	"time"
)

// Interval is the default of [Sampler.Every].
const Interval = time.Second

// Sampler samples one kind of event. Its zero value is ready to use, and it is safe
// for concurrent use.
type Sampler struct {
	Every time.Duration // minimum time between two events that are logged; 0: Interval

	mu         sync.Mutex
	loggedAt   time.Time
	suppressed int // since loggedAt
}

// Allow reports whether this event may be logged. If so, it also returns the number
// of events suppressed since the last one that was logged, without this one.
func (s *Sampler) Allow() (suppressed int, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if time.Since(s.loggedAt) < cmp.Or(s.Every, Interval) {
		s.suppressed++
		return 0, false
	}
	suppressed = s.suppressed
	s.loggedAt, s.suppressed = time.Now(), 0
	return suppressed, true
}
