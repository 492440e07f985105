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

	"heygen-graphql/bench/internal/results"
)

var update = flag.Bool("update", false, "write what is in testdata")

// made is a report of invented figures: some targets are met, some are not, and
// the proxy cannot do everything.
func made() Report {
	r := Report{
		Machine: []string{"2 cores of a machine"}, Rounds: 5, Results: &results.Results{},
		Workloads: []Workload{{"page", "a page of 50 with ten fields, distinct", 60_000}, {"aliases", "20 aliases over 10 random ids, distinct", 600}, {"typename", "`{ __typename }`", 600}, {"group", "never measured", 600}},
		Contenders: []Contender{
			{Name: "on", Title: "this project"}, {Name: "off", Title: "this project, cache off"}, {Name: "mercurius", Title: "mercurius <&>"},
			{Name: "proxy", Title: "reverse proxy"}, {Name: "upstream", Title: "the upstream itself", Minor: true}, {Name: "apollo", Title: "absent"},
		},
	}
	add := func(workload, contender string, micros int) {
		for i, clients := range []int{64, 1} {
			for k, delay := range []time.Duration{0, 5 * time.Millisecond, 50 * time.Millisecond} {
				cpu := time.Duration(micros*(i+1)) * time.Microsecond
				r.Results.Add(results.Cell{Workload: workload, Contender: contender, Clients: clients, Delay: delay}, results.Sample{
					Rate: 1e6 / float64(micros), P50: cpu + delay, P99: 3 * cpu * time.Duration(k+1), CPU: cpu, Peak: int64(micros) << 17, Calls: float64(micros%3) / 2,
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
	for i, groups := range GrowthGroups {
		for _, first := range GrowthFirsts {
			add(GrowthCell(groups, first), "on", 10*first+i)
		}
	}
	return r
}

func TestTheReportLooksAsItDid(t *testing.T) {
	r := made()
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
			t.Errorf("%s (-update writes it)\n%s", name, diff)
		}
	}
}

func TestTheChartIsWellFormedAndHasAName(t *testing.T) {
	chart := made().Chart()
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
	if elements["title"] != 1 || elements["desc"] != 1 || elements["rect"] != 8 || elements["script"] != 0 {
		t.Errorf("%v", elements)
	}
	if len(chart) > 20_000 {
		t.Errorf("%d bytes", len(chart))
	}
}

func TestATargetIsMetUpToItsLimit(t *testing.T) {
	met := map[string]bool{}
	for _, target := range made().all() {
		met[target.what+" ≤ "+target.most] = target.met
	}
	want := map[string]bool{
		"a page of 50 with ten fields, distinct; cache off, CPU ≤ 1.2 × reverse proxy":  true,
		"a page of 50 with ten fields, distinct; cache off, CPU ≤ 0.6 × mercurius <&>":  true,
		"20 aliases over 10 random ids, distinct; cache off, CPU ≤ 0.5 × mercurius <&>": false,
		"20 aliases over 10 random ids, distinct; cache off, calls ≤ 10":                true,
		"peak memory, 64 clients, 600 groups ≤ 64 MiB":                                  true,
		"growth: 60,000 groups, CPU ≤ 1.2 × 600 groups":                                 true,
		"growth: a page of 100, CPU ≤ 2.2 × a page of 50":                               true,
	}
	if diff := cmp.Diff(want, met); diff != "" {
		t.Error(diff)
	}
}

func TestTheReadmesPartIsPutBetweenItsMarks(t *testing.T) {
	const readme = "before\n<!-- bench -->\nold\n<!-- /bench -->\nafter\n"
	got, err := Insert(readme, "new\n")
	if want := strings.Replace(readme, "old", "new", 1); err != nil || got != want {
		t.Errorf("%q %v", got, err)
	}
	for _, readme := range []string{"", "<!-- bench -->", "<!-- /bench --> <!-- bench -->"} {
		if _, err := Insert(readme, "new\n"); err == nil {
			t.Errorf("%q has a place", readme)
		}
	}
}

func TestThousandsHaveCommas(t *testing.T) {
	for n, want := range map[float64]string{0: "0", 999.4: "999", 999.5: "1,000", 60_000: "60,000", 1_234_567: "1,234,567"} {
		if got := thousands(n); got != want {
			t.Errorf("%v is %s", n, got)
		}
	}
}
