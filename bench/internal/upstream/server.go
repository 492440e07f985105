package upstream

import (
	"bufio"
	"net"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// Server implements the part of HTTP/1.1 that is needed here: net/http would use a
// large part of the CPU time that the server under test needs.
type Server struct {
	catalogue *Catalogue
	listener  net.Listener
	delay     atomic.Int64 // before each response, in nanoseconds
	calls     [endpointCount]atomic.Int64
	running   sync.WaitGroup

	mu    sync.Mutex
	conns map[net.Conn]struct{} // nil after Close
}

// Serve accepts connections on a listener until [Server.Close].
func Serve(listener net.Listener, catalogue *Catalogue) *Server {
	s := &Server{catalogue: catalogue, listener: listener, conns: map[net.Conn]struct{}{}}
	s.running.Go(func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			s.running.Go(func() { s.serve(conn) })
		}
	})
	return s
}

// Close closes all connections and waits for their goroutines.
func (s *Server) Close() {
	_ = s.listener.Close()
	s.mu.Lock()
	for conn := range s.conns {
		_ = conn.Close()
	}
	s.conns = nil
	s.mu.Unlock()
	s.running.Wait()
}

// track registers a connection for Close. It returns false if the server is closed.
func (s *Server) track(conn net.Conn) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.conns == nil {
		return false
	}
	s.conns[conn] = struct{}{}
	return true
}

func (s *Server) untrack(conn net.Conn) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.conns, conn)
}

func (s *Server) serve(conn net.Conn) {
	defer conn.Close()
	if !s.track(conn) {
		return
	}
	defer s.untrack(conn)
	reader, head := bufio.NewReaderSize(conn, 8<<10), make([]byte, 0, 128)
	for {
		target, closeAfter, err := readRequest(reader)
		if err != nil {
			return
		}
		status, body := s.respond(target)
		head = append(head[:0], "HTTP/1.1 "...)
		head = append(head, status...)
		head = append(head, "\r\nContent-Type: application/json\r\nContent-Length: "...)
		head = strconv.AppendInt(head, int64(body.length()), 10)
		head = append(head, "\r\n\r\n"...)
		out := net.Buffers{head, body[0], body[1], body[2]}
		if _, err := out.WriteTo(conn); err != nil || closeAfter {
			return
		}
	}
}

// readRequest reads the head of a request without a body. closeAfter reports whether
// the client sent Connection: close.
func readRequest(reader *bufio.Reader) (target string, closeAfter bool, err error) {
	line, err := reader.ReadSlice('\n')
	if err != nil {
		return "", false, err
	}
	_, rest, _ := strings.Cut(string(line), " ")
	target, _, _ = strings.Cut(rest, " ")
	for {
		line, err := reader.ReadSlice('\n')
		switch {
		case err != nil:
			return "", false, err
		case len(line) <= 2:
			return target, closeAfter, nil
		}
		if (line[0] == 'C' || line[0] == 'c') && strings.EqualFold(strings.TrimSpace(string(line)), "connection: close") {
			closeAfter = true
		}
	}
}

// respond counts a call, waits for the configured delay, and returns the response.
func (s *Server) respond(target string) (status string, body bodyParts) {
	path, raw, _ := strings.Cut(target, "?")
	if path == "/control" {
		return s.control(raw)
	}
	endpoint, status, body := s.catalogue.respond(path, raw)
	s.calls[endpoint].Add(1)
	if delay := s.delay.Load(); delay > 0 {
		time.Sleep(time.Duration(delay))
	}
	return status, body
}
