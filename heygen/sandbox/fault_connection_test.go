package sandbox_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"syscall"
	"testing"
	"testing/synctest"

	"heygen-graphql/heygen/sandbox"
)

func TestResetOverTCPSendsRST(t *testing.T) {
	box := sandbox.New(sandbox.Options{})
	server := httptest.NewServer(box)
	defer server.Close()
	box.QueueFaults(sandbox.Reset)
	transport := &http.Transport{}
	defer transport.CloseIdleConnections()
	r, _ := http.NewRequestWithContext(t.Context(), "GET", server.URL+demoGroupPath, nil)
	r.Header.Set("X-Api-Key", "key")
	if _, err := transport.RoundTrip(r); !errors.Is(err, syscall.ECONNRESET) {
		t.Error(err)
	}
	if calls := box.Calls(); len(calls) != 1 || calls[0].Status != 0 {
		t.Error(calls)
	}
}

func TestEndlessBodyInRecorderEndsWithRequest(t *testing.T) {
	box := sandbox.New(sandbox.Options{})
	box.QueueFaults(sandbox.EndlessBody)
	ctx, cancel := context.WithCancel(t.Context())
	w := &discardRecorder{ResponseRecorder: httptest.NewRecorder(), cancel: cancel}
	r := httptest.NewRequestWithContext(ctx, "GET", "http://box"+demoGroupPath, nil)
	defer func() {
		if recover() != http.ErrAbortHandler || w.bytes < 1<<20 {
			t.Errorf("after %d bytes", w.bytes)
		}
	}()
	box.ServeHTTP(w, r)
}

func TestEndlessBodyForHeadIsEmpty(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		box := sandbox.New(sandbox.Options{})
		defer box.Close()
		box.QueueFaults(sandbox.EndlessBody)
		r, _ := http.NewRequestWithContext(t.Context(), "HEAD", "http://box"+demoGroupPath, nil)
		response, err := clientFor(box).Do(r)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		if synctest.Wait(); response.StatusCode != 200 || box.Calls()[0].Status != 200 {
			t.Errorf("%d, %v", response.StatusCode, box.Calls())
		}
	})
}

// discardRecorder discards the body, and its client disconnects after 1 MiB.
type discardRecorder struct {
	*httptest.ResponseRecorder
	bytes  int
	cancel func()
}

func (d *discardRecorder) Write(p []byte) (int, error) {
	if d.bytes += len(p); d.bytes >= 1<<20 {
		d.cancel()
	}
	return len(p), nil
}
