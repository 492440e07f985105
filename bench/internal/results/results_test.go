package results

import (
	"testing"
	"time"
)

func TestEachFigureIsTheMedianOfItsOwn(t *testing.T) {
	var r Results
	cell := Cell{Workload: "page", Contender: "on", Clients: 64}
	if _, ok := r.Of(cell); ok {
		t.Error("there is a figure before it was measured")
	}
	r.Add(cell, Sample{Rate: 1, P50: 30, P99: 2, CPU: 5 * time.Millisecond, Peak: 7, Calls: 1})
	r.Add(cell, Sample{Rate: 3, P50: 10, P99: 3, CPU: time.Millisecond, Peak: 9, Calls: 0})
	r.Add(cell, Sample{Rate: 2, P50: 20, P99: 1, CPU: 2 * time.Millisecond, Peak: 8, Calls: 0.5})
	want := Sample{Rate: 2, P50: 20, P99: 2, CPU: 2 * time.Millisecond, Peak: 9, Calls: 0.5}
	if got, ok := r.Of(cell); !ok || got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	cell.Delay = time.Millisecond
	if _, ok := r.Of(cell); ok {
		t.Error("a slow upstream is another cell")
	}
}
