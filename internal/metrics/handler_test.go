package metrics_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"heygen-graphql/internal/metrics"
)

func TestHandlerServesUncompressedText(t *testing.T) {
	r := httptest.NewRequest(http.MethodGet, "/metrics", nil)
	r.Header.Set("Accept-Encoding", "gzip, zstd")
	w := httptest.NewRecorder()
	metrics.New(options()).Handler().ServeHTTP(w, r)
	if w.Code != http.StatusOK || !strings.HasPrefix(w.Header().Get("Content-Type"), "text/plain; version=0.0.4") || w.Header().Get("Content-Encoding") != "" {
		t.Errorf("%d %v", w.Code, w.Header())
	}
	if !strings.HasPrefix(w.Body.String(), "# HELP ") {
		t.Errorf("%.100q", w.Body)
	}
}

func TestHandlerServesGoAndProcessMetrics(t *testing.T) {
	body := scrapeText(t, metrics.New(options()))
	for _, name := range []string{"go_goroutines", "go_memstats_heap_alloc_bytes", "process_cpu_seconds_total", "process_start_time_seconds"} {
		if !strings.Contains(body, "\n"+name+" ") {
			t.Errorf("%s is missing", name)
		}
	}
}

func TestExemplarsAreServedInOpenMetrics(t *testing.T) {
	for openMetrics, want := range map[bool]bool{true: true, false: false} {
		o := options()
		o.OpenMetrics = openMetrics
		m := metrics.New(o)
		m.Operation("", 200, time.Second, 1, "0af7651916cd43dd8448eb211c80319c")
		r := httptest.NewRequest(http.MethodGet, "/metrics", nil)
		r.Header.Set("Accept", "application/openmetrics-text; version=1.0.0, text/plain; q=0.5")
		w := httptest.NewRecorder()
		m.Handler().ServeHTTP(w, r)
		if got := strings.Contains(w.Body.String(), `# {trace_id="0af7651916cd43dd8448eb211c80319c"} 1`); got != want || strings.HasPrefix(w.Header().Get("Content-Type"), "application/openmetrics-text") != want {
			t.Errorf("OpenMetrics %t: exemplar %t, %s", openMetrics, got, w.Header().Get("Content-Type"))
		}
	}
}
