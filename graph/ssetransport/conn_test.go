package ssetransport

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net/http"
	"testing"
	"time"
)

// What other handlers set is sent, too, and the connection serves no other request: the
// client may send one, which neither ends the stream nor is responded to.
func TestServeTakesTheConnectionOver(t *testing.T) {
	s := openStream()
	address, ended := serve(t, func(w http.ResponseWriter) http.ResponseWriter {
		w.Header().Set("X-Request-Id", "id")
		return w
	}, s, Options{Heartbeat: 10 * time.Millisecond})
	conn := dial(t, address, "GET / HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n")
	response, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	date, err := http.ParseTime(response.Header.Get("Date"))
	if response.Header.Get("X-Request-Id") != "id" || !response.Close || err != nil || time.Since(date).Abs() > time.Minute {
		t.Errorf("%v, %v", response.Header, err)
	}
	if _, err := io.WriteString(conn, "GET / HTTP/1.1\r\nHost: a\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadFull(response.Body, make([]byte, 30)); err != nil { // ten heartbeats
		t.Error(err)
	}
	s.err = io.EOF
	close(s.events)
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

// A client that is gone after it has sent more is discovered by a heartbeat.
func TestServeEndsWhenAClientDisconnectsThatSentMore(t *testing.T) {
	address, ended := serve(t, func(w http.ResponseWriter) http.ResponseWriter { return w }, openStream(), Options{Heartbeat: 10 * time.Millisecond})
	conn := dial(t, address, getHTTP11+"more")
	if _, err := conn.Read(make([]byte, 1)); err != nil {
		t.Fatal(err)
	}
	_ = conn.Close()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("ended with %v", err)
	}
}
