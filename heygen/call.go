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
	// maxBody is the maximum body of a 2xx response in bytes. A full page is some
	// 30 KB.
	maxBody = 8 << 20
	// maxErrorBody is the maximum body of any other response: its status is the
	// error, and an error envelope is some 200 bytes.
	maxErrorBody = 64 << 10
)

// Headers of every request, shared: a transport must not change them.
var (
	acceptJSON = []string{"application/json"}
	userAgent  = []string{"heygen-graphql"}
)

// getWithRetry sends a GET request, retries transient failures and decodes the
// response. It does not retry an error of decode: an invalid response is final.
func (c *Client) getWithRetry(ctx context.Context, endpoint, path string, query url.Values, decode func(answer) error) error {
	target := c.base + path
	if len(query) > 0 {
		target += "?" + query.Encode()
	}
	var last *Error
	for retried := 0; ; retried++ {
		call := Call{Endpoint: endpoint, Attempt: retried}
		var a answer
		failed, asked := c.attemptWithinLimits(ctx, endpoint, func(ctx context.Context) (failed *Error) {
			call.Start = time.Now()
			a, failed = c.attempt(ctx, endpoint, target)
			call.Duration = time.Since(call.Start)
			return failed
		})
		if asked && retried == 0 {
			c.limiter.DepositRetry()
		}
		switch {
		case failed == nil:
			err := decode(a)
			a.release()
			c.notifyObserver(ctx, call, a.status, err)
			return err
		case asked:
			c.notifyObserver(ctx, call, failed.Status, failed)
			last = failed
		case last == nil || ended(ctx) != nil:
			failed.Endpoint = endpoint
			return failed
		default: // the error of the attempt before says more than the rejection of this one
			if last.Kind == ErrRateLimited && failed.Kind == ErrRateLimited {
				last.RetryAfter = failed.RetryAfter
			}
			return last
		}
		if retried == c.retries {
			return last
		}
		if err := c.waitBeforeRetry(ctx, endpoint, last, retried); err != nil {
			err.Endpoint = endpoint
			return err
		}
	}
}

// attempt sends one request and reads the complete response.
func (c *Client) attempt(ctx context.Context, endpoint, target string) (answer, *Error) {
	status := 0
	fail := func(cause string, kind error) (answer, *Error) {
		return answer{}, &Error{Kind: kind, Endpoint: endpoint, Cause: cause, Status: status}
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, target, nil)
	if err != nil {
		return fail("cannot create the request", ErrInvalidArgument)
	}
	req.Header["Accept"], req.Header["User-Agent"] = acceptJSON, userAgent
	c.key.setHeader(req.Header)
	// It uses the transport instead of an http.Client, which parses a redirect before
	// its CheckRedirect is called: an invalid one would look like a broken connection.
	// Here nothing can send the key to the target of a redirect.
	res, err := c.transport.RoundTrip(req)
	if err != nil || res == nil || res.Body == nil { // a custom transport may return neither
		return fail(broken(ctx, err))
	}
	defer res.Body.Close()
	status = res.StatusCode
	if status < 200 || status > 299 {
		body, err := io.ReadAll(io.LimitReader(res.Body, maxErrorBody))
		if ended(ctx) == context.Canceled {
			return fail(broken(ctx, err))
		}
		return answer{}, c.statusError(endpoint, res, body) // an incomplete body adds nothing to the status
	}
	a, err := readResponse(status, res.Body, maxBody+1)
	switch {
	case err != nil:
		a.release()
		return fail(broken(ctx, err))
	case len(a.body) > maxBody:
		return fail(fmt.Sprintf("body of more than %d MiB", maxBody>>20), ErrInvalidResponse)
	}
	return a, nil
}

// statusError returns the error of a response that is not 2xx.
func (c *Client) statusError(endpoint string, res *http.Response, body []byte) *Error {
	e := c.parseErrorEnvelope(body)
	e.Kind, e.Endpoint, e.Status = kindOfStatus(res.StatusCode), endpoint, res.StatusCode
	e.RetryAfter = parseRetryAfter(res.Header, time.Now())
	switch {
	case res.StatusCode >= 300 && res.StatusCode <= 399:
		e.Cause = "redirect, never followed"
	case e.Kind == ErrInvalidResponse:
		e.Cause = "unexpected status"
	}
	return e
}
