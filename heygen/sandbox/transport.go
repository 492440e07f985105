package sandbox

import (
	"context"
	"net"
	"net/http"
	"sync"
)

// Transport returns a transport whose every connection leads to this sandbox, whatever the host of a URL and whether its
// scheme is http or https (there is no TLS). It is real HTTP/1.1, over net.Pipe instead of a socket: nothing waits for the
// operating system, so it works in a testing/synctest bubble, if Transport is called inside.
//
// Each call starts a server of its own, which runs until [Sandbox.Close].
func (s *Sandbox) Transport() *http.Transport {
	m := &pipeServer{conns: make(chan net.Conn), closed: make(chan struct{})}
	m.server.Handler = s
	m.server.ConnState = m.trackConns
	m.transport = &http.Transport{
		DialContext:    m.dial,
		DialTLSContext: m.dial,
		// Enough for a client that uses its whole concurrency limit: with the default of 2, most connections would be closed
		// after one call.
		MaxIdleConnsPerHost: 64,
	}
	m.running.Go(func() { _ = m.server.Serve(m) }) // it always returns ErrServerClosed

	s.mu.Lock()
	defer s.mu.Unlock()
	s.servers = append(s.servers, m)
	return m.transport
}

// Close stops the servers that [Sandbox.Transport] started, removes all webhook endpoints, aborts the calls and deliveries in
// flight, and returns when all have ended. Transports returned before fail afterwards, and so does the creation of a webhook
// endpoint; everything else still works.
func (s *Sandbox) Close() {
	s.hooks.Close()
	s.mu.Lock()
	servers := s.servers
	s.servers = nil
	s.mu.Unlock()
	for _, m := range servers {
		m.transport.CloseIdleConnections()
		_ = m.server.Close() // closes m and all connections, neither of which can fail
		m.running.Wait()
	}
}

// pipeServer is a server, its listener of pipes, and the transport that dials them.
type pipeServer struct {
	server    http.Server
	transport *http.Transport
	running   sync.WaitGroup // Serve, and each connection
	conns     chan net.Conn
	closed    chan struct{}
	closing   sync.Once
}

func (m *pipeServer) dial(ctx context.Context, _, _ string) (net.Conn, error) {
	client, server := net.Pipe()
	var err error
	select {
	case m.conns <- server:
		return client, nil
	case <-ctx.Done():
		err = ctx.Err()
	case <-m.closed:
		err = net.ErrClosed
	}
	_, _ = client.Close(), server.Close() // closing a pipe never fails
	return nil, err
}

// trackConns makes Close wait for connections, too. A new one is counted by Serve, which is still running then.
func (m *pipeServer) trackConns(_ net.Conn, state http.ConnState) {
	switch state {
	case http.StateNew:
		m.running.Add(1)
	case http.StateClosed, http.StateHijacked:
		m.running.Done()
	}
}

// Accept, Close and Addr implement net.Listener.
func (m *pipeServer) Accept() (net.Conn, error) {
	select {
	case conn := <-m.conns:
		return conn, nil
	case <-m.closed:
		return nil, net.ErrClosed
	}
}

func (m *pipeServer) Close() error {
	m.closing.Do(func() { close(m.closed) })
	return nil
}

func (m *pipeServer) Addr() net.Addr { return pipeAddr{} }

type pipeAddr struct{}

func (pipeAddr) Network() string { return "pipe" }
func (pipeAddr) String() string  { return "sandbox" }
