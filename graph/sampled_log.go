package graph

import (
	"log/slog"
	"sync"
	"time"
)

// sampledLog logs a warning at most once a second, with the number suppressed since.
type sampledLog struct {
	mu         sync.Mutex
	lastLogged time.Time
	suppressed int
}

func (l *sampledLog) warn(log *slog.Logger, message, reason string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if time.Since(l.lastLogged) < time.Second {
		l.suppressed++
		return
	}
	log.Warn(message, "reason", reason, "suppressed", l.suppressed)
	l.lastLogged, l.suppressed = time.Now(), 0
}
