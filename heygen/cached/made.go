package cached

import (
	"context"
	"crypto/sha256"
	"time"

	"heygen-graphql/heygen"
	"heygen-graphql/internal/cache"
)

// madeKey names what others make of answers.
type madeKey [sha256.Size]byte

// Made gives what was made under a key with this client's credential, as long as
// all stands that it was made of, and what somebody is making at this moment; else
// it has it made. It is made by whoever asks first, with a context that ends when
// nobody waits for it any longer. The error is that of make, or how ctx ended.
func (c *Client) Made(ctx context.Context, key [sha256.Size]byte, make func(context.Context) (heygen.Made, error)) (heygen.Made, heygen.From, error) {
	answer, err := cache.Ask(ctx, c.mine, cache.Request[heygen.Made]{
		Key:   madeKey(key),
		Here:  true,
		Fetch: make,
		Valid: heygen.Made.Stands,
		Life: func(made heygen.Made, err error, _ time.Time) cache.Life {
			if err != nil || made == nil || c.options.Bytes == 0 {
				return cache.Life{}
			}
			until := made.Until()
			return cache.Life{Fresh: until, Stale: until, End: until}
		},
	})
	return answer.Value, from[answer.From], err
}
