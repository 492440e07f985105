package tracing

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"

	"heygen-graphql/heygen"
)

// Attempts returns the hook of the spans of attempts, for [heygen.Options], of a client with
// this base URL. That of a nil Tracing is nil.
//
// The parent of a span is the operation that started the call: other operations that wait
// for it count it as coalesced. A background refresh has a trace of its own, as the
// operation that started it does not wait for it.
func (t *Tracing) Attempts(baseURL string) func(context.Context, heygen.Call, http.Header) func(heygen.Call) {
	if t == nil {
		return nil
	}
	server := serverAttributesOf(baseURL)
	return func(ctx context.Context, call heygen.Call, header http.Header) func(heygen.Call) {
		return t.startAttempt(ctx, call, header, server)
	}
}

func (t *Tracing) startAttempt(ctx context.Context, call heygen.Call, header http.Header, server []attribute.KeyValue) func(heygen.Call) {
	ctx, span := t.tracer.Start(ctx, call.Endpoint, trace.WithSpanKind(trace.SpanKindClient), trace.WithTimestamp(call.Start))
	propagation.TraceContext{}.Inject(ctx, propagation.HeaderCarrier(header))
	if !span.IsRecording() {
		return nil
	}
	span.SetAttributes(attribute.String("http.request.method", http.MethodGet))
	span.SetAttributes(server...)
	if call.Attempt > 0 {
		span.SetAttributes(attribute.Int("http.request.resend_count", call.Attempt))
	}
	return func(call heygen.Call) {
		span.SetAttributes(attribute.String("heygen_graphql.outcome", call.Outcome()))
		if call.Status != 0 {
			span.SetAttributes(attribute.Int("http.response.status_code", call.Status))
		}
		if call.Err != nil {
			span.SetAttributes(attribute.String("error.type", call.Outcome()))
			span.SetStatus(codes.Error, "")
		}
		span.End(trace.WithTimestamp(call.Start.Add(call.Duration)))
	}
}

// serverAttributesOf returns the attributes of a server: its host, and its port if the URL
// has one.
func serverAttributesOf(baseURL string) []attribute.KeyValue {
	u, err := url.Parse(baseURL)
	if err != nil { // heygen.New rejects it
		return nil
	}
	attributes := []attribute.KeyValue{attribute.String("server.address", u.Hostname())}
	if port, err := strconv.Atoi(u.Port()); err == nil {
		attributes = append(attributes, attribute.Int("server.port", port))
	}
	return attributes
}
