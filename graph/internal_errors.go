package graph

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// maxFaults is how many internal errors of one request the log gets. A fault in
// a field of a list comes up once for every entry, and a stack has 4 KB.
const maxFaults = 3

// tellFaults logs how many internal errors of a request the log did not get.
func (h *handler) tellFaults(ctx context.Context, x *exchange) {
	if left := x.faults.Load() - maxFaults; left > 0 {
		h.Logger.ErrorContext(ctx, "internal errors suppressed", "requestId", h.RequestID(ctx), "suppressed", left)
	}
}

// tellsFault counts an internal error, and says whether the log shall get it.
func tellsFault(ctx context.Context) bool {
	x := exchangeOf(ctx)
	return x == nil || x.faults.Add(1) <= maxFaults
}

// logged is an internal error that has been counted, and is not to be logged again.
type logged struct{ error }

func (l logged) Unwrap() error { return l.error }

// recovered turns a panic into an internal error. The stack goes to the log alone.
func (h *handler) recovered(ctx context.Context, cause any) error {
	if tellsFault(ctx) {
		h.Logger.ErrorContext(ctx, "panic", "requestId", h.RequestID(ctx), "path", graphql.GetPath(ctx).String(), "cause", fmt.Sprint(cause), "stack", string(debug.Stack()))
	}
	return logged{errInternal}
}

// unexpected logs an error that nothing has a code for.
func (h *handler) unexpected(ctx context.Context, path ast.Path, err error) {
	if _, ok := errors.AsType[logged](err); !ok && tellsFault(ctx) {
		h.Logger.ErrorContext(ctx, "internal error", "requestId", h.RequestID(ctx), "path", path.String(), "error", err.Error())
	}
}
