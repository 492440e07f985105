package server

import (
	"context"
	"net/http"
	"sync/atomic"
)

// Readiness serves /readyz: 200 while the server can respond to queries, else 503.
type Readiness struct {
	// Passthrough disables Health: the key of one caller says nothing about the next
	// caller's.
	Passthrough bool
	// Health returns an error that is safe to show to everyone.
	Health func(context.Context) error
	// Stopping is set when the server begins to drain.
	Stopping atomic.Bool
}

func (r *Readiness) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	status, reason := http.StatusOK, "ready"
	if r.Stopping.Load() {
		status, reason = http.StatusServiceUnavailable, "stopping"
	} else if !r.Passthrough {
		if err := r.Health(req.Context()); err != nil {
			status, reason = http.StatusServiceUnavailable, err.Error()
		}
	}
	plainText(status, reason+"\n").ServeHTTP(w, req)
}
