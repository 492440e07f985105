package report

import (
	"errors"
	"fmt"
	"strings"
)

// Readme returns the bench section of README.md, with links relative to that file.
func (r Report) Readme() string {
	var markdown strings.Builder
	fmt.Fprintf(&markdown, "CPU time per request in µs, 64 clients, upstream on loopback without a delay, %s.\nAll other figures are in [bench/RESULTS.md](bench/RESULTS.md).\n\n|", r.roundsText())
	for _, s := range r.mainServers() {
		markdown.WriteString(" | " + s.Title)
	}
	markdown.WriteString(" |\n| ---" + strings.Repeat(" | ---:", len(r.mainServers())) + " |\n")
	for _, w := range r.plainWorkloads() {
		markdown.WriteString("| " + w.Title)
		for _, server := range r.mainServers() {
			s, ok := r.sample(w.Name, server.Name, 64)
			markdown.WriteString(" | " + micros(s.CPU, ok))
		}
		markdown.WriteString(" |\n")
	}
	markdown.WriteString("\n![The same figures as a bar chart](bench/chart.svg)\n")
	r.writeMissedTargets(&markdown)
	return markdown.String()
}

// writeMissedTargets writes how many targets are not met. RESULTS.md lists them.
func (r Report) writeMissedTargets(markdown *strings.Builder) {
	all, missed := r.allTargets(), 0
	for _, t := range all {
		if !t.met {
			missed++
		}
	}
	if missed > 0 {
		fmt.Fprintf(markdown, "\nTargets not met: %d of %d, listed in [bench/RESULTS.md](bench/RESULTS.md).\n", missed, len(all))
	}
}

const beginMark, endMark = "<!-- bench -->", "<!-- /bench -->"

// Insert replaces the text between the bench marks of a README. It returns an error
// if a mark is missing.
func Insert(readme, section string) (string, error) {
	before, rest, begun := strings.Cut(readme, beginMark)
	_, after, ended := strings.Cut(rest, endMark)
	if !begun || !ended {
		return "", errors.New("README.md has no section between " + beginMark + " and " + endMark)
	}
	return before + beginMark + "\n" + section + endMark + after, nil
}
