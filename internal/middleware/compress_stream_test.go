package middleware_test

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
)

func TestAFlushReachesTheClient(t *testing.T) {
	for _, kind := range []string{"text/event-stream", "application/json"} {
		for _, coding := range []string{"gzip", "zstd", "identity"} {
			read := make(chan struct{})
			server := compressed(t, func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", kind)
				for _, part := range []string{"first", "then"} {
					_, _ = io.WriteString(w, part)
					if part == "first" {
						w.(http.Flusher).Flush()
						<-read
					} else if err := http.NewResponseController(w).Flush(); err != nil {
						t.Errorf("%s, %s: %v", kind, coding, err)
					}
				}
			})
			r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL, nil)
			if err != nil {
				t.Fatal(err)
			}
			r.Header.Set("Accept-Encoding", coding)
			resp, err := server.Client().Do(r)
			if err != nil {
				t.Fatal(err)
			}
			body := decoded(t, resp)
			first := make([]byte, len("first"))
			if _, err := io.ReadFull(body, first); err != nil || string(first) != "first" {
				t.Errorf("%s, %s: %q, %v", kind, coding, first, err)
			}
			close(read)
			if rest, err := io.ReadAll(body); err != nil || string(rest) != "then" {
				t.Errorf("%s, %s: %q, %v", kind, coding, rest, err)
			}
			resp.Body.Close()
		}
	}
}

func TestAStreamBeginsBeforeItsFirstEvent(t *testing.T) {
	begun := make(chan struct{})
	server := compressed(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		w.(http.Flusher).Flush()
		<-begun
	})
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Accept-Encoding", "gzip")
	resp, err := server.Client().Do(r) // comes back when the header is there
	close(begun)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
}

func TestABrokenAnswerIsNotTakenForAWhole(t *testing.T) {
	for _, text := range []string{strings.Repeat("text ", 100), page(), strings.Repeat(page(), 20)} {
		for _, coding := range []string{"gzip", "zstd"} {
			server := compressed(t, func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", "application/json")
				_, _ = io.WriteString(w, text)
				panic(http.ErrAbortHandler)
			})
			r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL, nil)
			if err != nil {
				t.Fatal(err)
			}
			r.Header.Set("Accept-Encoding", coding)
			resp, err := server.Client().Do(r)
			if err != nil {
				continue
			}
			if _, err := io.ReadAll(resp.Body); err == nil {
				t.Errorf("%s of %d bytes ends well", coding, len(text))
			}
			resp.Body.Close()
		}
	}
}

func TestAConnectionCanStillBeTaken(t *testing.T) {
	server := compressed(t, func(w http.ResponseWriter, _ *http.Request) {
		conn, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		_, _ = io.WriteString(conn, "HTTP/1.1 418 I'm a teapot\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
		conn.Close()
	})
	if resp, _ := fetch(t, server, http.MethodGet, browser); resp.StatusCode != http.StatusTeapot {
		t.Errorf("%d", resp.StatusCode)
	}
}

func TestNoticesBeforeTheAnswerPass(t *testing.T) {
	server := compressed(t, func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusEarlyHints)
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusAccepted)
		_, _ = io.WriteString(w, page())
	})
	resp, got := fetch(t, server, http.MethodGet, browser)
	if resp.StatusCode != http.StatusAccepted || resp.Header.Get("Content-Encoding") != "zstd" || got != page() {
		t.Errorf("%d, %v", resp.StatusCode, resp.Header)
	}
}

func TestAnswersWithoutABodyHaveNone(t *testing.T) {
	for _, status := range []int{http.StatusNoContent, http.StatusNotModified, http.StatusResetContent, http.StatusFound} {
		server := compressed(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(status)
			if _, err := io.WriteString(w, ""); err != nil && !errors.Is(err, http.ErrBodyNotAllowed) {
				t.Error(err)
			}
		})
		resp, got := fetch(t, server, http.MethodGet, browser)
		if resp.StatusCode != status || got != "" || resp.Header.Get("Content-Encoding") != "" {
			t.Errorf("%d: %d, %v, %q", status, resp.StatusCode, resp.Header, got)
		}
	}
}
