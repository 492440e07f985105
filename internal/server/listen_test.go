package server

import (
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// TestSlowClientsAreCutOff has slow clients at every stage of a request, in virtual time.
func TestSlowClientsAreCutOff(t *testing.T) {
	for name, test := range map[string]struct {
		send    string
		rest    string // sent one byte per second
		timeout time.Duration
	}{
		"no request":      {"", "", 5 * time.Second},
		"slow headers":    {"GET / HTTP/1.1\r\nHost: x\r\n", strings.Repeat("X", 100), 5 * time.Second},
		"slow body":       {"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n", strings.Repeat("X", 100), 15 * time.Second},
		"idle connection": {"GET / HTTP/1.1\r\nHost: x\r\n\r\n", "", 2 * time.Minute},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				clientConn, serverConn := net.Pipe()
				listener := &oneConn{conn: serverConn, closed: make(chan struct{})}
				server := New(listener, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { _, _ = io.Copy(io.Discard, r.Body) }), 30*time.Second, slog.New(slog.DiscardHandler))
				go server.Serve(listener)
				start := time.Now()
				closed := make(chan struct{})
				go func() {
					_, _ = io.Copy(io.Discard, clientConn)
					close(closed)
				}()
				_, _ = io.WriteString(clientConn, test.send)
				var sender sync.WaitGroup
				sender.Go(func() {
					for i := range test.rest {
						<-time.After(time.Second)
						if _, err := io.WriteString(clientConn, test.rest[i:i+1]); err != nil {
							return
						}
					}
				})
				<-closed
				if took := time.Since(start); took > test.timeout+time.Second || took < test.timeout {
					t.Errorf("cut off after %v, want %v", took, test.timeout)
				}
				server.Close()
				clientConn.Close()
				sender.Wait()
			})
		})
	}
}

// oneConn is a listener with one connection.
type oneConn struct {
	conn   net.Conn
	once   sync.Once
	closed chan struct{}
}

func (l *oneConn) Accept() (net.Conn, error) {
	if conn := l.conn; conn != nil {
		l.conn = nil
		return conn, nil
	}
	<-l.closed
	return nil, net.ErrClosed
}

func (l *oneConn) Close() error {
	l.once.Do(func() { close(l.closed) })
	return nil
}

func (l *oneConn) Addr() net.Addr { return &net.TCPAddr{} }
