package ssetransport

import (
	"bytes"
	"context"
	"errors"
	"net"
	"net/http"
	"time"

	"heygen-graphql/graph/stream"
)

const (
	// maxDiscarded is how many bytes a client may send after its request, such as another
	// request or the rest of the body. They are discarded: if they stayed unread, the end of
	// the connection would discard events that the client has not read yet.
	maxDiscarded = 64 << 10
	// lingerTimeout is how long the client may take to close the connection at the end.
	lingerTimeout = 500 * time.Millisecond
)

// serveConn serves a stream over a connection of its own, in two goroutines, and closes it.
func serveConn(conn net.Conn, head []byte, s stream.Stream, o Options, ended func(error)) {
	ctx, cancel := context.WithCancel(context.Background())
	disconnected := make(chan struct{})
	go func() {
		discardInput(conn, maxDiscarded)
		cancel()
		close(disconnected)
	}()
	go func() {
		err := run(ctx, newConnWriter(conn, o.WriteTimeout), head, s, o)
		if ctx.Err() == nil && !errors.Is(err, stream.ErrSlow) {
			linger(conn, disconnected)
		}
		_ = conn.Close()
		ended(err)
	}()
}

// discardInput reads until the client disconnects, or has sent limit bytes.
func discardInput(conn net.Conn, limit int) {
	buffer := make([]byte, 64)
	for limit > 0 {
		n, err := conn.Read(buffer)
		if err != nil {
			return
		}
		limit -= n
	}
}

// linger ends the response, and waits until the client has closed the connection.
func linger(conn net.Conn, disconnected <-chan struct{}) {
	half, ok := conn.(interface{ CloseWrite() error })
	if !ok || half.CloseWrite() != nil {
		return
	}
	timer := time.NewTimer(lingerTimeout)
	defer timer.Stop()
	select {
	case <-disconnected:
	case <-timer.C:
	}
}

// encodeHead returns the status line and the header of a response that ends with its
// connection.
func encodeHead(header http.Header) []byte {
	header.Set("Connection", "close")
	header.Set("Date", time.Now().UTC().Format(http.TimeFormat))
	var head bytes.Buffer
	head.WriteString("HTTP/1.1 200 OK\r\n")
	_ = header.Write(&head) // to memory
	head.WriteString("\r\n")
	return head.Bytes()
}
