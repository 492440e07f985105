package heygen

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"time"

	"heygen-graphql/heygen/internal/limiter"
)

// Defaults of [Options].
const (
	DefaultBaseURL        = "https://api.heygen.com"
	DefaultAttemptTimeout = 15 * time.Second // HeyGen's own client documents a p99 of 2 s for reads
	DefaultMaxConcurrent  = 12               // HeyGen has been seen to reject 8 of a burst of 20, and none of 10
)

// Options configure a [Client]. The zero value works, but has no key.
type Options struct {
	// BaseURL is the URL before /v3/…. It must be https (http only for loopback),
	// without credentials, query or fragment. Default: [DefaultBaseURL].
	BaseURL string
	// Key is sent with every request. The zero Key sends none. It may contain only
	// visible ASCII characters: anything else is a mistake made in copying it, such
	// as a line break at its end.
	Key Key
	// AttemptTimeout is the timeout of one attempt, from the moment it has its slot to
	// the last byte of the response. The caller's context limits the waits for a
	// slot, for a back-off and for a retry, and sequences of calls.
	// 0: [DefaultAttemptTimeout].
	AttemptTimeout time.Duration
	// MaxConcurrent is the maximum number of requests of one credential in flight;
	// others are queued. 0: [DefaultMaxConcurrent].
	MaxConcurrent int
	// Retries is the maximum number of retries after transient failures: 408, 409,
	// 425, 429, 500, 502, 503 and 504, no connection, and a broken one. A timeout is
	// never retried. 0: none. [DefaultRetries] suits a server.
	Retries int
	// Transport sends the requests. nil: [NewTransport].
	Transport http.RoundTripper
	// Logger logs list items and fields that cannot be decoded (each at most once a
	// second), back-offs after a 429, and circuit breakers that open and close; at debug
	// level, every attempt. It is called with a lock held and must not call the client.
	// nil: no log.
	Logger *slog.Logger
	// Observe is called after every attempt, with the context of the caller, which may
	// be done. A call that was not sent, because of a back-off or an open breaker, has
	// no attempt. Observe delays the response, is called concurrently, and may call
	// the client. nil: no observer.
	Observe func(context.Context, Call)
	// Trace is called before every attempt, with the header of the request, to which it may
	// add, and with the context of the caller that started the call, see [WithCaller]. Its
	// Call has no outcome yet; end, unless it is nil, is called with the complete one. The
	// header has no key yet. Trace is called concurrently, and may not call the client. nil:
	// no tracer.
	Trace func(ctx context.Context, call Call, header http.Header) (end func(Call))
}

// Client calls HeyGen. Create one with [New] and share it: it is safe for concurrent use.
type Client struct {
	base           string
	key            Key
	attemptTimeout time.Duration
	retries        int
	slots          int
	limiter        *limiter.Limiter
	transport      http.RoundTripper
	log            *slog.Logger
	decodeLog      *decodeLog
	observe        func(context.Context, Call)
	trace          func(context.Context, Call, http.Header) (end func(Call))
}

// New returns a Client. Its error names the invalid option.
func New(o Options) (*Client, error) {
	base, err := ParseBaseURL(cmp.Or(o.BaseURL, DefaultBaseURL))
	if err != nil {
		return nil, err
	}
	if !o.Key.Valid() {
		return nil, errors.New("heygen: Key contains a character that is invalid in a header")
	}
	if o.AttemptTimeout < 0 || o.MaxConcurrent < 0 || o.Retries < 0 {
		return nil, errors.New("heygen: AttemptTimeout, MaxConcurrent and Retries must not be negative")
	}
	if o.Transport == nil {
		o.Transport = NewTransport()
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	c := &Client{
		base:           base,
		key:            o.Key,
		attemptTimeout: cmp.Or(o.AttemptTimeout, DefaultAttemptTimeout),
		retries:        o.Retries,
		slots:          cmp.Or(o.MaxConcurrent, DefaultMaxConcurrent),
		log:            o.Logger,
		decodeLog:      &decodeLog{},
		observe:        o.Observe,
		trace:          o.Trace,
		transport:      o.Transport,
	}
	return c.WithOwnLimits(), nil
}

// WithOwnLimits returns a client with the same options and connections, but with
// limits of its own: the rate limit and the failures of one credential do not affect
// another. Its key is the same; see [Client.WithKey].
func (c *Client) WithOwnLimits() *Client { return c.WithSharedLimits(nil) }

// SharedLimits coordinates the limits of one credential with the other processes that use
// it.
type SharedLimits = limiter.SharedLimits

// WithSharedLimits is [Client.WithOwnLimits] with a limit of calls in flight, and
// back-offs, that all processes with the credential have together. The rate limit and the
// circuit breakers are this client's.
func (c *Client) WithSharedLimits(s SharedLimits) *Client {
	other := *c
	other.limiter = limiter.New(c.slots, c.log, s)
	return &other
}

// BackOff backs off because HeyGen has rate limited another process with this credential:
// no call starts before the pause is over, and then calls start at half the rate.
func (c *Client) BackOff(pause time.Duration) { c.limiter.BackOff(pause) }

// WithKey returns a client with another key. It shares the rate limit, slots and
// circuit breakers of c, so both keys must be of the same credential. If the key is
// not [Key.Valid], every call fails.
func (c *Client) WithKey(key Key) *Client {
	other := *c
	other.key = key
	return &other
}

// NewTransport returns a net/http transport with idle connections for 64 callers and
// more: with the default of two per host, most calls under load dial again.
func NewTransport() *http.Transport {
	return &http.Transport{
		Proxy:                  http.ProxyFromEnvironment,
		DialContext:            (&net.Dialer{Timeout: 10 * time.Second, KeepAlive: 30 * time.Second}).DialContext,
		TLSHandshakeTimeout:    10 * time.Second,
		ForceAttemptHTTP2:      true,
		MaxIdleConns:           256,
		MaxIdleConnsPerHost:    256,
		IdleConnTimeout:        90 * time.Second,
		MaxResponseHeaderBytes: 64 << 10,
	}
}
