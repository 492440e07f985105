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

// Server answers HTTP/1.1 by hand: beside a server under test, net/http would
// take a good part of the machine.
type Server struct {
	catalogue *Catalogue
	listener  net.Listener
	delay     atomic.Int64 // of each answer, in nanoseconds
	calls     [endpoints]atomic.Int64
	running   sync.WaitGroup

	mu    sync.Mutex
	conns map[net.Conn]struct{} // nil: closed
}

// Serve answers on a listener until [Server.Close].
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

// Close ends all connections and returns when they have ended.
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

// hold keeps a connection for Close; false: it came too late.
func (s *Server) hold(conn net.Conn) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.conns == nil {
		return false
	}
	s.conns[conn] = struct{}{}
	return true
}

func (s *Server) release(conn net.Conn) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.conns, conn)
}

func (s *Server) serve(conn net.Conn) {
	defer conn.Close()
	if !s.hold(conn) {
		return
	}
	defer s.release(conn)
	in, head := bufio.NewReaderSize(conn, 8<<10), make([]byte, 0, 128)
	for {
		target, last, err := readRequest(in)
		if err != nil {
			return
		}
		status, body := s.answer(target)
		head = append(head[:0], "HTTP/1.1 "...)
		head = append(head, status...)
		head = append(head, "\r\nContent-Type: application/json\r\nContent-Length: "...)
		head = strconv.AppendInt(head, int64(body.length()), 10)
		head = append(head, "\r\n\r\n"...)
		out := net.Buffers{head, body[0], body[1], body[2]}
		if _, err := out.WriteTo(conn); err != nil || last {
			return
		}
	}
}

// readRequest reads the head of a request without a body. last: the client
// wants no other answer on this connection.
func readRequest(in *bufio.Reader) (target string, last bool, err error) {
	line, err := in.ReadSlice('\n')
	if err != nil {
		return "", false, err
	}
	_, rest, _ := strings.Cut(string(line), " ")
	target, _, _ = strings.Cut(rest, " ")
	for {
		line, err := in.ReadSlice('\n')
		switch {
		case err != nil:
			return "", false, err
		case len(line) <= 2:
			return target, last, nil
		}
		if (line[0] == 'C' || line[0] == 'c') && strings.EqualFold(strings.TrimSpace(string(line)), "connection: close") {
			last = true
		}
	}
}

// answer counts a call, waits for as long as HeyGen would take, and answers it.
func (s *Server) answer(target string) (status string, body pieces) {
	path, raw, _ := strings.Cut(target, "?")
	if path == "/control" {
		return s.control(raw)
	}
	endpoint, status, body := s.catalogue.find(path, raw)
	s.calls[endpoint].Add(1)
	if delay := s.delay.Load(); delay > 0 {
		time.Sleep(time.Duration(delay))
	}
	return status, body
}
