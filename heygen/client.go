package heygen

import (
	"cmp"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"time"
)

// What Options leave out.
const (
	DefaultBaseURL       = "https://api.heygen.com"
	DefaultCallTimeout   = 15 * time.Second // HeyGen's own client says of reads: p99 under 2 s
	DefaultMaxConcurrent = 64
)

// Options are the settings of a [Client]. The zero value works, but has no key.
type Options struct {
	// BaseURL is what /v3/… is appended to. https, or http for loopback alone,
	// without credentials, query or fragment. Default: [DefaultBaseURL].
	BaseURL string
	// Key is sent as X-Api-Key with every call. The zero Key sends none. It may
	// hold visible ASCII characters alone: what else a key holds is a mistake
	// made in copying it, such as a line break at its end.
	Key Key
	// CallTimeout bounds one call from the moment it has its slot to the last
	// byte of the answer. Waiting for the slot, and everything a caller does in
	// more than one call, is bounded by the caller's context.
	CallTimeout time.Duration
	// MaxConcurrent is how many calls may be under way at once; others wait.
	MaxConcurrent int
	// Transport carries the calls. nil: [NewTransport].
	Transport http.RoundTripper
	// Logger hears of list items that had to be left out. nil: nobody does.
	Logger *slog.Logger
}

// Client asks HeyGen. Make one with [New] and share it.
type Client struct {
	base        string
	key         Key
	callTimeout time.Duration
	slots       chan struct{}
	transport   http.RoundTripper
	log         *slog.Logger
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
	if o.CallTimeout < 0 || o.MaxConcurrent < 0 {
		return nil, errors.New("heygen: CallTimeout and MaxConcurrent must not be negative")
	}
	if o.Transport == nil {
		o.Transport = NewTransport()
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	return &Client{
		base:        base,
		key:         o.Key,
		callTimeout: cmp.Or(o.CallTimeout, DefaultCallTimeout),
		slots:       make(chan struct{}, cmp.Or(o.MaxConcurrent, DefaultMaxConcurrent)),
		log:         o.Logger,
		transport:   o.Transport,
	}, nil
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
