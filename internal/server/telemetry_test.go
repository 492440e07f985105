package server

import (
	"log/slog"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"heygen-graphql/graph"
)

func TestDisconnectsAndRejectionsAreNotSuccesses(t *testing.T) {
	telemetry := NewTelemetry(slog.New(slog.DiscardHandler), false, false)
	telemetry.Operation(graph.OperationRecord{Duration: time.Second})
	for _, status := range []int{401, 403, 421, 503} {
		telemetry.Operation(graph.OperationRecord{Status: status, Rejected: true, Code: "BAD_USER_INPUT", Errors: 1})
	}
	w := httptest.NewRecorder()
	telemetry.metrics.Handler().ServeHTTP(w, httptest.NewRequest("GET", "/metrics", nil))
	for _, line := range []string{
		`heygen_graphql_operations_total{code="CLIENT_CLOSED_REQUEST",status="OTHER"} 1`,
		`heygen_graphql_operation_duration_seconds_count{outcome="ok"} 0`,
		`heygen_graphql_requests_rejected_total{reason="token"} 1`,
		`heygen_graphql_requests_rejected_total{reason="origin"} 1`,
		`heygen_graphql_requests_rejected_total{reason="host"} 1`,
		`heygen_graphql_requests_rejected_total{reason="overloaded"} 1`,
		`heygen_graphql_operations_total{code="BAD_USER_INPUT",status="4xx"} 0`,
	} {
		if !strings.Contains(w.Body.String(), line+"\n") {
			t.Errorf("missing: %s", line)
		}
	}
}
