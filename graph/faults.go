package graph

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"sync/atomic"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// maxFaults is how many internal errors of one request the log gets. A fault in
// a field of a list comes up once for every entry, and a stack has 4 KB.
const maxFaults = 3

type faultsKey struct{}

// countFaults begins to count the internal errors of a request. done logs how
// many the log did not get.
func (h *handler) countFaults(ctx context.Context) (counting context.Context, done func()) {
	var faults atomic.Int64
	return context.WithValue(ctx, faultsKey{}, &faults), func() {
		if left := faults.Load() - maxFaults; left > 0 {
			h.Logger.ErrorContext(ctx, "more internal errors in the same request", "requestId", h.RequestID(ctx), "count", left)
		}
	}
}

// tellsFault counts an internal error, and says whether the log shall get it.
func tellsFault(ctx context.Context) bool {
	faults, counted := ctx.Value(faultsKey{}).(*atomic.Int64)
	return !counted || faults.Add(1) <= maxFaults
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
