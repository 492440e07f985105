package graph

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"net/http"
	"runtime/debug"
	"slices"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"heygen-graphql/graph/errcode"
	"heygen-graphql/graph/model"
	"heygen-graphql/graph/relay"
	"heygen-graphql/heygen"
)

// Error is an error as the caller sees it.
type Error struct {
	Code          errcode.Code
	Message       string
	UpstreamError *heygen.Error // the failed call to HeyGen, for extensions.upstream; nil: there was none
}

func (e *Error) Error() string { return e.Message }

var errInternal = &Error{Code: errcode.Internal, Message: "Internal server error."}

const rejectedMessage = "HeyGen rejected the request."

// upstreamErrors maps the kinds of HeyGen's errors to ours.
var upstreamErrors = map[error]Error{
	heygen.ErrBadRequest:        {Code: errcode.UpstreamInvalidResponse, Message: rejectedMessage},
	heygen.ErrUnauthenticated:   {Code: errcode.UpstreamUnauthenticated, Message: "HeyGen rejected this server's key."},
	heygen.ErrPaymentRequired:   {Code: errcode.PaymentRequired, Message: "The HeyGen account lacks the credit or the plan for this."},
	heygen.ErrForbidden:         {Code: errcode.Forbidden, Message: "The HeyGen key lacks permission for this."},
	heygen.ErrNotFound:          {Code: errcode.UpstreamInvalidResponse, Message: "HeyGen responded that this list does not exist."},
	heygen.ErrRateLimited:       {Code: errcode.RateLimited, Message: "HeyGen's rate limit is exceeded."},
	heygen.ErrTimeout:           {Code: errcode.UpstreamTimeout, Message: "HeyGen did not respond in time."},
	heygen.ErrUnavailable:       {Code: errcode.UpstreamUnavailable, Message: "HeyGen is unavailable."},
	heygen.ErrPageTokenRejected: {Code: errcode.CursorExpired, Message: "HeyGen no longer accepts the position at which this list continues: the cursor, if one was sent, has expired. Start again without a cursor."},
	heygen.ErrRejected:          {Code: errcode.UpstreamInvalidResponse, Message: rejectedMessage},
	heygen.ErrOverloaded:        {Code: errcode.Overloaded, Message: "Too many calls to HeyGen are queued. Retry in a second."},
	heygen.ErrInvalidResponse:   {Code: errcode.UpstreamInvalidResponse, Message: "HeyGen's response is invalid."},
	context.Canceled:            {Code: errcode.UpstreamUnavailable, Message: "The request was canceled before HeyGen responded."},
	context.DeadlineExceeded:    {Code: errcode.UpstreamTimeout, Message: "HeyGen did not respond in time."},
}

// pagingErrors maps the errors of package relay.
var pagingErrors = map[error]Error{
	relay.ErrTooDeep:       {Code: errcode.PaginationTooDeep, Message: "The page is more than 40 HeyGen pages from the start of the list or from the other cursor. Page forward instead."},
	relay.ErrCycle:         {Code: errcode.UpstreamInvalidResponse, Message: "HeyGen's list has no end."},
	relay.ErrDeadEnd:       {Code: errcode.UpstreamInvalidResponse, Message: "HeyGen's list is incomplete: more items follow, but HeyGen does not say how to get them. Select fewer items, or retry later."},
	relay.ErrCursorExpired: {Code: errcode.CursorExpired, Message: "The cursor has expired: the item at its position is no longer in the list. Start again without the cursor."},
}

// toAPIError classifies an error. In passthrough mode a key that HeyGen rejects is
// the caller's own.
func (h *handler) toAPIError(err error) *Error {
	e := classify(err)
	if e.Code == errcode.UpstreamUnauthenticated && h.HeyGenForKey != nil {
		return &Error{Code: errcode.Unauthenticated, Message: "HeyGen rejected your key.", UpstreamError: e.UpstreamError}
	}
	return e
}

// classify returns the API's error for any error. An unknown one is Internal: the
// caller learns no more, and the log has the rest.
func classify(err error) *Error {
	if e, ok := errors.AsType[*Error](err); ok {
		return e
	}
	if e, ok := errors.AsType[*heygen.Error](err); ok && upstreamErrors[e.Kind].Code != "" {
		known := upstreamErrors[e.Kind]
		switch {
		case e.Status == http.StatusGone && e.Kind == heygen.ErrNotFound:
			known.Message = rejectedMessage
		case e.Status >= 300 && e.Kind == heygen.ErrInvalidResponse:
			known.Message = "HeyGen responded with an unexpected status."
		}
		return &Error{Code: known.Code, Message: known.Message, UpstreamError: e}
	}
	if e, ok := errors.AsType[*relay.ArgumentError](err); ok {
		return &Error{Code: errcode.BadUserInput, Message: e.Reason}
	}
	if e, ok := errors.AsType[*model.InputError](err); ok {
		return &Error{Code: errcode.BadUserInput, Message: e.Reason}
	}
	if e, ok := errors.AsType[*relay.CursorError](err); ok {
		return &Error{Code: errcode.InvalidCursor, Message: e.Error()}
	}
	for kind, known := range pagingErrors {
		if errors.Is(err, kind) {
			return &known
		}
	}
	for _, kind := range []error{context.Canceled, context.DeadlineExceeded} { // a load that outlasted its context
		if errors.Is(err, kind) {
			return new(upstreamErrors[kind])
		}
	}
	return errInternal
}

// present returns an error as the caller sees it. It never modifies err, which other
// requests may hold as well.
func (h *handler) present(ctx context.Context, err error) *gqlerror.Error {
	if s := requestStateFrom(ctx); s != nil && s.errorCount.Add(1) > maxFieldErrors+1 {
		return errTruncated
	}
	out := &gqlerror.Error{}
	if e, ok := errors.AsType[*gqlerror.Error](err); ok {
		out.Path, out.Locations = e.Path, e.Locations
		if code, ok := e.Extensions["code"].(string); ok { // gqlgen's own: the document is invalid
			out.Message, out.Extensions = e.Message, map[string]any{"code": code}
			return out
		}
	}
	argument := locate(ctx, out)
	e := h.toAPIError(err)
	out.Message = e.Message
	if argument != "" && e.Code == errcode.BadUserInput { // not an internal error
		out.Message = "`" + argument + "` cannot be used: " + e.Message
	}
	out.Extensions = map[string]any{"code": string(e.Code)}
	if e.Code == errcode.Internal {
		h.logInternal(ctx, out.Path, err)
		out.Extensions["requestId"] = h.RequestID(ctx)
	}
	if e.UpstreamError != nil {
		if e.Code == errcode.RateLimited && e.UpstreamError.RetryAfter > 0 {
			out.Extensions["retryAfter"] = int(math.Ceil(e.UpstreamError.RetryAfter.Seconds()))
		}
		if details := upstreamExtension(e.UpstreamError); len(details) > 0 {
			out.Extensions["upstream"] = details
		}
	}
	return out
}

// locate sets the location of the field that an error occurred in, which gqlgen
// leaves out for panics and for errors in arguments. It removes an argument's name
// from the path, where the response has no such key, and returns that name.
func locate(ctx context.Context, e *gqlerror.Error) (argument string) {
	field := graphql.GetFieldContext(ctx)
	if field == nil || field.Field.Field == nil {
		return ""
	}
	path := field.Path()
	if len(e.Path) > len(path) {
		if name, ok := e.Path[len(path)].(ast.PathName); ok {
			e.Path, argument = path, string(name)
		}
	}
	if p := field.Field.Position; p != nil && len(e.Locations) == 0 {
		e.Locations = []gqlerror.Location{{Line: p.Line, Column: p.Column}}
	}
	return argument
}

// upstreamExtension returns extensions.upstream: the details that HeyGen reported.
// The client has sanitized them.
func upstreamExtension(e *heygen.Error) map[string]any {
	details := map[string]any{}
	if e.Status != 0 {
		details["status"] = e.Status
	}
	for name, value := range map[string]string{"code": e.Code, "param": e.Param, "docUrl": e.DocURL} {
		if value != "" {
			details[name] = value
		}
	}
	return details
}

// maxLoggedErrors is how many internal errors of one request are logged. An error in
// a field of a list occurs once for every item, and a stack has 4 KB.
const maxLoggedErrors = 3

// logSuppressed logs how many internal errors of a request were not logged.
func (h *handler) logSuppressed(ctx context.Context, s *requestState) {
	if suppressed := s.internalErrors.Load() - maxLoggedErrors; suppressed > 0 {
		h.Logger.ErrorContext(ctx, "internal errors suppressed", "requestId", h.RequestID(ctx), "suppressed", suppressed)
	}
}

// shouldLog counts an internal error and reports whether to log it.
func shouldLog(ctx context.Context) bool {
	s := requestStateFrom(ctx)
	return s == nil || s.internalErrors.Add(1) <= maxLoggedErrors
}

// alreadyLogged is an internal error that has been counted and must not be logged
// again.
type alreadyLogged struct{ error }

func (e alreadyLogged) Unwrap() error { return e.error }

// recoverPanic turns a panic into an internal error. Only the log has its stack.
func (h *handler) recoverPanic(ctx context.Context, cause any) error {
	if shouldLog(ctx) {
		h.Logger.ErrorContext(ctx, "panic", "requestId", h.RequestID(ctx), "path", graphql.GetPath(ctx).String(), "cause", fmt.Sprint(cause), "stack", string(debug.Stack()))
	}
	return alreadyLogged{errInternal}
}

// logInternal logs an error that has no code.
func (h *handler) logInternal(ctx context.Context, path ast.Path, err error) {
	if _, ok := errors.AsType[alreadyLogged](err); !ok && shouldLog(ctx) {
		h.Logger.ErrorContext(ctx, "internal error", "requestId", h.RequestID(ctx), "path", path.String(), "error", err.Error())
	}
}

const maxFieldErrors = 1_000 // of one response

// errTruncated replaces each error of a response beyond the maximum: these are not
// built, as hundreds of thousands would take gigabytes. gqlgen copies errors, so
// they are recognized by their rule.
var errTruncated = &gqlerror.Error{Message: "truncated", Rule: "TooManyErrors"}

// sortAndCapErrors sorts the errors of a response and limits their number.
func sortAndCapErrors(errs gqlerror.List) gqlerror.List {
	total := len(errs)
	errs = slices.DeleteFunc(errs, func(e *gqlerror.Error) bool { return e.Rule == errTruncated.Rule })
	slices.SortStableFunc(errs, compareErrors)
	if total <= maxFieldErrors {
		return errs
	}
	return append(errs[:min(len(errs), maxFieldErrors)], &gqlerror.Error{
		Message:    fmt.Sprintf("More errors were left out: a response has at most %d.", maxFieldErrors),
		Extensions: map[string]any{"code": string(errcode.QueryTooComplex)},
	})
}

// compareErrors orders errors by the position of their fields in the document and in
// lists: they occur in the order in which calls end, which varies. Errors without a
// location come first, and the message decides last, so that the order is total.
func compareErrors(a, b *gqlerror.Error) int {
	at, bt := location(a), location(b)
	return cmp.Or(
		cmp.Compare(at.Line, bt.Line),
		cmp.Compare(at.Column, bt.Column),
		slices.CompareFunc(a.Path, b.Path, func(x, y ast.PathElement) int {
			i, _ := x.(ast.PathIndex)
			j, _ := y.(ast.PathIndex)
			m, _ := x.(ast.PathName)
			n, _ := y.(ast.PathName)
			return cmp.Or(cmp.Compare(i, j), cmp.Compare(m, n))
		}),
		cmp.Compare(a.Message, b.Message),
	)
}

func location(e *gqlerror.Error) gqlerror.Location {
	if len(e.Locations) == 0 {
		return gqlerror.Location{}
	}
	return e.Locations[0]
}
