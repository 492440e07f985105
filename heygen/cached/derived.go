package cached

import (
	"context"
	"crypto/sha256"
	"time"

	"heygen-graphql/internal/cache"
)

// derivedKey identifies a derived entry.
type derivedKey [sha256.Size]byte

// GetOrCompute returns the derived entry of a key within this client's tenant, as long
// as all entries that it was computed from are valid. Otherwise it coalesces identical
// requests: the first caller runs compute, and the others wait for its result. The
// context of compute is canceled when no caller waits for it any more. The error is
// that of compute, or why ctx ended.
func (c *Client) GetOrCompute(ctx context.Context, key [sha256.Size]byte, compute func(context.Context) (cache.Derived, error)) (cache.Derived, cache.Result, error) {
	entry, err := cache.Get(ctx, c.scope, cache.Request[cache.Derived]{
		Key:     derivedKey(key),
		Derived: true,
		Fetch:   compute,
		Valid:   cache.Derived.Valid,
		Expiry: func(derived cache.Derived, err error, _ time.Time) cache.Expiry {
			if err != nil || derived == nil || c.options.MaxBytes == 0 {
				return cache.Expiry{}
			}
			until := derived.FreshUntil()
			return cache.Expiry{Fresh: until, Stale: until, Expires: until}
		},
	})
	return entry.Value, entry.Result, err
}

// Reweigh measures a derived entry again, after its value has grown.
func (c *Client) Reweigh(key [sha256.Size]byte, derived cache.Derived) {
	cache.Reweigh(c.scope, derivedKey(key), derived)
}
