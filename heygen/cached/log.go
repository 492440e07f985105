package cached

import (
	"context"
	"errors"

	"heygen-graphql/heygen"
	"heygen-graphql/internal/cache"
)

const servingStale = "upstream failed, serving stale"

// logServingStale logs a failed call for which a stale entry is served. It logs
// at most once a second: in an outage every stale entry is refreshed again and again.
// Panics are always logged. The credit, plan and rate limit of a caller's own key
// concern that caller alone: they are logged at debug level.
func (c *Client) logServingStale(endpoint string, err error) {
	if panicked, ok := errors.AsType[*cache.PanicError](err); ok {
		c.options.Logger.Error("background refresh panicked", "endpoint", endpoint, "panic", panicked.Error())
		return
	}
	upstreamErr, ok := errors.AsType[*heygen.Error](err)
	if !ok || upstreamErr.Kind == context.Canceled {
		return
	}
	attrs := []any{"endpoint", endpoint, "kind", upstreamErr.Kind.Error(), "cause", upstreamErr.Cause, "status", upstreamErr.Status, "code", upstreamErr.Code}
	if !c.hasServerKey() && (upstreamErr.Kind == heygen.ErrPaymentRequired || upstreamErr.Kind == heygen.ErrRateLimited) {
		c.options.Logger.Debug(servingStale, attrs...)
	} else if suppressed, ok := c.staleLog.Allow(); ok {
		c.options.Logger.Warn(servingStale, append(attrs, "suppressed", suppressed)...)
	}
}
