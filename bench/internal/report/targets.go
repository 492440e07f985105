package report

import (
	"fmt"
	"strings"
	"time"
)

// target is what a figure shall be at most.
type target struct {
	what     string
	most     string // what is asked for
	measured string
	met      bool
}

// limit asks that one contender's CPU time a request is at most so many times another's.
type limit struct {
	workload, of string
	most         float64
	than         string
}

var limits = []limit{
	{"page", "off", 1.2, "proxy"},
	{"page", "off", 0.6, "mercurius"},
	{"random-cursor", "on", 2.5, "static"},
	{"random-cursor", "on", 0.25, "mercurius"},
	{"same-page", "on", 1.6, "static"},
	{"same-aliases", "on", 1.6, "static"},
	{"aliases", "off", 0.5, "mercurius"},
	{"group", "off", 0.7, "mercurius"},
	{"group", "on", 2, "static"},
	{"typename", "on", 1.6, "bare"},
}

// all are the targets of which everything needed was measured.
func (r Report) all() []target {
	var list []target
	for _, l := range limits {
		if t, ok := r.ratio(l); ok {
			list = append(list, t)
		}
	}
	for _, more := range []func() (target, bool){r.calls, r.wait, r.memory, r.flat, r.linear} {
		if t, ok := more(); ok {
			list = append(list, t)
		}
	}
	return list
}

func (r Report) ratio(l limit) (target, bool) {
	own, ok := r.of(l.workload, l.of, 64)
	other, there := r.of(l.workload, l.than, 64)
	if !ok || !there {
		return target{}, false
	}
	ratio := float64(own.CPU) / float64(other.CPU)
	return target{
		what:     fmt.Sprintf("%s; %s, CPU", r.title(l.workload), r.cache(l.of)),
		most:     fmt.Sprintf("%.4g × %s", l.most, r.name(l.than)),
		measured: fmt.Sprintf("%.2f × (%s µs / %s µs)", ratio, micros(own.CPU, true), micros(other.CPU, true)), met: ratio <= l.most,
	}, true
}

func (r Report) calls() (target, bool) {
	s, ok := r.of("aliases", "off", 1)
	return target{what: r.title("aliases") + "; cache off, calls", most: "10", measured: fmt.Sprintf("%.2f", s.Calls), met: s.Calls <= 10}, ok
}

// wait compares with what two calls in a row take, which is more than twice 5 ms.
func (r Report) wait() (target, bool) {
	own, ok := r.slow("aliases", "off", 1, 5*time.Millisecond)
	call, there := r.slow("group", "upstream", 1, 5*time.Millisecond)
	most := 2*call.P50 + time.Millisecond
	return target{
		what: r.title("aliases") + "; cache off, one client, upstream at 5 ms, p50", most: millis(most, true) + " ms, two calls and 1 ms",
		measured: millis(own.P50, true) + " ms", met: own.P50 <= most,
	}, ok && there
}

// memory looks at all workloads over the shortest catalogue.
func (r Report) memory() (target, bool) {
	most, at := int64(0), ""
	for _, w := range r.Workloads {
		if s, ok := r.of(w.Name, "on", 64); ok && w.Groups == GrowthGroups[0] && s.Peak > most {
			most, at = s.Peak, w.Title
		}
	}
	return target{what: "peak memory, 64 clients, 600 groups", most: "64 MiB", measured: mebibytes(most) + " MiB (" + at + ")", met: most <= 64<<20}, at != ""
}

// flat allows for the noise of a measurement: a fifth.
func (r Report) flat() (target, bool) {
	worst, found := 0.0, false
	for _, of := range []string{"on", "off"} {
		for _, first := range GrowthFirsts {
			short, ok := r.grown(of, GrowthGroups[0], first)
			long, there := r.grown(of, GrowthGroups[len(GrowthGroups)-1], first)
			if ok && there {
				worst, found = max(worst, float64(long)/float64(short)), true
			}
		}
	}
	return target{what: "growth: 60,000 groups, CPU", most: "1.2 × 600 groups", measured: fmt.Sprintf("%.2f × at worst", worst), met: worst <= 1.2}, found
}

// linear allows for a tenth, too.
func (r Report) linear() (target, bool) {
	worst, found := 0.0, false
	for _, of := range []string{"on", "off"} {
		for _, groups := range GrowthGroups {
			half, ok := r.grown(of, groups, 50)
			whole, there := r.grown(of, groups, 100)
			if ok && there {
				worst, found = max(worst, float64(whole)/float64(half)), true
			}
		}
	}
	return target{what: "growth: a page of 100, CPU", most: "2.2 × a page of 50", measured: fmt.Sprintf("%.2f × at worst", worst), met: worst <= 2.2}, found
}

func (r Report) title(workload string) string {
	for _, w := range r.Workloads {
		if w.Name == workload {
			return w.Title
		}
	}
	return workload
}

func (r Report) name(contender string) string {
	for _, c := range r.Contenders {
		if c.Name == contender {
			return c.Title
		}
	}
	return contender
}

func (r Report) cache(contender string) string { return "cache " + contender }

func (r Report) targets() string {
	list := r.all()
	if len(list) == 0 {
		return ""
	}
	var text strings.Builder
	text.WriteString("\n## Targets\n\n| | at most | measured | |\n| --- | --- | --- | --- |\n")
	for _, t := range list {
		fmt.Fprintf(&text, "| %s | %s | %s | %s |\n", t.what, t.most, t.measured, map[bool]string{true: "met", false: "**not met**"}[t.met])
	}
	return text.String()
}
