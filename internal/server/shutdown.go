package server

import (
	"context"
	"log/slog"
	"time"
)

<<<<<<< HEAD
// Drain is the graceful shutdown: it serves requests for delay, so that load balancers that
// watch /readyz stop sending them. Then it ends the streams, whose clients connect to another
// server, and waits up to timeout for the requests in flight. It reports whether every response
// was finished.
func Drain(servers []*Server, closeStreams func(context.Context) bool, delay, timeout time.Duration, log *slog.Logger) bool {
=======
// streamsTimeout is how long the end of the streams may take: a write to each of them.
const streamsTimeout = 10 * time.Second

// Drain is the graceful shutdown: it serves requests for delay, so that load balancers that watch /readyz stop
// sending them, ends the streams, whose clients connect to another server, and then waits up to timeout for the
// requests in flight. It reports whether every response was finished.
func Drain(servers []*Server, closeStreams func(timeout time.Duration), delay, timeout time.Duration, log *slog.Logger) bool {
>>>>>>> h-docs
	log.Info("draining", "delay", delay.String(), "timeout", timeout.String())
	<-time.After(delay)
	ctx, cancel := context.WithTimeout(context.Background(), timeout)
	defer cancel()
	finished := closeStreams(ctx) // the connections of streams are hijacked: servers do not wait for them
	for _, s := range servers {
		if err := s.Shutdown(ctx); err != nil {
			_ = s.Close()
			finished = false
		}
	}
	if !finished {
		log.Error("stopped before every response was finished")
		return false
	}
	log.Info("stopped")
	return true
}
