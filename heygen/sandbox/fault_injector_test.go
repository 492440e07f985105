package sandbox_test

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"heygen-graphql/heygen/sandbox"
)

func TestQueuedFaultsRunInOrderThenStop(t *testing.T) {
	box := sandbox.New(sandbox.Options{})
	box.QueueFaults(sandbox.InternalError, sandbox.OK)
	box.QueueFaults(sandbox.Conflict)
	get(t, box, "/portraits/group_monica.svg") // not an API call: does not consume a fault
	for i, want := range []int{500, 200, 409, 200, 200} {
		if got := get(t, box, demoGroupPath).Code; got != want {
			t.Errorf("call %d: %d, want %d", i, got, want)
		}
	}
}

func TestQueueOverridesFaultRate(t *testing.T) {
	box := sandbox.New(sandbox.Options{FaultRate: 1, Faults: []sandbox.Fault{sandbox.Teapot}})
	box.QueueFaults(sandbox.OK, sandbox.Forbidden)
	for i, want := range []int{200, 403, 418} {
		if got := get(t, box, demoGroupPath).Code; got != want {
			t.Errorf("call %d: %d, want %d", i, got, want)
		}
	}
}

func TestOptionsAreCopied(t *testing.T) {
	options := sandbox.Options{Keys: []string{"key"}, FaultRate: 1, Faults: []sandbox.Fault{sandbox.Teapot}}
	box := sandbox.New(options)
	options.Faults[0] = sandbox.Conflict
	if got := get(t, box, demoGroupPath).Code; got != 418 {
		t.Errorf("changing Faults changed the sandbox: %d", got)
	}
	options.Keys[0] = "changed"
	box.QueueFaults(sandbox.OK)
	if got := get(t, box, demoGroupPath).Code; got != 200 {
		t.Errorf("changing Keys changed the sandbox: %d", got)
	}
}

func TestFaultRateIsShareOfFailingCalls(t *testing.T) {
	box := sandbox.New(sandbox.Options{FaultRate: 0.2, Faults: []sandbox.Fault{sandbox.Teapot, sandbox.Conflict}})
	got := map[int]int{}
	for range 2000 {
		got[get(t, box, demoGroupPath).Code]++
	}
	if n := got[418] + got[409]; n < 340 || n > 460 || got[418] < 140 || got[409] < 140 || got[200]+n != 2000 {
		t.Errorf("%v: want about 1600, 200 and 200", got)
	}
}

// runCalls returns the status and the duration of each of 200 sequential calls.
func runCalls(t *testing.T, options sandbox.Options) (calls []string) {
	synctest.Test(t, func(t *testing.T) {
		box := sandbox.New(options)
		for range 200 {
			start := time.Now()
			w := get(t, box, demoGroupPath)
			calls = append(calls, fmt.Sprint(w.Code, w.Header().Get("Retry-After") != "", time.Since(start)))
		}
	})
	return calls
}

func TestSameSeedRepeatsSequentialRun(t *testing.T) {
	options := sandbox.Options{
		Latency: 20 * time.Millisecond, Jitter: 100 * time.Millisecond, FaultRate: 0.3, Seed: 42,
		Faults: []sandbox.Fault{sandbox.RateLimited, sandbox.InternalError, sandbox.Forbidden},
	}
	first := runCalls(t, options)
	if diff := cmp.Diff(first, runCalls(t, options)); diff != "" {
		t.Errorf("same seed, different run: %s", diff)
	}
	options.Seed = 43
	if slices.Equal(first, runCalls(t, options)) {
		t.Error("different seed, same run")
	}
}

func TestFaultRateWithoutFaultsInjectsAll(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		box := sandbox.New(sandbox.Options{FaultRate: 1})
		defer box.Close()
		client := clientFor(box)
		statuses := map[int]bool{}
		for range 250 {
			statuses[fetch(t, client, demoGroupPath).StatusCode] = true
		}
		for _, want := range []int{0, 200, 302, 400, 401, 402, 403, 404, 409, 418, 429, 500, 502, 503, 504} {
			if !statuses[want] {
				t.Errorf("no %d in 250 calls", want)
			}
		}
	})
}

func TestLatencyAndJitterDelayCalls(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		box := sandbox.New(sandbox.Options{Latency: time.Second, Jitter: time.Second})
		var minElapsed, maxElapsed = time.Hour, time.Duration(0)
		for range 100 {
			start := time.Now()
			get(t, box, demoGroupPath)
			minElapsed, maxElapsed = min(minElapsed, time.Since(start)), max(maxElapsed, time.Since(start))
		}
		if minElapsed < time.Second || minElapsed > 1200*time.Millisecond || maxElapsed > 2*time.Second || maxElapsed < 1800*time.Millisecond {
			t.Errorf("from %v to %v: want from 1 s to 2 s", minElapsed, maxElapsed)
		}
		start := time.Now()
		if get(t, box, "/portraits/group_monica.svg"); time.Since(start) != 0 {
			t.Error("a picture is delayed, too")
		}
	})
}

func TestLatencyEndsWhenCallerCancels(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		box := sandbox.New(sandbox.Options{Latency: time.Hour})
		defer box.Close()
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		r, _ := http.NewRequestWithContext(ctx, "GET", "http://box/v3/avatars", nil)
		start := time.Now()
		if _, err := (&http.Client{Transport: box.Transport()}).Do(r); err == nil || time.Since(start) != time.Second {
			t.Errorf("%v after %v", err, time.Since(start))
		}
		synctest.Wait()
		box.ResetCalls()
		if n := box.MaxInFlight(); n != 0 {
			t.Errorf("%d calls are still in flight", n)
		}
	})
}
