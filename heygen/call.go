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
func (c *Client) getWithRetry(ctx context.Context, endpoint, path string, query url.Values, decode func(response) error) error {
	target, hasPageToken := c.base+path, query.Has(tokenParameter)
	if len(query) > 0 {
		target += "?" + query.Encode()
	}
	ticket := newTicket(ctx)
	var last *Error
	for retry := 0; ; retry++ {
		call := Call{Endpoint: endpoint, Attempt: retry}
		var made struct {
			response response
			endTrace func(Call) // nil: there is no tracer
		}
		failed, sent := c.attemptWithinLimits(ctx, endpoint, ticket, func(ctx context.Context) (failed *Error) {
			call.Start = time.Now()
			made.response, failed = c.attempt(ctx, call, target, hasPageToken, &made.endTrace)
			call.Duration = time.Since(call.Start)
			return failed
		})
		switch {
		case sent && retry == 0:
			c.limiter.DepositRetry()
		case !sent && retry > 0:
			c.limiter.RefundRetry()
		}
		switch {
		case failed == nil:
			err := decode(made.response)
			made.response.release()
			c.notifyObserver(ctx, call, made.response.status, err, made.endTrace)
			return err
		case sent:
			c.notifyObserver(ctx, call, failed.Status, failed, made.endTrace)
			last = failed
		case last == nil || contextKind(ctx) != nil:
			failed.Endpoint = endpoint
			return failed
		default: // the error of the attempt before says more than the rejection of this one
			if last.Kind == ErrRateLimited && failed.Kind == ErrRateLimited {
				last.RetryAfter = failed.RetryAfter
			}
			return last
		}
		if retry == c.retries {
			return last
		}
		if err := c.waitBeforeRetry(ctx, endpoint, last, retry); err != nil {
			err.Endpoint = endpoint
			return err
		}
	}
}

// attempt sends one request and reads the complete response. It sets endTrace if there is
// a tracer.
func (c *Client) attempt(ctx context.Context, call Call, target string, hasPageToken bool, endTrace *func(Call)) (response, *Error) {
	endpoint, status := call.Endpoint, 0
	fail := func(cause string, kind error) (response, *Error) {
		return response{}, &Error{Kind: kind, Endpoint: endpoint, Cause: cause, Status: status}
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, target, nil)
	if err != nil {
		return fail("cannot create the request", ErrInvalidArgument)
	}
	req.Header["Accept"], req.Header["User-Agent"] = acceptJSON, userAgent
	setRequestID(ctx, req.Header)
	if c.trace != nil {
		*endTrace = c.trace(callerOf(ctx), call, req.Header)
	}
	c.key.setHeader(req.Header) // last: the tracer does not see it
	// It uses the transport instead of an http.Client, which parses a redirect before
	// its CheckRedirect is called: an invalid one would look like a broken connection.
	// Here nothing can send the key to the target of a redirect.
	httpRes, err := c.transport.RoundTrip(req)
	if err != nil || httpRes == nil || httpRes.Body == nil { // a custom transport may return neither
		return fail(classifyTransportError(ctx, err))
	}
	defer httpRes.Body.Close()
	status = httpRes.StatusCode
	if status < 200 || status > 299 {
		body, err := io.ReadAll(io.LimitReader(httpRes.Body, maxErrorBody))
		if contextKind(ctx) == context.Canceled {
			return fail(classifyTransportError(ctx, err))
		}
		return response{}, c.statusError(endpoint, hasPageToken, httpRes, body) // an incomplete body adds nothing to the status
	}
	res, err := readResponse(status, httpRes.Body, maxBody+1)
	switch {
	case err != nil:
		res.release()
		return fail(classifyTransportError(ctx, err))
	case len(res.body) > maxBody:
		return fail(fmt.Sprintf("body of more than %d MiB", maxBody>>20), ErrInvalidResponse)
	}
	return res, nil
}

// statusError returns the error of a response that is not 2xx.
func (c *Client) statusError(endpoint string, hasPageToken bool, res *http.Response, body []byte) *Error {
	e := c.parseErrorEnvelope(body)
	e.Kind, e.Endpoint, e.Status = kindOfStatus(res.StatusCode, hasPageToken), endpoint, res.StatusCode
	e.RetryAfter = parseRetryAfter(res.Header, time.Now())
	switch {
	case res.StatusCode >= 300 && res.StatusCode <= 399:
		e.Cause = "redirect, never followed"
	case e.Kind == ErrInvalidResponse:
		e.Cause = "unexpected status"
	}
	return e
}
