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

// TestSlowClientsAreCutOff lets clients dawdle, in virtual time, at every
// place where one can.
func TestSlowClientsAreCutOff(t *testing.T) {
	for name, test := range map[string]struct {
		send string
		rest string // a byte of it a second
		most time.Duration
	}{
		"sends nothing":            {"", "", 5 * time.Second},
		"headers a byte at a time": {"GET / HTTP/1.1\r\nHost: x\r\n", strings.Repeat("X", 100), 5 * time.Second},
		"a body a byte at a time":  {"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n", strings.Repeat("X", 100), 15 * time.Second},
		"an idle connection":       {"GET / HTTP/1.1\r\nHost: x\r\n\r\n", "", 2 * time.Minute},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				near, far := net.Pipe()
				listener := &oneConn{conn: far, closed: make(chan struct{})}
				server := New(listener, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { _, _ = io.Copy(io.Discard, r.Body) }), 30*time.Second, slog.New(slog.DiscardHandler))
				go server.Serve(listener)
				start := time.Now()
				ended := make(chan struct{})
				go func() {
					_, _ = io.Copy(io.Discard, near)
					close(ended)
				}()
				_, _ = io.WriteString(near, test.send)
				var dawdling sync.WaitGroup
				dawdling.Go(func() {
					for i := range test.rest {
						<-time.After(time.Second)
						if _, err := io.WriteString(near, test.rest[i:i+1]); err != nil {
							return
						}
					}
				})
				<-ended
				if took := time.Since(start); took > test.most+time.Second || took < test.most {
					t.Errorf("cut off after %v, want %v", took, test.most)
				}
				server.Close()
				near.Close()
				dawdling.Wait()
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
