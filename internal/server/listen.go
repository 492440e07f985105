package server

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"syscall"
	"time"
)

// Server is a server and what it listens on.
type Server struct {
	*http.Server
	Listener net.Listener
}

// New bounds what a slow client can hold: headers 5 s, the whole request
// 15 s, the answer 15 s more than an operation may take.
func New(listener net.Listener, handler http.Handler, operation time.Duration, log *slog.Logger) *Server {
	return &Server{Listener: listener, Server: &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       15 * time.Second,
		WriteTimeout:      operation + 15*time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10, // a GET carries its document in the URL
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}}
}

// Serve begins to serve. The channel hears of each that ends.
func Serve(servers []*Server) <-chan error {
	failed := make(chan error, len(servers))
	for _, s := range servers {
		go func() { failed <- s.Serve(s.Listener) }()
	}
	return failed
}

// Drain goes on serving for a while, so that whoever looks at /readyz sends no more,
// and then lets the answers under way be finished. It gives the exit code.
func Drain(servers []*Server, delay, timeout time.Duration, log *slog.Logger) (code int) {
	log.Info("draining", "delay", delay.String(), "timeout", timeout.String())
	<-time.After(delay)
	ctx, cancel := context.WithTimeout(context.Background(), timeout)
	defer cancel()
	for _, s := range servers {
		if err := s.Shutdown(ctx); err != nil {
			_ = s.Close()
			code = 1
		}
	}
	if code != 0 {
		log.Error("stopped before every response was finished")
		return code
	}
	log.Info("stopped")
	return 0
}

// Listen begins to listen where a setting says. Its error names the setting.
func Listen(setting, address string) (net.Listener, error) {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return nil, fmt.Errorf("%s: %s %s", setting, address, listenFailure(err))
	}
	return listener, nil
}

func listenFailure(err error) string {
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return "is in use"
	case errors.Is(err, syscall.EACCES):
		return "may not be used by this account"
	default:
		return "cannot be listened on"
	}
}

// BaseURL is where this machine reaches a listener.
func BaseURL(addr net.Addr) string {
	tcp := addr.(*net.TCPAddr)
	host := tcp.IP.String()
	if tcp.IP.IsUnspecified() {
		host = "localhost"
	}
	return "http://" + net.JoinHostPort(host, fmt.Sprint(tcp.Port))
}
