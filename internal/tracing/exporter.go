package tracing

import (
	"context"

	"go.opentelemetry.io/otel/attribute"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"
)

// exporter removes from spans what must not leave the process. It logs failures, instead of
// returning them to the SDK.
type exporter struct {
	sdktrace.SpanExporter
	failures *failureLog
	aborted  context.Context // the SDK's context of an export does not end with Shutdown
}

// ExportSpans implements [sdktrace.SpanExporter].
func (e *exporter) ExportSpans(ctx context.Context, spans []sdktrace.ReadOnlySpan) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(e.aborted, cancel)()
	exported := make([]sdktrace.ReadOnlySpan, len(spans))
	for i, span := range spans {
		if span.SpanKind() == trace.SpanKindServer {
			span = serverSpan{span}
		}
		exported[i] = span
	}
	if err := e.SpanExporter.ExportSpans(ctx, exported); err != nil {
		e.failures.report(err)
	}
	return nil
}

// serverSpan is a span of otelhttp as it is exported: without its caller's addresses,
// Host, User-Agent and method, which are personal data or of any length, and without the
// message of a panic.
type serverSpan struct{ sdktrace.ReadOnlySpan }

// serverAttributes are the attributes of a serverSpan. It is a list of what is allowed, as
// otelhttp may add attributes.
var serverAttributes = map[attribute.Key]bool{
	"http.request.method": true, "http.route": true, "http.request.body.size": true,
	"http.response.status_code": true, "http.response.body.size": true,
	"network.protocol.version": true, "url.scheme": true,
}

// Attributes implements [sdktrace.ReadOnlySpan].
func (s serverSpan) Attributes() []attribute.KeyValue {
	var allowed []attribute.KeyValue
	for _, a := range s.ReadOnlySpan.Attributes() {
		if serverAttributes[a.Key] {
			allowed = append(allowed, a)
		}
	}
	return allowed
}

// Events implements [sdktrace.ReadOnlySpan].
func (serverSpan) Events() []sdktrace.Event { return nil }
