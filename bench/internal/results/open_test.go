package results

import (
	"slices"
	"testing"
	"time"

	"heygen-graphql/bench/internal/load"
)

func openResult(dropped int, latencies ...time.Duration) load.OpenResult {
	return load.OpenResult{Result: load.Result{Requests: len(latencies), Elapsed: time.Second, Latencies: latencies}, Dropped: dropped}
}

func TestOpenPercentilesAreOfAllRounds(t *testing.T) {
	var r Results
	key := OpenKey{Workload: "page", Server: "on", Rate: 2000}
	if _, ok := r.Open(key); ok {
		t.Error("a summary before any round")
	}
	r.AddOpen(key, openResult(0, 1, 1, 9))
	r.AddOpen(key, openResult(0, 2, 2, 2, 2))
	r.AddOpen(key, openResult(1, 1, 1, 1, 1, 1))
	if got, ok := r.Open(key); !ok || got != (OpenSummary{P50: 1, P99: 9, P999: 9, Rate: 4}) {
		t.Errorf("%+v", got)
	}
	r.AddOpen(key, openResult(5, 3))
	r.AddOpen(key, openResult(5, 3))
	if got, _ := r.Open(key); !got.Saturated || got.Rate != 3 {
		t.Errorf("saturated in three of five rounds: %+v", got)
	}
}

func TestOpenRatesAreThoseOfTheWorkload(t *testing.T) {
	var r Results
	for workload, rate := range map[string]int{"page": 2000, "group": 900} {
		r.AddOpen(OpenKey{Workload: workload, Server: "on", Rate: rate}, openResult(0, 1))
		r.AddOpen(OpenKey{Workload: workload, Server: "off", Rate: rate / 10}, openResult(0, 1))
	}
	if got := r.OpenRates("page"); !slices.Equal(got, []int{2000, 200}) {
		t.Error(got)
	}
}
