package load

import (
	"cmp"
	"slices"
)

// Percentile gives the least of sorted values that so many hundredths of them do
// not exceed; the zero value where there are none.
func Percentile[V any](sorted []V, hundredths float64) (v V) {
	if len(sorted) == 0 {
		return v
	}
	rank := int(hundredths / 100 * float64(len(sorted)))
	if float64(rank) < hundredths/100*float64(len(sorted)) {
		rank++
	}
	return sorted[max(1, min(rank, len(sorted)))-1]
}

// Median gives the middle of some values, of an even number the lower of the two
// in the middle; the zero value where there are none. The values stay as they are.
func Median[V cmp.Ordered](values []V) V {
	return Percentile(slices.Sorted(slices.Values(values)), 50)
}

// merged are all values of some lists, sorted.
func merged[V cmp.Ordered](lists [][]V) []V {
	all := slices.Concat(lists...)
	slices.Sort(all)
	return all
}
