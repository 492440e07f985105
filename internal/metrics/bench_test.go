package metrics_test

import (
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"heygen-graphql/internal/metrics"
)

// countOperation counts an operation with one upstream request.
func countOperation(m *metrics.Metrics) {
	m.Operation("", 200, 12*time.Millisecond, 40, "")
	m.UpstreamRequest("GET /v3/avatars/{group_id}", "ok", 300*time.Millisecond)
	m.CacheRequest("GET /v3/avatars/{group_id}", "miss", 1)
}

func TestCountingDoesNotAllocate(t *testing.T) {
	m := metrics.New(options())
	if n := testing.AllocsPerRun(1000, func() {
		countOperation(m)
		m.Rejected("host")
		m.UpstreamRequest("GET /v9/robots", "lost", time.Second)
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func TestConcurrentCountsAndScrapes(t *testing.T) {
	m := metrics.New(options())
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 500 {
				countOperation(m)
			}
		})
		wg.Go(func() {
			m.Handler().ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/metrics", nil))
		})
	}
	wg.Wait()
	got := scrape(t, m)
	for _, series := range []string{
		`operations_total{code="OK",status="2xx"}`, `operation_duration_seconds_count{outcome="ok"}`, `operation_cost_count`,
		`upstream_requests_total{endpoint="GET /v3/avatars/{group_id}",outcome="ok"}`, `cache_requests_total{endpoint="GET /v3/avatars/{group_id}",result="miss"}`,
	} {
		if got[series] != 8*500 {
			t.Errorf("%s is %v", series, got[series])
		}
	}
}

func BenchmarkCount(b *testing.B) {
	m := metrics.New(options())
	b.ReportAllocs()
	for b.Loop() {
		countOperation(m)
	}
}

func BenchmarkCountParallel(b *testing.B) {
	m := metrics.New(options())
	b.ReportAllocs()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			countOperation(m)
		}
	})
}

func BenchmarkScrape(b *testing.B) {
	m := metrics.New(options())
	b.ReportAllocs()
	for b.Loop() {
		_ = scrapeText(b, m)
	}
}
