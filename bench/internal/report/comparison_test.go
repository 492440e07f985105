package report

import (
	"strings"
	"testing"
	"time"

	"heygen-graphql/bench/internal/results"
)

// comparisonRow returns the row of a workload in which both builds have these CPU times
// in µs, one for each round.
func comparisonRow(own, baseline []time.Duration) string {
	r := Report{
		Rounds: len(own), Results: &results.Results{}, Workloads: []Workload{{Name: "page", Title: "a page"}},
		Servers: []Server{{Name: "on", Title: "this project"}, {Name: BaselineName("on"), Title: "this project, baseline"}},
	}
	add := func(server string, cpus []time.Duration) {
		for _, cpu := range cpus {
			cpu *= time.Microsecond
			r.Results.Add(results.Key{Workload: "page", Server: server, Clients: 64}, results.Sample{CPU: cpu, P50: 2 * cpu, P99: 3 * cpu, Peak: 64 << 20})
		}
	}
	add("on", own)
	add(BaselineName("on"), baseline)
	_, rows, _ := strings.Cut(r.Comparison(), "---: |\n")
	return rows
}

func TestComparisonShowsRatioOfEachRound(t *testing.T) {
	const head, memory = "| a page; this project | 64 | ", " | 64 | 64 |\n"
	for name, c := range map[string]struct {
		own, baseline []time.Duration
		want          string
	}{
		"the rounds disagree":                       {[]time.Duration{90, 200, 330}, []time.Duration{100, 200, 300}, "200 | 200 | 1.00 | 0.90–1.10 | 1 of 3 |  | 1.00 | 0.90–1.10 | 1.00 | 0.90–1.10"},
		"slower in each, though the machine varies": {[]time.Duration{110, 240, 390}, []time.Duration{100, 200, 300}, "240 | 200 | 1.20 | 1.10–1.30 | 3 of 3 | **slower** | 1.20 | 1.10–1.30 | 1.20 | 1.10–1.30"},
		"faster in each":                            {[]time.Duration{50}, []time.Duration{100}, "50 | 100 | 0.50 | 0.50–0.50 | 0 of 1 | faster | 0.50 | 0.50–0.50 | 0.50 | 0.50–0.50"},
	} {
		if got := comparisonRow(c.own, c.baseline); got != head+c.want+memory {
			t.Errorf("%s:\n%s, want\n%s", name, got, head+c.want+memory)
		}
	}
}

func TestComparisonOmitsWhatOneBuildLacks(t *testing.T) {
	if got := comparisonRow([]time.Duration{1}, nil); got != "" {
		t.Error(got)
	}
}
