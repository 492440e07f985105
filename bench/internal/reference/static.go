package reference

import (
	"io"
	"net/http"
	"strconv"
	"sync/atomic"
)

// Static returns a handler with the same response to every request: the body of the
// last POST to /control/response.
func Static() http.Handler {
	var response atomic.Pointer[[]byte]
	response.Store(new([]byte))
	mux := http.NewServeMux()
	mux.HandleFunc("/control/response", func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			http.Error(w, "the request body cannot be read", http.StatusBadRequest)
			return
		}
		response.Store(&body)
		w.Header().Set("Content-Length", "0")
	})
	mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) { writeJSON(w, *response.Load()) })
	return mux
}

func writeJSON(w http.ResponseWriter, body []byte) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	_, _ = w.Write(body)
}
