package report

import (
	"fmt"
	"slices"
	"strings"

	"heygen-graphql/bench/internal/results"
)

// SearchGroups are the lengths of the list that is searched. The first is about that of
// HeyGen's presets.
var SearchGroups = []int{700, 6_000, 60_000}

// SearchBoxRate is the arrival rate in requests per second at which a search box is
// measured: 64 users who type ten characters a second each.
const SearchBoxRate = 640

// SearchKind is a kind of request to a list that is searched.
type SearchKind struct {
	Name, Title string
	Plain       bool // a page of the list without a search
	Box         bool // a search box in which a name is typed
	Cached      bool // the response is cached
	Static      bool // a static server returns the same bytes to every request
	AllLengths  bool // measured with all of SearchGroups, not with the first alone
}

// Names of kinds.
const (
	cachedPlainPage = "plain-cached"
	plainPage       = "plain"
	cachedSearch    = "cached"
	search          = "distinct"
	cachedSearchBox = "box-cached"
	searchBox       = "box"
	staticSearchBox = "box-static"
)

// SearchKinds are the kinds in the order of the table.
var SearchKinds = []SearchKind{
	{Name: cachedPlainPage, Title: "a plain page of 50, response cached", Plain: true, Cached: true},
	{Name: plainPage, Title: "a plain page of 50, response not cached", Plain: true, AllLengths: true},
	{Name: cachedSearch, Title: "search, a page of 50, response cached", Cached: true},
	{Name: search, Title: "search, a page of 50, response not cached", AllLengths: true},
	{Name: cachedSearchBox, Title: "search box, responses cached", Box: true, Cached: true},
	{Name: searchBox, Title: "search box, responses not cached", Box: true},
	{Name: staticSearchBox, Title: "search box, static response", Box: true, Static: true},
}

// Server returns the name of the server that a kind is measured with.
func (k SearchKind) Server() string {
	if k.Static {
		return "static"
	}
	return "on"
}

func searchKind(name string) SearchKind {
	return SearchKinds[slices.IndexFunc(SearchKinds, func(k SearchKind) bool { return k.Name == name })]
}

// SearchName returns the name in flags of the measurements of a list.
func SearchName(groups int) string { return fmt.Sprintf("search-%d", groups) }

// SearchWorkload returns the workload that the results of a kind are stored under.
func SearchWorkload(groups int, kind string) string { return SearchName(groups) + "-" + kind }

const searchIntroduction = `
## Search

HeyGen's REST list has no search and can only be read forward, page by page. The other servers cannot search it, so they have no rows here. This project reads the whole list at the first search, caches and indexes it.

All pages have ten fields of 50 groups, and the same document: in a plain page ` + "`search`" + ` is blank. A response is not cached if no two requests are the same: the spaces and tabs at the end of ` + "`search`" + ` differ, which changes neither the result nor the work. The list itself is cached, so neither calls the upstream. × plain page compares with the plain page whose response is not cached, × cached plain page with the one whose response is. A search box sends the prefixes m, mo, mon and moni, and requests three fields of ten groups and the number of all. The static response is the longest of the four, returned by a server that does nothing else: its latency is that of the machine, which also runs the 64 clients. With ` + "`CACHE_FRESH=1h`" + ` nothing is refreshed; more than 5,000 groups need ` + "`CATALOGUE_MAX_ITEMS=60000`, `MAX_COST=2000` and `CACHE_BYTES=256MiB`" + `. 64 clients.
`

const searchHeader = `
| 700 groups | CPU µs | × plain page | × cached plain page | requests/core-s | requests/s | p50 ms | p99 ms | bytes | peak MiB | calls |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
`

const searchBoxHeader = `
At a constant arrival rate of 640 requests/s, such as 64 users who type ten characters a second each:

| 700 groups | p50 ms | p99 ms | p99.9 ms | responses/s |
| --- | ---: | ---: | ---: | ---: |
`

const searchLengthsHeader = `
By the length of the list, responses not cached. The first search starts with an empty cache. The index is the memory that a search takes in addition to the pages of the list, all of which were cached before it.

| | search: CPU µs | plain page: CPU µs | first search: ms | CPU ms | calls | index: bytes per group |
| --- | ---: | ---: | ---: | ---: | ---: | ---: |
`

// searchSection returns an empty string if no search was measured.
func (r Report) searchSection() string {
	kinds, boxes, lengths := r.searchRows(), r.searchBoxRows(), r.searchLengthRows()
	if kinds == "" && lengths == "" {
		return ""
	}
	var section strings.Builder
	section.WriteString(searchIntroduction)
	for _, table := range [][2]string{{searchHeader, kinds}, {searchBoxHeader, boxes}, {searchLengthsHeader, lengths}} {
		if table[1] != "" {
			section.WriteString(table[0] + table[1])
		}
	}
	return section.String()
}

// searchSample returns the medians of a kind.
func (r Report) searchSample(groups int, kind string) (results.Sample, bool) {
	return r.sample(SearchWorkload(groups, kind), searchKind(kind).Server(), 64)
}

func (r Report) searchRows() string {
	var rows strings.Builder
	for _, kind := range SearchKinds {
		s, ok := r.searchSample(SearchGroups[0], kind.Name)
		if !ok {
			continue
		}
		fmt.Fprintf(&rows, "| %s | %s | %s | %s | %s | %s | %s | %s | %s | %s | %.2f |\n", kind.Title, micros(s.CPU, true), r.ratioToPage(kind, s, plainPage), r.ratioToPage(kind, s, cachedPlainPage),
			perCoreSecond(s.CPU), thousands(s.Rate), millis(s.P50, true), millis(s.P99, true), wireBytes(s.Bytes), mebibytes(s.Peak), s.Calls)
	}
	return rows.String()
}

// ratioToPage returns the CPU time of a sample divided by that of a kind of plain page. A
// search box has none: it requests less.
func (r Report) ratioToPage(kind SearchKind, s results.Sample, pageKind string) string {
	page, ok := r.searchSample(SearchGroups[0], pageKind)
	if !ok || kind.Box {
		return notMeasured
	}
	return fmt.Sprintf("%.2f", float64(s.CPU)/float64(max(page.CPU, 1)))
}

func (r Report) searchBoxRows() string {
	var rows strings.Builder
	for _, kind := range SearchKinds {
		key := results.OpenKey{Workload: SearchWorkload(SearchGroups[0], kind.Name), Server: kind.Server(), Rate: SearchBoxRate}
		r.writeOpenRow(&rows, Server{Title: kind.Title}, key)
	}
	return rows.String()
}

func (r Report) searchLengthRows() string {
	var rows strings.Builder
	for _, groups := range SearchGroups {
		found, foundOK := r.searchSample(groups, search)
		plain, plainOK := r.searchSample(groups, plainPage)
		first, ok := r.Results.FirstSearch(groups)
		bytes, bytesOK := r.Results.IndexBytesPerGroup(groups)
		if ok && bytesOK {
			fmt.Fprintf(&rows, "| %s groups | %s | %s | %s | %s | %s | %s |\n", thousands(float64(groups)), micros(found.CPU, foundOK), micros(plain.CPU, plainOK),
				millis(first.Latency, true), millis(first.CPU, true), thousands(first.Calls), thousands(bytes))
		}
	}
	return rows.String()
}
