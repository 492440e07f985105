package metrics_test

import (
	"crypto/rand"
	"fmt"
	"maps"
	"math"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/prometheus/client_golang/prometheus/testutil/promlint"

	"heygen-graphql/internal/metrics"
)

// wantMetrics lists every metric with its type, labels, and number of series for
// Options with two values of each label. Dashboards and alerts depend on it.
var wantMetrics = []string{
	`cache_bytes gauge  1`,
	`cache_requests_total counter endpoint,result 9`,
	`catalogue_age_seconds gauge list 2`,
	`catalogue_items gauge list 2`,
	`catalogue_walk_duration_seconds histogram list 39`,
	`catalogue_walks_total counter list,outcome 9`,
	`operation_cost histogram  13`,
	`operation_duration_seconds histogram outcome 34`,
	`operations_by_client_total counter client 2`,
	`operations_in_flight gauge  1`,
	`operations_total counter code,status 20`,
	`pollers gauge  1`,
	`polls_total counter outcome 3`,
	`requests_rejected_total counter reason 3`,
	`streams gauge transport 3`,
	`streams_ended_total counter reason,transport 9`,
	`subscribers gauge  1`,
	`untrusted_documents_total counter client 2`,
	`upstream_breakers_open gauge endpoint 3`,
	`upstream_credentials gauge  1`,
	`upstream_credentials_rate_limited gauge  1`,
	`upstream_request_duration_seconds histogram endpoint 39`,
	`upstream_requests_in_flight gauge  1`,
	`upstream_requests_queued gauge  1`,
	`upstream_requests_total counter endpoint,outcome 9`,
	`webhook_events_total counter outcome 3`,
}

// listMetrics returns such a list from the body of a scrape.
func listMetrics(body string) (lines []string) {
	typeLine := regexp.MustCompile(`^# TYPE heygen_graphql_(\S+) (\S+)`)
	labelName := regexp.MustCompile(`([a-z_]+)="`)
	name, head, labels, series := "", "", "", 0
	end := func() {
		if name != "" {
			lines = append(lines, fmt.Sprintf("%s %s %d", head, labels, series))
		}
		name, labels, series = "", "", 0
	}
	for line := range strings.Lines(body) {
		switch match := typeLine.FindStringSubmatch(line); {
		case match != nil:
			end()
			name, head = match[1], match[1]+" "+match[2]
		case strings.HasPrefix(line, "#"):
			end()
		case name != "":
			series++
			var names []string
			for _, match := range labelName.FindAllStringSubmatch(line, -1) {
				if match[1] != "le" {
					names = append(names, match[1])
				}
			}
			labels = strings.Join(names, ",")
		}
	}
	end()
	return lines
}

func TestMetricsHaveExpectedTypesAndLabels(t *testing.T) {
	if diff := cmp.Diff(wantMetrics, listMetrics(scrapeText(t, metrics.New(options())))); diff != "" {
		t.Errorf("(- want, + got)\n%s", diff)
	}
}

func TestEverySeriesExistsFromFirstScrape(t *testing.T) {
	first := scrape(t, metrics.New(options()))
	for series, value := range first {
		if value != 0 {
			t.Errorf("%s starts at %v", series, value)
		}
	}
	m := metrics.New(options())
	for _, code := range []string{"OTHER", "", "BAD_USER_INPUT", "INTERNAL"} {
		for _, status := range []int{100, 200, 301, 404, 500, 600} {
			m.Operation(code, status, 0, 1, "")
		}
	}
	for _, endpoint := range append(options().Endpoints, "OTHER") {
		for _, value := range append(append(options().Outcomes, options().CacheResults...), "OTHER") {
			m.UpstreamRequest(endpoint, value, 0)
			m.CacheRequest(endpoint, value, 1)
		}
	}
	for _, list := range append(options().CatalogueLists, "OTHER") {
		for _, outcome := range append(options().CatalogueOutcomes, "OTHER") {
			m.CatalogueWalk(list, outcome, 0)
		}
	}
	for _, reason := range append(options().Rejections, "OTHER") {
		m.Rejected(reason)
	}
	for _, transport := range append(options().StreamTransports, "OTHER") {
		for _, reason := range append(options().StreamReasons, "OTHER") {
			m.StreamEnded(transport, reason)
		}
	}
	for _, outcome := range append(append(options().PollOutcomes, options().WebhookOutcomes...), "OTHER") {
		m.Poll(outcome)
		m.WebhookEvent(outcome)
	}
	for _, client := range []string{"", "other"} {
		m.OperationOfClient(client)
		m.UntrustedDocument(client)
	}
	last := scrape(t, m)
	if diff := cmp.Diff(slices.Sorted(maps.Keys(first)), slices.Sorted(maps.Keys(last))); diff != "" {
		t.Errorf("series (- first, + last)\n%s", diff)
	}
	for series, value := range last {
		if value == 0 && strings.Contains(series, "_total{") {
			t.Errorf("%s was not counted", series)
		}
	}
}

// Callers may send anything: it creates no series, and every request is counted.
func TestUnknownValuesCreateNoSeries(t *testing.T) {
	open, streams, catalogues := map[string]int{}, map[string]int{}, map[string]metrics.Catalogue{"groups": {}, "voices": {}}
	o := options()
	o.Snapshot = func() metrics.Snapshot {
		return metrics.Snapshot{OpenBreakers: open, Streams: streams, Catalogues: catalogues}
	}
	m := metrics.New(o)
	before := scrape(t, m)
	const n = 10_000
	for i := range n {
		unknown := rand.Text()
		if i%10 == 0 {
			unknown = "\xff\"\n{}" + unknown // invalid in a label value
		}
		m.Operation(unknown, i, 0, i, "")
		m.Operation("", -i, 0, math.MinInt, "")
		m.Rejected(unknown)
		m.UpstreamRequest(unknown, unknown, 0)
		m.UpstreamRequest("GET /v3/avatars", unknown, 0)
		m.CacheRequest(unknown, unknown, 1)
		m.CatalogueWalk(unknown, unknown, 0)
		catalogues[unknown] = metrics.Catalogue{Items: 1}
		m.CacheRequest("GET /v3/avatars", unknown, 1)
		open[unknown] = 1
		m.StreamEnded(unknown, unknown)
		m.StreamEnded("sse", unknown)
		m.Poll(unknown)
		m.WebhookEvent(unknown)
		streams[unknown] = 1
	}
	open["GET /v3/avatars"] = 3
	after := scrape(t, m)
	if len(after) != len(before) || len(before) != 212 {
		t.Errorf("%d series at first, %d in the end, want 212", len(before), len(after))
	}
	for series, want := range map[string]float64{
		`requests_rejected_total{reason="OTHER"}`:                             n,
		`upstream_requests_total{endpoint="OTHER",outcome="OTHER"}`:           n,
		`upstream_requests_total{endpoint="GET /v3/avatars",outcome="OTHER"}`: n,
		`cache_requests_total{endpoint="OTHER",result="OTHER"}`:               n,
		`catalogue_walks_total{list="OTHER",outcome="OTHER"}`:                 n,
		`cache_requests_total{endpoint="GET /v3/avatars",result="OTHER"}`:     n,
		`operations_total{code="OK",status="OTHER"}`:                          n,
		`operations_total{code="OTHER",status="4xx"}`:                         100,
		`operations_total{code="OTHER",status="OTHER"}`:                       n - 400,
		`streams_ended_total{reason="OTHER",transport="OTHER"}`:               n,
		`streams_ended_total{reason="OTHER",transport="sse"}`:                 n,
		`polls_total{outcome="OTHER"}`:                                        n,
		`webhook_events_total{outcome="OTHER"}`:                               n,
		`streams{transport="OTHER"}`:                                          n,
		`upstream_breakers_open{endpoint="OTHER"}`:                            n,
		`upstream_breakers_open{endpoint="GET /v3/avatars"}`:                  3,
	} {
		if after[series] != want {
			t.Errorf("%s is %v, want %v", series, after[series], want)
		}
	}
}

func TestDuplicateValuesAreAllowed(t *testing.T) {
	once := options()
	once.Snapshot = func() metrics.Snapshot {
		return metrics.Snapshot{OpenBreakers: map[string]int{"GET /v3/avatars": 1, "OTHER": 2}}
	}
	twice := options()
	twice.Snapshot = once.Snapshot
	for _, values := range []*[]string{&twice.Codes, &twice.Rejections, &twice.Endpoints, &twice.Outcomes, &twice.CacheResults, &twice.CatalogueLists, &twice.CatalogueOutcomes,
		&twice.StreamTransports, &twice.StreamReasons, &twice.PollOutcomes, &twice.WebhookOutcomes} {
		*values = append(*values, append(*values, "OTHER", "OK")...)
	}
	twice.Codes, twice.Catalogues = append(twice.Codes, "OK"), append(twice.Catalogues, twice.Catalogues...)
	for _, values := range []*[]string{&once.Rejections, &once.Endpoints, &once.Outcomes, &once.CacheResults, &once.CatalogueLists, &once.CatalogueOutcomes,
		&once.StreamTransports, &once.StreamReasons, &once.PollOutcomes, &once.WebhookOutcomes} {
		*values = append(*values, "OK")
	}
	if diff := cmp.Diff(scrape(t, metrics.New(once)), scrape(t, metrics.New(twice))); diff != "" {
		t.Errorf("(- once, + twice)\n%s", diff)
	}
}

func TestNamesFollowPrometheusConventions(t *testing.T) {
	body := scrapeText(t, metrics.New(options()))
	problems, err := promlint.New(strings.NewReader(body)).Lint()
	if err != nil {
		t.Fatal(err)
	}
	for _, problem := range problems {
		if strings.HasPrefix(problem.Metric, "heygen_graphql_") {
			t.Errorf("%s: %s", problem.Metric, problem.Text)
		}
	}
	for line := range strings.Lines(body) {
		if help, ok := strings.CutPrefix(strings.TrimSpace(line), "# HELP heygen_graphql_"); ok && !strings.HasSuffix(help, ".") {
			t.Errorf("not a sentence: %s", help)
		}
	}
}
