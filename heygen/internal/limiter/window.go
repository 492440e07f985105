package limiter

import "time"

// A breaker trips after so many consecutive failures, however long they took, or
// when so many of the attempts that ended within the window failed.
const (
	maxConsecutiveFailures = 10
	windowSeconds          = 10
	minCalls               = 20 // in the window, for the percentage to count
	maxFailedPercent       = 60
)

// window counts the attempts that ended in each of the last seconds, and the
// consecutive failures.
type window struct {
	consecutiveFailures int
	seconds             [windowSeconds]struct {
		unix          int64
		calls, failed int
	}
}

func (w *window) add(now time.Time, failed bool) {
	unix := now.Unix()
	second := &w.seconds[unix%windowSeconds]
	if second.unix != unix {
		second.unix, second.calls, second.failed = unix, 0, 0
	}
	second.calls++
	w.consecutiveFailures++
	if failed {
		second.failed++
	} else {
		w.consecutiveFailures = 0
	}
}

func (w *window) shouldTrip(now time.Time) bool {
	calls, failed := 0, 0
	for _, second := range w.seconds {
		if now.Unix()-second.unix < windowSeconds {
			calls += second.calls
			failed += second.failed
		}
	}
	return w.consecutiveFailures >= maxConsecutiveFailures || calls >= minCalls && failed*100 >= calls*maxFailedPercent
}
