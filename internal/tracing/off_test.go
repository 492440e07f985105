package tracing_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"

	"heygen-graphql/graph"
	"heygen-graphql/heygen/sandbox"
	"heygen-graphql/internal/tracing"
)

var record = graph.OperationRecord{Operation: "ForAVideo", DocumentHash: "00ff", Status: 200}

func TestWithoutTracesNothingIsWrapped(t *testing.T) {
	var off *tracing.Tracing
	handler := http.NewServeMux()
	if off.Handler(handler) != http.Handler(handler) || off.Operations() != nil || off.Attempts("https://api.heygen.com") != nil {
		t.Error("there is a hook")
	}
	off.Shutdown()
}

const cachedTarget = "/graphql?query={avatarGroup(id:%22group_monica%22){name}}"

// discard is a response writer without a body.
type discard struct{ header http.Header }

func (d discard) Header() http.Header       { return d.header }
func (discard) Write(p []byte) (int, error) { return len(p), nil }
func (discard) WriteHeader(int)             {}

// serveCached returns a function that serves a cached response.
func serveCached(s http.Handler) func() {
	r := httptest.NewRequest("GET", cachedTarget, nil)
	serve := func() { s.ServeHTTP(discard{http.Header{}}, r) }
	serve()
	serve()
	return serve
}

// Two handlers differ in the hook of an operation only. Without one, a request
// allocates no more than with a hook that does nothing.
func TestCachedResponseAllocatesNothingForTraces(t *testing.T) {
	upstream := newStack(t, sandbox.Options{})
	defer upstream.stop()
	if upstream.tracing != nil {
		t.Fatal("the environment enables traces")
	}
	hooked := graph.NewHandler(graph.Options{HeyGen: upstream.cached, StartTrace: func(ctx context.Context) (context.Context, graph.OperationTrace) {
		return ctx, graph.OperationTrace{}
	}})
	plain := graph.NewHandler(graph.Options{HeyGen: upstream.cached})
	without, with := testing.AllocsPerRun(200, serveCached(plain)), testing.AllocsPerRun(200, serveCached(hooked))
	if without != with {
		t.Errorf("%v allocations without a hook, %v with one", without, with)
	}
}

// BenchmarkCachedResponse serves a cached response without traces, in a trace that is not
// sampled, and in one that is.
func BenchmarkCachedResponse(b *testing.B) {
	for _, sampler := range []string{"off", "always_off", "always_on"} {
		b.Run(sampler, func(b *testing.B) {
			if sampler != "off" {
				newReceiver(b)
				b.Setenv("OTEL_TRACES_SAMPLER", sampler)
			}
			s := newStack(b, sandbox.Options{})
			defer s.stop()
			serve := serveCached(s)
			b.ReportAllocs()
			for b.Loop() {
				serve()
			}
		})
	}
}
