package report

import (
	"errors"
	"fmt"
	"strings"
)

// Readme is the part of it that stands in the README, with paths from there.
func (r Report) Readme() string {
	var text strings.Builder
	fmt.Fprintf(&text, "CPU time a request in µs, 64 clients, the upstream on loopback without a delay, %s; all else in [bench/RESULTS.md](bench/RESULTS.md).\n\n|", r.rounds())
	for _, c := range r.main() {
		text.WriteString(" | " + c.Title)
	}
	text.WriteString(" |\n| ---" + strings.Repeat(" | ---:", len(r.main())) + " |\n")
	for _, w := range r.measured() {
		text.WriteString("| " + w.Title)
		for _, c := range r.main() {
			s, ok := r.of(w.Name, c.Name, 64)
			text.WriteString(" | " + micros(s.CPU, ok))
		}
		text.WriteString(" |\n")
	}
	text.WriteString("\n![The same as bars](bench/chart.svg)\n")
	r.missed(&text)
	return text.String()
}

// missed says how many targets are not met; the report's own table names them.
func (r Report) missed(text *strings.Builder) {
	all, missed := r.all(), 0
	for _, t := range all {
		if !t.met {
			missed++
		}
	}
	if missed > 0 {
		fmt.Fprintf(text, "\nOf %d targets %d are not met: [bench/RESULTS.md](bench/RESULTS.md) names them.\n", len(all), missed)
	}
}

const begin, end = "<!-- bench -->", "<!-- /bench -->"

// Insert puts a part between its marks in a README. One without marks, or with one of
// them alone, is an error.
func Insert(readme, part string) (string, error) {
	before, rest, ok := strings.Cut(readme, begin)
	_, after, closed := strings.Cut(rest, end)
	if !ok || !closed {
		return "", errors.New("README.md has no place for it between " + begin + " and " + end)
	}
	return before + begin + "\n" + part + end + after, nil
}
