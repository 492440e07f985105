package heygen_test

import (
	"context"
	"net/http"
	"slices"
	"testing"

	"heygen-graphql/heygen"
	"heygen-graphql/heygen/sandbox"
)

type traceKey struct{}

func TestTraceSurroundsEachAttempt(t *testing.T) {
	upstream := sandbox.New(sandbox.Options{})
	defer upstream.Close()
	upstream.QueueFaults(sandbox.InternalError)
	var events []string
	client, err := heygen.New(heygen.Options{BaseURL: "http://127.0.0.1", Retries: 1, Key: heygen.NewKey("k"), Transport: transportFunc(func(r *http.Request) (*http.Response, error) {
		events = append(events, "sent with "+r.Header.Get("Traceparent"))
		return upstream.Transport().RoundTrip(r)
	}), Trace: func(ctx context.Context, call heygen.Call, header http.Header) func(heygen.Call) {
		caller, _ := ctx.Value(traceKey{}).(string)
		header.Set("Traceparent", caller)
		return func(call heygen.Call) { events = append(events, call.Outcome()) }
	}})
	if err != nil {
		t.Fatal(err)
	}
	ctx := heygen.WithCaller(t.Context(), context.WithValue(t.Context(), traceKey{}, "the caller's"))
	if _, err := client.AvatarGroup(ctx, "group_monica"); err != nil {
		t.Fatal(err)
	}
	if want := []string{"sent with the caller's", "unavailable", "sent with the caller's", "ok"}; !slices.Equal(events, want) {
		t.Errorf("%q", events)
	}
}

type transportFunc func(*http.Request) (*http.Response, error)

func (f transportFunc) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }
