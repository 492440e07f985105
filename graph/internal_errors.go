package graph

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

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
