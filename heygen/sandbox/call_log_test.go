package sandbox_test

import (
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"heygen-graphql/heygen/sandbox"
)

func TestCallsAreRecordedInOrder(t *testing.T) {
	box := sandbox.New(sandbox.Options{})
	get(t, box, "/v3/avatars?limit=5&ownership=public")
	get(t, box, "/portraits/group_monica.svg")
	get(t, box, "/v3/avatars/a%2Fb")
	send(t, box, "POST", "/v3/avatars", nil)
	send(t, box, "GET", "/v3/users/me", http.Header{})
	get(t, box, "/nowhere")
	want := []sandbox.Call{
		{Method: "GET", Path: "/v3/avatars", Query: url.Values{"limit": {"5"}, "ownership": {"public"}}, Status: 200},
		{Method: "GET", Path: "/v3/avatars/a/b", Query: url.Values{}, Status: 404},
		{Method: "POST", Path: "/v3/avatars", Query: url.Values{}, Status: 405},
		{Method: "GET", Path: "/v3/users/me", Query: url.Values{}, Status: 401},
		{Method: "GET", Path: "/nowhere", Query: url.Values{}, Status: 404},
	}
	if diff := cmp.Diff(want, box.Calls()); diff != "" {
		t.Error(diff)
	}
	box.ResetCalls()
	if calls := box.Calls(); len(calls) != 0 {
		t.Errorf("after ResetCalls: %v", calls)
	}
	get(t, box, "/v3/avatars")
	if calls := box.Calls(); len(calls) != 1 {
		t.Errorf("after ResetCalls and one call: %v", calls)
	}
}

func TestCallRecordsTruncatedQuery(t *testing.T) {
	box := sandbox.New(sandbox.Options{})
	get(t, box, "/v3/avatars?limit=5&token="+strings.Repeat("x", 1<<10)+"&ownership=public")
	get(t, box, "/v3/avatars?limit=5&token=%zz")
	calls := box.Calls()
	if got := calls[0].Query; got.Get("limit") != "5" || len(got.Get("token")) != 1<<10-len("limit=5&token=") || got.Has("ownership") {
		t.Errorf("%.100v", got)
	}
	if diff := cmp.Diff(url.Values{"limit": {"5"}}, calls[1].Query); diff != "" {
		t.Error(diff)
	}
}

func TestAbortedCallHasNoStatus(t *testing.T) {
	for _, fault := range []sandbox.Fault{
		sandbox.Hang, sandbox.HangInBody, sandbox.Reset, sandbox.TruncatedHeader, sandbox.TruncatedBody, sandbox.EndlessBody,
	} {
		synctest.Test(t, func(t *testing.T) {
			box := sandbox.New(sandbox.Options{})
			defer box.Close()
			box.QueueFaults(fault)
			fetch(t, clientFor(box), demoGroupPath)
			synctest.Wait()
			if calls := box.Calls(); len(calls) != 1 || calls[0].Status != 0 {
				t.Errorf("%s: %v", fault, calls)
			}
		})
	}
}

func TestMaxInFlightIsMaximumConcurrency(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		box := sandbox.New(sandbox.Options{Latency: time.Second})
		defer box.Close()
		client := clientFor(box)
		concurrent := func(n int) {
			var calls sync.WaitGroup
			for range n {
				calls.Go(func() { fetch(t, client, demoGroupPath) })
			}
			calls.Wait()
		}
		concurrent(3)
		concurrent(7)
		concurrent(2)
		if got := box.MaxInFlight(); got != 7 {
			t.Errorf("got %d, want 7", got)
		}
		box.ResetCalls()
		if got := box.MaxInFlight(); got != 0 {
			t.Errorf("after ResetCalls: %d", got)
		}
		concurrent(2)
		if got := box.MaxInFlight(); got != 2 {
			t.Errorf("after ResetCalls and two calls: %d", got)
		}
		if calls := box.Calls(); len(calls) != 2 {
			t.Errorf("after ResetCalls and two calls: %v", calls)
		}
	})
}

func TestInFlightCallHasNoStatusAndCountsAfterReset(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		box := sandbox.New(sandbox.Options{Latency: time.Second})
		done := make(chan struct{})
		go func() { get(t, box, demoGroupPath); close(done) }()
		synctest.Wait()
		if calls := box.Calls(); len(calls) != 1 || calls[0].Status != 0 {
			t.Errorf("in flight: %v", calls)
		}
		box.ResetCalls()
		if n := box.MaxInFlight(); n != 1 {
			t.Errorf("%d in flight after ResetCalls, want 1", n)
		}
		<-done
		if calls := box.Calls(); len(calls) != 0 {
			t.Errorf("a call from before ResetCalls is still logged: %v", calls)
		}
	})
}
