package report

import (
	"fmt"
	"strings"

	"heygen-graphql/bench/internal/results"
)

// OpenWorkloads names the workloads that are also measured at constant arrival rates.
// OpenRate is one of the rates; the other depends on the slowest server.
var OpenWorkloads = []string{"page", "group"}

const OpenRate = 2_000

const openHeader = `
| | p50 ms | p99 ms | p99.9 ms | responses/s |
| --- | ---: | ---: | ---: | ---: |
`

// openTables returns a table for each workload and arrival rate.
func (r Report) openTables() string {
	var markdown strings.Builder
	for _, w := range r.Workloads {
		for _, rate := range r.Results.OpenRates(w.Name) {
			if markdown.Len() == 0 {
				markdown.WriteString("\n## At a constant arrival rate\n\nRequests arrive at a constant rate, whether or not earlier ones have a response, and latency is measured from the scheduled arrival (an open loop, without coordinated omission). Percentiles are of the requests of all rounds. The lower rate is half of what the slowest server reached with 64 clients. A server that does not keep up is saturated: its latency depends on the duration of the run only.\n")
			}
			fmt.Fprintf(&markdown, "\n### %s: %s requests/s\n%s", capitalize(w.Title), thousands(float64(rate)), openHeader)
			for _, s := range r.Servers {
				r.writeOpenRow(&markdown, s, results.OpenKey{Workload: w.Name, Server: s.Name, Rate: rate})
			}
		}
	}
	return markdown.String()
}

// writeOpenRow writes nothing if nothing was measured.
func (r Report) writeOpenRow(markdown *strings.Builder, server Server, key results.OpenKey) {
	s, ok := r.Results.Open(key)
	switch {
	case !ok:
	case s.Saturated:
		fmt.Fprintf(markdown, "| %s%s | %s (saturated) |\n", server.Title, strings.Repeat(" | "+notMeasured, 3), thousands(s.Rate))
	default:
		fmt.Fprintf(markdown, "| %s | %s | %s | %s | %s |\n", server.Title, millis(s.P50, true), millis(s.P99, true), millis(s.P999, true), thousands(s.Rate))
	}
}
