package tracing_test

import (
	"bytes"
	"encoding/hex"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"

	common "go.opentelemetry.io/proto/otlp/common/v1"
	otlp "go.opentelemetry.io/proto/otlp/trace/v1"
	"google.golang.org/protobuf/proto"
)

// receiver is an OTLP/HTTP receiver on loopback.
type receiver struct {
	*httptest.Server
	mu       sync.Mutex
	bytes    bytes.Buffer // of all requests
	spans    []*otlp.Span
	resource []*common.KeyValue
}

// newReceiver starts a receiver and makes it the endpoint of the environment.
func newReceiver(t testing.TB) *receiver {
	r := &receiver{}
	r.Server = httptest.NewUnstartedServer(r)
	r.Config.SetKeepAlivesEnabled(false) // a synctest bubble waits for the goroutines of its connections
	r.Start()
	t.Cleanup(r.Close)
	t.Setenv("OTEL_EXPORTER_OTLP_ENDPOINT", r.URL)
	return r
}

func (r *receiver) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	body, _ := io.ReadAll(req.Body)
	export := &otlp.TracesData{} // encoded as ExportTraceServiceRequest
	if err := proto.Unmarshal(body, export); err != nil || req.URL.Path != "/v1/traces" {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.bytes.Write(body)
	for _, resource := range export.ResourceSpans {
		r.resource = resource.Resource.Attributes
		for _, scope := range resource.ScopeSpans {
			r.spans = append(r.spans, scope.Spans...)
		}
	}
	w.Header().Set("Content-Type", "application/x-protobuf")
}

// named returns the spans of this name, in the order in which they started.
func (r *receiver) named(name string) (named []*otlp.Span) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, span := range r.spans {
		if span.Name == name {
			named = append(named, span)
		}
	}
	return named
}

// only returns the span of this name, of which there must be one.
func (r *receiver) only(t testing.TB, name string) *otlp.Span {
	t.Helper()
	named := r.named(name)
	if len(named) != 1 {
		t.Fatalf("%d spans are named %s, of %v", len(named), name, r.names())
	}
	return named[0]
}

func (r *receiver) names() (names []string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, span := range r.spans {
		names = append(names, span.Name)
	}
	return names
}

// attributes returns attributes as strings and integers.
func attributes(list []*common.KeyValue) map[string]any {
	values := map[string]any{}
	for _, a := range list {
		switch v := a.Value.Value.(type) {
		case *common.AnyValue_StringValue:
			values[a.Key] = v.StringValue
		case *common.AnyValue_IntValue:
			values[a.Key] = v.IntValue
		default:
			values[a.Key] = a.Value.String()
		}
	}
	return values
}

// traceparent returns the header that a sampled span sends.
func traceparent(span *otlp.Span) string {
	return "00-" + hex.EncodeToString(span.TraceId) + "-" + hex.EncodeToString(span.SpanId) + "-01"
}
