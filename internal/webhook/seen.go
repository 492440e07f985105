package webhook

import (
	"crypto/sha256"
	"sync"
	"time"
)

// The ids of events are remembered for an hour (HeyGen does not document how long it repeats a delivery), and at most 10,000 of
// them: 1 MB.
const (
	maxSeen = 10_000
	seenFor = time.Hour
)

// seenIDs remembers the ids of events, as hashes: an id can be as long as a body. Its zero value is ready to use.
type seenIDs struct {
	mu    sync.Mutex
	set   map[[32]byte]struct{}
	queue []seenID // oldest first
}

type seenID struct {
	hash [32]byte
	at   time.Time
}

// add remembers an id. It reports false if it was remembered already.
func (s *seenIDs) add(id string, now time.Time) bool {
	hash := sha256.Sum256([]byte(id))
	s.mu.Lock()
	defer s.mu.Unlock()
	for len(s.queue) > 0 && now.Sub(s.queue[0].at) >= seenFor {
		s.removeOldest()
	}
	if _, ok := s.set[hash]; ok {
		return false
	}
	if len(s.queue) == maxSeen {
		s.removeOldest()
	}
	if s.set == nil {
		s.set = map[[32]byte]struct{}{}
	}
	s.set[hash] = struct{}{}
	s.queue = append(s.queue, seenID{hash, now})
	return true
}

func (s *seenIDs) removeOldest() {
	delete(s.set, s.queue[0].hash)
	s.queue = s.queue[1:]
}
