package server

import (
	"context"
	"net/http"
	"sync/atomic"
)

// Readiness is /readyz: 200 while answers can be given. A caller's own key says
// nothing of the next caller's, so with passthrough HeyGen is not asked.
type Readiness struct {
	Passthrough bool
	Health      func(context.Context) error // its text is for everybody
	Stopping    atomic.Bool
}

func (r *Readiness) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	status, body := http.StatusOK, "ready"
	if r.Stopping.Load() {
		status, body = http.StatusServiceUnavailable, "stopping"
	} else if !r.Passthrough {
		if err := r.Health(req.Context()); err != nil {
			status, body = http.StatusServiceUnavailable, err.Error()
		}
	}
	plainText(status, body+"\n").ServeHTTP(w, req)
}
