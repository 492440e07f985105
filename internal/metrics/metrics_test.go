package metrics_test

import (
	"bytes"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"heygen-graphql/internal/metrics"
)

// options returns Options with two values of each label, and empty lists in the cache.
func options() metrics.Options {
	return metrics.Options{
		Codes:        []string{"BAD_USER_INPUT", "INTERNAL"},
		Rejections:   []string{"host", "overloaded"},
		Endpoints:    []string{"GET /v3/avatars", "GET /v3/avatars/{group_id}"},
		Outcomes:     []string{"ok", "rate limited"},
		CacheResults: []string{"miss", "hit"},
		Catalogues:   []string{"groups", "voices"}, CatalogueLists: []string{"groups", "looks"}, CatalogueOutcomes: []string{"ok", "failed"},
		StreamTransports: []string{"sse", "websocket"}, StreamReasons: []string{"complete", "slow"},
		PollOutcomes: []string{"changed", "error"}, WebhookOutcomes: []string{"accepted", "rejected"},
		Snapshot: func() metrics.Snapshot {
			return metrics.Snapshot{Catalogues: map[string]metrics.Catalogue{"groups": {}, "voices": {}}} // both are cached
		},
	}
}

// scrapeText returns the body of a scrape.
func scrapeText(t testing.TB, m *metrics.Metrics) string {
	t.Helper()
	w := httptest.NewRecorder()
	m.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	if w.Code != http.StatusOK {
		t.Fatalf("status %d: %s", w.Code, w.Body)
	}
	return w.Body.String()
}

// scrape returns the values of our series by name and labels.
func scrape(t testing.TB, m *metrics.Metrics) map[string]float64 {
	t.Helper()
	values := map[string]float64{}
	for line := range strings.Lines(scrapeText(t, m)) {
		series, ok := strings.CutPrefix(strings.TrimSpace(line), "heygen_graphql_")
		if !ok {
			continue
		}
		i := strings.LastIndex(series, " ")
		value, err := strconv.ParseFloat(series[i+1:], 64)
		if err != nil {
			t.Fatal(line, err)
		}
		values[series[:i]] = value
	}
	return values
}

// assertIncrease fails the test unless exactly the series in want have increased, by these amounts.
func assertIncrease(t *testing.T, m *metrics.Metrics, before map[string]float64, want map[string]float64) {
	t.Helper()
	got := map[string]float64{}
	for series, value := range scrape(t, m) {
		if delta := value - before[series]; delta != 0 && !strings.Contains(series, "_bucket{") {
			got[series] = delta
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("increase (- want, + got):\n%s", diff)
	}
}

func TestOperationCountsCodeStatusDurationAndCost(t *testing.T) {
	m := metrics.New(options())
	before := scrape(t, m)
	m.Operation("", 200, 250*time.Millisecond, 30, "")
	m.Operation("BAD_USER_INPUT", 400, 500*time.Millisecond, 0, "")
	m.Operation("INTERNAL", 200, time.Second, 12, "")
	m.Operation("INTERNAL", 503, time.Second, 0, "")
	assertIncrease(t, m, before, map[string]float64{
		`operations_total{code="OK",status="2xx"}`:             1,
		`operations_total{code="BAD_USER_INPUT",status="4xx"}`: 1,
		`operations_total{code="INTERNAL",status="2xx"}`:       1,
		`operations_total{code="INTERNAL",status="5xx"}`:       1,

		`operation_duration_seconds_count{outcome="ok"}`:    1,
		`operation_duration_seconds_sum{outcome="ok"}`:      0.25,
		`operation_duration_seconds_count{outcome="error"}`: 3,
		`operation_duration_seconds_sum{outcome="error"}`:   2.5,

		`operation_cost_count`: 2, // an unknown cost is not observed
		`operation_cost_sum`:   42,
	})
}

func TestRejectedCountsByReason(t *testing.T) {
	m := metrics.New(options())
	before := scrape(t, m)
	m.Rejected("host")
	m.Rejected("host")
	m.Rejected("overloaded")
	assertIncrease(t, m, before, map[string]float64{`requests_rejected_total{reason="host"}`: 2, `requests_rejected_total{reason="overloaded"}`: 1})
}

func TestUpstreamRequestCountsAttempts(t *testing.T) {
	m := metrics.New(options())
	before := scrape(t, m)
	m.UpstreamRequest("GET /v3/avatars", "ok", 500*time.Millisecond)
	m.UpstreamRequest("GET /v3/avatars", "rate limited", 250*time.Millisecond)
	m.UpstreamRequest("GET /v3/avatars/{group_id}", "ok", time.Second)
	assertIncrease(t, m, before, map[string]float64{
		`upstream_requests_total{endpoint="GET /v3/avatars",outcome="ok"}`:               1,
		`upstream_requests_total{endpoint="GET /v3/avatars",outcome="rate limited"}`:     1,
		`upstream_requests_total{endpoint="GET /v3/avatars/{group_id}",outcome="ok"}`:    1,
		`upstream_request_duration_seconds_count{endpoint="GET /v3/avatars"}`:            2,
		`upstream_request_duration_seconds_sum{endpoint="GET /v3/avatars"}`:              0.75,
		`upstream_request_duration_seconds_count{endpoint="GET /v3/avatars/{group_id}"}`: 1,
		`upstream_request_duration_seconds_sum{endpoint="GET /v3/avatars/{group_id}"}`:   1,
	})
}

func TestCacheRequestCountsByResult(t *testing.T) {
	m := metrics.New(options())
	before := scrape(t, m)
	m.CacheRequest("GET /v3/avatars", "hit", 1)
	m.CacheRequest("GET /v3/avatars", "hit", 1)
	m.CacheRequest("GET /v3/avatars/{group_id}", "miss", 1)
	assertIncrease(t, m, before, map[string]float64{
		`cache_requests_total{endpoint="GET /v3/avatars",result="hit"}`:             2,
		`cache_requests_total{endpoint="GET /v3/avatars/{group_id}",result="miss"}`: 1,
	})
}

func TestCatalogueWalkCountsListAndOutcome(t *testing.T) {
	m := metrics.New(options())
	before := scrape(t, m)
	m.CatalogueWalk("groups", "ok", 2*time.Second)
	m.CatalogueWalk("groups", "failed", time.Second)
	m.CatalogueWalk("looks", "ok", 500*time.Millisecond)
	assertIncrease(t, m, before, map[string]float64{
		`catalogue_walks_total{list="groups",outcome="ok"}`:     1,
		`catalogue_walks_total{list="groups",outcome="failed"}`: 1,
		`catalogue_walks_total{list="looks",outcome="ok"}`:      1,

		`catalogue_walk_duration_seconds_count{list="groups"}`: 2,
		`catalogue_walk_duration_seconds_sum{list="groups"}`:   3,
		`catalogue_walk_duration_seconds_count{list="looks"}`:  1,
		`catalogue_walk_duration_seconds_sum{list="looks"}`:    0.5,
	})
}

// A duration counts in every bucket whose bound it does not exceed.
func TestBucketsRangeFromCacheHitToTimeout(t *testing.T) {
	m := metrics.New(options())
	for _, duration := range []time.Duration{time.Millisecond, 30 * time.Second, 31 * time.Second} {
		m.Operation("", 200, duration, int(duration/time.Millisecond), "")
		m.UpstreamRequest("GET /v3/avatars", "ok", duration)
	}
	got := scrape(t, m)
	for series, want := range map[string]float64{
		`operation_duration_seconds_bucket{outcome="ok",le="0.001"}`:                     1,
		`operation_duration_seconds_bucket{outcome="ok",le="30"}`:                        2,
		`operation_duration_seconds_bucket{outcome="ok",le="+Inf"}`:                      3,
		`operation_cost_bucket{le="1"}`:                                                  1,
		`operation_cost_bucket{le="1000"}`:                                               1,
		`upstream_request_duration_seconds_bucket{endpoint="GET /v3/avatars",le="0.05"}`: 1,
		`upstream_request_duration_seconds_bucket{endpoint="GET /v3/avatars",le="15"}`:   1,
	} {
		if value, ok := got[series]; !ok || value != want {
			t.Errorf("%s is %v, want %v", series, value, want)
		}
	}
}

func TestMetricsAreIndependent(t *testing.T) {
	one, two := metrics.New(options()), metrics.New(options())
	before := scrape(t, two)
	one.Rejected("host")
	assertIncrease(t, two, before, map[string]float64{})
}

func TestZeroOptionsWork(t *testing.T) {
	var log bytes.Buffer
	m := metrics.New(metrics.Options{Logger: slog.New(slog.NewTextHandler(&log, nil))})
	m.Operation("", 200, time.Second, 1, "")
	m.Rejected("host")
	m.UpstreamRequest("GET /v3/avatars", "ok", time.Second)
	m.CacheRequest("GET /v3/avatars", "hit", 1)
	got := scrape(t, m)
	for _, series := range []string{
		`operations_total{code="OK",status="2xx"}`, `requests_rejected_total{reason="OTHER"}`,
		`upstream_requests_total{endpoint="OTHER",outcome="OTHER"}`, `cache_requests_total{endpoint="OTHER",result="OTHER"}`,
	} {
		if got[series] != 1 {
			t.Errorf("%s is %v", series, got[series])
		}
	}
	if _, ok := got["cache_bytes"]; ok {
		t.Error("a gauge without a Snapshot")
	}
	if log.Len() > 0 {
		t.Errorf("log: %s", &log)
	}
	_ = scrape(t, metrics.New(metrics.Options{}))
}
