package metrics

// labelSet maps each value of a label to its series, or to the labelSet of the
// next label. All are created at the start: looking up a series by its labels in
// Prometheus' client costs more than counting.
type labelSet[T any] map[string]T

// newLabelSet calls newValue for each label value, which may be listed twice, and
// for [Other].
func newLabelSet[T any](values []string, newValue func(value string) T) labelSet[T] {
	s := labelSet[T]{Other: newValue(Other)}
	for _, value := range values {
		if _, ok := s[value]; !ok {
			s[value] = newValue(value)
		}
	}
	return s
}

// get returns the entry of [Other] for a value that is not in the set.
func (s labelSet[T]) get(value string) T {
	if v, ok := s[value]; ok {
		return v
	}
	return s[Other]
}

// statusClasses are the values of the status label: one series for each status and
// code would make hundreds.
var statusClasses = []string{"2xx", "3xx", "4xx", "5xx"}

func statusClass(status int) string {
	if i := status/100 - 2; i >= 0 && i < len(statusClasses) {
		return statusClasses[i]
	}
	return Other
}
