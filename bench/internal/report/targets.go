package report

import (
	"fmt"
	"strings"
	"time"
)

// target is an upper limit for a metric.
type target struct {
	metric   string
	limit    string
	measured string
	met      bool
}

// ratioLimit limits a server's CPU time per request to a multiple of a baseline's.
type ratioLimit struct {
	workload, server string
	maxRatio         float64
	baseline         string
}

var ratioLimits = []ratioLimit{
	{"page", "off", 1.2, "proxy"},
	{"page", "off", 2, "proxy"},
	{"page", "off", 0.6, "mercurius"},
	{"random-cursor", "on", 2.5, "static"},
	{"random-cursor", "on", 0.25, "mercurius"},
	{"same-page", "on", 1.6, "static"},
	{"same-aliases", "on", 1.6, "static"},
	{"aliases", "off", 0.5, "mercurius"},
	{"aliases", "off", 1, "mercurius"},
	{"group", "off", 1.3, "proxy"},
	{"group", "off", 0.7, "mercurius"},
	{"group", "on", 2, "static"},
	{"typename", "on", 1.6, "bare"},
}

// allTargets returns the targets whose measurements are complete.
func (r Report) allTargets() []target {
	var targets []target
	for _, l := range ratioLimits {
		if t, ok := r.ratioTarget(l); ok {
			targets = append(targets, t)
		}
	}
	for _, evaluate := range []func() (target, bool){r.browserTarget, r.callsTarget, r.latencyTarget, r.memoryTarget, r.catalogueTarget, r.pageTarget} {
		if t, ok := evaluate(); ok {
			targets = append(targets, t)
		}
	}
	return append(targets, r.searchTargets()...)
}

func (r Report) ratioTarget(l ratioLimit) (target, bool) {
	own, ownOK := r.sample(l.workload, l.server, 64)
	baseline, baselineOK := r.sample(l.workload, l.baseline, 64)
	if !ownOK || !baselineOK {
		return target{}, false
	}
	ratio := float64(own.CPU) / float64(baseline.CPU)
	return target{
		metric:   fmt.Sprintf("%s; cache %s, CPU", r.workloadTitle(l.workload), l.server),
		limit:    fmt.Sprintf("%.4g × %s", l.maxRatio, r.serverTitle(l.baseline)),
		measured: fmt.Sprintf("%.2f × (%s µs / %s µs)", ratio, micros(own.CPU, true), micros(baseline.CPU, true)), met: ratio <= l.maxRatio,
	}, true
}

// browserTarget compares with the same requests without Accept-Encoding.
func (r Report) browserTarget() (target, bool) {
	own, ownOK := r.sample("same-page-browser", "on", 64)
	plain, plainOK := r.sample("same-page", "on", 64)
	ratio := float64(own.CPU) / float64(max(plain.CPU, 1))
	return target{
		metric: r.workloadTitle("same-page-browser") + "; cache on, CPU", limit: "1.5 × the same without Accept-Encoding",
		measured: fmt.Sprintf("%.2f × (%s µs / %s µs)", ratio, micros(own.CPU, true), micros(plain.CPU, true)), met: ratio <= 1.5,
	}, ownOK && plainOK
}

func (r Report) callsTarget() (target, bool) {
	s, ok := r.sample("aliases", "off", 1)
	return target{metric: r.workloadTitle("aliases") + "; cache off, calls", limit: "10", measured: fmt.Sprintf("%.2f", s.Calls), met: s.Calls <= 10}, ok
}

// latencyTarget compares with two consecutive calls, which take more than twice 5 ms.
func (r Report) latencyTarget() (target, bool) {
	own, ownOK := r.sampleAt("aliases", "off", 1, ShortDelay)
	call, callOK := r.sampleAt("group", "upstream", 1, ShortDelay)
	limit := 2*call.P50 + time.Millisecond
	return target{
		metric: r.workloadTitle("aliases") + "; cache off, one client, upstream at 5 ms, p50", limit: millis(limit, true) + " ms, two calls and 1 ms",
		measured: millis(own.P50, true) + " ms", met: own.P50 <= limit,
	}, ownOK && callOK
}

// memoryTarget takes the maximum over the workloads with the shortest catalogue.
func (r Report) memoryTarget() (target, bool) {
	peak, title := int64(0), ""
	for _, w := range r.plainWorkloads() {
		if s, ok := r.sample(w.Name, "on", 64); ok && w.Groups == ScalingGroups[0] && s.Peak > peak {
			peak, title = s.Peak, w.Title
		}
	}
	return target{metric: "peak memory, 64 clients, 600 groups", limit: "64 MiB", measured: mebibytes(peak) + " MiB (" + title + ")", met: peak <= 64<<20}, title != ""
}

// catalogueTarget allows a fifth for measurement noise.
func (r Report) catalogueTarget() (target, bool) {
	worst, found := 0.0, false
	for _, server := range []string{"on", "off"} {
		for _, pageSize := range ScalingPageSizes {
			short, shortOK := r.scalingCPU(server, ScalingGroups[0], pageSize)
			long, longOK := r.scalingCPU(server, ScalingGroups[len(ScalingGroups)-1], pageSize)
			if shortOK && longOK {
				worst, found = max(worst, float64(long)/float64(short)), true
			}
		}
	}
	return target{metric: "scaling: 60,000 groups, CPU", limit: "1.2 × 600 groups", measured: fmt.Sprintf("%.2f × at worst", worst), met: worst <= 1.2}, found
}

// pageTarget allows a tenth for measurement noise.
func (r Report) pageTarget() (target, bool) {
	worst, found := 0.0, false
	for _, server := range []string{"on", "off"} {
		for _, groups := range ScalingGroups {
			half, halfOK := r.scalingCPU(server, groups, 50)
			full, fullOK := r.scalingCPU(server, groups, 100)
			if halfOK && fullOK {
				worst, found = max(worst, float64(full)/float64(half)), true
			}
		}
	}
	return target{metric: "scaling: a page of 100, CPU", limit: "2.2 × a page of 50", measured: fmt.Sprintf("%.2f × at worst", worst), met: worst <= 2.2}, found
}

func (r Report) workloadTitle(name string) string {
	for _, w := range r.Workloads {
		if w.Name == name {
			return w.Title
		}
	}
	return name
}

func (r Report) serverTitle(name string) string {
	for _, s := range r.Servers {
		if s.Name == name {
			return s.Title
		}
	}
	return name
}

func (r Report) targetsTable() string {
	targets := r.allTargets()
	if len(targets) == 0 {
		return ""
	}
	var markdown strings.Builder
	markdown.WriteString("\n## Targets\n\n| metric | at most | measured | |\n| --- | --- | --- | --- |\n")
	for _, t := range targets {
		fmt.Fprintf(&markdown, "| %s | %s | %s | %s |\n", t.metric, t.limit, t.measured, map[bool]string{true: "met", false: "**not met**"}[t.met])
	}
	return markdown.String()
}
