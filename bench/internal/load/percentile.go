package load

import (
	"cmp"
	"slices"
)

// Percentile returns the nearest-rank percentile of sorted values, or the zero value
// if there are none.
func Percentile[V any](sorted []V, percent float64) (v V) {
	if len(sorted) == 0 {
		return v
	}
	rank := int(percent / 100 * float64(len(sorted)))
	if float64(rank) < percent/100*float64(len(sorted)) {
		rank++
	}
	return sorted[max(1, min(rank, len(sorted)))-1]
}

// Median returns the median of values without modifying them. Of an even number of
// values it returns the lower of the two in the middle, of none the zero value.
func Median[V cmp.Ordered](values []V) V {
	return Percentile(slices.Sorted(slices.Values(values)), 50)
}

// mergeSorted returns the values of all lists, sorted.
func mergeSorted[V cmp.Ordered](lists [][]V) []V {
	all := slices.Concat(lists...)
	slices.Sort(all)
	return all
}
