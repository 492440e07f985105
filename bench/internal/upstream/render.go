package upstream

import (
	"bytes"
	"encoding/json"
)

// rendered holds items as JSON, each followed by a comma. A page is a subslice of it,
// so a response copies nothing.
type rendered struct {
	json []byte
	ends []int // of each item, before its comma
}

func render[T any](n int, at func(int) T) rendered {
	var buffer bytes.Buffer
	encoder := json.NewEncoder(&buffer)
	encoder.SetEscapeHTML(false) // HeyGen does not escape & in URLs
	r := rendered{ends: make([]int, n)}
	for i := range n {
		if err := encoder.Encode(at(i)); err != nil {
			panic(err) // a struct of strings and numbers cannot fail
		}
		r.ends[i] = buffer.Len() - 1
		buffer.Bytes()[buffer.Len()-1] = ',' // replaces the newline
	}
	r.json = buffer.Bytes()
	return r
}

// slice returns the items from first to before end, separated by commas.
func (r rendered) slice(first, end int) []byte {
	if first >= end {
		return nil
	}
	start := 0
	if first > 0 {
		start = r.ends[first-1] + 1
	}
	return r.json[start:r.ends[end-1]]
}
