package heygen_test

import (
	"context"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"heygen-graphql/heygen"
)

func TestConnectionErrorsNameTheirCause(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	refused := "http://" + listener.Addr().String()
	listener.Close()

	truncated := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "1000")
		_, _ = io.WriteString(w, `{"data":`)
	}))
	defer truncated.Close()
	aborted := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }))
	defer aborted.Close()
	secure := httptest.NewUnstartedServer(http.NotFoundHandler())
	secure.Config.ErrorLog = log.New(io.Discard, "", 0)
	secure.StartTLS()
	defer secure.Close()

	for base, want := range map[string]string{
		refused:       "connection refused",
		truncated.URL: "before the end of the response",
		aborted.URL:   "before the end of the response",
		secure.URL:    "no trusted TLS connection",
	} {
		client := newClient(t, nil, func(o *heygen.Options) { o.BaseURL = base })
		if _, err := client.AvatarGroup(t.Context(), "g"); !errors.Is(err, heygen.ErrUnavailable) || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
	unresolved := upstream(func(*http.Request) (*http.Response, error) {
		return nil, &net.DNSError{Err: "no such host", Name: "nowhere"}
	})
	if err := getGroupError(t, unresolved); !errors.Is(err, heygen.ErrUnavailable) || !strings.Contains(err.Error(), "does not resolve") {
		t.Error(err)
	}
}

func TestResetConnectionIsConnectionReset(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	go func() {
		conn, err := listener.Accept()
		if err != nil {
			return
		}
		_, _ = conn.Read(make([]byte, 1<<10))
		_ = conn.(*net.TCPConn).SetLinger(0) // Close sends RST instead of FIN
		conn.Close()
	}()
	client := newClient(t, nil, func(o *heygen.Options) { o.BaseURL = "http://" + listener.Addr().String() })
	if _, err := client.AvatarGroup(t.Context(), "g"); !errors.Is(err, heygen.ErrUnavailable) || !strings.Contains(err.Error(), "connection reset") {
		t.Error(err)
	}
}

func TestServerWithoutTLSIsATLSError(t *testing.T) {
	plain := httptest.NewUnstartedServer(http.NotFoundHandler())
	plain.Config.ErrorLog = log.New(io.Discard, "", 0)
	plain.Start()
	defer plain.Close()
	client := newClient(t, heygen.NewTransport(), func(o *heygen.Options) { o.BaseURL = "https://" + plain.Listener.Addr().String() })
	if _, err := client.AvatarGroup(t.Context(), "g"); !errors.Is(err, heygen.ErrUnavailable) || !strings.Contains(err.Error(), "no trusted TLS connection") {
		t.Error(err)
	}
}

// These limits are shorter than the call timeout; their errors are timeouts, too.
func TestTransportTimeoutIsErrTimeout(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		silent := func(context.Context, string, string) (net.Conn, error) {
			ours, theirs := net.Pipe()
			go func() {
				_, _ = io.Copy(io.Discard, theirs)
				theirs.Close()
			}()
			return ours, nil
		}
		for name, transport := range map[string]*http.Transport{
			"TLS handshake": {DialContext: silent, TLSHandshakeTimeout: time.Second},
			"headers":       {DialTLSContext: silent, ResponseHeaderTimeout: time.Second},
		} {
			start := time.Now()
			_, err := newClient(t, transport).AvatarGroup(t.Context(), "g")
			if took := time.Since(start); !errors.Is(err, heygen.ErrTimeout) || took != time.Second {
				t.Errorf("%s: %v after %v", name, err, took)
			}
		}
	})
}

// It dials, so it runs outside a synctest bubble; its deadline has passed before it starts.
func TestDialTimeoutIsErrTimeout(t *testing.T) {
	late := &http.Transport{DialContext: (&net.Dialer{Deadline: time.Unix(1, 0)}).DialContext}
	client := newClient(t, late, func(o *heygen.Options) { o.BaseURL = "https://127.0.0.1:1" })
	if _, err := client.AvatarGroup(t.Context(), "g"); !errors.Is(err, heygen.ErrTimeout) {
		t.Error(err)
	}
}

func TestTransportWithoutResponseIsErrUnavailable(t *testing.T) {
	for name, res := range map[string]*http.Response{"nil": nil, "no body": {StatusCode: 200}} {
		if err := getGroupError(t, upstream(func(*http.Request) (*http.Response, error) { return res, nil })); !errors.Is(err, heygen.ErrUnavailable) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
