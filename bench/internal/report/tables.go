package report

import (
	"fmt"
	"strings"

	"heygen-graphql/bench/internal/load"
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
	markdown.WriteString(r.openTables())
	markdown.WriteString(r.scalingTable())
	markdown.WriteString(r.searchSection())
	return markdown.String()
}

func (r Report) roundsText() string {
	if r.Rounds == 1 {
		return "one round"
	}
	return fmt.Sprintf("medians of %d interleaved rounds", r.Rounds)
}

const tableHeader = `
| | CPU µs | requests/core-s | requests/s | p50 ms | p99 ms | bytes | peak MiB | calls | p50 at 50 ms | 1 client: CPU µs | p50 ms | p99 ms | calls | p50 at 5 ms |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
`

// workloadTable has a row for each server, first with 64 clients, then with one.
// "p50 at 50 ms" is in ms as well, with an upstream that delays responses by 50 ms.
func (r Report) workloadTable(w Workload) string {
	if w.Plain != "" {
		return r.browserTable(w)
	}
	var markdown strings.Builder
	fmt.Fprintf(&markdown, "\n## %s\n\n%s groups; 64 clients, then one. CPU time, bytes on the wire and upstream calls are per request; requests/core-s is a second divided by the CPU time; p50 at 50 ms and at 5 ms is in ms, with an upstream that delays each response that long.\n%s", capitalize(w.Title), thousands(float64(w.Groups)), tableHeader)
	r.writeRows(&markdown, w, 14, func(s Server) string { return r.manyClients(w, s) + r.oneClient(w, s) })
	return markdown.String()
}

const browserHeader = `
| | CPU µs | × without | requests/core-s | requests/s | p50 ms | p99 ms | coding | bytes | peak MiB | calls |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | --- | ---: | ---: | ---: |
`

// browserTable has a row for each server. Its "× without" compares with the same
// workload without Accept-Encoding.
func (r Report) browserTable(w Workload) string {
	var markdown strings.Builder
	fmt.Fprintf(&markdown, "\n## %s\n\n%s groups; 64 clients that send `Accept-Encoding: %s`; × without is the CPU time divided by that without Accept-Encoding. %s\n%s", capitalize(w.Title), thousands(float64(w.Groups)), load.BrowserCodings, browserServers, browserHeader)
	r.writeRows(&markdown, w, 10, func(server Server) string {
		s, _ := r.sample(w.Name, server.Name, 64)
		plain, ok := r.sample(w.Plain, server.Name, 64)
		ratio := notMeasured
		if ok {
			ratio = fmt.Sprintf("%.2f", float64(s.CPU)/float64(max(plain.CPU, 1)))
		}
		return fmt.Sprintf(" | %s | %s | %s | %s | %s | %s | %s | %s | %s | %.2f", micros(s.CPU, true), ratio, perCoreSecond(s.CPU), thousands(s.Rate),
			millis(s.P50, true), millis(s.P99, true), s.Coding, wireBytes(s.Bytes), mebibytes(s.Peak), s.Calls)
	})
	return markdown.String()
}

// browserServers says how the servers compress.
const browserServers = "mercurius compresses with @fastify/compress, Apollo Server with compression on Express (without Accept-Encoding it is standalone), gqlgen with klauspost's gzhttp, all with their defaults; the static response is compressed in advance; the upstream does not compress, and the reverse proxy passes its responses on."

// writeRows writes a row for each server. columns returns the cells of a server that
// was measured with 64 clients; the others have empty ones.
func (r Report) writeRows(markdown *strings.Builder, w Workload, cells int, columns func(Server) string) {
	for _, s := range r.Servers {
		if _, ok := r.sample(w.Name, s.Name, 64); ok {
			fmt.Fprintf(markdown, "| %s%s |\n", s.Title, columns(s))
		} else if !s.DetailOnly {
			fmt.Fprintf(markdown, "| %s%s |\n", s.Title, strings.Repeat(" | "+notMeasured, cells))
		}
	}
}

func (r Report) manyClients(w Workload, server Server) string {
	s, _ := r.sample(w.Name, server.Name, 64)
	delayed, ok := r.sampleAt(w.Name, server.Name, 64, LongDelay)
	return fmt.Sprintf(" | %s | %s | %s | %s | %s | %s | %s | %.2f | %s", micros(s.CPU, true), perCoreSecond(s.CPU), thousands(s.Rate), millis(s.P50, true), millis(s.P99, true),
		wireBytes(s.Bytes), mebibytes(s.Peak), s.Calls, millis(delayed.P50, ok))
}

func (r Report) oneClient(w Workload, server Server) string {
	s, ok := r.sample(w.Name, server.Name, 1)
	if !ok {
		return strings.Repeat(" | "+notMeasured, 5)
	}
	delayed, delayedOK := r.sampleAt(w.Name, server.Name, 1, ShortDelay)
	return fmt.Sprintf(" | %s | %s | %s | %.2f | %s", micros(s.CPU, true), millis(s.P50, true), millis(s.P99, true), s.Calls, millis(delayed.P50, delayedOK))
}

// capitalize makes the first letter of a title a capital.
func capitalize(title string) string { return strings.ToUpper(title[:1]) + title[1:] }
