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

// What Options leave out.
const (
	DefaultBaseURL       = "https://api.heygen.com"
	DefaultCallTimeout   = 15 * time.Second // HeyGen's own client says of reads: p99 under 2 s
	DefaultMaxConcurrent = 12               // of a burst of 20, HeyGen has been seen to refuse 8, and of 10 none
)

// Options are the settings of a [Client]. The zero value works, but has no key.
type Options struct {
	// BaseURL is what /v3/… is appended to. https, or http for loopback alone,
	// without credentials, query or fragment. Default: [DefaultBaseURL].
	BaseURL string
	// Key is sent with every call. The zero Key sends none. It may
	// hold visible ASCII characters alone: what else a key holds is a mistake
	// made in copying it, such as a line break at its end.
	Key Key
	// CallTimeout bounds one try of a call from the moment it has its slot to the
	// last byte of the answer. Waiting for the slot, for a pause that HeyGen wants
	// or for the next try, and everything a caller does in more than one call, is
	// bounded by the caller's context. 0: [DefaultCallTimeout].
	CallTimeout time.Duration
	// MaxConcurrent is how many calls of one credential may be under way at once;
	// others wait. 0: [DefaultMaxConcurrent].
	MaxConcurrent int
	// Retries is how many further tries a call may have after one that failed in
	// passing: a 429, 500, 502, 503 or 504, no connection, or one that broke. A
	// timeout is never tried again. 0: none. A server does well with
	// [DefaultRetries].
	Retries int
	// Transport carries the calls. nil: [NewTransport].
	Transport http.RoundTripper
	// Logger hears of list items that had to be left out, of the pauses that HeyGen
	// asked for, and of when it is no longer asked as it keeps failing, and asked
	// again; at the level of debugging, of every try of a call. It is called with a
	// lock held, and must not call the client. nil: nobody hears.
	Logger *slog.Logger
	// Observe is told of every try of a call when it has ended, with the context
	// of who asked, which may have ended too. What HeyGen was not asked, because of
	// a pause or as it kept failing, is no try. It holds up the answer, is called by
	// several goroutines at once, and may call the client. nil: nobody is told.
	Observe func(context.Context, Call)
}

// Client asks HeyGen. Make one with [New] and share it.
type Client struct {
	base        string
	key         Key
	callTimeout time.Duration
	retries     int
	slots       int
	limiter     *limiter.Limiter
	transport   http.RoundTripper
	log         *slog.Logger
	observe     func(context.Context, Call)
}

// New checks the options; its error names the wrong one.
func New(o Options) (*Client, error) {
	base, err := ParseBaseURL(cmp.Or(o.BaseURL, DefaultBaseURL))
	if err != nil {
		return nil, err
	}
	if !o.Key.Valid() {
		return nil, errors.New("heygen: Key holds a character that cannot stand in a header")
	}
	if o.CallTimeout < 0 || o.MaxConcurrent < 0 || o.Retries < 0 {
		return nil, errors.New("heygen: CallTimeout, MaxConcurrent and Retries must not be negative")
	}
	if o.Transport == nil {
		o.Transport = NewTransport()
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	c := &Client{
		base:        base,
		key:         o.Key,
		callTimeout: cmp.Or(o.CallTimeout, DefaultCallTimeout),
		retries:     o.Retries,
		slots:       cmp.Or(o.MaxConcurrent, DefaultMaxConcurrent),
		log:         o.Logger,
		observe:     o.Observe,
		transport:   o.Transport,
	}
	return c.WithOwnLimits(), nil
}

// WithOwnLimits gives a client that shares the settings and the connections, and
// nothing else: what HeyGen makes of one credential, its pauses and its failures,
// is no matter of another. It has the same key until it is given one [Client.WithKey].
func (c *Client) WithOwnLimits() *Client {
	other := *c
	other.limiter = limiter.New(c.slots, c.log)
	return &other
}

// WithKey gives the client with a key in place of its own. Pace, slots and
// breakers it shares with the client it is made of, so both must speak for the
// same credential. A key that is not [Key.Valid] makes every call fail.
func (c *Client) WithKey(key Key) *Client {
	other := *c
	other.key = key
	return &other
}

// NewTransport is net/http's with idle connections for 64 callers and more:
// with the default of two a host, most calls under load dial anew.
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
