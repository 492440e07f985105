package heygen

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"
)

const (
	// maxBody bounds a 2xx answer in bytes. A full page is some 30 KB.
	maxBody = 8 << 20
	// maxErrorBody bounds any other: its status has said what happened, and an
	// error envelope is some 200 bytes.
	maxErrorBody = 64 << 10
)

// What every request has in its header. A transport must not change a request.
var (
	acceptJSON = []string{"application/json"}
	userAgent  = []string{"heygen-graphql"}
)

// getWithRetry asks for one path, and again where that may help, and has the answer read.
// An error of read is that of the call: an answer that makes no sense is final.
func (c *Client) getWithRetry(ctx context.Context, endpoint, path string, query url.Values, decode func(answer) error) error {
	target := c.base + path
	if len(query) > 0 {
		target += "?" + query.Encode()
	}
	var last *Error
	for retried := 0; ; retried++ {
		call := Call{Endpoint: endpoint, Attempt: retried}
		a, failed, asked := c.account.ask(ctx, endpoint, c.callTimeout, func(ctx context.Context) (answer, *Error) {
			call.Start = time.Now()
			defer func() { call.Duration = time.Since(call.Start) }()
			return c.attempt(ctx, endpoint, target)
		})
		if asked && retried == 0 {
			c.account.budget.earn()
		}
		switch {
		case failed == nil:
			err := decode(a)
			a.release()
			c.observed(ctx, call, a.status, err)
			return err
		case asked:
			c.observed(ctx, call, failed.Status, failed)
			last = failed
		case last == nil || ended(ctx) != nil:
			failed.Endpoint = endpoint
			return failed
		default: // the try before says more than that there was no other
			if last.Kind == ErrRateLimited && failed.Kind == ErrRateLimited {
				last.RetryAfter = failed.RetryAfter
			}
			return last
		}
		if retried == c.retries {
			return last
		}
		if err := c.account.again(ctx, endpoint, last, retried); err != nil {
			err.Endpoint = endpoint
			return err
		}
	}
}

// attempt makes one call: a round trip, and the whole body.
func (c *Client) attempt(ctx context.Context, endpoint, target string) (answer, *Error) {
	status := 0
	fail := func(cause string, kind error) (answer, *Error) {
		return answer{}, &Error{Kind: kind, Endpoint: endpoint, Cause: cause, Status: status}
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, target, nil)
	if err != nil {
		return fail("the request cannot be formed", ErrInvalidArgument)
	}
	req.Header["Accept"], req.Header["User-Agent"] = acceptJSON, userAgent
	c.key.setHeader(req.Header)
	// The transport, and not an http.Client: that reads a redirect before it asks
	// whether to follow it, and one it cannot read looks like a broken connection.
	// Here nothing can carry the key to wherever a redirect points.
	res, err := c.transport.RoundTrip(req)
	if err != nil || res == nil || res.Body == nil { // a transport of the caller's own may give nothing at all
		return fail(broken(ctx, err))
	}
	defer res.Body.Close()
	status = res.StatusCode
	if status < 200 || status > 299 {
		body, err := io.ReadAll(io.LimitReader(res.Body, maxErrorBody))
		if ended(ctx) == context.Canceled {
			return fail(broken(ctx, err))
		}
		return answer{}, c.statusError(endpoint, res, body) // a body that broke off adds nothing to the status
	}
	a, err := readResponse(status, res.Body, maxBody+1)
	switch {
	case err != nil:
		a.release()
		return fail(broken(ctx, err))
	case len(a.body) > maxBody:
		return fail(fmt.Sprintf("a body of more than %d MiB", maxBody>>20), ErrInvalidResponse)
	}
	return a, nil
}

// statusError is the error of an answer that is not 2xx.
func (c *Client) statusError(endpoint string, res *http.Response, body []byte) *Error {
	e := c.parseErrorEnvelope(body)
	e.Kind, e.Endpoint, e.Status = kindOfStatus(res.StatusCode), endpoint, res.StatusCode
	e.RetryAfter = parseRetryAfter(res.Header, time.Now())
	switch {
	case res.StatusCode >= 300 && res.StatusCode <= 399:
		e.Cause = "a redirect, which is never followed"
	case e.Kind == ErrInvalidResponse:
		e.Cause = "a status that fits nothing"
	}
	return e
}
