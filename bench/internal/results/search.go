package results

import (
	"time"

	"heygen-graphql/bench/internal/load"
)

// FirstSearch is the search that reads a list of groups whole and indexes it.
type FirstSearch struct {
	Latency time.Duration
	CPU     time.Duration
	Calls   float64 // to the upstream
}

// AddFirstSearch stores the first search of a server in a list of some length.
func (r *Results) AddFirstSearch(groups int, s FirstSearch) {
	if r.firstSearches == nil {
		r.firstSearches = map[int][]FirstSearch{}
	}
	r.firstSearches[groups] = append(r.firstSearches[groups], s)
}

// FirstSearch returns the median of each value separately. It returns false if none was
// measured.
func (r *Results) FirstSearch(groups int) (FirstSearch, bool) {
	searches := r.firstSearches[groups]
	return FirstSearch{
		Latency: median(searches, func(s FirstSearch) time.Duration { return s.Latency }),
		CPU:     median(searches, func(s FirstSearch) time.Duration { return s.CPU }),
		Calls:   median(searches, func(s FirstSearch) float64 { return s.Calls }),
	}, len(searches) > 0
}

// AddIndexBytes stores the memory in bytes that the index of a list of some length takes
// in addition to the list itself.
func (r *Results) AddIndexBytes(groups int, bytes int64) {
	if r.indexBytes == nil {
		r.indexBytes = map[int][]int64{}
	}
	r.indexBytes[groups] = append(r.indexBytes[groups], bytes)
}

// IndexBytesPerGroup returns the median. It returns false if none was measured.
func (r *Results) IndexBytesPerGroup(groups int) (float64, bool) {
	all := r.indexBytes[groups]
	return float64(load.Median(all)) / float64(groups), len(all) > 0
}
