package sandbox_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"heygen-graphql/heygen/sandbox"
)

// normal is JSON with its keys in one order.
func normal(t *testing.T, body []byte) string {
	t.Helper()
	var v any
	if err := json.Unmarshal(body, &v); err != nil {
		t.Fatalf("%v: %.100q", err, body)
	}
	sorted, _ := json.Marshal(v)
	return string(sorted)
}

func TestMisbehaveFollowsItsScriptThenStops(t *testing.T) {
	box := sandbox.New(sandbox.Options{})
	box.QueueFaults(sandbox.InternalError, sandbox.OK)
	box.QueueFaults(sandbox.Conflict)
	get(t, box, "/portraits/group_monica.svg") // no API call: uses nothing up
	for i, want := range []int{500, 200, 409, 200, 200} {
		if got := get(t, box, monica).Code; got != want {
			t.Errorf("call %d: %d, want %d", i, got, want)
		}
	}
}

func TestAScriptOverridesTheRate(t *testing.T) {
	box := sandbox.New(sandbox.Options{FaultRate: 1, Faults: []sandbox.Fault{sandbox.Teapot}})
	box.QueueFaults(sandbox.OK, sandbox.Forbidden)
	for i, want := range []int{200, 403, 418} {
		if got := get(t, box, monica).Code; got != want {
			t.Errorf("call %d: %d, want %d", i, got, want)
		}
	}
}

func TestOptionsAreACopy(t *testing.T) {
	options := sandbox.Options{Keys: []string{"key"}, FaultRate: 1, Faults: []sandbox.Fault{sandbox.Teapot}}
	box := sandbox.New(options)
	options.Faults[0] = sandbox.Conflict
	if got := get(t, box, monica).Code; got != 418 {
		t.Errorf("changing Faults changed the sandbox: %d", got)
	}
	options.Keys[0] = "changed"
	box.QueueFaults(sandbox.OK)
	if got := get(t, box, monica).Code; got != 200 {
		t.Errorf("changing Keys changed the sandbox: %d", got)
	}
}

func TestTheRateIsTheShareOfCallsThatMisbehave(t *testing.T) {
	box := sandbox.New(sandbox.Options{FaultRate: 0.2, Faults: []sandbox.Fault{sandbox.Teapot, sandbox.Conflict}})
	got := map[int]int{}
	for range 2000 {
		got[get(t, box, monica).Code]++
	}
	if n := got[418] + got[409]; n < 340 || n > 460 || got[418] < 140 || got[409] < 140 || got[200]+n != 2000 {
		t.Errorf("%v: want about 1600, 200 and 200", got)
	}
}

// run gives the status and the duration of each of 200 calls, one after the other.
func run(t *testing.T, options sandbox.Options) (calls []string) {
	synctest.Test(t, func(t *testing.T) {
		box := sandbox.New(options)
		for range 200 {
			start := time.Now()
			w := get(t, box, monica)
			calls = append(calls, fmt.Sprint(w.Code, w.Header().Get("Retry-After") != "", time.Since(start)))
		}
	})
	return calls
}

func TestASequentialRunRepeatsExactly(t *testing.T) {
	options := sandbox.Options{
		Latency: 20 * time.Millisecond, Jitter: 100 * time.Millisecond, FaultRate: 0.3, Seed: 42,
		Faults: []sandbox.Fault{sandbox.RateLimited, sandbox.InternalError, sandbox.Forbidden},
	}
	first := run(t, options)
	if diff := cmp.Diff(first, run(t, options)); diff != "" {
		t.Errorf("the same seed, another run: %s", diff)
	}
	options.Seed = 43
	if slices.Equal(first, run(t, options)) {
		t.Error("another seed, the same run")
	}
}

func TestEveryKindIsDrawnUnlessSomeAreNamed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		box := sandbox.New(sandbox.Options{FaultRate: 1})
		defer box.Close()
		client := clientOf(box)
		statuses := map[int]bool{}
		for range 250 {
			statuses[fetch(t, client, monica).StatusCode] = true
		}
		for _, want := range []int{0, 200, 302, 400, 401, 402, 403, 404, 409, 418, 429, 500, 502, 503, 504} {
			if !statuses[want] {
				t.Errorf("in 250 calls not one %d", want)
			}
		}
	})
}

func TestLatencyAndJitterTakeTheirTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		box := sandbox.New(sandbox.Options{Latency: time.Second, Jitter: time.Second})
		var shortest, longest = time.Hour, time.Duration(0)
		for range 100 {
			start := time.Now()
			get(t, box, monica)
			shortest, longest = min(shortest, time.Since(start)), max(longest, time.Since(start))
		}
		if shortest < time.Second || shortest > 1200*time.Millisecond || longest > 2*time.Second || longest < 1800*time.Millisecond {
			t.Errorf("from %v to %v: want from 1 s to 2 s", shortest, longest)
		}
		start := time.Now()
		if get(t, box, "/portraits/group_monica.svg"); time.Since(start) != 0 {
			t.Error("a picture has to wait, too")
		}
	})
}

func TestLatencyEndsWithTheCaller(t *testing.T) {
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
			t.Errorf("%d calls are still waiting", n)
		}
	})
}
