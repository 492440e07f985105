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

// options name two values of each label.
func options() metrics.Options {
	return metrics.Options{
		Codes:        []string{"BAD_USER_INPUT", "INTERNAL"},
		Rejections:   []string{"host", "overloaded"},
		Endpoints:    []string{"GET /v3/avatars", "GET /v3/avatars/{group_id}"},
		Outcomes:     []string{"ok", "rate limited"},
		CacheResults: []string{"miss", "hit"},
		Snapshot:     func() metrics.Snapshot { return metrics.Snapshot{} },
	}
}

// text is what a scrape gets.
func text(t testing.TB, m *metrics.Metrics) string {
	t.Helper()
	w := httptest.NewRecorder()
	m.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	if w.Code != http.StatusOK {
		t.Fatalf("status %d: %s", w.Code, w.Body)
	}
	return w.Body.String()
}

// scrape gives the values of our series by their names and labels.
func scrape(t testing.TB, m *metrics.Metrics) map[string]float64 {
	t.Helper()
	all := map[string]float64{}
	for line := range strings.Lines(text(t, m)) {
		series, ours := strings.CutPrefix(strings.TrimSpace(line), "heygen_graphql_")
		if !ours {
			continue
		}
		at := strings.LastIndex(series, " ")
		value, err := strconv.ParseFloat(series[at+1:], 64)
		if err != nil {
			t.Fatal(line, err)
		}
		all[series[:at]] = value
	}
	return all
}

// rose compares what changed with what should have.
func rose(t *testing.T, m *metrics.Metrics, before map[string]float64, want map[string]float64) {
	t.Helper()
	got := map[string]float64{}
	for series, value := range scrape(t, m) {
		if by := value - before[series]; by != 0 && !strings.Contains(series, "_bucket{") {
			got[series] = by
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("what rose (- wanted, + got):\n%s", diff)
	}
}

func TestAnOperationIsCounted(t *testing.T) {
	m := metrics.New(options())
	before := scrape(t, m)
	m.Operation("", 200, 250*time.Millisecond, 30)
	m.Operation("BAD_USER_INPUT", 400, 500*time.Millisecond, 0)
	m.Operation("INTERNAL", 200, time.Second, 12)
	m.Operation("INTERNAL", 503, time.Second, 0)
	rose(t, m, before, map[string]float64{
		`operations_total{code="OK",status="2xx"}`:             1,
		`operations_total{code="BAD_USER_INPUT",status="4xx"}`: 1,
		`operations_total{code="INTERNAL",status="2xx"}`:       1,
		`operations_total{code="INTERNAL",status="5xx"}`:       1,

		`operation_duration_seconds_count{outcome="ok"}`:    1,
		`operation_duration_seconds_sum{outcome="ok"}`:      0.25,
		`operation_duration_seconds_count{outcome="error"}`: 3,
		`operation_duration_seconds_sum{outcome="error"}`:   2.5,

		`operation_cost_count`: 2, // a cost that is not known is none
		`operation_cost_sum`:   42,
	})
}

func TestARefusalIsCounted(t *testing.T) {
	m := metrics.New(options())
	before := scrape(t, m)
	m.Rejected("host")
	m.Rejected("host")
	m.Rejected("overloaded")
	rose(t, m, before, map[string]float64{`requests_rejected_total{reason="host"}`: 2, `requests_rejected_total{reason="overloaded"}`: 1})
}

func TestACallIsCounted(t *testing.T) {
	m := metrics.New(options())
	before := scrape(t, m)
	m.UpstreamRequest("GET /v3/avatars", "ok", 500*time.Millisecond)
	m.UpstreamRequest("GET /v3/avatars", "rate limited", 250*time.Millisecond)
	m.UpstreamRequest("GET /v3/avatars/{group_id}", "ok", time.Second)
	rose(t, m, before, map[string]float64{
		`upstream_requests_total{endpoint="GET /v3/avatars",outcome="ok"}`:               1,
		`upstream_requests_total{endpoint="GET /v3/avatars",outcome="rate limited"}`:     1,
		`upstream_requests_total{endpoint="GET /v3/avatars/{group_id}",outcome="ok"}`:    1,
		`upstream_request_duration_seconds_count{endpoint="GET /v3/avatars"}`:            2,
		`upstream_request_duration_seconds_sum{endpoint="GET /v3/avatars"}`:              0.75,
		`upstream_request_duration_seconds_count{endpoint="GET /v3/avatars/{group_id}"}`: 1,
		`upstream_request_duration_seconds_sum{endpoint="GET /v3/avatars/{group_id}"}`:   1,
	})
}

func TestAnAnswerOfTheCacheIsCounted(t *testing.T) {
	m := metrics.New(options())
	before := scrape(t, m)
	m.CacheRequest("GET /v3/avatars", "hit", 1)
	m.CacheRequest("GET /v3/avatars", "hit", 1)
	m.CacheRequest("GET /v3/avatars/{group_id}", "miss", 1)
	rose(t, m, before, map[string]float64{
		`cache_requests_total{endpoint="GET /v3/avatars",result="hit"}`:             2,
		`cache_requests_total{endpoint="GET /v3/avatars/{group_id}",result="miss"}`: 1,
	})
}

// A duration counts in every bucket whose bound it does not exceed.
func TestTheBucketsReachFromAHitToATimeout(t *testing.T) {
	m := metrics.New(options())
	for _, took := range []time.Duration{time.Millisecond, 30 * time.Second, 31 * time.Second} {
		m.Operation("", 200, took, int(took/time.Millisecond))
		m.UpstreamRequest("GET /v3/avatars", "ok", took)
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

func TestMetricsAreTheirOwn(t *testing.T) {
	one, two := metrics.New(options()), metrics.New(options())
	before := scrape(t, two)
	one.Rejected("host")
	rose(t, two, before, map[string]float64{})
}

func TestTheZeroOptionsWork(t *testing.T) {
	var log bytes.Buffer
	m := metrics.New(metrics.Options{Logger: slog.New(slog.NewTextHandler(&log, nil))})
	m.Operation("", 200, time.Second, 1)
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
	if _, there := got["cache_bytes"]; there {
		t.Error("a state that nobody tells is told")
	}
	if log.Len() > 0 {
		t.Errorf("log: %s", &log)
	}
	_ = scrape(t, metrics.New(metrics.Options{}))
}
