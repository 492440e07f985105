package main

import (
	"context"
	"net/http"
	"sync/atomic"
)

// readiness is /readyz: 200 while answers can be given. A caller's own key says
// nothing of the next caller's, so with passthrough HeyGen is not asked.
type readiness struct {
	passthrough bool
	health      func(context.Context) error // its text is for everybody
	stopping    atomic.Bool
}

func (r *readiness) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	status, says := http.StatusOK, "ready"
	if r.stopping.Load() {
		status, says = http.StatusServiceUnavailable, "stopping"
	} else if !r.passthrough {
		if err := r.health(req.Context()); err != nil {
			status, says = http.StatusServiceUnavailable, err.Error()
		}
	}
	text(status, says+"\n").ServeHTTP(w, req)
}
