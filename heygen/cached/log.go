package cached

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"heygen-graphql/heygen"
)

// quietLog says once a second that calls fail, however many do: in an outage
// everything that is kept is asked for anew again and again.
type quietLog struct {
	log *slog.Logger

	mu    sync.Mutex
	said  time.Time
	since int // how many it kept to itself since
}

func (l *quietLog) failed(endpoint string, err error) {
	told, ok := errors.AsType[*heygen.Error](err)
	if !ok || told.Kind == context.Canceled {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if time.Since(l.said) < time.Second {
		l.since++
		return
	}
	l.log.Warn("HeyGen failed, and what is kept was given", "endpoint", endpoint,
		"kind", told.Kind.Error(), "cause", told.Cause, "status", told.Status, "code", told.Code, "unsaid", l.since)
	l.said, l.since = time.Now(), 0
}
