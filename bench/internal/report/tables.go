package report

import (
	"fmt"
	"strings"
	"time"
)

// Markdown returns the complete report.
func (r Report) Markdown() string {
	var markdown strings.Builder
	markdown.WriteString("# Benchmark results\n\nWritten by `go run -C bench . -write`. The code in [bench](.) defines the measurements.\n\n")
	for _, line := range r.Environment {
		fmt.Fprintf(&markdown, "- %s\n", line)
	}
	fmt.Fprintf(&markdown, "- %s, each server in a process of its own; peak memory is the maximum over the rounds\n", r.roundsText())
	markdown.WriteString(r.targetsTable())
	for _, w := range r.measuredWorkloads() {
		markdown.WriteString(r.workloadTable(w))
	}
	markdown.WriteString(r.scalingTable())
	return markdown.String()
}

func (r Report) roundsText() string {
	if r.Rounds == 1 {
		return "one round"
	}
	return fmt.Sprintf("medians of %d interleaved rounds", r.Rounds)
}

const tableHeader = `
| | CPU µs | requests/s | p50 ms | p99 ms | peak MiB | calls | p50 at 5 ms | p50 at 50 ms | 1 client: CPU µs | requests/s | p50 ms | p99 ms | peak MiB | calls | p50 at 5 ms | p50 at 50 ms |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
`

// workloadTable has a row for each server, first with 64 clients, then with one.
// "p50 at 5 ms" is in ms as well, with an upstream that delays responses by 5 ms.
func (r Report) workloadTable(w Workload) string {
	var markdown strings.Builder
	fmt.Fprintf(&markdown, "\n## %s\n\n%s groups; 64 clients, then one. CPU time and upstream calls are per request; p50 at 5 ms and at 50 ms is in ms, with an upstream that delays each response that long.\n%s", capitalize(w.Title), thousands(float64(w.Groups)), tableHeader)
	for _, s := range r.Servers {
		if _, ok := r.sample(w.Name, s.Name, 64); !ok {
			if !s.DetailOnly {
				fmt.Fprintf(&markdown, "| %s%s |\n", s.Title, strings.Repeat(" | "+notMeasured, 16))
			}
			continue
		}
		fmt.Fprintf(&markdown, "| %s%s%s |\n", s.Title, r.columns(w, s, 64), r.columns(w, s, 1))
	}
	return markdown.String()
}

func (r Report) columns(w Workload, server Server, clients int) string {
	s, ok := r.sample(w.Name, server.Name, clients)
	if !ok {
		return strings.Repeat(" | "+notMeasured, 8)
	}
	delayed5, ok5 := r.sampleAt(w.Name, server.Name, clients, 5*time.Millisecond)
	delayed50, ok50 := r.sampleAt(w.Name, server.Name, clients, 50*time.Millisecond)
	return fmt.Sprintf(" | %s | %s | %s | %s | %s | %.2f | %s | %s", micros(s.CPU, true), thousands(s.Rate), millis(s.P50, true), millis(s.P99, true),
		mebibytes(s.Peak), s.Calls, millis(delayed5.P50, ok5), millis(delayed50.P50, ok50))
}

// capitalize makes the first letter of a title a capital.
func capitalize(title string) string { return strings.ToUpper(title[:1]) + title[1:] }
