package sandbox

import (
	"bytes"
	"net/http"
	"time"
)

// abort makes the server close the connection, so that the client sees that the answer is not whole.
func abort() { panic(http.ErrAbortHandler) }

func hang(_ *Sandbox, _ http.ResponseWriter, r *http.Request) {
	<-r.Context().Done()
	abort()
}

func hangInBody(s *Sandbox, w http.ResponseWriter, r *http.Request) {
	sendHalf(s, w, r)
	<-r.Context().Done()
	abort()
}

func cutBody(s *Sandbox, w http.ResponseWriter, r *http.Request) {
	sendHalf(s, w, r)
	abort()
}

// sendHalf promises the whole body and sends half of it. What fails to be sent is the client's having gone, and then
// there is nothing left to spoil.
func sendHalf(s *Sandbox, w http.ResponseWriter, r *http.Request) {
	a := s.answer(r)
	a.sendHeader(w)
	_, _ = w.Write(a.body[:len(a.body)/2])
	_ = http.NewResponseController(w).Flush()
}

func slowBody(s *Sandbox, w http.ResponseWriter, r *http.Request) {
	a := s.answer(r)
	a.sendHeader(w)
	flusher := http.NewResponseController(w)
	for i := range a.body {
		_ = flusher.Flush()
		if pause(r.Context(), time.Second) != nil {
			abort()
		}
		if _, err := w.Write(a.body[i : i+1]); err != nil {
			abort()
		}
	}
}

func reset(*Sandbox, http.ResponseWriter, *http.Request) { abort() }

// cutHeader falls back on a plain reset where there is no connection to take over, as in HTTP/2 or a recorder.
func cutHeader(_ *Sandbox, w http.ResponseWriter, _ *http.Request) {
	conn, out, err := http.NewResponseController(w).Hijack()
	if err != nil {
		abort()
	}
	_, _ = out.WriteString("HTTP/1.1 200 OK\r\nContent-Type: appl")
	_ = out.Flush()
	_ = conn.Close()
}

func cutJSON(s *Sandbox, w http.ResponseWriter, r *http.Request) {
	a := s.answer(r)
	a.body = a.body[:len(a.body)/2]
	a.send(w)
}

// hugeBody puts 12 MiB of white space before the right answer: a client that sets itself no limit reads it all and finds
// nothing wrong.
func hugeBody(s *Sandbox, w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(http.StatusOK)
	blank := bytes.Repeat([]byte(" "), 64<<10)
	for range 12 << 20 / len(blank) {
		if _, err := w.Write(blank); err != nil {
			abort()
		}
	}
	_, _ = w.Write(s.answer(r).body)
}

func redirect(_ *Sandbox, w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Location", "https://elsewhere.invalid"+r.URL.RequestURI())
	w.WriteHeader(http.StatusFound)
}
