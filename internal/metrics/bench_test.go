package metrics_test

import (
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"heygen-graphql/internal/metrics"
)

// everything counts what one operation with one call leads to.
func everything(m *metrics.Metrics) {
	m.Operation("", 200, 12*time.Millisecond, 40)
	m.UpstreamRequest("GET /v3/avatars/{group_id}", "ok", 300*time.Millisecond)
	m.CacheRequest("GET /v3/avatars/{group_id}", "miss", 1)
}

func TestCountingAllocatesNothing(t *testing.T) {
	m := metrics.New(options())
	if n := testing.AllocsPerRun(1000, func() {
		everything(m)
		m.Rejected("host")
		m.UpstreamRequest("GET /v9/robots", "lost", time.Second)
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func TestManyCountWhileOthersScrape(t *testing.T) {
	m := metrics.New(options())
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 500 {
				everything(m)
			}
		})
		all.Go(func() {
			m.Handler().ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/metrics", nil))
		})
	}
	all.Wait()
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
		everything(m)
	}
}

func BenchmarkCountInParallel(b *testing.B) {
	m := metrics.New(options())
	b.ReportAllocs()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			everything(m)
		}
	})
}

func BenchmarkScrape(b *testing.B) {
	m := metrics.New(options())
	b.ReportAllocs()
	for b.Loop() {
		_ = text(b, m)
	}
}
