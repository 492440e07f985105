package server

import (
	"context"
	"log/slog"
	"time"
)

// Drain is the graceful shutdown: it serves requests for delay, so that load balancers that
// watch /readyz stop sending them. Then it ends the streams, whose clients connect to another
// server, and waits up to timeout for the requests in flight. It reports whether every response
// was finished.
func Drain(servers []*Server, closeStreams func(context.Context) bool, delay, timeout time.Duration, log *slog.Logger) bool {
	log.Info("draining", "delay", delay.String(), "timeout", timeout.String())
	<-time.After(delay)
	ctx, cancel := context.WithTimeout(context.Background(), timeout)
	defer cancel()
	streamsEnded := make(chan bool, 1) // their connections are hijacked: servers do not wait for them
	go func() { streamsEnded <- closeStreams(ctx) }()
	finished := true
	for _, s := range servers {
		if err := s.Shutdown(ctx); err != nil {
			_ = s.Close()
			finished = false
		}
	}
	if !<-streamsEnded || !finished {
		log.Error("stopped before every response was finished")
		return false
	}
	log.Info("stopped")
	return true
}
