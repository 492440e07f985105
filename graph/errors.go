package graph

import (
	"context"
	"errors"
	"math"
	"time"
	"unicode/utf8"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"heygen-graphql/graph/model"
	"heygen-graphql/graph/relay"
	"heygen-graphql/heygen"
)

// Error is an error as the caller sees it. Upstream, where a call to HeyGen is
// behind it, adds what HeyGen told.
type Error struct {
	Code     Code
	Message  string
	Upstream *heygen.Error
}

func (e *Error) Error() string { return e.Message }

var errInternal = &Error{Code: Internal, Message: "Something went wrong in this server."}

// upstreamErrors is the one table from HeyGen's kinds of failure to ours.
var upstreamErrors = map[error]Error{
	heygen.ErrBadRequest:      {Code: UpstreamInvalidResponse, Message: "HeyGen refused the request."},
	heygen.ErrUnauthenticated: {Code: UpstreamUnauthenticated, Message: "HeyGen refuses this server's key."},
	heygen.ErrPaymentRequired: {Code: PaymentRequired, Message: "The HeyGen account lacks the credit or the plan for this."},
	heygen.ErrForbidden:       {Code: Forbidden, Message: "HeyGen does not allow this with the key in use."},
	heygen.ErrNotFound:        {Code: UpstreamInvalidResponse, Message: "HeyGen answers that there is no such list."},
	heygen.ErrRateLimited:     {Code: RateLimited, Message: "HeyGen allows no more requests for now."},
	heygen.ErrTimeout:         {Code: UpstreamTimeout, Message: "HeyGen did not answer in time."},
	heygen.ErrUnavailable:     {Code: UpstreamUnavailable, Message: "HeyGen cannot be reached, or failed."},
	heygen.ErrOverloaded:      {Code: Overloaded, Message: "Too many calls to HeyGen wait for their turn. Try again in a second."},
	heygen.ErrInvalidResponse: {Code: UpstreamInvalidResponse, Message: "HeyGen's answer could not be understood."},
	context.Canceled:          {Code: UpstreamUnavailable, Message: "The request was given up before HeyGen answered."},
}

// pagingErrors is the table for what package relay refuses.
var pagingErrors = map[error]Error{
	relay.ErrTooDeep:       {Code: PaginationTooDeep, Message: "This page lies more than 40 pages of HeyGen's away from where reading has to begin. Page forwards instead."},
	relay.ErrCycle:         {Code: UpstreamInvalidResponse, Message: "HeyGen's list has no end."},
	relay.ErrCursorExpired: {Code: CursorExpired, Message: "What stood where the cursor points is no longer in the list. Begin anew without it."},
}

// coded is the error as this server's callers know it: a key that HeyGen refuses
// is the caller's own, where callers bring keys.
func (h *handler) coded(err error) *Error {
	e := coded(err)
	if e.Code == UpstreamUnauthenticated && h.HeyGenForKey != nil {
		return &Error{Code: Unauthenticated, Message: "HeyGen refuses your key.", Upstream: e.Upstream}
	}
	return e
}

// coded gives any error its code. What is not ours or HeyGen's is Internal: the
// caller learns no more, the log has the rest.
func coded(err error) *Error {
	if e, ok := errors.AsType[*Error](err); ok {
		return e
	}
	if e, ok := errors.AsType[*heygen.Error](err); ok && upstreamErrors[e.Kind].Code != "" {
		known := upstreamErrors[e.Kind]
		return &Error{Code: known.Code, Message: known.Message, Upstream: e}
	}
	if e, ok := errors.AsType[*relay.ArgumentError](err); ok {
		return &Error{Code: BadUserInput, Message: e.Reason}
	}
	if e, ok := errors.AsType[*model.InputError](err); ok {
		return &Error{Code: BadUserInput, Message: e.Reason}
	}
	if e, ok := errors.AsType[*relay.CursorError](err); ok {
		return &Error{Code: InvalidCursor, Message: e.Error()}
	}
	for kind, known := range pagingErrors {
		if errors.Is(err, kind) {
			return &known
		}
	}
	return errInternal
}

// present writes an error for the caller. It never writes into the error it is
// given, which other requests may hold too.
func (h *handler) present(ctx context.Context, err error) *gqlerror.Error {
	if x := exchangeOf(ctx); x != nil && x.errors.Add(1) > maxFieldErrors+1 {
		return errUntold
	}
	out := &gqlerror.Error{}
	if e, ok := errors.AsType[*gqlerror.Error](err); ok {
		out.Path, out.Locations = e.Path, e.Locations
		if code, ok := e.Extensions["code"].(string); ok { // gqlgen's own: the document is wrong
			out.Message, out.Extensions = e.Message, map[string]any{"code": code}
			return out
		}
	}
	argument := locate(ctx, out)
	e := h.coded(err)
	out.Message = e.Message
	if argument != "" && e.Code == BadUserInput { // and no fault of ours
		out.Message = "`" + argument + "` cannot be used: " + e.Message
	}
	out.Extensions = map[string]any{"code": string(e.Code)}
	if e.Code == Internal {
		h.unexpected(ctx, out.Path, err)
		out.Extensions["requestId"] = h.RequestID(ctx)
	}
	if e.Upstream != nil {
		if e.Code == RateLimited && e.Upstream.RetryAfter > 0 {
			out.Extensions["retryAfter"] = int(math.Ceil(e.Upstream.RetryAfter.Seconds()))
		}
		if told := told(e.Upstream); len(told) > 0 {
			out.Extensions["upstream"] = told
		}
	}
	return out
}

// locate gives an error the location of the field it came up in, which gqlgen
// leaves out of panics and of errors in arguments, and takes the argument's name
// out of its path: in the answer there is no such place. It gives that name.
func locate(ctx context.Context, e *gqlerror.Error) (argument string) {
	field := graphql.GetFieldContext(ctx)
	if field == nil || field.Field.Field == nil {
		return ""
	}
	path := field.Path()
	if len(e.Path) > len(path) {
		if name, named := e.Path[len(path)].(ast.PathName); named {
			e.Path, argument = path, string(name)
		}
	}
	if p := field.Field.Position; p != nil && len(e.Locations) == 0 {
		e.Locations = []gqlerror.Location{{Line: p.Line, Column: p.Column}}
	}
	return argument
}

// told is extensions.upstream: what HeyGen said of its failure, as far as it
// did. The client has let nothing harmful through.
func told(e *heygen.Error) map[string]any {
	told := map[string]any{}
	if e.Status != 0 {
		told["status"] = e.Status
	}
	for name, text := range map[string]string{"code": e.Code, "param": e.Param, "docUrl": e.DocURL} {
		if text != "" {
			told[name] = text
		}
	}
	return told
}

// shorten cuts a text to n characters.
func shorten(text string, n int) string {
	if utf8.RuneCountInString(text) <= n {
		return text
	}
	return string([]rune(text)[:n-1]) + "…"
}

// timedOut is the error of whoever waited until a context ended: for a turn, or
// for what another has asked for.
func timedOut(ctx context.Context) *heygen.Error {
	if errors.Is(ctx.Err(), context.Canceled) {
		return &heygen.Error{Kind: context.Canceled, Cause: "the caller left"}
	}
	return &heygen.Error{Kind: heygen.ErrTimeout, Cause: "not there in time"}
}

// operationTimeout is how long an operation may take unless Options say otherwise.
const operationTimeout = 30 * time.Second
