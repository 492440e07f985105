package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
)

func TestTracesAreExportedAndNamedInLogAndMetrics(t *testing.T) {
	var exported atomic.Pointer[string]
	receiver := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		exported.Store(new(string(body)))
	}))
	defer receiver.Close()
	t.Setenv("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.URL) // the SDK reads the environment of the process
	p := startServer(t, "OTEL_EXPORTER_OTLP_ENDPOINT", os.Getenv("OTEL_EXPORTER_OTLP_ENDPOINT"))
	for _, path := range []string{monicaQuery, "/healthz", "/"} {
		get(t, p.url+path)
	}
	_, scrape := send(t, "GET", p.url+"/metrics", "", "Accept", "application/openmetrics-text; version=1.0.0")
	id := regexp.MustCompile(`trace_id=([0-9a-f]{32}) `).FindStringSubmatch(p.output())
	if id == nil || !strings.Contains(scrape, `# {trace_id="`+id[1]+`"}`) {
		t.Errorf("%v: %s", id, p.output())
	}
	p.stop()
	code := <-p.exit
	p.exit <- code // for the cleanup
	spans := exported.Load()
	if spans == nil {
		t.Fatal("nothing is exported at shutdown")
	}
	for text, want := range map[string]bool{"GET /graphql": true, "GET /v3/avatars/{group_id}": true, "healthz": false, "monica": false, "/metrics": false} {
		if strings.Contains(*spans, text) != want {
			t.Errorf("%s: %t", text, !want)
		}
	}
}

func TestInvalidTraceVariableExitsWithOneLine(t *testing.T) {
	var stderr strings.Builder
	code := run(t.Context(), nil, env("LISTEN_ADDR", "127.0.0.1:0", "OTEL_TRACES_EXPORTER", "zipkin"), io.Discard, &stderr)
	if code != exitSettings || stderr.String() != "heygen-graphql: OTEL_TRACES_EXPORTER: must be otlp or none\n" {
		t.Errorf("exit %d: %s", code, &stderr)
	}
}
