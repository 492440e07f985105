package catalogue

import (
	"slices"

	"heygen-graphql/heygen"
)

// GroupFacets are the numbers of groups by value of a field. Each counts the groups that
// match the search and the filter, except the filter by that field. Values without a
// group are left out; the most frequent value comes first.
type GroupFacets struct {
	Gender []GenderCount
	Status []TrainingStatusCount
}

// GenderCount is the number of items of a gender.
type GenderCount struct {
	Value heygen.Gender
	Count int
}

// TrainingStatusCount is the number of items of a status.
type TrainingStatusCount struct {
	Value *heygen.TrainingStatus // nil: no status
	Count int
}

// StringCount is the number of items of a string.
type StringCount struct {
	Value *string // nil: none
	Count int
}

// byFrequency returns the numbers of the values that occur, the most frequent first, and
// equally frequent ones in their order.
func byFrequency(counts []int) []int {
	var numbers []int
	for number, count := range counts {
		if count > 0 {
			numbers = append(numbers, number)
		}
	}
	slices.SortStableFunc(numbers, func(a, b int) int { return counts[b] - counts[a] })
	return numbers
}

func countGenders(counts []int) []GenderCount {
	facet := []GenderCount{}
	for _, number := range byFrequency(counts) {
		facet = append(facet, GenderCount{genders[number], counts[number]})
	}
	return facet
}

// countStatuses returns the facet of counts whose last one is of no status.
func countStatuses(counts []int) []TrainingStatusCount {
	facet := []TrainingStatusCount{}
	for _, number := range byFrequency(counts) {
		facet = append(facet, TrainingStatusCount{optional(statuses, number), counts[number]})
	}
	return facet
}

// countStrings returns the facet of counts whose last one is of no value.
func countStrings(values []string, counts []int) []StringCount {
	facet := []StringCount{}
	for _, number := range byFrequency(counts) {
		facet = append(facet, StringCount{optional(values, number), counts[number]})
	}
	return facet
}

// optional returns a copy of the value of a number. It returns nil for the number after the
// last one.
func optional[S ~string](values []S, number int) *S {
	if number == len(values) {
		return nil
	}
	return new(values[number])
}
