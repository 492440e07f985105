// Package metrics counts what the server does, for Prometheus to scrape.
//
// It knows neither GraphQL nor HeyGen, and labels never contain arbitrary strings:
// the values of a label are fixed at the start, and every other value counts as
// OTHER. Only the names of clients are not known before: the first 50 are labels. So the
// number of series is bounded, whatever callers send, and every other series exists, with
// value 0, from the first scrape on.
//
//	m := metrics.New(metrics.Options{Codes: codes, Endpoints: endpoints, Snapshot: snapshot})
//	mux.Handle("GET /metrics", m.Handler())
//	m.Operation("", 200, 12*time.Millisecond, 40, traceID)
package metrics

import (
	"cmp"
	"log/slog"
	"slices"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
)

// Options define the label values and the source of the gauges. The zero value
// works, and counts everything as [Other].
type Options struct {
	// Codes are the error codes of operations. An operation without an error has [NoError].
	Codes []string
	// Rejections are the reasons for rejecting requests before they become operations.
	Rejections []string
	// Endpoints are HeyGen's, such as GET /v3/avatars.
	Endpoints []string
	// Outcomes are the outcomes of upstream requests, success included.
	Outcomes []string
	// CacheResults are the cache's results, such as hit and miss.
	CacheResults []string
	// Catalogues are the lists of HeyGen whose catalogue has a size and an age.
	Catalogues []string
	// CatalogueLists are all lists that have catalogues.
	CatalogueLists []string
	// CatalogueOutcomes are the outcomes of reading a list, success included.
	CatalogueOutcomes []string
	// RedisOperations and RedisOutcomes are the operations of Redis and their outcomes. Nil:
	// there is no Redis, and it has no series.
	RedisOperations, RedisOutcomes []string
	// StreamTransports are the ways in which live updates are sent, and StreamReasons the
	// reasons for which a stream ends.
	StreamTransports, StreamReasons []string
	// PollOutcomes are the outcomes of polls, WebhookOutcomes those of webhooks.
	PollOutcomes, WebhookOutcomes []string
	// Snapshot is called once a scrape, concurrently if scrapes are. Nil: its metrics
	// are omitted, as 0 would be wrong.
	Snapshot func() Snapshot
	// OpenMetrics serves the OpenMetrics format, the only one with exemplars, to scrapers that
	// accept it.
	OpenMetrics bool
	// Logger receives an error if Snapshot panics. Nil: nothing is logged.
	Logger *slog.Logger
}

// Label values besides those of Options.
const (
	Other   = "OTHER" // any value that is not in Options
	NoError = "OK"    // the code of an operation without an error
)

// Metrics is safe for concurrent use. Create it with [New].
type Metrics struct {
	registry    *prometheus.Registry
	openMetrics bool

	operations       labelSet[labelSet[prometheus.Counter]] // by code and status class
	durationOK       prometheus.Observer                    // of operations without errors
	durationError    prometheus.Observer                    // of operations with errors
	cost             prometheus.Observer
	rejected         labelSet[prometheus.Counter]
	upstreamRequests labelSet[labelSet[prometheus.Counter]] // by endpoint and outcome
	upstreamDuration labelSet[prometheus.Observer]          // by endpoint
	cacheRequests    labelSet[labelSet[prometheus.Counter]] // by endpoint and result
	catalogueWalks   labelSet[labelSet[prometheus.Counter]] // by list and outcome
	walkDuration     labelSet[prometheus.Observer]          // by list
	redis            redisSeries
	live             liveSeries
	clients          *clientSet
}

// Upper bounds of the histograms' buckets.
var (
	operationBuckets = []float64{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30}
	upstreamBuckets  = []float64{0.05, 0.1, 0.2, 0.3, 0.5, 1, 2, 5, 10, 15} // HeyGen takes some 0.3 s, 99 % of reads less than 2 s
	walkBuckets      = []float64{0.1, 0.5, 1, 2.5, 5, 10, 20, 30, 60, 120}  // a page takes some 0.6 s, a list has one to a hundred
	costBuckets      = []float64{1, 2, 5, 10, 20, 50, 100, 200, 500, 1000}
)

// New creates metrics in a registry of their own.
func New(o Options) *Metrics {
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	m := &Metrics{registry: prometheus.NewRegistry(), openMetrics: o.OpenMetrics}
	r := registrar{m.registry}
	m.operations = r.counterVec2("operations_total", "Total number of operations, by code of the first error and class of the HTTP status.",
		"code", append(slices.Clone(o.Codes), NoError), "status", statusClasses)
	duration := r.histogramVec("operation_duration_seconds", "Duration of operations until the response is complete, by whether it has errors.", operationBuckets, "outcome")
	m.durationOK, m.durationError = duration("ok"), duration("error")
	m.cost = r.histogram("operation_cost", "Cost of operations as estimated before execution, in the unit of the cost limit.", costBuckets)
	m.rejected = r.counterVec("requests_rejected_total", "Total number of requests rejected before they became operations, by reason.", "reason", o.Rejections)
	m.upstreamRequests = r.counterVec2("upstream_requests_total", "Total number of attempts of requests to HeyGen, by endpoint and outcome.", "endpoint", o.Endpoints, "outcome", o.Outcomes)
	m.upstreamDuration = newLabelSet(o.Endpoints, r.histogramVec("upstream_request_duration_seconds", "Duration of attempts of requests to HeyGen, failed ones included, by endpoint.", upstreamBuckets, "endpoint"))
	m.cacheRequests = r.counterVec2("cache_requests_total", "Total number of requests to the cache, by endpoint and result.", "endpoint", o.Endpoints, "result", o.CacheResults)
	m.catalogueWalks = r.counterVec2("catalogue_walks_total", "Total number of times that a whole list of HeyGen was read, by list and outcome.", "list", o.CatalogueLists, "outcome", o.CatalogueOutcomes)
	m.walkDuration = newLabelSet(o.CatalogueLists, r.histogramVec("catalogue_walk_duration_seconds", "Duration of reading a whole list of HeyGen, failed attempts included, by list.", walkBuckets, "list"))
	m.clients = newClientSet(r)
	m.live = newLiveSeries(r, o)
	if o.RedisOperations != nil {
		m.redis = newRedisSeries(r, o.RedisOperations, o.RedisOutcomes)
	}
	if o.Snapshot != nil {
		m.registry.MustRegister(newCollector(o))
	}
	m.registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// Operation counts a completed operation: the code of its first error, or "", the
// status of its response, its duration, and its estimated cost, or 0 if it was
// rejected before the estimate. The id of its trace, unless it is "", becomes the exemplar of
// its duration.
func (m *Metrics) Operation(code string, status int, duration time.Duration, cost int, traceID string) {
	durations := m.durationOK
	if code != "" {
		durations = m.durationError
	}
	m.operations.get(cmp.Or(code, NoError)).get(statusClass(status)).Inc()
	if exemplars, ok := durations.(prometheus.ExemplarObserver); ok && traceID != "" {
		exemplars.ObserveWithExemplar(duration.Seconds(), prometheus.Labels{"trace_id": traceID})
	} else {
		durations.Observe(duration.Seconds())
	}
	if cost > 0 {
		m.cost.Observe(float64(cost))
	}
}

// Rejected counts a request that did not become an operation.
func (m *Metrics) Rejected(reason string) { m.rejected.get(reason).Inc() }

// UpstreamRequest counts one attempt of a request to HeyGen.
func (m *Metrics) UpstreamRequest(endpoint, outcome string, duration time.Duration) {
	m.upstreamRequests.get(endpoint).get(outcome).Inc()
	m.upstreamDuration.get(endpoint).Observe(duration.Seconds())
}

// CacheRequest counts requests to the cache that had the same result.
func (m *Metrics) CacheRequest(endpoint, result string, count int) {
	m.cacheRequests.get(endpoint).get(result).Add(float64(count))
}

// CatalogueWalk counts one time that a whole list was read, or an attempt that failed.
func (m *Metrics) CatalogueWalk(list, outcome string, duration time.Duration) {
	m.catalogueWalks.get(list).get(outcome).Inc()
	m.walkDuration.get(list).Observe(duration.Seconds())
}
