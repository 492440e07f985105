package report

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"heygen-graphql/bench/internal/load"
	"heygen-graphql/bench/internal/results"
)

// BaselineName returns the name of the server that runs the other build.
func BaselineName(server string) string { return "baseline-" + server }

const comparisonHeader = `
| | clients | CPU µs | baseline | ratio | range | higher in | | p50 ratio | range | p99 ratio | range | peak MiB | baseline |
| --- | ---: | ---: | ---: | ---: | --- | ---: | --- | ---: | --- | ---: | --- | ---: | ---: |
`

// Comparison returns a table that compares this project with its baseline. A ratio is
// that of one round, in which both were measured one after the other; the table has
// the median and the range of all rounds.
func (r Report) Comparison() string {
	var markdown strings.Builder
	markdown.WriteString("# This build and the baseline\n\n")
	for _, line := range r.Environment {
		fmt.Fprintf(&markdown, "- %s\n", line)
	}
	fmt.Fprintf(&markdown, "- %s; a ratio is this build's figure divided by the baseline's in the same round; slower or faster: the CPU time per request is higher or lower in every round\n%s", r.roundsText(), comparisonHeader)
	for _, w := range r.Workloads {
		for _, s := range r.Servers {
			for _, clients := range []int{64, 1} {
				r.writeComparisonRow(&markdown, w, s, clients)
			}
		}
	}
	return markdown.String()
}

// writeComparisonRow writes nothing unless both builds were measured.
func (r Report) writeComparisonRow(markdown *strings.Builder, w Workload, s Server, clients int) {
	key := results.Key{Workload: w.Name, Server: s.Name, Clients: clients}
	own := r.Results.Samples(key)
	ownMedians, _ := r.Results.Medians(key)
	key.Server = BaselineName(s.Name)
	baseline := r.Results.Samples(key)
	baselineMedians, _ := r.Results.Medians(key)
	if len(own) == 0 || len(own) != len(baseline) {
		return
	}
	cpu := compareRounds(own, baseline, func(s results.Sample) time.Duration { return s.CPU })
	p50 := compareRounds(own, baseline, func(s results.Sample) time.Duration { return s.P50 })
	p99 := compareRounds(own, baseline, func(s results.Sample) time.Duration { return s.P99 })
	fmt.Fprintf(markdown, "| %s; %s | %d | %s | %s | %s | %d of %d | %s | %s | %s | %s | %s |\n", w.Title, s.Title, clients,
		micros(ownMedians.CPU, true), micros(baselineMedians.CPU, true), cpu, cpu.higher(), len(cpu), cpu.verdict(), p50, p99,
		mebibytes(ownMedians.Peak), mebibytes(baselineMedians.Peak))
}

// ratios holds the ratio of each round, sorted.
type ratios []float64

func compareRounds(own, baseline []results.Sample, value func(results.Sample) time.Duration) ratios {
	all := make(ratios, len(own))
	for i := range own {
		all[i] = float64(value(own[i])) / float64(max(value(baseline[i]), 1))
	}
	slices.Sort(all)
	return all
}

// String returns two cells: the median, and the range.
func (r ratios) String() string {
	return fmt.Sprintf("%.2f | %.2f–%.2f", load.Percentile(r, 50), r[0], r[len(r)-1])
}

// higher returns the number of rounds in which this build's figure is higher.
func (r ratios) higher() int {
	n := 0
	for _, ratio := range r {
		if ratio > 1 {
			n++
		}
	}
	return n
}

// verdict returns an empty string if the rounds disagree: the difference is noise.
func (r ratios) verdict() string {
	switch r.higher() {
	case len(r):
		return "**slower**"
	case 0:
		return "faster"
	default:
		return ""
	}
}
