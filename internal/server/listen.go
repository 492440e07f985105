package server

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"syscall"
	"time"
)

// Server is an HTTP server with its listener.
type Server struct {
	*http.Server
	listener net.Listener
}

// New returns a server that bounds what a slow client can hold: headers 5 s, the whole
// request 15 s, the response 15 s more than an operation may take.
func New(listener net.Listener, handler http.Handler, operationTimeout time.Duration, log *slog.Logger) *Server {
	return &Server{listener: listener, Server: &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       15 * time.Second,
		WriteTimeout:      operationTimeout + 15*time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10, // a GET carries its document in the URL
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}}
}

// Serve starts the servers. The returned channel receives the error of each server
// that stops.
func Serve(servers []*Server) <-chan error {
	stopped := make(chan error, len(servers))
	for _, s := range servers {
		go func() { stopped <- s.Serve(s.listener) }()
	}
	return stopped
}

// Listen listens on the address of a setting. Its error names the setting.
func Listen(setting, address string) (net.Listener, error) {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return nil, fmt.Errorf("%s: %s", setting, listenFailure(address, err))
	}
	return listener, nil
}

func listenFailure(address string, err error) string {
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return address + " is in use"
	case errors.Is(err, syscall.EACCES):
		return "cannot listen on " + address + ": permission denied"
	default:
		return "cannot listen on " + address
	}
}

// BaseURL returns the URL by which clients on this machine reach a listener.
func BaseURL(addr net.Addr) string {
	tcp := addr.(*net.TCPAddr)
	host := tcp.IP.String()
	if tcp.IP.IsUnspecified() {
		host = "localhost"
	}
	return "http://" + net.JoinHostPort(host, fmt.Sprint(tcp.Port))
}
