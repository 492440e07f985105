package metrics_test

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"
	"time"

	"heygen-graphql/internal/metrics"
)

func TestCollectorTakesOneSnapshotPerScrape(t *testing.T) {
	o, calls := options(), 0
	o.Snapshot = func() metrics.Snapshot {
		calls++
		return metrics.Snapshot{
			Operations: calls, CacheBytes: 2 << 40, UpstreamInFlight: 3, UpstreamQueued: 4, Credentials: 5, RateLimited: 6, Subscribers: 12, Pollers: 13,
			Streams:      map[string]int{"sse": 14, "carrier pigeon": 15, "smoke": 16},
			OpenBreakers: map[string]int{"GET /v3/avatars": 7, "GET /v9/robots": 8, "GET /v9/ghosts": 9},
			Catalogues:   map[string]metrics.Catalogue{"voices": {Items: 10, Age: 1500 * time.Millisecond}, "robots": {Items: 11}},
		}
	}
	m := metrics.New(o)
	if calls > 0 {
		t.Error("Snapshot called before the first scrape")
	}
	for n := range 3 {
		got := scrape(t, m)
		for series, want := range map[string]float64{
			"operations_in_flight": float64(n + 1), "cache_bytes": 2 << 40, "upstream_requests_in_flight": 3, "upstream_requests_queued": 4,
			"upstream_credentials": 5, "upstream_credentials_rate_limited": 6, "subscribers": 12, "pollers": 13,
			`streams{transport="sse"}`:                                      14,
			`streams{transport="websocket"}`:                                0,
			`streams{transport="OTHER"}`:                                    31,
			`upstream_breakers_open{endpoint="GET /v3/avatars"}`:            7,
			`upstream_breakers_open{endpoint="GET /v3/avatars/{group_id}"}`: 0,
			`upstream_breakers_open{endpoint="OTHER"}`:                      17,
			`catalogue_items{list="voices"}`:                                10,
			`catalogue_age_seconds{list="voices"}`:                          1.5,
		} {
			if value, ok := got[series]; !ok || value != want {
				t.Errorf("scrape %d: %s is %v, want %v", n, series, value, want)
			}
		}
		for _, series := range []string{`catalogue_items{list="groups"}`, `catalogue_age_seconds{list="groups"}`} {
			if value, ok := got[series]; ok {
				t.Errorf("scrape %d: %s is %v, but the list is not cached", n, series, value)
			}
		}
	}
	if calls != 3 {
		t.Errorf("Snapshot called %d times in three scrapes", calls)
	}
}

func TestSnapshotPanicKeepsOtherMetrics(t *testing.T) {
	var log bytes.Buffer
	o := options()
	o.Snapshot = func() metrics.Snapshot { panic("of the cache at 10.1.2.3") }
	o.Logger = slog.New(slog.NewTextHandler(&log, nil))
	m := metrics.New(o)
	m.Rejected("host")
	body := scrapeText(t, m)
	if !strings.Contains(body, `heygen_graphql_requests_rejected_total{reason="host"} 1`) || !strings.Contains(body, "go_goroutines ") {
		t.Errorf("other metrics are missing:\n%s", body)
	}
	if strings.Contains(body, "10.1.2.3") || strings.Contains(body, "cache_bytes") {
		t.Errorf("the scrape reveals the panic:\n%s", body)
	}
	if strings.Count(log.String(), "\n") != 1 || !strings.Contains(log.String(), "of the cache at 10.1.2.3") {
		t.Errorf("log: %s", &log)
	}
	o.Logger = nil
	_ = scrapeText(t, metrics.New(o))
}
