package stream

import (
	"maps"
	"sync"
)

// Slots bounds the event streams and WebSockets: each holds a connection and 15 to 60
// KiB until it ends, which may take half an hour.
type Slots struct {
	Max          int
	MaxPerCaller int // 0: unlimited

	mu          sync.Mutex
	total       int
	byCaller    map[string]int
	byTransport map[string]int
	idle        chan struct{} // closed when no slot is taken; nil: no one waits for that
}

// Acquire takes a slot. It reports which limit is exceeded, if one is.
func (s *Slots) Acquire(transport, caller string) (full, callerFull bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.total >= s.Max:
		return true, false
	case s.MaxPerCaller > 0 && s.byCaller[caller] >= s.MaxPerCaller:
		return false, true
	}
	if s.byCaller == nil {
		s.byCaller, s.byTransport = map[string]int{}, map[string]int{}
	}
	s.total++
	s.byCaller[caller]++
	s.byTransport[transport]++
	return false, false
}

// Release frees a slot.
func (s *Slots) Release(transport, caller string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.total--; s.total == 0 && s.idle != nil {
		close(s.idle)
		s.idle = nil
	}
	s.byTransport[transport]--
	if s.byCaller[caller]--; s.byCaller[caller] == 0 {
		delete(s.byCaller, caller)
	}
}

// Full reports whether no slot is left.
func (s *Slots) Full() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.total >= s.Max
}

// InUse returns the number of slots of each transport.
func (s *Slots) InUse() map[string]int {
	s.mu.Lock()
	defer s.mu.Unlock()
	inUse := map[string]int{}
	maps.Copy(inUse, s.byTransport)
	return inUse
}

// Idle returns a channel that is closed once no slot is taken.
func (s *Slots) Idle() <-chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.total == 0 {
		idle := make(chan struct{})
		close(idle)
		return idle
	}
	if s.idle == nil {
		s.idle = make(chan struct{})
	}
	return s.idle
}
