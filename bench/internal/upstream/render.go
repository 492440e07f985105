package upstream

import (
	"bytes"
	"encoding/json"
)

// rendered are things of one kind as JSON, with a comma behind each: a page of
// them is a piece of it, and nothing has to be copied for an answer.
type rendered struct {
	text []byte
	ends []int // of each, without its comma
}

func render[T any](n int, at func(int) T) rendered {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false) // HeyGen's addresses have & in them as it is
	r := rendered{ends: make([]int, n)}
	for i := range n {
		if err := encoder.Encode(at(i)); err != nil {
			panic(err) // a struct of texts and numbers
		}
		r.ends[i] = text.Len() - 1
		text.Bytes()[text.Len()-1] = ',' // in the place of the line's end
	}
	r.text = text.Bytes()
	return r
}

// from gives those from one to before another, with commas between them.
func (r rendered) from(first, end int) []byte {
	if first >= end {
		return nil
	}
	start := 0
	if first > 0 {
		start = r.ends[first-1] + 1
	}
	return r.text[start:r.ends[end-1]]
}
