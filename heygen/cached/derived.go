package cached

import (
	"context"
	"crypto/sha256"
	"time"

	"heygen-graphql/internal/cache"
)

// madeKey names what others make of answers.
type madeKey [sha256.Size]byte

// GetOrCompute gives what was made under a key with this client's credential, as long as
// all stands that it was made of, and what somebody is making at this moment; else
// it has it made. It is made by whoever asks first, with a context that ends when
// nobody waits for it any longer. The error is that of make, or how ctx ended.
func (c *Client) GetOrCompute(ctx context.Context, key [sha256.Size]byte, make func(context.Context) (cache.Derived, error)) (cache.Derived, cache.Result, error) {
	answer, err := cache.Get(ctx, c.mine, cache.Request[cache.Derived]{
		Key:    madeKey(key),
		Inline: true,
		Fetch:  make,
		Valid:  cache.Derived.Valid,
		Expiry: func(made cache.Derived, err error, _ time.Time) cache.Expiry {
			if err != nil || made == nil || c.options.MaxBytes == 0 {
				return cache.Expiry{}
			}
			until := made.FreshUntil()
			return cache.Expiry{Fresh: until, Stale: until, Expires: until}
		},
	})
	return answer.Value, answer.Result, err
}
