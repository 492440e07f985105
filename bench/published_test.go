package main

import (
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"heygen-graphql/bench/internal/report"
	"heygen-graphql/bench/internal/results"
)

// Measuring again takes 15 minutes, so this test parses the committed tables, generates
// the report from them, and compares everything but the figures. A changed text in the
// generator must be changed in the committed files too.
func TestCommittedResultsHaveTheTextsOfTheGenerator(t *testing.T) {
	committed := readFile(t, "RESULTS.md")
	r := &runner{options: options{rounds: 5}, servers: servers}
	built := r.buildReport(t.Context())
	lines := regexp.MustCompile(`(?m)^- (.*)$`).FindAllStringSubmatch(committed, -1)
	if len(lines) != 4 {
		t.Fatalf("%d lines describe the environment, want 4", len(lines))
	}
	built.Environment = []string{lines[0][1], projectSettings, lines[2][1]}
	parseResults(t, committed, built)
	_, section, _ := strings.Cut(readFile(t, "../README.md"), "<!-- bench -->\n")
	section, _, _ = strings.Cut(section, "<!-- /bench -->")
	for name, pair := range map[string][2]string{
		"RESULTS.md": {committed, built.Markdown()}, "chart.svg": {readFile(t, "chart.svg"), built.Chart()}, "README.md": {section, built.Readme()},
	} {
		if diff := cmp.Diff(maskFigures(pair[0]), maskFigures(pair[1])); diff != "" {
			t.Errorf("%s (-committed +generated)\n%s", name, diff)
		}
	}
}

// parseResults adds the rows of all tables in RESULTS.md to r.Results. It skips rates
// and latencies, which are masked, but not which cells are empty.
func parseResults(t *testing.T, markdown string, r report.Report) {
	t.Helper()
	rows := 0
	for _, section := range strings.Split(markdown, "\n## ")[1:] {
		title, table, _ := strings.Cut(section, "\n")
		for line := range strings.Lines(table) {
			cells := strings.Split(strings.Trim(line, "|\n "), " | ")
			for _, s := range r.Servers {
				for _, w := range r.Workloads {
					if strings.EqualFold(w.Title, title) && cells[0] == s.Title && cells[1] != "–" {
						addRow(t, r.Results, results.Key{Workload: w.Name, Server: s.Name, Clients: 64}, cells[1:9])
						addRow(t, r.Results, results.Key{Workload: w.Name, Server: s.Name, Clients: 1}, cells[9:])
						rows++
					}
				}
				for _, groups := range report.ScalingGroups {
					if title == "Scaling" && strings.ReplaceAll(cells[0], ",000", "000") == s.Title+", "+strconv.Itoa(groups)+" groups" {
						for i, pageSize := range report.ScalingPageSizes {
							r.Results.Add(results.Key{Workload: report.ScalingWorkload(groups, pageSize), Server: s.Name, Clients: 1}, results.Sample{CPU: micros(t, cells[i+1])})
						}
						rows++
					}
				}
			}
		}
	}
	if rows < 60 {
		t.Errorf("only %d rows in RESULTS.md", rows)
	}
}

func addRow(t *testing.T, r *results.Results, key results.Key, cells []string) {
	t.Helper()
	peak, err := strconv.ParseInt(cells[4], 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	r.Add(key, results.Sample{CPU: micros(t, cells[0]), Peak: peak << 20})
	for i, delay := range []time.Duration{5 * time.Millisecond, 50 * time.Millisecond} {
		if key.Delay = delay; cells[6+i] != "–" {
			r.Add(key, results.Sample{})
		}
	}
}

func micros(t *testing.T, cell string) time.Duration {
	t.Helper()
	n, err := strconv.Atoi(strings.ReplaceAll(cell, ",", ""))
	if err != nil {
		t.Fatal(err)
	}
	return time.Duration(n) * time.Microsecond
}

var figures = regexp.MustCompile(`\d[\d,.]*\d|\d`)

// maskFigures replaces numbers, and whether targets are met, which depends on them.
func maskFigures(s string) string {
	return strings.ReplaceAll(figures.ReplaceAllString(s, "0"), "**not met**", "met")
}

// The comparison is only fair if both modules use the same versions.
func TestModuleVersionsEqualThoseOfTheProduct(t *testing.T) {
	requirement := regexp.MustCompile(`(?m)^\t(\S+) (v\S+)`)
	product := map[string]string{}
	for _, match := range requirement.FindAllStringSubmatch(readFile(t, "../go.mod"), -1) {
		product[match[1]] = match[2]
	}
	shared := 0
	for _, match := range requirement.FindAllStringSubmatch(readFile(t, "go.mod"), -1) {
		version, ok := product[match[1]]
		if !ok {
			continue
		}
		if shared++; version != match[2] {
			t.Errorf("%s is %s here and %s in ../go.mod", match[1], match[2], version)
		}
	}
	if shared < 5 {
		t.Errorf("only %d shared requirements", shared)
	}
}

func readFile(t *testing.T, name string) string {
	t.Helper()
	contents, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(contents)
}
