package ssetransport

import (
	"bytes"
	"context"
	"net"
	"net/http"
	"time"

	"heygen-graphql/graph/stream"
)

// serveConn serves a stream over a connection of its own, in two goroutines, and closes it.
func serveConn(conn net.Conn, head []byte, s stream.Stream, o Options, ended func(error)) {
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		if disconnected(conn) {
			cancel()
		}
	}()
	go func() {
		defer cancel()
		err := run(ctx, newConnWriter(conn, o.WriteTimeout), head, s, o.Heartbeat)
		_ = conn.Close()
		ended(err)
	}()
}

// disconnected waits until the client disconnects, and returns true. It returns false if
// the client sends another request, which is not read: the next write finds out whether
// that client is gone.
func disconnected(conn net.Conn) bool {
	_, err := conn.Read(make([]byte, 1))
	return err != nil
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
