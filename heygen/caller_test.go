package heygen_test

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"

	"heygen-graphql/heygen"
)

// headers records the headers of all requests.
func headers(of *[]http.Header, then upstream) upstream {
	return func(r *http.Request) (*http.Response, error) {
		*of = append(*of, r.Header)
		return then(r)
	}
}

func TestRequestIDIsSentWithEveryAttempt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var sent []http.Header
		client := newClient(t, headers(&sent, always(503, "")), withRetries(2))
		_, _ = client.AvatarGroup(heygen.WithRequestID(t.Context(), "request-1"), "g")
		_, _ = client.AvatarGroup(t.Context(), "g")
		if len(sent) != 6 {
			t.Fatalf("%d attempts", len(sent))
		}
		for i, header := range sent {
			want := http.Header{"Accept": {"application/json"}, "User-Agent": {"heygen-graphql"}, "X-Api-Key": {secret}}
			if i < 3 {
				want["X-Request-Id"] = []string{"request-1"}
			}
			if diff := cmp.Diff(want, header); diff != "" {
				t.Errorf("attempt %d: %s", i, diff)
			}
		}
	})
}

func TestOnlyValidRequestIDsAreSent(t *testing.T) {
	longest := strings.Repeat("a", 128)
	for id, valid := range map[string]bool{
		longest: true, "!~": true, "": false, longest + "a": false, "a b": false, "ä": false, "\xff": false, "a\r\nX-Api-Key: b": false, "a\x00": false,
	} {
		var sent []http.Header
		ctx := heygen.WithRequestID(heygen.WithRequestID(t.Context(), "before"), id)
		_, _ = newClient(t, headers(&sent, always(404, ""))).AvatarGroup(ctx, "g")
		if got, found := sent[0]["X-Request-Id"]; found != valid || valid && !slices.Equal(got, []string{id}) {
			t.Errorf("%q: sent %q", id, got)
		}
	}
}

type contextKey struct{}

func TestTracerSurroundsEveryAttempt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var sent []http.Header
		var events []string
		trace := func(o *heygen.Options) {
			o.Trace = func(ctx context.Context, call heygen.Call, header http.Header) func(heygen.Call) {
				events = append(events, fmt.Sprintf("start %d of %v with %v", call.Attempt, ctx.Value(contextKey{}), slices.Sorted(maps.Keys(header))))
				if call.Endpoint != oneGroup || call.Start.IsZero() || call.Status != 0 {
					t.Errorf("%+v", call)
				}
				header.Set("Traceparent", fmt.Sprint(call.Attempt))
				header.Set("X-Api-Key", "of the tracer")
				return func(call heygen.Call) {
					events = append(events, fmt.Sprintf("end %d: %d %s", call.Attempt, call.Status, call.Outcome()))
				}
			}
			o.Observe = func(_ context.Context, call heygen.Call) {
				events = append(events, fmt.Sprint("observe ", call.Attempt))
			}
		}
		ctx := heygen.WithRequestID(context.WithValue(t.Context(), contextKey{}, "a caller"), "request-1")
		client := newClient(t, headers(&sent, script(always(503, ""), always(200, "<html>")).RoundTrip), withRetries(2), trace)
		_, _ = client.AvatarGroup(ctx, "g")
		want := []string{
			"start 0 of a caller with [Accept User-Agent X-Request-Id]", "end 0: 503 " + heygen.ErrUnavailable.Error(), "observe 0",
			"start 1 of a caller with [Accept User-Agent X-Request-Id]", "end 1: 200 " + heygen.ErrInvalidResponse.Error(), "observe 1",
		}
		if diff := cmp.Diff(want, events); diff != "" {
			t.Error(diff)
		}
		for i, header := range sent {
			if header.Get("Traceparent") != fmt.Sprint(i) || header.Get("X-Api-Key") != secret {
				t.Errorf("attempt %d: %v", i, header)
			}
		}
	})
}

func TestTracerMayIgnoreAnAttempt(t *testing.T) {
	client := newClient(t, groupFound, func(o *heygen.Options) {
		o.Trace = func(context.Context, heygen.Call, http.Header) func(heygen.Call) { return nil }
	})
	if err := readGroup(t, client); err != nil {
		t.Error(err)
	}
}

// A call that outlives its caller is not part of the caller's request: it is neither
// canceled with it, nor does it have its values. Only the tracer finds them.
func TestCallHasThePriorityTheIDAndTheTraceOfItsCaller(t *testing.T) {
	var sent []http.Header
	var traced, inRequest []any
	transport := upstream(func(r *http.Request) (*http.Response, error) {
		sent = append(sent, r.Header)
		inRequest = append(inRequest, r.Context().Value(contextKey{}))
		return groupFound(r)
	})
	client := newClient(t, transport, func(o *heygen.Options) {
		o.Trace = func(ctx context.Context, _ heygen.Call, _ http.Header) func(heygen.Call) {
			traced = append(traced, ctx.Value(contextKey{}))
			return nil
		}
	})
	caller, cancel := context.WithCancel(heygen.WithRequestID(context.WithValue(t.Context(), contextKey{}, "a caller"), "request-1"))
	cancel()
	ctx := heygen.WithCaller(t.Context(), caller)
	for _, ctx := range []context.Context{ctx, heygen.WithCaller(t.Context(), ctx)} {
		if _, err := client.AvatarGroup(ctx, "g"); err != nil {
			t.Error(err)
		}
	}
	if want := []any{"a caller", "a caller"}; !slices.Equal(traced, want) {
		t.Errorf("traced: %v", traced)
	}
	if want := []any{nil, nil}; !slices.Equal(inRequest, want) {
		t.Errorf("values of the request: %v", inRequest)
	}
	for _, header := range sent {
		if header.Get("X-Request-Id") != "request-1" {
			t.Errorf("sent %v", header)
		}
	}
}
