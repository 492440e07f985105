package tracing_test

import (
	"bytes"
	"encoding/hex"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	otlp "go.opentelemetry.io/proto/otlp/trace/v1"

	"heygen-graphql/heygen/sandbox"
)

func TestAttemptsAreChildrenOfTheirOperation(t *testing.T) {
	r := newReceiver(t)
	synctest.Test(t, func(t *testing.T) {
		s := newStack(t, sandbox.Options{})
		s.upstream.QueueFaults(sandbox.InternalError)
		if body := s.query(t, monicaQuery, "GraphQL-Client-Name", "web", "GraphQL-Client-Version", "1.2"); body != monicaResponse {
			t.Error(body)
		}
		s.stop()
		server, operation, attempts := r.only(t, "POST /graphql"), r.only(t, "query ForAVideo"), r.named(getGroup)
		if len(attempts) != 2 {
			t.Fatal(r.names())
		}
		if len(server.ParentSpanId) != 0 || server.Kind != otlp.Span_SPAN_KIND_SERVER || !bytes.Equal(operation.ParentSpanId, server.SpanId) || operation.Kind != otlp.Span_SPAN_KIND_INTERNAL {
			t.Errorf("%v\n%v", server, operation)
		}
		want := []map[string]any{
			{"http.request.method": "GET", "server.address": "127.0.0.1", "server.port": int64(8443), "http.response.status_code": int64(500), "heygen_graphql.outcome": "unavailable", "error.type": "unavailable"},
			{"http.request.method": "GET", "server.address": "127.0.0.1", "server.port": int64(8443), "http.response.status_code": int64(200), "heygen_graphql.outcome": "ok", "http.request.resend_count": int64(1)},
		}
		for i, attempt := range attempts {
			if !bytes.Equal(attempt.ParentSpanId, operation.SpanId) || !bytes.Equal(attempt.TraceId, server.TraceId) || attempt.Kind != otlp.Span_SPAN_KIND_CLIENT {
				t.Errorf("attempt %d: %v", i, attempt)
			}
			if diff := cmp.Diff(want[i], attributes(attempt.Attributes)); diff != "" {
				t.Errorf("attempt %d: %s", i, diff)
			}
			if sent := s.headers.headers[i].Values("Traceparent"); len(sent) != 1 || sent[0] != traceparent(attempt) {
				t.Errorf("attempt %d sends %q", i, sent)
			}
		}
		got := attributes(operation.Attributes)
		delete(got, "graphql.document.hash")
		if diff := cmp.Diff(map[string]any{"graphql.operation.type": "query", "graphql.operation.name": "ForAVideo", "heygen_graphql.client.name": "web", "heygen_graphql.client.version": "1.2", "heygen_graphql.cost": int64(1), "heygen_graphql.cache.miss": int64(1)}, got); diff != "" {
			t.Error(diff)
		}
		wantServer := map[string]any{
			"http.request.method": "POST", "http.route": "/graphql", "url.scheme": "http", "network.protocol.version": "1.1",
			"http.request.body.size": int64(len(monicaQuery)), "http.response.body.size": int64(len(monicaResponse)), "http.response.status_code": int64(200),
		}
		if diff := cmp.Diff(wantServer, attributes(server.Attributes)); diff != "" {
			t.Error(diff)
		}
		resource := attributes(r.resource)
		if resource["service.name"] != "heygen-graphql" || resource["service.version"] != "v1.2.3" {
			t.Error(resource)
		}
	})
}

func TestCoalescedOperationHasNoAttempt(t *testing.T) {
	r := newReceiver(t)
	synctest.Test(t, func(t *testing.T) {
		s := newStack(t, sandbox.Options{Latency: time.Second})
		var operations sync.WaitGroup
		for _, query := range []string{`{"query":"query First { avatarGroup(id: \"group_monica\") { name } }"}`, `{"query":"query Second { avatarGroup(id: \"group_monica\") { gender } }"}`} {
			operations.Go(func() { s.query(t, query) })
			synctest.Wait() // until it waits for the response
		}
		operations.Wait()
		s.stop()
		first, second := r.only(t, "query First"), r.only(t, "query Second")
		if attempt := r.only(t, getGroup); !bytes.Equal(attempt.ParentSpanId, first.SpanId) {
			t.Errorf("the attempt's parent is not the operation that started it: %v", attempt)
		}
		if got := attributes(second.Attributes); got["heygen_graphql.cache.coalesced"] != int64(1) || bytes.Equal(first.TraceId, second.TraceId) {
			t.Error(got)
		}
	})
}

func TestBackgroundRefreshHasATraceOfItsOwn(t *testing.T) {
	r := newReceiver(t)
	synctest.Test(t, func(t *testing.T) {
		s := newStack(t, sandbox.Options{})
		s.query(t, monicaQuery)
		<-time.After(2 * time.Minute) // the entry is stale
		s.query(t, monicaQuery)
		synctest.Wait()
		s.stop()
		attempts := r.named(getGroup)
		if len(attempts) != 2 || len(attempts[0].ParentSpanId) == 0 || len(attempts[1].ParentSpanId) != 0 || bytes.Equal(attempts[0].TraceId, attempts[1].TraceId) {
			t.Error(attempts)
		}
	})
}

const remoteTrace = "0af7651916cd43dd8448eb211c80319c"

func TestIncomingTraceIsContinued(t *testing.T) {
	r := newReceiver(t)
	synctest.Test(t, func(t *testing.T) {
		s := newStack(t, sandbox.Options{})
		s.query(t, monicaQuery, "Traceparent", "00-"+remoteTrace+"-b7ad6b7169203331-01", "Tracestate", "vendor=secret-of-the-caller")
		s.stop()
		server := r.only(t, "POST /graphql")
		if hex.EncodeToString(server.TraceId) != remoteTrace || hex.EncodeToString(server.ParentSpanId) != "b7ad6b7169203331" {
			t.Error(server)
		}
		if sent := s.headers.headers[0]; sent.Get("Traceparent") != traceparent(r.only(t, getGroup)) || sent.Get("Tracestate") != "" {
			t.Error(sent)
		}
		if strings.Contains(r.bytes.String(), "secret-of-the-caller") {
			t.Error("the exported bytes contain the caller's tracestate")
		}
		if !strings.Contains(s.log.String(), "trace_id="+remoteTrace) {
			t.Error(s.log.String())
		}
	})
}

func TestUnsampledTraceIsContinuedAndNotExported(t *testing.T) {
	r := newReceiver(t)
	synctest.Test(t, func(t *testing.T) {
		s := newStack(t, sandbox.Options{})
		s.query(t, monicaQuery, "Traceparent", "00-"+remoteTrace+"-b7ad6b7169203331-00")
		s.stop()
		if len(r.names()) != 0 {
			t.Error(r.names())
		}
		if sent := s.headers.headers[0].Get("Traceparent"); !strings.HasPrefix(sent, "00-"+remoteTrace) || !strings.HasSuffix(sent, "-00") {
			t.Errorf("%q", sent)
		}
		if !strings.Contains(s.log.String(), "trace_id="+remoteTrace) {
			t.Error(s.log.String())
		}
	})
}

// The span of a subscription ends with its stream.
func TestSubscriptionsHaveASpan(t *testing.T) {
	r := newReceiver(t)
	synctest.Test(t, func(t *testing.T) {
		s := newStack(t, sandbox.Options{})
		body := s.query(t, `{"query":"subscription Training { avatarGroupChanged(id: \"group_monica\") { name } }"}`, "Accept", "text/event-stream")
		s.stop()
		span := r.only(t, "subscription Training")
		if got := attributes(span.Attributes); got["graphql.operation.type"] != "subscription" || !strings.Contains(body, "event: complete") {
			t.Errorf("%v, %s", got, body)
		}
	})
}

func TestFailedOperationHasAnErrorType(t *testing.T) {
	r := newReceiver(t)
	synctest.Test(t, func(t *testing.T) {
		s := newStack(t, sandbox.Options{})
		s.upstream.QueueFaults(sandbox.PaymentRequired)
		s.query(t, monicaQuery)
		s.query(t, `{"query":"{ nothing }"}`)
		s.query(t, `{"query":"{ __typename }"}`)
		s.stop()
		for name, want := range map[string]any{"query ForAVideo": "PAYMENT_REQUIRED", "GraphQL Operation": "GRAPHQL_VALIDATION_FAILED", "query": nil} {
			span := r.only(t, name)
			if got := attributes(span.Attributes)["error.type"]; got != want || (want != nil) != (span.Status.GetCode() == otlp.Status_STATUS_CODE_ERROR) {
				t.Errorf("%s: %v, %v", name, got, span.Status)
			}
		}
	})
}

func TestSpansHaveNothingOfCallers(t *testing.T) {
	r := newReceiver(t)
	synctest.Test(t, func(t *testing.T) {
		s := newStack(t, sandbox.Options{})
		s.query(t, monicaQuery, "X-Api-Key", "sk_V2_of_a_caller", "Authorization", "Bearer token-of-a-caller", "User-Agent", "agent-of-a-caller",
			"X-Forwarded-For", "203.0.113.9", "X-Request-Id", "request-of-a-caller", "Cookie", "cookie-of-a-caller", "Baggage", "baggage=of-a-caller", "Referer", "https://referer.example")
		s.query(t, `{"query":"{ avatarGroup(id: \"id-that-is-missing\") { name } }"}`, "Host", "host.example")
		s.query(t, `{"query":"{ avatarLooks(first: 3, groupId: \"group_monica\") { nodes { id } } }"}`)
		s.stop()
		if len(r.names()) < 9 {
			t.Error(r.names())
		}
		exported := r.bytes.String()
		for _, leak := range []string{
			upstreamKey, "sk_V2", "of-a-caller", "of_a_caller", "203.0.113.9", "192.0.2.1", "example", "group_monica", "id-that-is-missing", "Monica", "avatarGroup", "?limit", "limit=", "192.0.2.1:1234",
		} {
			if strings.Contains(exported, leak) {
				t.Errorf("the exported bytes contain %q", leak)
			}
		}
	})
}
