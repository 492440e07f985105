package results

import (
	"testing"
	"time"
)

func TestFirstSearchIsTheMedianOfItsLength(t *testing.T) {
	var r Results
	if _, ok := r.FirstSearch(700); ok {
		t.Error("a first search before any was measured")
	}
	r.AddFirstSearch(6_000, FirstSearch{Latency: 9, CPU: 9, Calls: 9})
	r.AddFirstSearch(700, FirstSearch{Latency: time.Second, CPU: 3, Calls: 14})
	r.AddFirstSearch(700, FirstSearch{Latency: 3, CPU: time.Second, Calls: 14})
	r.AddFirstSearch(700, FirstSearch{Latency: 1, CPU: 1, Calls: 14})
	if got, ok := r.FirstSearch(700); !ok || got != (FirstSearch{Latency: 3, CPU: 3, Calls: 14}) {
		t.Errorf("%+v", got)
	}
}

func TestIndexBytesArePerGroup(t *testing.T) {
	var r Results
	if _, ok := r.IndexBytesPerGroup(700); ok {
		t.Error("bytes before any were measured")
	}
	for _, bytes := range []int64{700, 210_000, 70_000_000} {
		r.AddIndexBytes(700, bytes)
	}
	if got, ok := r.IndexBytesPerGroup(700); !ok || got != 300 {
		t.Error(got)
	}
}
