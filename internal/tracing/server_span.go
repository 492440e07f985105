package tracing

import (
	"context"
	"net/http"

	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
	"go.opentelemetry.io/otel/metric/noop"
	"go.opentelemetry.io/otel/propagation"
)

// Handler returns a handler with a server span for each request, which continues the trace
// of the traceparent header. A nil Tracing returns next itself.
func (t *Tracing) Handler(next http.Handler) http.Handler {
	if t == nil {
		return next
	}
	return otelhttp.NewHandler(next, "",
		otelhttp.WithTracerProvider(t.provider), otelhttp.WithMeterProvider(noop.NewMeterProvider()), otelhttp.WithPropagators(traceparent{}),
		otelhttp.WithFilter(func(r *http.Request) bool { return r.Method != http.MethodOptions }), // a preflight
	)
}

// traceparent propagates W3C trace contexts without their tracestate: up to 16 KB of any
// text, which would be part of every span of the trace.
type traceparent struct{ propagation.TraceContext }

// Extract implements [propagation.TextMapPropagator].
func (t traceparent) Extract(ctx context.Context, carrier propagation.TextMapCarrier) context.Context {
	const name = "traceparent"
	return t.TraceContext.Extract(ctx, propagation.MapCarrier{name: carrier.Get(name)})
}
