package server

import (
	"context"
	"log/slog"
	"maps"
	"net/http"
	"slices"
	"sync/atomic"
	"time"

	"heygen-graphql/graph"
	"heygen-graphql/graph/errcode"
	"heygen-graphql/heygen"
	"heygen-graphql/heygen/cached"
	"heygen-graphql/internal/cache"
	"heygen-graphql/internal/metrics"
	"heygen-graphql/internal/poll"
	"heygen-graphql/internal/redisstore"
	"heygen-graphql/internal/webhook"
)

// rejectionReasons maps the HTTP status of a request that was rejected before it became
// an operation to the label of its reason.
var rejectionReasons = map[int]string{
	http.StatusUnauthorized: "token", http.StatusForbidden: "origin", http.StatusMisdirectedRequest: "host", http.StatusServiceUnavailable: "overloaded",
	http.StatusTooManyRequests: "rate_limit",
}

// reasonNoKeys is the reason for rejecting tokens that cannot be verified, as the keys of
// the identity provider are not known. Its status is that of an overload.
const reasonNoKeys = "jwks"

func rejectionReason(r graph.OperationRecord) string {
	if r.Code == errcode.UpstreamUnavailable {
		return reasonNoKeys
	}
	return rejectionReasons[r.Status]
}

// Telemetry turns the records of operations and of calls to HeyGen into metrics.
type Telemetry struct {
	metrics  *metrics.Metrics
	snapshot atomic.Pointer[func() metrics.Snapshot]
}

// NewTelemetry returns a Telemetry without state. Call [Telemetry.CollectFrom] before
// the first scrape. exemplars serves the ids of traces in /metrics; withRedis, the metrics
// of Redis.
func NewTelemetry(log *slog.Logger, exemplars, withRedis bool) *Telemetry {
	t := &Telemetry{}
	var redisOperations []string
	if withRedis {
		redisOperations = redisstore.Operations()
	}
	t.metrics = metrics.New(metrics.Options{
		RedisOperations: redisOperations, RedisOutcomes: redisstore.Outcomes(),
		Codes: graph.OperationOutcomes(), Endpoints: heygen.Endpoints(), Outcomes: heygen.Outcomes(), CacheResults: cache.Results(),
		Catalogues: cached.UnfilteredLists(), CatalogueLists: cached.CatalogueLists(), CatalogueOutcomes: cached.CatalogueOutcomes(), Rejections: append(slices.Sorted(maps.Values(rejectionReasons)), reasonNoKeys), Logger: log, OpenMetrics: exemplars,
		StreamTransports: graph.StreamTransports(), StreamReasons: graph.StreamReasons(), PollOutcomes: poll.Outcomes(), WebhookOutcomes: webhook.Outcomes(),
		Snapshot: func() metrics.Snapshot { return (*t.snapshot.Load())() },
	})
	return t
}

// CollectFrom sets what every scrape reads: the state of the client and of the API.
func (t *Telemetry) CollectFrom(client *cached.Client, api *graph.Handler, redis *Redis) {
	snapshot := func() metrics.Snapshot {
		s := metrics.Snapshot{Operations: api.InFlight(), CacheBytes: client.Size(), OpenBreakers: map[string]int{}, Catalogues: map[string]metrics.Catalogue{}, RedisUp: redis.Up(), Pollers: client.Polls().Pollers}
		s.Streams, s.Subscribers = api.Streams()
		for list, stats := range client.Catalogues() {
			s.Catalogues[list] = metrics.Catalogue(stats)
		}
		for _, credential := range client.Stats() {
			s.Credentials++
			s.UpstreamInFlight += credential.InFlight
			s.UpstreamQueued += credential.Queued
			if credential.BackoffFor > 0 {
				s.RateLimited++
			}
			for _, endpoint := range credential.OpenBreakers {
				s.OpenBreakers[endpoint]++
			}
		}
		return s
	}
	t.snapshot.Store(&snapshot)
}

// UpstreamCall counts one attempt of a call to HeyGen.
func (t *Telemetry) UpstreamCall(_ context.Context, call heygen.Call) {
	t.metrics.UpstreamRequest(call.Endpoint, call.Outcome(), call.Duration)
}

// RedisRequest counts a pipeline of commands for Redis.
func (t *Telemetry) RedisRequest(operation, outcome string, d time.Duration) {
	t.metrics.RedisRequest(operation, outcome, d)
}

// CatalogueWalk counts one time that a whole list of HeyGen was read.
func (t *Telemetry) CatalogueWalk(walk cached.CatalogueWalk) {
	t.metrics.CatalogueWalk(walk.List, walk.Outcome, walk.Duration)
}

// StreamEnded counts the end of an event stream or a WebSocket.
func (t *Telemetry) StreamEnded(transport, reason string) { t.metrics.StreamEnded(transport, reason) }

// Poll counts one time that a watched avatar was looked at.
func (t *Telemetry) Poll(outcome string) { t.metrics.Poll(outcome) }

// WebhookEvent counts a delivery of HeyGen's webhooks.
func (t *Telemetry) WebhookEvent(outcome string) { t.metrics.WebhookEvent(outcome) }

// Operation counts a response: an operation or a rejected request.
func (t *Telemetry) Operation(r graph.OperationRecord) {
	if r.Rejected {
		t.metrics.Rejected(rejectionReason(r))
		return
	}
	traceID := ""
	if r.Sampled {
		traceID = r.TraceID
	}
	t.metrics.Operation(r.Outcome(), r.Status, r.Duration, r.Cost, traceID)
	t.metrics.OperationOfClient(r.Client)
	if r.Untrusted {
		t.metrics.UntrustedDocument(r.Client)
	}
	for _, lookup := range r.CacheLookups {
		t.metrics.CacheRequest(lookup.Endpoint, string(lookup.Result), lookup.Count)
	}
}
