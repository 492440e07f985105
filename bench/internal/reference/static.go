package reference

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync/atomic"
)

// representation is a response body, plain and compressed.
type representation struct{ identity, gzip []byte }

// Static returns a handler with the same response to every request: the body of the
// last POST to /control/response. It compresses that body once, and returns it
// compressed to clients that accept gzip.
func Static() http.Handler {
	var response atomic.Pointer[representation]
	response.Store(&representation{})
	mux := http.NewServeMux()
	mux.HandleFunc("/control/response", func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			http.Error(w, "the request body cannot be read", http.StatusBadRequest)
			return
		}
		response.Store(&representation{identity: body, gzip: compress(body)})
		w.Header().Set("Content-Length", "0")
	})
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		current := response.Load()
		w.Header().Set("Vary", "Accept-Encoding")
		if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
			w.Header().Set("Content-Encoding", "gzip")
			writeJSON(w, current.gzip)
			return
		}
		writeJSON(w, current.identity)
	})
	return mux
}

func compress(body []byte) []byte {
	var compressed bytes.Buffer
	w := gzip.NewWriter(&compressed)
	_, _ = w.Write(body) // a buffer cannot fail
	_ = w.Close()
	return compressed.Bytes()
}

func writeJSON(w http.ResponseWriter, body []byte) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	_, _ = w.Write(body)
}
