package reference

import (
	"io"
	"net/http"
	"strconv"
	"sync/atomic"
)

// Static answers everything with the same bytes, those of the last POST to
// /control/answer.
func Static() http.Handler {
	var answer atomic.Pointer[[]byte]
	answer.Store(new([]byte))
	mux := http.NewServeMux()
	mux.HandleFunc("/control/answer", func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			http.Error(w, "the answer broke off", http.StatusBadRequest)
			return
		}
		answer.Store(&body)
		w.Header().Set("Content-Length", "0")
	})
	mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) { write(w, *answer.Load()) })
	return mux
}

func write(w http.ResponseWriter, body []byte) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	_, _ = w.Write(body)
}
