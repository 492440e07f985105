package tracing

import (
	"context"

	"github.com/vektah/gqlparser/v2/ast"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"

	"heygen-graphql/graph"
)

// unnamedOperation is the span name of a request whose document is invalid or unknown, by
// OpenTelemetry's semantic conventions for GraphQL.
const unnamedOperation = "GraphQL Operation"

// Operations returns the hook of the operations' spans, for [graph.Options]. That of a nil
// Tracing is nil.
func (t *Tracing) Operations() func(context.Context) (context.Context, graph.OperationTrace) {
	if t == nil {
		return nil
	}
	return t.startOperation
}

func (t *Tracing) startOperation(ctx context.Context) (context.Context, graph.OperationTrace) {
	ctx, span := t.tracer.Start(ctx, unnamedOperation)
	spanContext := span.SpanContext()
	operation := graph.OperationTrace{ID: spanContext.TraceID().String(), Sampled: spanContext.IsSampled()}
	if !span.IsRecording() {
		return ctx, operation
	}
	operation.End = func(r graph.OperationRecord) {
		span.SetName(operationName(r))
		span.SetAttributes(operationAttributes(r)...)
		if r.Outcome() != "" {
			span.SetStatus(codes.Error, "")
		}
		span.End()
	}
	return ctx, operation
}

// operationName returns the name of an operation's span: its type, and its name.
func operationName(r graph.OperationRecord) string {
	switch {
	case r.DocumentHash == "":
		return unnamedOperation
	case r.Operation == "":
		return operationType(r)
	default:
		return operationType(r) + " " + r.Operation
	}
}

// operationType returns the type of an operation whose document is known.
func operationType(r graph.OperationRecord) string {
	if r.Subscription {
		return string(ast.Subscription)
	}
	return string(ast.Query)
}

func operationAttributes(r graph.OperationRecord) []attribute.KeyValue {
	attributes := make([]attribute.KeyValue, 0, 10)
	addString := func(key attribute.Key, value string) {
		if value != "" {
			attributes = append(attributes, key.String(value))
		}
	}
	if r.DocumentHash != "" {
		addString("graphql.operation.type", operationType(r))
	}
	addString("graphql.operation.name", r.Operation)
	addString("graphql.document.hash", r.DocumentHash)
	addString("heygen_graphql.client.name", r.Client)
	addString("heygen_graphql.client.version", r.ClientVersion)
	addString("error.type", r.Outcome())
	if r.Cost > 0 {
		attributes = append(attributes, attribute.Int("heygen_graphql.cost", r.Cost))
	}
	counts := map[attribute.Key]int{}
	for _, lookup := range r.CacheLookups {
		counts["heygen_graphql.cache."+attribute.Key(lookup.Result)] += lookup.Count
	}
	for key, count := range counts {
		attributes = append(attributes, key.Int(count))
	}
	return attributes
}
