package middleware_test

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
)

func TestFlushReachesClient(t *testing.T) {
	for _, contentType := range []string{"text/event-stream", "application/json"} {
		for _, coding := range []string{"gzip", "zstd", "identity"} {
			firstRead := make(chan struct{})
			server := newServer(t, func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", contentType)
				for _, chunk := range []string{"first", "second"} {
					_, _ = io.WriteString(w, chunk)
					if chunk == "first" {
						w.(http.Flusher).Flush()
						<-firstRead
					} else if err := http.NewResponseController(w).Flush(); err != nil {
						t.Errorf("%s, %s: %v", contentType, coding, err)
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
			body := decode(t, resp)
			first := make([]byte, len("first"))
			if _, err := io.ReadFull(body, first); err != nil || string(first) != "first" {
				t.Errorf("%s, %s: %q, %v", contentType, coding, first, err)
			}
			close(firstRead)
			if rest, err := io.ReadAll(body); err != nil || string(rest) != "second" {
				t.Errorf("%s, %s: %q, %v", contentType, coding, rest, err)
			}
			resp.Body.Close()
		}
	}
}

func TestEventStreamSendsHeaderBeforeFirstEvent(t *testing.T) {
	received := make(chan struct{})
	server := newServer(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		w.(http.Flusher).Flush()
		<-received
	})
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Accept-Encoding", "gzip")
	resp, err := server.Client().Do(r) // returns once the header is received
	close(received)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
}

func TestAbortedResponseIsIncomplete(t *testing.T) {
	for _, body := range []string{strings.Repeat("text ", 100), largeJSON(), strings.Repeat(largeJSON(), 20)} {
		for _, coding := range []string{"gzip", "zstd"} {
			server := newServer(t, func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", "application/json")
				_, _ = io.WriteString(w, body)
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
				t.Errorf("%s of %d bytes: no read error", coding, len(body))
			}
			resp.Body.Close()
		}
	}
}

func TestHandlerCanHijackConnection(t *testing.T) {
	server := newServer(t, func(w http.ResponseWriter, _ *http.Request) {
		conn, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		_, _ = io.WriteString(conn, "HTTP/1.1 418 I'm a teapot\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
		conn.Close()
	})
	if resp, _ := fetch(t, server, http.MethodGet, browserEncodings); resp.StatusCode != http.StatusTeapot {
		t.Errorf("%d", resp.StatusCode)
	}
}

func TestInformationalResponsesPass(t *testing.T) {
	server := newServer(t, func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusEarlyHints)
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusAccepted)
		_, _ = io.WriteString(w, largeJSON())
	})
	resp, got := fetch(t, server, http.MethodGet, browserEncodings)
	if resp.StatusCode != http.StatusAccepted || resp.Header.Get("Content-Encoding") != "zstd" || got != largeJSON() {
		t.Errorf("%d, %v", resp.StatusCode, resp.Header)
	}
}

func TestResponsesWithoutBodyStayEmpty(t *testing.T) {
	for _, status := range []int{http.StatusNoContent, http.StatusNotModified, http.StatusResetContent, http.StatusFound} {
		server := newServer(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(status)
			if _, err := io.WriteString(w, ""); err != nil && !errors.Is(err, http.ErrBodyNotAllowed) {
				t.Error(err)
			}
		})
		resp, got := fetch(t, server, http.MethodGet, browserEncodings)
		if resp.StatusCode != status || got != "" || resp.Header.Get("Content-Encoding") != "" {
			t.Errorf("%d: %d, %v, %q", status, resp.StatusCode, resp.Header, got)
		}
	}
}
