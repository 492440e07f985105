package report

import (
	"fmt"
	"strings"
	"time"
)

// Markdown is the whole of it.
func (r Report) Markdown() string {
	var text strings.Builder
	text.WriteString("# What it costs, beside others\n\nWritten by `go run -C bench . -write`; [bench](.) has what is measured and how.\n\n")
	for _, line := range r.Machine {
		fmt.Fprintf(&text, "- %s\n", line)
	}
	fmt.Fprintf(&text, "- %s, each contender a process of its own; peak memory is the most of them\n", r.rounds())
	text.WriteString(r.targets())
	for _, w := range r.measured() {
		text.WriteString(r.table(w))
	}
	text.WriteString(r.growth())
	return text.String()
}

func (r Report) rounds() string {
	if r.Rounds == 1 {
		return "one round"
	}
	return fmt.Sprintf("medians of %d interleaved rounds", r.Rounds)
}

const head = `
| | CPU µs | requests/s | p50 ms | p99 ms | peak MiB | calls | p50 at 5 ms | p50 at 50 ms | 1 client: CPU µs | requests/s | p50 ms | p99 ms | peak MiB | calls | p50 at 5 ms | p50 at 50 ms |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
`

// table has a row for each contender: at 64 clients, then at one. "p50 at 5 ms" is
// in ms, too, with an upstream that takes 5 ms.
func (r Report) table(w Workload) string {
	var text strings.Builder
	fmt.Fprintf(&text, "\n## %s\n\n%s groups; 64 clients, then one. Calls are those to the upstream, a request; the last p50 of each are in ms with an upstream that takes that long.\n%s", capital(w.Title), thousands(float64(w.Groups)), head)
	for _, c := range r.Contenders {
		if _, ok := r.of(w.Name, c.Name, 64); !ok {
			if !c.Minor {
				fmt.Fprintf(&text, "| %s%s |\n", c.Title, strings.Repeat(" | "+none, 16))
			}
			continue
		}
		fmt.Fprintf(&text, "| %s%s%s |\n", c.Title, r.cells(w, c, 64), r.cells(w, c, 1))
	}
	return text.String()
}

func (r Report) cells(w Workload, c Contender, clients int) string {
	s, ok := r.of(w.Name, c.Name, clients)
	if !ok {
		return strings.Repeat(" | "+none, 8)
	}
	five, at5 := r.slow(w.Name, c.Name, clients, 5*time.Millisecond)
	fifty, at50 := r.slow(w.Name, c.Name, clients, 50*time.Millisecond)
	return fmt.Sprintf(" | %s | %s | %s | %s | %s | %.2f | %s | %s", micros(s.CPU, true), thousands(s.Rate), millis(s.P50, true), millis(s.P99, true),
		mebibytes(s.Peak), s.Calls, millis(five.P50, at5), millis(fifty.P50, at50))
}

// capital begins a title with a capital letter, where it begins with a letter.
func capital(title string) string { return strings.ToUpper(title[:1]) + title[1:] }
