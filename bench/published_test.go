package main

import (
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"heygen-graphql/bench/internal/load"
	"heygen-graphql/bench/internal/report"
	"heygen-graphql/bench/internal/results"
)

// Measuring again takes a quarter of an hour, so this test parses the committed tables,
// generates the report from them, and compares everything but the figures. A changed
// text in the generator must be changed in the committed files too.
func TestCommittedResultsHaveTheTextsOfTheGenerator(t *testing.T) {
	committed := readFile(t, "RESULTS.md")
	built := parseReport(t, committed)
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

// A run may leave tables out, but what is committed has all that the documentation refers to.
func TestCommittedResultsHaveEverySection(t *testing.T) {
	committed := readFile(t, "RESULTS.md")
	for _, section := range []string{"\n## Search\n", "| search box, responses cached |", "| 60,000 groups |"} {
		if !strings.Contains(committed, section) {
			t.Errorf("RESULTS.md lacks %q: run `go run -C bench . -write`", section)
		}
	}
}

// The committed results may be of a run without some servers or tables. This report has
// all of them, so that the test above passes after any run.
func TestParserReadsEveryTable(t *testing.T) {
	r := &runner{options: options{rounds: 5}, servers: servers, note: "a note"}
	for n, w := range r.options.workloads() {
		for k, s := range r.servers {
			if !s.supports(w) {
				continue
			}
			cpu := time.Duration(100*(n+1)+k) * time.Microsecond
			sample := results.Sample{Rate: 1e6 / float64(cpu), CPU: cpu, Peak: int64(k+1) << 24, Calls: 1, Bytes: 4000, Coding: "gzip"}
			for _, key := range r.options.conditions(w) {
				key.Workload, key.Server = w.Name, s.name
				r.results.Add(key, sample)
			}
			if slices.Contains(report.OpenWorkloads, w.Name) {
				r.results.AddOpen(results.OpenKey{Workload: w.Name, Server: s.name, Rate: report.OpenRate}, load.OpenResult{Result: load.Result{Elapsed: time.Second}, Dropped: k % 2})
				r.results.AddOpen(results.OpenKey{Workload: w.Name, Server: s.name, Rate: 230}, load.OpenResult{Result: load.Result{Elapsed: time.Second}})
			}
		}
	}
	for _, groups := range report.ScalingGroups {
		for _, pageSize := range report.ScalingPageSizes {
			r.results.Add(results.Key{Workload: report.ScalingWorkload(groups, pageSize), Server: "off", Clients: 1}, results.Sample{CPU: time.Millisecond})
		}
	}
	for k, groups := range report.SearchGroups {
		for _, kind := range report.SearchKinds {
			if k > 0 && !kind.AllLengths {
				continue
			}
			name := report.SearchWorkload(groups, kind.Name)
			r.results.Add(results.Key{Workload: name, Server: kind.Server(), Clients: 64}, results.Sample{CPU: time.Millisecond, Bytes: 4000})
			if kind.Box {
				r.results.AddOpen(results.OpenKey{Workload: name, Server: kind.Server(), Rate: report.SearchBoxRate}, load.OpenResult{Result: load.Result{Elapsed: time.Second}})
			}
		}
		r.results.AddFirstSearch(groups, results.FirstSearch{})
		r.results.AddIndexBytes(groups, 1)
	}
	want := r.buildReport(t.Context()).Markdown()
	if diff := cmp.Diff(maskFigures(want), maskFigures(parseReport(t, want).Markdown())); diff != "" {
		t.Errorf("(-generated +parsed)\n%s", diff)
	}
}

// parseReport returns the report whose Markdown was written to RESULTS.md. It skips rates
// and latencies, which are masked, but not which cells are empty.
func parseReport(t *testing.T, markdown string) report.Report {
	t.Helper()
	lines := regexp.MustCompile(`(?m)^- (.*)$`).FindAllStringSubmatch(markdown, -1)
	if len(lines) < 4 {
		t.Fatalf("%d lines describe the environment, want 4 or more", len(lines))
	}
	r := &runner{options: options{rounds: 5}, servers: slices.Clone(servers)}
	environment := []string{lines[0][1], projectSettings, lines[2][1]}
	for _, line := range lines[3 : len(lines)-1] { // notes
		environment = append(environment, line[1])
		r.servers = slices.DeleteFunc(r.servers, func(s server) bool { return strings.HasPrefix(line[1], s.title+" is not measured") })
	}
	built := r.buildReport(t.Context())
	built.Environment = environment
	p := parser{t: t, report: built}
	for _, section := range strings.Split(markdown, "\n## ")[1:] {
		title, table, _ := strings.Cut(section, "\n")
		for line := range strings.Lines(table) {
			if heading, ok := strings.CutPrefix(line, "### "); ok {
				p.rate = 0
				if match := regexp.MustCompile(`^(.*): ([\d,]+) requests/s\n$`).FindStringSubmatch(heading); match != nil {
					title, p.rate = match[1], int(p.number(match[2]))
				}
			}
			p.row(title, strings.Split(strings.Trim(line, "|\n "), " | "))
			if title == "Search" {
				p.searchRow(strings.Split(strings.Trim(line, "|\n "), " | "))
			}
		}
	}
	if p.rows < 60 {
		t.Errorf("only %d rows", p.rows)
	}
	return built
}

// parser adds the rows of tables to the results of a report.
type parser struct {
	t      *testing.T
	report report.Report
	rate   int // of arrivals, below its heading
	rows   int
}

func (p *parser) row(title string, cells []string) {
	for _, s := range p.report.Servers {
		for _, w := range p.report.Workloads {
			if !strings.EqualFold(w.Title, title) || cells[0] != s.Title || cells[len(cells)-1] == "–" && cells[1] == "–" {
				continue
			}
			p.rows++
			switch key := (results.Key{Workload: w.Name, Server: s.Name, Clients: 64}); {
			case p.rate > 0:
				p.openRow(results.OpenKey{Workload: w.Name, Server: s.Name, Rate: p.rate}, cells[1:])
			case w.Plain != "":
				p.report.Results.Add(key, results.Sample{CPU: p.micros(cells[1]), Coding: cells[7], Bytes: p.number(cells[8]), Peak: int64(p.number(cells[9])) << 20})
			default:
				p.workloadRow(key, cells[1:])
			}
		}
		for _, groups := range report.ScalingGroups {
			if title == "Scaling" && strings.ReplaceAll(cells[0], ",000", "000") == s.Title+", "+strconv.Itoa(groups)+" groups" {
				for i, pageSize := range report.ScalingPageSizes {
					p.report.Results.Add(results.Key{Workload: report.ScalingWorkload(groups, pageSize), Server: s.Name, Clients: 1}, results.Sample{CPU: p.micros(cells[i+1])})
				}
				p.rows++
			}
		}
	}
}

// searchRow adds a row of one of the tables about searches.
func (p *parser) searchRow(cells []string) {
	for _, kind := range report.SearchKinds {
		name := report.SearchWorkload(report.SearchGroups[0], kind.Name)
		switch {
		case cells[0] != kind.Title:
			continue
		case len(cells) == 5:
			p.openRow(results.OpenKey{Workload: name, Server: kind.Server(), Rate: report.SearchBoxRate}, cells[1:])
		default:
			p.report.Results.Add(results.Key{Workload: name, Server: kind.Server(), Clients: 64}, results.Sample{CPU: p.micros(cells[1]), Bytes: p.number(cells[8]), Peak: int64(p.number(cells[9])) << 20})
		}
		p.rows++
	}
	for k, groups := range report.SearchGroups {
		if strings.ReplaceAll(cells[0], ",000", "000") != strconv.Itoa(groups)+" groups" || len(cells) != 7 {
			continue
		}
		p.report.Results.AddFirstSearch(groups, results.FirstSearch{})
		p.report.Results.AddIndexBytes(groups, int64(p.number(cells[6]))*int64(groups))
		for _, kind := range report.SearchKinds {
			if cpu := map[bool]string{true: cells[2], false: cells[1]}[kind.Plain]; k > 0 && kind.AllLengths && cpu != "–" {
				p.report.Results.Add(results.Key{Workload: report.SearchWorkload(groups, kind.Name), Server: "on", Clients: 64}, results.Sample{CPU: p.micros(cpu)})
			}
		}
		p.rows++
	}
}

func (p *parser) workloadRow(key results.Key, cells []string) {
	p.report.Results.Add(key, results.Sample{CPU: p.micros(cells[0]), Bytes: p.number(cells[5]), Peak: int64(p.number(cells[6])) << 20})
	if cells[8] != "–" {
		key.Delay = report.LongDelay
		p.report.Results.Add(key, results.Sample{})
	}
	key.Clients, key.Delay = 1, 0
	p.report.Results.Add(key, results.Sample{CPU: p.micros(cells[9])})
	if cells[13] != "–" {
		key.Delay = report.ShortDelay
		p.report.Results.Add(key, results.Sample{})
	}
}

func (p *parser) openRow(key results.OpenKey, cells []string) {
	result := load.OpenResult{Result: load.Result{Elapsed: time.Second}} // of no requests
	if strings.Contains(cells[3], "saturated") {
		result.Dropped = 1
	}
	p.report.Results.AddOpen(key, result)
}

func (p *parser) micros(cell string) time.Duration {
	return time.Duration(p.number(cell)) * time.Microsecond
}

// number returns 0 for an empty cell.
func (p *parser) number(cell string) float64 {
	p.t.Helper()
	if cell == "–" {
		return 0
	}
	n, err := strconv.Atoi(strings.ReplaceAll(cell, ",", ""))
	if err != nil {
		p.t.Fatal(err)
	}
	return float64(n)
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
