package sandbox

import (
	"bytes"
	"math"
	"net"
	"net/http"
	"time"
)

// abortConnection makes the server close the connection, so that the client sees an incomplete response.
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

// sendHalf announces the whole body and sends half of it. It ignores write errors: the client has disconnected, and nothing
// is left to truncate.
func sendHalf(s *Sandbox, w http.ResponseWriter, r *http.Request) {
	resp := s.respond(r)
	resp.sendHeader(w)
	_, _ = w.Write(resp.body[:len(resp.body)/2])
	_ = http.NewResponseController(w).Flush()
}

func slowBody(s *Sandbox, w http.ResponseWriter, r *http.Request) {
	resp := s.respond(r)
	resp.sendHeader(w)
	flusher := http.NewResponseController(w)
	for i := range resp.body {
		_ = flusher.Flush()
		if sleep(r.Context(), time.Second) != nil {
			abortConnection()
		}
		if _, err := w.Write(resp.body[i : i+1]); err != nil {
			abortConnection()
		}
	}
}

// reset closes the connection itself, because a server that aborts still closes a TCP connection in good order.
func reset(_ *Sandbox, w http.ResponseWriter, _ *http.Request) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		abortConnection()
	}
	if tcp, ok := conn.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0) // Close discards unsent data and sends RST
	}
	_ = conn.Close()
}

// truncatedHeader aborts where the connection cannot be hijacked, as in HTTP/2 or a recorder.
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
	resp := s.respond(r)
	resp.body = resp.body[:len(resp.body)/2]
	resp.send(w)
}

// hugeBody sends 12 MiB of whitespace before the normal response: a client without a limit reads it all and finds
// nothing wrong.
func hugeBody(s *Sandbox, w http.ResponseWriter, r *http.Request) {
	writeWhitespace(w, r, 12<<20)
	_, _ = w.Write(s.respond(r).body)
}

// endlessBody ends with a failed write or, where none ever fails, as in a recorder, with its request.
func endlessBody(_ *Sandbox, w http.ResponseWriter, r *http.Request) {
	writeWhitespace(w, r, math.MaxInt)
}

// writeWhitespace starts a JSON response with size bytes of whitespace. The body of a response to HEAD is discarded without
// an error and without a byte sent, so an endless one would never end.
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
