// Package cached is the client of HeyGen's API with a memory. It has the
// methods of [heygen.Client] that the GraphQL API asks, and what it gives is
// what that client gave, now or some time ago.
//
// An answer is fresh for a while; then it is given at once while a new one is
// fetched behind it, and where HeyGen fails. Calls for the same at the same
// moment are one. Lists bring the groups and looks that are then not fetched
// alone. What it gives is shared with others and not to be changed.
//
//	client, err := heygen.New(heygen.Options{Key: key})
//	kept := cached.New(cached.Options{HeyGen: client, Bytes: 64 << 20, Fresh: time.Minute, Stale: time.Hour})
//	defer kept.Close()
//	group, err := kept.AvatarGroup(ctx, "group_monica")
package cached

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"heygen-graphql/heygen"
	"heygen-graphql/internal/cache"
)

// Options are the settings of a [Client]. Only HeyGen must be given.
type Options struct {
	// HeyGen is asked for what is not kept.
	HeyGen *heygen.Client
	// MaxBytes bounds what is kept. 0: nothing is kept from one call to the next,
	// but those for the same at the same moment are still one.
	MaxBytes int64
	// Fresh is how long an answer is given as it is.
	Fresh time.Duration
	// StaleWhileRevalidate is how long after that it is given at once, while a new one is fetched.
	StaleWhileRevalidate time.Duration
	// StaleIfError is how long after that it is given where a new one cannot be had.
	StaleIfError time.Duration
	// PendingTTL is how long the status of something in training is taken to be
	// true, if that is less than Fresh. Then it is fetched anew before it is given.
	PendingTTL time.Duration
	// NegativeTTL is how long what HeyGen does not have is not asked for again.
	NegativeTTL time.Duration
	// RefreshTimeout bounds a call behind an answer, its turn and its retries
	// included. 0: 30 s.
	RefreshTimeout time.Duration
	// MaxBackgroundRefreshes is how many calls behind answers of one key may be under way at once. 0: 4.
	MaxBackgroundRefreshes int
	// Logger hears of calls that failed where an older answer was given. nil: nobody does.
	Logger *slog.Logger
}

// Client asks HeyGen with one key, and remembers. Make one with [New] and share
// it; [Client.ForKey] makes one for another key.
type Client struct {
	*memory
	*party
	heygen *heygen.Client // the party's, with its key
}

// memory is what the clients of all keys have in common.
type memory struct {
	options Options
	cache   *cache.Cache
	parties *parties
	log     quietLog
}

// New makes a client that remembers nothing yet.
func New(o Options) *Client {
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	m := &memory{options: o, log: quietLog{log: o.Logger}}
	m.cache = cache.New(cache.Options{MaxBytes: o.MaxBytes, RefreshTimeout: o.RefreshTimeout, MaxBackgroundRefreshes: o.MaxBackgroundRefreshes})
	m.parties = newParties(func() *party {
		return &party{heygen: o.HeyGen.WithOwnLimits().WithKey(heygen.Key{}), mine: m.cache.NewScope(), health: newHealth()}
	})
	return &Client{m, &party{heygen: o.HeyGen, mine: m.cache.NewScope(), health: newHealth()}, o.HeyGen}
}

// ForKey gives the client for a caller who brings a key. Nothing that was seen with
// one key is given to another, nor is a call shared, and each has its own pace.
// What is remembered of a key is a hash of it: the key itself lives as long as
// the client that this gives, and its calls.
func (c *Client) ForKey(key heygen.Key) *Client {
	p := c.parties.of(key)
	return &Client{c.memory, p, p.heygen.WithKey(key)}
}

// Close ends the calls under way, also those that nobody waits for, and returns
// when they have ended.
func (c *Client) Close() { c.cache.Close() }

// Size is how much is kept now, for all keys.
func (c *Client) Size() int64 { return c.cache.Size() }

// failed tells the errors that say something of HeyGen's state and nothing of
// what was asked for: an older answer is better than these.
func failed(err error) bool {
	for _, kind := range []error{
		heygen.ErrUnavailable, heygen.ErrTimeout, heygen.ErrRateLimited, heygen.ErrOverloaded, heygen.ErrInvalidResponse, heygen.ErrPaymentRequired,
		context.Canceled, context.DeadlineExceeded,
	} {
		if errors.Is(err, kind) {
			return true
		}
	}
	return false
}

// failedList tells them for a list, which cannot be missing, and of which nothing
// but the token may have become wrong.
func failedList(err error, token string) bool {
	return failed(err) || errors.Is(err, heygen.ErrNotFound) || token == "" && errors.Is(err, heygen.ErrBadRequest)
}

// ask gives what is kept of a call, or makes it.
func ask[V any](ctx context.Context, c *Client, endpoint string, r cache.Request[V], public func(V) bool) (V, error) {
	if err := c.turnedAway(endpoint); err != nil {
		cache.Info{Endpoint: endpoint, Result: cache.Skipped, Failed: true}.Report(ctx)
		var none V
		return none, err
	}
	r.OnStaleIfError = func(err error) { c.log.failed(endpoint, err) }
	came := r.OnFetch
	r.OnFetch = func(value V, err error, at time.Time, of cache.Snapshot) {
		c.heed(endpoint, err)
		if came != nil && err == nil {
			came(value, err, at, of)
		}
	}
	answer, err := cache.Get(ctx, c.mine, r)
	if err == nil && c.options.MaxBytes > 0 {
		c.health.keeps(answer.Expiry.Expires)
	}
	source := cache.Info{Endpoint: endpoint, Result: answer.Result, Failed: true}
	if told, ok := errors.AsType[*heygen.Error](err); ok && told.NotSent {
		source.Result = cache.Skipped
	}
	if err == nil || errors.Is(err, heygen.ErrNotFound) { // that there is no such thing is an answer, too
		source.Failed, source.StoredAt, source.FreshUntil, source.Public = false, answer.StoredAt, answer.Expiry.Fresh, err == nil && public(answer.Value)
		source.Entry = answer.Ref
	}
	source.Report(ctx)
	return answer.Value, waited(endpoint, err)
}

// waited is the client's own error for a caller whose context ended while it
// waited for a call that is not its own.
func waited(endpoint string, err error) error {
	switch err {
	case context.DeadlineExceeded:
		return &heygen.Error{Kind: heygen.ErrTimeout, Endpoint: endpoint, Cause: "no answer in time"}
	case context.Canceled:
		return &heygen.Error{Kind: context.Canceled, Endpoint: endpoint, Cause: "the caller left"}
	default:
		return err
	}
}
