package report

import (
	"fmt"
	"time"

	"heygen-graphql/bench/internal/results"
)

// searchTargets returns the targets of searches whose measurements are complete.
func (r Report) searchTargets() []target {
	var targets []target
	for _, evaluate := range []func() (target, bool){
		func() (target, bool) { return r.searchRatioTarget(plainPage) },
		func() (target, bool) { return r.searchRatioTarget(cachedPlainPage) },
		r.searchGrowthTarget,
		func() (target, bool) { return r.searchBoxTarget(cachedSearchBox) },
		func() (target, bool) { return r.searchBoxTarget(searchBox) },
		func() (target, bool) { return r.openSearchBoxTarget(cachedSearchBox) },
		func() (target, bool) { return r.openSearchBoxTarget(searchBox) },
		r.indexTarget,
	} {
		if t, ok := evaluate(); ok {
			targets = append(targets, t)
		}
	}
	return targets
}

// searchRatioTarget compares searches whose responses are not cached with plain pages.
func (r Report) searchRatioTarget(page string) (target, bool) {
	found, foundOK := r.searchSample(SearchGroups[0], search)
	plain, plainOK := r.searchSample(SearchGroups[0], page)
	ratio := float64(found.CPU) / float64(max(plain.CPU, 1))
	return target{
		metric: searchKind(search).Title + ", 700 groups, CPU", limit: "2 × " + searchKind(page).Title,
		measured: fmt.Sprintf("%.2f × (%s µs / %s µs)", ratio, micros(found.CPU, true), micros(plain.CPU, true)), met: ratio <= 2,
	}, foundOK && plainOK
}

// searchGrowthTarget compares each length with the shorter ones.
func (r Report) searchGrowthTarget() (target, bool) {
	worst, found := 0.0, false
	for k, long := range SearchGroups {
		for _, short := range SearchGroups[:k] {
			longSample, longOK := r.searchSample(long, search)
			shortSample, shortOK := r.searchSample(short, search)
			if longOK && shortOK {
				growth := float64(longSample.CPU) / float64(max(shortSample.CPU, 1))
				worst, found = max(worst, growth*float64(short)/float64(long)), true
			}
		}
	}
	return target{
		metric: searchKind(search).Title + ", growth of the CPU to 60,000 groups", limit: "1 × the growth of the list",
		measured: fmt.Sprintf("%.2f × at worst", worst), met: worst <= 1,
	}, found
}

// maxSearchBoxLatency is the 99th percentile below which a search box responds.
const maxSearchBoxLatency = 5 * time.Millisecond

func (r Report) searchBoxTarget(kind string) (target, bool) {
	s, ok := r.searchSample(SearchGroups[0], kind)
	measured := millis(s.P99, true) + " ms"
	if static, ok := r.searchSample(SearchGroups[0], staticSearchBox); ok {
		measured += fmt.Sprintf(" (static response: %s ms)", millis(static.P99, true))
	}
	return target{
		metric: searchKind(kind).Title + ", 700 groups, 64 clients without a pause, p99", limit: "5 ms",
		measured: measured, met: s.P99 < maxSearchBoxLatency,
	}, ok
}

func (r Report) openSearchBoxTarget(kind string) (target, bool) {
	s, ok := r.Results.Open(results.OpenKey{Workload: SearchWorkload(SearchGroups[0], kind), Server: "on", Rate: SearchBoxRate})
	return target{
		metric: searchKind(kind).Title + ", 700 groups, 640 requests/s, p99", limit: "5 ms",
		measured: millis(s.P99, true) + " ms", met: s.P99 < maxSearchBoxLatency && !s.Saturated,
	}, ok
}

func (r Report) indexTarget() (target, bool) {
	worst, found := 0.0, false
	for _, groups := range SearchGroups {
		if bytes, ok := r.Results.IndexBytesPerGroup(groups); ok {
			worst, found = max(worst, bytes), true
		}
	}
	return target{
		metric: "search: memory of the index per group, beyond the cached pages", limit: "1,024 bytes",
		measured: thousands(worst) + " bytes at worst", met: worst <= 1024,
	}, found
}
