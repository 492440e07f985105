package cached

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"heygen-graphql/heygen"
	"heygen-graphql/internal/cache"
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
	if panicked, ok := errors.AsType[*cache.PanicError](err); ok {
		l.log.Error("background refresh panicked", "endpoint", endpoint, "panic", panicked.Error())
		return
	}
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
	l.log.Warn("upstream failed, serving stale", "endpoint", endpoint,
		"kind", told.Kind.Error(), "cause", told.Cause, "status", told.Status, "code", told.Code, "suppressed", l.since)
	l.said, l.since = time.Now(), 0
}
