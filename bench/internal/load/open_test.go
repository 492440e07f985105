package load

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

// runOpen runs arrivals in a synctest bubble. service is how long each request takes.
func runOpen(t *testing.T, o OpenOptions, service func(arrival int) time.Duration) (result OpenResult) {
	synctest.Test(t, func(t *testing.T) {
		var err error
		result, err = o.run(t.Context(), time.Sleep, func(_, arrival int) error {
			<-time.After(service(arrival))
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
	return result
}

const ms = time.Millisecond

// A closed loop would send the second request after the first response, and measure
// 50 ms once and 1 ms nine times: that is coordinated omission.
func TestOpenLatencyIncludesWaitBehindSlowResponse(t *testing.T) {
	result := runOpen(t, OpenOptions{Rate: 100, Duration: 100 * ms, Clients: 1}, func(arrival int) time.Duration {
		if arrival == 0 {
			return 50 * ms
		}
		return ms
	})
	want := []time.Duration{1 * ms, 1 * ms, 1 * ms, 1 * ms, 5 * ms, 14 * ms, 23 * ms, 32 * ms, 41 * ms, 50 * ms}
	if diff := cmp.Diff(want, result.Latencies); diff != "" || !result.Sustained() || result.Requests != 10 {
		t.Errorf("%+v\n%s", result, diff)
	}
}

func TestOpenArrivalsDoNotWaitForResponses(t *testing.T) {
	result := runOpen(t, OpenOptions{Rate: 1000, Duration: time.Second, Clients: 40}, func(int) time.Duration { return 40 * ms })
	if result.Requests != 1000 || result.Latencies[0] != 40*ms || result.Latencies[999] != 40*ms || result.Elapsed != 1039*ms {
		t.Errorf("%d requests, %v, of %v to %v", result.Requests, result.Elapsed, result.Latencies[0], result.Latencies[999])
	}
}

func TestOpenRunEndsWithSaturatedServer(t *testing.T) {
	result := runOpen(t, OpenOptions{Rate: 1000, Duration: time.Second, Clients: 4}, func(int) time.Duration { return 10 * ms })
	// The clients start at 0, 1, 2 and 3 ms. The first sends its last request at 1.2 s.
	if result.Sustained() || result.Requests != 481 || result.Dropped != 519 || result.Elapsed != 1210*ms {
		t.Errorf("%d requests, %d dropped, %v", result.Requests, result.Dropped, result.Elapsed)
	}
}

func TestOpenRunMeasuresServer(t *testing.T) {
	address := startServer(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, `{"data":{}}`) })
	result, err := RunOpen(t.Context(), OpenOptions{Address: address, Requests: [][]byte{GetRequest(address, "/")}, Rate: 500, Duration: 100 * ms, Clients: 8})
	if err != nil || result.Requests+result.Dropped != 50 || result.Requests == 0 || result.Latencies[0] <= 0 {
		t.Errorf("%+v %v", result, err)
	}
}

func TestOpenRunFailsWithTheServer(t *testing.T) {
	address := startServer(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, `{"errors":[{}]}`) })
	o := OpenOptions{Address: address, Requests: [][]byte{GetRequest(address, "/")}, Rate: 500, Duration: time.Hour, Clients: 2}
	if _, err := RunOpen(t.Context(), o); err == nil || !strings.Contains(err.Error(), "response with errors") {
		t.Error(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := RunOpen(ctx, o); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	o.Address = "127.0.0.1:1"
	if _, err := RunOpen(t.Context(), o); err == nil {
		t.Error("no error without a server")
	}
}
