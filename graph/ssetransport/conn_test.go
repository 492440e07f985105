package ssetransport

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
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

func TestServeEndsWhenAClientDisconnectsThatSentMore(t *testing.T) {
	address, ended := serve(t, func(w http.ResponseWriter) http.ResponseWriter { return w }, openStream(), Options{})
	conn := dial(t, address, getHTTP11+"more")
	if _, err := conn.Read(make([]byte, 1)); err != nil {
		t.Fatal(err)
	}
	_ = conn.Close()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("ended with %v", err)
	}
}

func TestServeEndsWhenAClientSendsTooMuch(t *testing.T) {
	address, ended := serve(t, func(w http.ResponseWriter) http.ResponseWriter { return w }, openStream(), Options{})
	dial(t, address, getHTTP11+strings.Repeat("x", maxDiscarded+1<<20))
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("ended with %v", err)
	}
}

// What the client has sent is read, or closing the connection would discard what it has not
// read yet.
func TestServeLosesNoEventOfAClientThatSentMore(t *testing.T) {
	event := strings.Repeat("x", 256<<10)
	s := &fakeStream{events: make(chan string, 1)}
	address, ended := serve(t, func(w http.ResponseWriter) http.ResponseWriter { return w }, s, Options{})
	conn := dial(t, address, getHTTP11)
	if _, err := conn.Read(make([]byte, 1)); err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(conn, "more"); err != nil {
		t.Fatal(err)
	}
	s.err = io.EOF
	s.events <- event
	close(s.events)
	if err := <-ended; err != nil { // what the client has not read yet is in the buffers of the sockets
		t.Error(err)
	}
	response, err := io.ReadAll(conn)
	if !strings.HasSuffix(string(response), event+"\n\nevent: complete\ndata:\n\n") || err != nil {
		t.Errorf("%d bytes, %v", len(response), err)
	}
}

func TestServeEndsOnceTheCredentialsAreInvalid(t *testing.T) {
	forEachConnection(t, func(t *testing.T, wrap func(http.ResponseWriter) http.ResponseWriter) {
		checks := 0
		address, ended := serve(t, wrap, openStream(), Options{Heartbeat: 10 * time.Millisecond, Admitted: func() bool {
			checks++
			return checks < 3
		}})
		if body, err := io.ReadAll(get(t, address).Body); string(body) != ":\n\n:\n\n:\n\n" || err != nil {
			t.Errorf("%q, %v", body, err)
		}
		if err := <-ended; !errors.Is(err, ErrRejected) {
			t.Errorf("ended with %v", err)
		}
	})
}
