package tracing_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"heygen-graphql/heygen/sandbox"
)

func TestFailingReceiverFailsNoRequest(t *testing.T) {
	hang := func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body) // until then the server does not notice that the client left
		<-r.Context().Done()
	}
	for name, test := range map[string]struct {
		respond http.HandlerFunc // nil: nothing listens
		cause   string
	}{
		"down":     {nil, "connection refused"},
		"500":      {func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "secret-of-the-receiver", 500) }, "rejected by the receiver"},
		"redirect": {func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusNotModified) }, "rejected by the receiver"},
		"slow":     {hang, "timeout"},
	} {
		t.Run(name, func(t *testing.T) {
			server := httptest.NewServer(test.respond)
			defer server.Close()
			if test.respond == nil {
				server.Close()
			}
			t.Setenv("OTEL_EXPORTER_OTLP_ENDPOINT", server.URL)
			t.Setenv("OTEL_EXPORTER_OTLP_HEADERS", "authorization=secret-of-the-header")
			t.Setenv("OTEL_BSP_SCHEDULE_DELAY", "1")
			if name == "slow" {
				t.Setenv("OTEL_EXPORTER_OTLP_TIMEOUT", "50")
				t.Setenv("OTEL_BSP_EXPORT_TIMEOUT", "200") // a timeout is retried until then
			}
			s := newStack(t, sandbox.Options{})
			for range 3 {
				if body := s.query(t, monicaQuery); body != monicaResponse {
					t.Error(body)
				}
			}
			deadline := time.After(30 * time.Second)
			for !strings.Contains(s.log.String(), "exporting traces failed") {
				select {
				case <-deadline:
					t.Fatal(s.log.String())
				case <-time.After(time.Millisecond):
				}
			}
			s.query(t, monicaQuery)
			s.stop()
			log := s.log.String()
			if strings.Count(log, "exporting traces failed") != 1 || !strings.Contains(log, test.cause) {
				t.Error(log)
			}
			for _, leak := range []string{"secret", "127.0.0.1", "http://"} {
				if strings.Contains(log, leak) {
					t.Errorf("the log contains %q: %s", leak, log)
				}
			}
		})
	}
}

func TestShutdownDoesNotWaitForAHangingReceiver(t *testing.T) {
	arrived := make(chan struct{}, 10)
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		arrived <- struct{}{}
		<-r.Context().Done()
	}))
	defer server.Close()
	t.Setenv("OTEL_EXPORTER_OTLP_ENDPOINT", server.URL)
	t.Setenv("OTEL_EXPORTER_OTLP_TIMEOUT", "600000")
	t.Setenv("OTEL_BSP_EXPORT_TIMEOUT", "600000")
	s := newStack(t, sandbox.Options{})
	s.tracing.SetShutdownTimeout(20 * time.Millisecond)
	s.query(t, monicaQuery)
	stopped := make(chan struct{})
	go func() { s.stop(); close(stopped) }()
	<-arrived
	select {
	case <-stopped:
	case <-time.After(30 * time.Second):
		t.Error("Shutdown waits for the receiver")
	}
}
