package results

import (
	"testing"
	"time"
)

func TestMediansAreComputedForEachValueSeparately(t *testing.T) {
	var r Results
	key := Key{Workload: "page", Server: "on", Clients: 64}
	if _, ok := r.Medians(key); ok {
		t.Error("medians before any sample")
	}
	r.Add(key, Sample{Rate: 1, P50: 30, P99: 2, CPU: 5 * time.Millisecond, Peak: 7, Calls: 1, Bytes: 3, Coding: "br"})
	r.Add(key, Sample{Rate: 3, P50: 10, P99: 3, CPU: time.Millisecond, Peak: 9, Calls: 0, Bytes: 1, Coding: "br"})
	r.Add(key, Sample{Rate: 2, P50: 20, P99: 1, CPU: 2 * time.Millisecond, Peak: 8, Calls: 0.5, Bytes: 2, Coding: "br"})
	want := Sample{Rate: 2, P50: 20, P99: 2, CPU: 2 * time.Millisecond, Peak: 9, Calls: 0.5, Bytes: 2, Coding: "br"}
	if got, ok := r.Medians(key); !ok || got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	key.Delay = time.Millisecond
	if _, ok := r.Medians(key); ok {
		t.Error("a delayed upstream is not a separate key")
	}
}
