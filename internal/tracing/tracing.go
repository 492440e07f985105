// Package tracing exports OpenTelemetry traces over OTLP/HTTP: a server span for a request,
// an internal span for its GraphQL operation, and a client span for each attempt of a call
// to HeyGen. It is configured by OpenTelemetry's standard variables, OTEL_*.
//
// Spans have no variables, ids, keys, addresses, or URLs with ids. A nil [Tracing] is
// valid, and traces nothing at no cost.
//
//	traces, err := tracing.Setup(ctx, os.Getenv, version, logger)
//	defer traces.Shutdown()
//	mux.Handle("/graphql", traces.Handler(api))
package tracing

import (
	"context"
	"log/slog"
	"time"

	"github.com/go-logr/logr"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace"
	"go.opentelemetry.io/otel/sdk/resource"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"
)

// serviceName is the default of OTEL_SERVICE_NAME.
const serviceName = "heygen-graphql"

// shutdownTimeout bounds the export of the last spans.
const shutdownTimeout = 5 * time.Second

// Tracing creates and exports spans. Create it with [Setup].
type Tracing struct {
	provider        *sdktrace.TracerProvider
	tracer          trace.Tracer
	abort           context.CancelFunc // ends exports in flight
	shutdownTimeout time.Duration
}

// Setup starts the export of traces, if the environment enables it: OTEL_TRACES_EXPORTER is
// otlp, or there is an endpoint. Otherwise it returns nil. Its error is one line that names
// the variable.
//
// Setup checks every variable with getenv, as the SDK ignores invalid values. Those of the
// receiver it reads itself, the others the SDK reads, from the environment of the process.
func Setup(ctx context.Context, getenv func(string) string, version string, log *slog.Logger) (*Tracing, error) {
	on, err := enabled(getenv)
	if err != nil || !on {
		return nil, err
	}
	if err := check(getenv); err != nil {
		return nil, err
	}
	attributes, err := resource.New(ctx,
		resource.WithAttributes(attribute.String("service.name", serviceName), attribute.String("service.version", version)),
		resource.WithTelemetrySDK(), resource.WithFromEnv())
	if err != nil {
		return nil, invalid("OTEL_RESOURCE_ATTRIBUTES", mustBeAttributes)
	}
	client, err := otlptrace.New(ctx, newOTLPClient(getenv))
	if err != nil {
		return nil, err
	}
	failures := &failureLog{log: log}
	failures.sampler.Every = time.Minute
	otel.SetErrorHandler(otel.ErrorHandlerFunc(failures.report))
	otel.SetLogger(logr.Discard()) // its messages have the values of variables
	aborted, abort := context.WithCancel(context.Background())
	provider := sdktrace.NewTracerProvider(sdktrace.WithResource(attributes), sdktrace.WithBatcher(&exporter{client, failures, aborted}))
	return &Tracing{provider: provider, tracer: provider.Tracer(serviceName), abort: abort, shutdownTimeout: shutdownTimeout}, nil
}

// Shutdown exports the spans that have ended, for at most 5 s. Call it after the last
// request.
func (t *Tracing) Shutdown() {
	if t == nil {
		return
	}
	defer t.abort()
	ctx, cancel := context.WithTimeout(context.Background(), t.shutdownTimeout)
	defer cancel()
	_ = t.provider.Shutdown(ctx) // the exporter has logged why
}
