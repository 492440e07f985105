package sandbox

import (
	"bytes"
	"math"
	"net"
	"net/http"
	"time"
)

// abortConnection makes the server close the connection, so that the client sees that the answer is not whole.
func abortConnection() { panic(http.ErrAbortHandler) }

func hang(_ *Sandbox, _ http.ResponseWriter, r *http.Request) {
	<-r.Context().Done()
	abortConnection()
}

func hangInBody(s *Sandbox, w http.ResponseWriter, r *http.Request) {
	sendHalf(s, w, r)
	<-r.Context().Done()
	abortConnection()
}

func truncatedBody(s *Sandbox, w http.ResponseWriter, r *http.Request) {
	sendHalf(s, w, r)
	abortConnection()
}

// sendHalf promises the whole body and sends half of it. What fails to be sent is the client's having gone, and then
// there is nothing left to spoil.
func sendHalf(s *Sandbox, w http.ResponseWriter, r *http.Request) {
	a := s.handle(r)
	a.sendHeader(w)
	_, _ = w.Write(a.body[:len(a.body)/2])
	_ = http.NewResponseController(w).Flush()
}

func slowBody(s *Sandbox, w http.ResponseWriter, r *http.Request) {
	a := s.handle(r)
	a.sendHeader(w)
	flusher := http.NewResponseController(w)
	for i := range a.body {
		_ = flusher.Flush()
		if sleep(r.Context(), time.Second) != nil {
			abortConnection()
		}
		if _, err := w.Write(a.body[i : i+1]); err != nil {
			abortConnection()
		}
	}
}

// reset closes the connection by itself, as a server that aborts still ends a TCP connection in good order.
func reset(_ *Sandbox, w http.ResponseWriter, _ *http.Request) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		abortConnection()
	}
	if tcp, ok := conn.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0) // close throws away what was not sent, and sends RST
	}
	_ = conn.Close()
}

// truncatedHeader falls back on a plain abort where there is no connection to take over, as in HTTP/2 or a recorder.
func truncatedHeader(_ *Sandbox, w http.ResponseWriter, _ *http.Request) {
	conn, out, err := http.NewResponseController(w).Hijack()
	if err != nil {
		abortConnection()
	}
	_, _ = out.WriteString("HTTP/1.1 200 OK\r\nContent-Type: appl")
	_ = out.Flush()
	_ = conn.Close()
}

func truncatedJSON(s *Sandbox, w http.ResponseWriter, r *http.Request) {
	a := s.handle(r)
	a.body = a.body[:len(a.body)/2]
	a.send(w)
}

// hugeBody puts 12 MiB of white space before the right answer: a client that sets itself no limit reads it all and finds
// nothing wrong.
func hugeBody(s *Sandbox, w http.ResponseWriter, r *http.Request) {
	writeWhitespace(w, r, 12<<20)
	_, _ = w.Write(s.handle(r).body)
}

// endlessBody ends by a failed write, or where nothing is ever sent, as in a recorder, with its request.
func endlessBody(_ *Sandbox, w http.ResponseWriter, r *http.Request) {
	writeWhitespace(w, r, math.MaxInt)
}

// writeWhitespace begins a JSON answer with this many bytes of white space. Those of an answer to HEAD are swallowed without an
// error and without a byte sent, which for an endless one would go on for ever.
func writeWhitespace(w http.ResponseWriter, r *http.Request, size int) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(http.StatusOK)
	if r.Method == http.MethodHead {
		return
	}
	chunk := bytes.Repeat([]byte(" "), 64<<10)
	for range size / len(chunk) {
		if _, err := w.Write(chunk); err != nil || r.Context().Err() != nil {
			abortConnection()
		}
	}
}

func redirect(_ *Sandbox, w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Location", "https://elsewhere.invalid"+r.URL.RequestURI())
	w.WriteHeader(http.StatusFound)
}
