package cached

import (
	"context"
	"errors"

	"heygen-graphql/heygen"
	"heygen-graphql/internal/cache"
)

// logServingStale logs a failed call for which a stale entry is served. It logs
// at most once a second: in an outage every stale entry is refreshed again and again.
// Panics are always logged.
func (s *shared) logServingStale(endpoint string, err error) {
	if panicked, ok := errors.AsType[*cache.PanicError](err); ok {
		s.options.Logger.Error("background refresh panicked", "endpoint", endpoint, "panic", panicked.Error())
		return
	}
	upstreamErr, ok := errors.AsType[*heygen.Error](err)
	if !ok || upstreamErr.Kind == context.Canceled {
		return
	}
	if suppressed, ok := s.staleLog.Allow(); ok {
		s.options.Logger.Warn("upstream failed, serving stale", "endpoint", endpoint, "kind", upstreamErr.Kind.Error(),
			"cause", upstreamErr.Cause, "status", upstreamErr.Status, "code", upstreamErr.Code, "suppressed", suppressed)
	}
}
