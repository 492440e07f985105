package wstransport

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/coder/websocket"

	"heygen-graphql/graph/httptransport"
	"heygen-graphql/graph/stream"
)

// CloseError is returned by [Serve] where the server closed the socket because of what
// the client sent, or did not send.
type CloseError struct {
	Code   int // of the close frame
	Reason string
}

// Error implements error.
func (e *CloseError) Error() string {
	return fmt.Sprintf("wstransport: closed with %d: %s", e.Code, e.Reason)
}

// The ends of a socket that are not those of a stream or a [CloseError].
var (
	errClientClosed = errors.New("wstransport: the client closed the socket")
	errReadFailed   = errors.New("wstransport: the client disconnected")
	errUnreachable  = errors.New("wstransport: the client shows no sign of life")
	errNotRead      = fmt.Errorf("wstransport: a write reached its deadline: %w", stream.ErrSlow)
)

// The codes of the protocol, which RFC 6455 leaves to applications.
const (
	codeInvalidMessage      = 4400
	codeUnauthorized        = 4401
	codeSubprotocol         = 4406
	codeInitTimeout         = 4408
	codeDuplicateID         = 4409
	codeTooManyInitRequests = 4429
)

// closeWith returns the end of a socket with a code. It cuts a reason of more than 123
// bytes, the maximum of a close frame.
func closeWith(code int, reason string) error {
	const maxReason = 123
	if len(reason) > maxReason {
		reason = strings.ToValidUTF8(reason[:maxReason-len("…")], "") + "…"
	}
	return &CloseError{code, reason}
}

// closeRejected returns the end of a socket whose client is rejected. Clients give up
// upon 4401, and connect again upon 1013.
func closeRejected(rejected *httptransport.RequestError) error {
	if rejected.Status == http.StatusTooManyRequests || rejected.Status >= http.StatusInternalServerError {
		return closeWith(int(websocket.StatusTryAgainLater), rejected.Message)
	}
	return closeWith(codeUnauthorized, rejected.Message)
}

// closeFrame returns the close frame for the end of a socket. It reports false if there
// is none to write.
func closeFrame(cause error) (code websocket.StatusCode, reason string, ok bool) {
	if closed, isClose := errors.AsType[*CloseError](cause); isClose {
		return websocket.StatusCode(closed.Code), closed.Reason, true
	}
	switch {
	case cause == errClientClosed, cause == errUnreachable, cause == errNotRead:
		return 0, "", false
	case errors.Is(cause, stream.ErrSlow):
		return websocket.StatusTryAgainLater, "The client reads too slowly.", true
	case errors.Is(cause, stream.ErrShutdown), errors.Is(cause, context.Canceled), errors.Is(cause, context.DeadlineExceeded):
		return websocket.StatusGoingAway, "The server stops.", true
	case cause == errReadFailed: // an unexpected end, or a frame that violates RFC 6455
		return websocket.StatusProtocolError, "", true
	default: // a panic, or an unknown error of a stream
		return websocket.StatusInternalError, "Internal error.", true
	}
}
