package graph

import "context"

// OperationTrace is the trace that a request belongs to.
type OperationTrace struct {
	ID      string                // for the log; "": there is none
	Sampled bool                  // the trace is exported
	End     func(OperationRecord) // called once the response is written; nil: nothing is
}

// startTrace returns the trace of a request, and the context of its calls.
func (h *handler) startTrace(ctx context.Context) (context.Context, OperationTrace) {
	if h.StartTrace == nil {
		return ctx, OperationTrace{}
	}
	return h.StartTrace(ctx)
}
