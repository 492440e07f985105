package heygen

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// The kinds of errors. Every error of a call is an *[Error] of one of these kinds, or
// of context.Canceled if its caller canceled it.
var (
	// ErrInvalidArgument: an argument is invalid; nothing was sent.
	ErrInvalidArgument = errors.New("invalid argument")
	// ErrBadRequest: 400 or 422, HeyGen rejects a parameter. See [Error.Param].
	ErrBadRequest = errors.New("bad request")
	// ErrUnauthenticated: 401, the key is missing, wrong or revoked.
	ErrUnauthenticated = errors.New("unauthenticated")
	// ErrPaymentRequired: 402, the account's credit or plan does not cover it.
	ErrPaymentRequired = errors.New("payment required")
	// ErrForbidden: 403, the key may not do this.
	ErrForbidden = errors.New("forbidden")
	// ErrNotFound: 404 or 410.
	ErrNotFound = errors.New("not found")
	// ErrRateLimited: 429; or not sent because of an earlier 429 whose back-off is
	// longer than the context allows. See [Error.RetryAfter].
	ErrRateLimited = errors.New("rate limited")
	// ErrTimeout: no complete response before the deadline of the attempt or the context.
	ErrTimeout = errors.New("timeout")
	// ErrUnavailable: 5xx, no connection, or a broken one; 408, 409 and 425, after
	// which the same request may succeed; or not sent, with Status 0, because the circuit
	// breaker is open.
	ErrUnavailable = errors.New("unavailable")
	// ErrPageTokenRejected: an expired cursor. It is any 4xx but 401, 402, 403 and 429 to a
	// request with a page token: HeyGen does not document the status of an expired token.
	ErrPageTokenRejected = errors.New("page token rejected")
	// ErrRejected: a 4xx for which there is no other kind, such as 405 or 413.
	ErrRejected = errors.New("rejected")
	// ErrOverloaded: the queue for a slot is full; nothing was sent.
	ErrOverloaded = errors.New("queue full")
	// ErrInvalidResponse: a response that is not as HeyGen documents. Either it is
	// 2xx and not JSON, truncated, of an unexpected shape, too large, an error, of
	// another id, or a page of an endless list. Or its status is none of the above: a
	// redirect (3xx), which is never followed, or one such as 600.
	ErrInvalidResponse = errors.New("invalid response")
)

// Error is the error of a call, of its last attempt. Its message is one line of at
// most 300 bytes and never contains a key, a URL or the message of another error, so
// that it can be logged.
type Error struct {
	Kind     error  // one of the Err values of this package, or context.Canceled
	Endpoint string // as HeyGen documents it: GET /v3/avatars/{group_id}
	Cause    string // a fixed phrase of this package: connection refused
	Status   int    // HTTP status of the response, even if incomplete, or of the earlier response that prevented this call; 0: no response, or several

	// The sanitized fields of HeyGen's error envelope: each is of limited length, one
	// line, and without the key; empty if absent or invalid. Code and Param are words,
	// DocURL is an https URL without a query, and Message is any string.
	Code, Message, Param, DocURL string

	// NotSent: nothing was sent, because HeyGen rate-limited an earlier request
	// (ErrRateLimited), the circuit breaker is open (ErrUnavailable), or the queue is
	// full (ErrOverloaded).
	NotSent bool

	// RetryAfter of ErrRateLimited is what was left of the back-off, at least a second:
	// HeyGen's Retry-After, or the client's own pause after a 429 without one, or a longer
	// one after the 429 of another call. It does not depend on how many calls are queued.
	// Of another kind it is HeyGen's Retry-After. 0: HeyGen sent none.
	RetryAfter time.Duration
}

func (e *Error) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "heygen: %s: %s", e.Endpoint, e.Kind)
	for _, detail := range []string{e.Cause, e.Code} {
		if detail != "" {
			b.WriteString(": " + detail)
		}
	}
	if e.Status != 0 {
		b.WriteString(" (status " + strconv.Itoa(e.Status) + ")")
	}
	return b.String()
}

// Unwrap returns the kind, for errors.Is.
func (e *Error) Unwrap() error { return e.Kind }

// kindOfStatus returns the kind of a status that is not 2xx, of a request with or
// without a page token.
func kindOfStatus(status int, hasPageToken bool) error {
	switch status {
	case http.StatusUnauthorized:
		return ErrUnauthenticated
	case http.StatusPaymentRequired:
		return ErrPaymentRequired
	case http.StatusForbidden:
		return ErrForbidden
	case http.StatusTooManyRequests:
		return ErrRateLimited
	}
	switch {
	case status >= 500 && status <= 599:
		return ErrUnavailable
	case status < 400 || status > 599:
		return ErrInvalidResponse
	case hasPageToken:
		return ErrPageTokenRejected
	}
	switch status {
	case http.StatusBadRequest, http.StatusUnprocessableEntity:
		return ErrBadRequest
	case http.StatusNotFound, http.StatusGone:
		return ErrNotFound
	case http.StatusRequestTimeout, http.StatusConflict, http.StatusTooEarly:
		return ErrUnavailable
	}
	return ErrRejected
}

// contextKind returns why ctx is done, context.Canceled or ErrTimeout, and nil if it
// is not done. It checks the cause: a call that several callers share is canceled when
// the last deadline among them has passed, and that is a timeout like any other.
func contextKind(ctx context.Context) error {
	switch {
	case ctx.Err() == nil:
		return nil
	case errors.Is(ctx.Err(), context.DeadlineExceeded), errors.Is(context.Cause(ctx), context.DeadlineExceeded):
		return ErrTimeout
	default:
		return context.Canceled
	}
}

// causeTLS is the cause of a connection failure that is not transient.
const causeTLS = "no trusted TLS connection"

// classifyTransportError returns the cause and kind of an error of the transport. ctx
// is the context of the attempt: if it is done, that takes precedence over err.
func classifyTransportError(ctx context.Context, err error) (cause string, kind error) {
	kind = contextKind(ctx)
	if kind == context.Canceled {
		return "the caller canceled the request", kind
	}
	timeout, isTimeout := errors.AsType[net.Error](err)
	if kind != nil || isTimeout && timeout.Timeout() || errors.Is(err, os.ErrDeadlineExceeded) {
		return "no complete response in time", ErrTimeout
	}
	_, isDNS := errors.AsType[*net.DNSError](err)
	_, isVerify := errors.AsType[*tls.CertificateVerificationError](err)
	_, isRecord := errors.AsType[tls.RecordHeaderError](err)
	switch {
	case isDNS:
		cause = "the host name does not resolve"
	case isVerify, isRecord:
		cause = causeTLS
	case errors.Is(err, syscall.ECONNREFUSED):
		cause = "connection refused"
	case errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE):
		cause = "connection reset"
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		cause = "connection closed before the end of the response"
	default:
		cause = "connection failed"
	}
	return cause, ErrUnavailable
}

// parseRetryAfter parses both forms of Retry-After, seconds and a date. It returns 0 if
// the header is absent, past or invalid.
func parseRetryAfter(h http.Header, now time.Time) time.Duration {
	const maxDelay = 24 * time.Hour // a longer one is a mistake, such as a wrong clock, and only a restart would end it
	value := strings.TrimSpace(h.Get("Retry-After"))
	delay := time.Duration(0)
	if seconds, err := strconv.ParseInt(value, 10, 32); err == nil {
		delay = time.Duration(seconds) * time.Second
	} else if date, err := http.ParseTime(value); err == nil {
		delay = date.Sub(now)
	}
	return max(0, min(delay, maxDelay))
}
