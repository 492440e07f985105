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

// The kinds of failure. Every error of a call is an *[Error] of one of these
// kinds, or of context.Canceled when the caller left.
var (
	// ErrInvalidArgument: the call was never made, because an argument cannot be sent.
	ErrInvalidArgument = errors.New("invalid argument")
	// ErrBadRequest: 400, HeyGen refuses a parameter.
	ErrBadRequest = errors.New("bad request")
	// ErrUnauthenticated: 401, the key is missing, wrong or revoked.
	ErrUnauthenticated = errors.New("unauthenticated")
	// ErrPaymentRequired: 402, the account's credit or plan does not cover it.
	ErrPaymentRequired = errors.New("payment required")
	// ErrForbidden: 403, the key may not do this.
	ErrForbidden = errors.New("forbidden")
	// ErrNotFound: 404.
	ErrNotFound = errors.New("not found")
	// ErrRateLimited: 429, or not asked because of an earlier one: its pause is
	// longer than the context allows. See [Error.RetryAfter].
	ErrRateLimited = errors.New("rate limited")
	// ErrTimeout: no whole answer before a deadline, the call's or the context's.
	ErrTimeout = errors.New("timeout")
	// ErrUnavailable: 5xx, or no connection, or one that broke; or not asked, with
	// Status 0, as of the calls before too many failed.
	ErrUnavailable = errors.New("unavailable")
	// ErrOverloaded: the call was never made, because too many wait for their turn.
	ErrOverloaded = errors.New("too many calls wait")
	// ErrInvalidResponse: an answer of no use. Either it is 2xx and not what
	// HeyGen documents: not JSON, half of it, of another shape, too large, an
	// error, about another id, a page of a list without end. Or its status is
	// none of the above: a redirect (3xx), which is never followed, or one such
	// as 409 (documented, for what is under way elsewhere) and 418.
	ErrInvalidResponse = errors.New("invalid response")
)

// Error is one failed call, of several tries the last. Its text is one line of at most 300 bytes, and never
// holds a key, a URL or the text of another error: it is fit for a log.
type Error struct {
	Kind     error  // one of the Err values of this package, or context.Canceled
	Endpoint string // what was asked, as HeyGen documents it: GET /v3/avatars/{group_id}
	Cause    string // the class of what went wrong, in a few words of ours: connection refused
	Status   int    // HTTP status of the answer, whole or not, or of the one that is why HeyGen was not asked; 0: none came, or several are to blame

	// What HeyGen's error envelope said; empty where it said nothing, or what no
	// HeyGen says: each is bounded, one line, and without the key. Code and Param
	// are words, DocURL an https address without a query, Message any text.
	Code, Message, Param, DocURL string

	// NotSent: there was no call, because of what HeyGen answered to others before
	// it, or of how many wait. It asks for a pause (ErrRateLimited), it kept failing
	// (ErrUnavailable), or ErrOverloaded.
	NotSent bool

	// RetryAfter is how long HeyGen asks to be left alone. Where the context has not
	// as much time left after a 429, it is how long a call would have to wait now.
	// 0: HeyGen did not say.
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

// Unwrap gives the kind, for errors.Is.
func (e *Error) Unwrap() error { return e.Kind }

// kinds is the one table from HTTP statuses to kinds. 5xx is ErrUnavailable,
// what is not here ErrInvalidResponse.
var kinds = map[int]error{
	http.StatusBadRequest:      ErrBadRequest,
	http.StatusUnauthorized:    ErrUnauthenticated,
	http.StatusPaymentRequired: ErrPaymentRequired,
	http.StatusForbidden:       ErrForbidden,
	http.StatusNotFound:        ErrNotFound,
	http.StatusTooManyRequests: ErrRateLimited,
}

func kindOfStatus(status int) error {
	if kind, ok := kinds[status]; ok {
		return kind
	}
	if status >= 500 && status <= 599 {
		return ErrUnavailable
	}
	return ErrInvalidResponse
}

// ended tells what ended ctx: nil, which is nothing so far, context.Canceled or
// ErrTimeout. It goes by the cause: what several callers wait for is cancelled
// when the last of them has no time left, and that is a deadline like any other.
func ended(ctx context.Context) error {
	switch {
	case ctx.Err() == nil:
		return nil
	case errors.Is(ctx.Err(), context.DeadlineExceeded), errors.Is(context.Cause(ctx), context.DeadlineExceeded):
		return ErrTimeout
	default:
		return context.Canceled
	}
}

// noTLS is the one broken connection that another try does not mend.
const noTLS = "no trusted TLS connection"

// broken sorts an error of the transport. ctx is the call's own: what ended it
// matters more than what the transport made of that.
func broken(ctx context.Context, err error) (cause string, kind error) {
	kind = ended(ctx)
	if kind == context.Canceled {
		return "the caller left", kind
	}
	timeout, isTimeout := errors.AsType[net.Error](err)
	if kind != nil || isTimeout && timeout.Timeout() || errors.Is(err, os.ErrDeadlineExceeded) {
		return "no whole answer in time", ErrTimeout
	}
	_, isDNS := errors.AsType[*net.DNSError](err)
	_, isVerify := errors.AsType[*tls.CertificateVerificationError](err)
	_, isRecord := errors.AsType[tls.RecordHeaderError](err)
	switch {
	case isDNS:
		cause = "the host name does not resolve"
	case isVerify, isRecord:
		cause = noTLS
	case errors.Is(err, syscall.ECONNREFUSED):
		cause = "connection refused"
	case errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE):
		cause = "connection reset"
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		cause = "connection closed before the end of the answer"
	default:
		cause = "connection failed"
	}
	return cause, ErrUnavailable
}

// parseRetryAfter reads the header in both its forms, seconds and a date. 0 where
// it is absent, past or makes no sense.
func parseRetryAfter(h http.Header, now time.Time) time.Duration {
	const maxDelay = 24 * time.Hour // what is beyond is a mistake, such as a wrong clock, and could only be ended by a restart
	value := strings.TrimSpace(h.Get("Retry-After"))
	delay := time.Duration(0)
	if seconds, err := strconv.ParseInt(value, 10, 32); err == nil {
		delay = time.Duration(seconds) * time.Second
	} else if date, err := http.ParseTime(value); err == nil {
		delay = date.Sub(now)
	}
	return max(0, min(delay, maxDelay))
}
