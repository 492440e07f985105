package middleware

import (
	"net/http"
	"strconv"
	"strings"
)

// answer stands between a handler and gzhttp's writer. When the header is known
// it decides which of the two is written to, that or the one beneath, and makes
// the ETag fit.
type answer struct {
	http.ResponseWriter                     // compresses
	plain               http.ResponseWriter // does not
	encoders            chan struct{}       // has room for one element a compressed answer
	known               string              // the request's If-None-Match
	decided, encoded    bool
}

func (a *answer) WriteHeader(status int) {
	if status >= http.StatusOK { // below are notices before it
		a.decide(status)
	}
	a.ResponseWriter.WriteHeader(status)
}

func (a *answer) Write(p []byte) (int, error) {
	a.decide(http.StatusOK)
	return a.ResponseWriter.Write(p)
}

// Flush sends what is written so far.
func (a *answer) Flush() { _ = a.FlushError() }

// FlushError is Flush for [http.ResponseController].
func (a *answer) FlushError() error {
	a.decide(http.StatusOK)
	return http.NewResponseController(a.ResponseWriter).Flush()
}

// Unwrap lets an [http.ResponseController] hijack and set deadlines.
func (a *answer) Unwrap() http.ResponseWriter { return a.ResponseWriter }

func (a *answer) decide(status int) {
	if a.decided {
		return
	}
	a.decided = true
	h := a.Header()
	tag := h.Get("ETag")
	switch {
	case a.worthwhile(status) && a.enter():
		if strings.HasPrefix(tag, `"`) {
			h.Set("ETag", "W/"+tag)
		}
		return
	case status == http.StatusNotModified && strings.HasPrefix(tag, `"`) && strings.Contains(a.known, "W/"+tag):
		// A cache looks for the answer that this renews by exactly this tag.
		h.Set("ETag", "W/"+tag)
	}
	a.ResponseWriter = a.plain
}

// worthwhile goes by the header alone. Without a type gzhttp goes by what is
// written, without a length by how much.
func (a *answer) worthwhile(status int) bool {
	h := a.Header()
	kind, length := h.Get("Content-Type"), h.Get("Content-Length")
	n, err := strconv.Atoi(length)
	return status != http.StatusPartialContent && status != http.StatusNotModified && h.Get("Content-Encoding") == "" &&
		(kind == "" || compressible(kind)) && (length == "" || err == nil && n >= leastCompressed)
}

// enter tells whether there is room for an encoder.
func (a *answer) enter() bool {
	select {
	case a.encoders <- struct{}{}:
		a.encoded = true
	default:
	}
	return a.encoded
}

func (a *answer) leave() {
	if a.encoded {
		<-a.encoders
	}
}
