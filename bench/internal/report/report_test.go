package report

import (
	"encoding/xml"
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"heygen-graphql/bench/internal/load"
	"heygen-graphql/bench/internal/results"
)

var update = flag.Bool("update", false, "update the files in testdata")

// testReport returns a report of invented figures: some targets are met, some are
// not, and the proxy does not support every workload.
func testReport() Report {
	r := Report{
		Environment: []string{"2 cores of a machine"}, Rounds: 5, Results: &results.Results{},
		Workloads: []Workload{
			{Name: "page", Title: "a page of 50 with ten fields, distinct", Groups: 60_000}, {Name: "same-page", Title: "a page, identical", Groups: 60_000},
			{Name: "aliases", Title: "20 aliases over 10 random ids, distinct", Groups: 600}, {Name: "typename", Title: "`{ __typename }`", Groups: 600},
			{Name: "group", Title: "never measured", Groups: 600}, {Name: "same-page-browser", Title: "a page, identical, from a browser", Groups: 600, Plain: "same-page"},
		},
		Servers: []Server{
			{Name: "on", Title: "this project"}, {Name: "off", Title: "this project, cache off"}, {Name: "mercurius", Title: "mercurius <&>"},
			{Name: "proxy", Title: "reverse proxy"}, {Name: "upstream", Title: "the upstream itself", DetailOnly: true}, {Name: "apollo", Title: "absent"},
		},
	}
	add := func(workload, server string, micros int) {
		for i, clients := range []int{64, 1} {
			for k, delay := range []time.Duration{0, 5 * time.Millisecond, 50 * time.Millisecond} {
				cpu := time.Duration(micros*(i+1)) * time.Microsecond
				r.Results.Add(results.Key{Workload: workload, Server: server, Clients: clients, Delay: delay}, results.Sample{
					Rate: 1e6 / float64(micros), P50: cpu + delay, P99: 3 * cpu * time.Duration(k+1), CPU: cpu, Peak: int64(micros) << 17, Calls: float64(micros%3) / 2,
					Bytes: float64(100 * micros), Coding: "gzip",
				})
			}
		}
	}
	add("page", "on", 40)
	add("page", "off", 210)
	add("page", "mercurius", 1460)
	add("page", "proxy", 200)
	add("page", "upstream", 20)
	add("aliases", "on", 90)
	add("aliases", "off", 900)
	add("aliases", "mercurius", 1730)
	add("typename", "on", 30)
	add("same-page", "on", 30)
	add("same-page-browser", "on", 46)
	add("same-page-browser", "mercurius", 700)
	for _, rate := range []int{2000, 230} {
		for i, server := range []string{"on", "mercurius"} {
			result := load.OpenResult{Result: load.Result{Requests: rate, Elapsed: time.Second, Latencies: []time.Duration{time.Millisecond, 7 * time.Millisecond}}}
			if i == 1 && rate == 2000 {
				result.Requests, result.Dropped = 1520, 480
			}
			r.Results.AddOpen(results.OpenKey{Workload: "page", Server: server, Rate: rate}, result)
		}
	}
	for i, groups := range ScalingGroups {
		for _, pageSize := range ScalingPageSizes {
			add(ScalingWorkload(groups, pageSize), "on", 10*pageSize+i)
		}
	}
	for k, groups := range SearchGroups {
		for n, kind := range SearchKinds {
			if k > 0 && !kind.AllLengths {
				continue
			}
			add(SearchWorkload(groups, kind.Name), kind.Server(), 100+20*n+100*k)
			if kind.Box {
				latencies := []time.Duration{time.Millisecond, time.Duration(n) * time.Millisecond}
				r.Results.AddOpen(results.OpenKey{Workload: SearchWorkload(groups, kind.Name), Server: kind.Server(), Rate: SearchBoxRate}, load.OpenResult{Result: load.Result{Requests: SearchBoxRate, Elapsed: time.Second, Latencies: latencies}})
			}
		}
		r.Results.AddFirstSearch(groups, results.FirstSearch{Latency: time.Duration(groups) * time.Microsecond, CPU: time.Duration(groups) * time.Microsecond / 2, Calls: float64(groups / 50)})
		r.Results.AddIndexBytes(groups, int64(groups*(1000+100*k)))
	}
	return r
}

func TestReportMatchesGoldenFiles(t *testing.T) {
	r := testReport()
	for name, got := range map[string]string{"results.md": r.Markdown(), "readme.md": r.Readme(), "chart.svg": r.Chart()} {
		file := filepath.Join("testdata", name)
		if *update {
			if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), got); diff != "" {
			t.Errorf("%s differs (-want +got; -update rewrites it)\n%s", name, diff)
		}
	}
}

func TestChartIsWellFormedAndAccessible(t *testing.T) {
	chart := testReport().Chart()
	decoder, elements := xml.NewDecoder(strings.NewReader(chart)), map[string]int{}
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if start, ok := token.(xml.StartElement); ok {
			elements[start.Name.Local]++
		}
	}
	if elements["title"] != 1 || elements["desc"] != 1 || elements["rect"] != 9 || elements["script"] != 0 {
		t.Errorf("%v", elements)
	}
	if len(chart) > 20_000 {
		t.Errorf("%d bytes", len(chart))
	}
}

func TestTargetIsMetUpToItsLimit(t *testing.T) {
	met := map[string]bool{}
	for _, evaluated := range testReport().allTargets() {
		met[evaluated.metric+" ≤ "+evaluated.limit] = evaluated.met
	}
	want := map[string]bool{
		"a page of 50 with ten fields, distinct; cache off, CPU ≤ 1.2 × reverse proxy":              true,
		"a page of 50 with ten fields, distinct; cache off, CPU ≤ 0.6 × mercurius <&>":              true,
		"20 aliases over 10 random ids, distinct; cache off, CPU ≤ 0.5 × mercurius <&>":             false,
		"20 aliases over 10 random ids, distinct; cache off, calls ≤ 10":                            true,
		"a page of 50 with ten fields, distinct; cache off, CPU ≤ 2 × reverse proxy":                true,
		"20 aliases over 10 random ids, distinct; cache off, CPU ≤ 1 × mercurius <&>":               true,
		"a page, identical, from a browser; cache on, CPU ≤ 1.5 × the same without Accept-Encoding": false,
		"peak memory, 64 clients, 600 groups ≤ 64 MiB":                                              true,
		"scaling: 60,000 groups, CPU ≤ 1.2 × 600 groups":                                            true,
		"scaling: a page of 100, CPU ≤ 2.2 × a page of 50":                                          true,

		"search, a page of 50, response not cached, 700 groups, CPU ≤ 2 × a plain page of 50, response not cached":   true,
		"search, a page of 50, response not cached, 700 groups, CPU ≤ 2 × a plain page of 50, response cached":       true,
		"search, a page of 50, response not cached, growth of the CPU to 60,000 groups ≤ 1 × the growth of the list": true,
		"search box, responses cached, 700 groups, 64 clients without a pause, p99 ≤ 5 ms":                           true,
		"search box, responses not cached, 700 groups, 64 clients without a pause, p99 ≤ 5 ms":                       true,
		"search box, responses cached, 700 groups, 640 requests/s, p99 ≤ 5 ms":                                       true,
		"search box, responses not cached, 700 groups, 640 requests/s, p99 ≤ 5 ms":                                   false,
		"search: memory of the index per group, beyond the cached pages ≤ 1,024 bytes":                               false,
	}
	if diff := cmp.Diff(want, met); diff != "" {
		t.Error(diff)
	}
}

func TestInsertReplacesTextBetweenMarks(t *testing.T) {
	const readme = "before\n<!-- bench -->\nold\n<!-- /bench -->\nafter\n"
	got, err := Insert(readme, "new\n")
	if want := strings.Replace(readme, "old", "new", 1); err != nil || got != want {
		t.Errorf("%q %v", got, err)
	}
	for _, readme := range []string{"", "<!-- bench -->", "<!-- /bench --> <!-- bench -->"} {
		if _, err := Insert(readme, "new\n"); err == nil {
			t.Errorf("no error for %q", readme)
		}
	}
}

func TestThousandsInsertsCommas(t *testing.T) {
	for n, want := range map[float64]string{0: "0", 999.4: "999", 999.5: "1,000", 60_000: "60,000", 1_234_567: "1,234,567"} {
		if got := thousands(n); got != want {
			t.Errorf("thousands(%v) = %s", n, got)
		}
	}
}
