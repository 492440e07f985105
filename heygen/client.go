package heygen

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"time"
)

// What Options leave out.
const (
	DefaultBaseURL       = "https://api.heygen.com"
	DefaultCallTimeout   = 15 * time.Second // HeyGen's own client says of reads: p99 under 2 s
	DefaultMaxConcurrent = 64
)

// maxBody bounds one answer in bytes. A full page is some 30 KB.
const maxBody = 8 << 20

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
	http        http.Client
	log         *slog.Logger
}

// New checks the options; its error names the wrong one.
func New(o Options) (*Client, error) {
	base, err := ParseBaseURL(cmp.Or(o.BaseURL, DefaultBaseURL))
	if err != nil {
		return nil, err
	}
	if !o.Key.sendable() {
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
		http: http.Client{
			Transport: o.Transport,
			// A redirect would carry the key to wherever it points.
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
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

// get asks for one path and gives back the body of a 2xx answer.
func (c *Client) get(ctx context.Context, endpoint, path string, query url.Values) ([]byte, error) {
	fail := func(cause string, kind error) error {
		return &Error{Kind: kind, Endpoint: endpoint, Cause: cause}
	}
	select {
	case c.slots <- struct{}{}:
		defer func() { <-c.slots }()
	case <-ctx.Done():
		return nil, fail(broken(ctx, ctx.Err()))
	}
	ctx, cancel := context.WithTimeout(ctx, c.callTimeout)
	defer cancel()

	target := c.base + path
	if len(query) > 0 {
		target += "?" + query.Encode()
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, target, nil)
	if err != nil {
		return nil, fail("the request cannot be formed", ErrInvalidArgument)
	}
	req.Header.Set("Accept", "application/json")
	req.Header.Set("User-Agent", "heygen-graphql")
	if !c.key.IsZero() {
		req.Header.Set("X-Api-Key", c.key.header())
	}
	res, err := c.http.Do(req)
	if err != nil {
		return nil, fail(broken(ctx, err))
	}
	defer res.Body.Close()
	body, err := io.ReadAll(io.LimitReader(res.Body, maxBody+1))
	if res.StatusCode >= 200 && res.StatusCode <= 299 {
		switch {
		case err != nil:
			return nil, fail(broken(ctx, err))
		case len(body) > maxBody:
			return nil, &Error{Kind: ErrInvalidResponse, Endpoint: endpoint, Cause: fmt.Sprintf("a body of more than %d MiB", maxBody>>20), Status: res.StatusCode}
		}
		return body, nil
	}
	// The status has said what happened: a body that breaks off adds nothing,
	// unless it is the caller who left.
	if errors.Is(ctx.Err(), context.Canceled) {
		return nil, fail(broken(ctx, err))
	}
	return nil, c.refusal(endpoint, res, body)
}

// refusal is the error of an answer that is not 2xx.
func (c *Client) refusal(endpoint string, res *http.Response, body []byte) *Error {
	e := c.toldBy(body)
	e.Kind, e.Endpoint, e.Status = kindOf(res.StatusCode), endpoint, res.StatusCode
	e.RetryAfter = retryAfter(res.Header, time.Now())
	switch {
	case res.StatusCode >= 300 && res.StatusCode <= 399:
		e.Cause = "a redirect, which is never followed"
	case e.Kind == ErrInvalidResponse:
		e.Cause = "a status that fits nothing"
	}
	return e
}
