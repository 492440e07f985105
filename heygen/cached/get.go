package cached

import (
	"context"
	"errors"

	"heygen-graphql/heygen"
	"heygen-graphql/internal/cache"
)

// get returns the cached entry of a request, or calls HeyGen. It reports to the observer
// of ctx where the value came from; describe adds what is known of a value alone.
func get[V any](ctx context.Context, c *Client, endpoint string, r cache.Request[V], describe func(*cache.Info, V)) (cache.Entry[V], error) {
	if err := c.recentRejection(endpoint); err != nil {
		cache.Info{Endpoint: endpoint, Result: cache.Skipped, Failed: true}.Report(ctx)
		return cache.Entry[V]{}, err
	}
	r.OnStaleIfError = func(err error) { c.logServingStale(endpoint, err) }
	if leave := cache.OnLeave(ctx); leave != nil {
		r.OnLeave = func(err error) {
			cache.Info{Endpoint: endpoint, Result: cache.Miss, Failed: true}.Report(ctx)
			leave(wrapContextError(endpoint, err))
		}
	}
	entry, err := cache.Get(ctx, c.scope, r)
	if err == cache.ErrLeft { // OnLeave has reported it
		return entry, err
	}
	if err == nil && c.replicas != nil && entry.Result != cache.Hit {
		c.markVerified() // by this process, or by the one that stored the record
	}
	if err == nil && c.options.MaxBytes > 0 {
		c.health.extendCachedUntil(entry.Expiry.Expires)
	}
	info := cache.Info{Endpoint: endpoint, Result: entry.Result, Failed: true}
	if upstreamErr, ok := errors.AsType[*heygen.Error](err); ok && upstreamErr.NotSent {
		info.Result = cache.Skipped
	}
	if err == nil || errors.Is(err, heygen.ErrNotFound) { // "not found" is a result, too
		info.Failed, info.StoredAt, info.FreshUntil, info.Entry = false, entry.StoredAt, entry.Expiry.Fresh, entry.Ref
	}
	if err == nil {
		describe(&info, entry.Value)
	}
	info.Report(ctx)
	return entry, wrapContextError(endpoint, err)
}

// isTransient reports whether an error says something of HeyGen's state and nothing of
// the requested value: stale-if-error, an older entry is better than such an error.
func isTransient(err error) bool {
	for _, kind := range []error{
		heygen.ErrUnavailable, heygen.ErrTimeout, heygen.ErrRateLimited, heygen.ErrOverloaded, heygen.ErrInvalidResponse, heygen.ErrPaymentRequired, heygen.ErrRejected,
		context.Canceled, context.DeadlineExceeded,
	} {
		if errors.Is(err, kind) {
			return true
		}
	}
	return false
}

// isTransientListError is isTransient for a list. A list cannot be missing, and nothing
// in its parameters but the page token can become invalid
// ([heygen.ErrPageTokenRejected]). A status that is retried says nothing about the token.
func isTransientListError(err error) bool {
	if e, ok := errors.AsType[*heygen.Error](err); ok && e.Retryable() {
		return true
	}
	return isTransient(err) || errors.Is(err, heygen.ErrNotFound) || errors.Is(err, heygen.ErrBadRequest)
}

// wrapContextError returns the client's own error for a caller whose context ended while
// it waited for a call that another caller started.
func wrapContextError(endpoint string, err error) error {
	switch err {
	case context.DeadlineExceeded:
		return &heygen.Error{Kind: heygen.ErrTimeout, Endpoint: endpoint, Cause: "no response in time"}
	case context.Canceled:
		return &heygen.Error{Kind: context.Canceled, Endpoint: endpoint, Cause: "the caller canceled the request"}
	default:
		return err
	}
}
