package metrics

// known is what each value of a label has, made once: to look for a series by its
// labels costs more than to count in it.
type known[T any] map[string]T

// newKnown makes what each value has, and what all others have together. A value
// may be named twice.
func newKnown[T any](values []string, make func(value string) T) known[T] {
	k := known[T]{Other: make(Other)}
	for _, value := range values {
		if _, made := k[value]; !made {
			k[value] = make(value)
		}
	}
	return k
}

func (k known[T]) of(value string) T {
	if one, ok := k[value]; ok {
		return one
	}
	return k[Other]
}

// classes are what is told of HTTP statuses: with each of them for each code there
// would be hundreds of series.
var classes = []string{"2xx", "3xx", "4xx", "5xx"}

func class(status int) string {
	if i := status/100 - 2; i >= 0 && i < len(classes) {
		return classes[i]
	}
	return Other
}
