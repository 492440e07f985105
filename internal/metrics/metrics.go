// Package metrics counts what the server does, for Prometheus to fetch.
//
// It knows nothing of GraphQL or of HeyGen, and it is no place for free text: what
// a label may say is given beforehand, and all else is counted as OTHER. So there
// are as many series at the end as at the start, whatever callers send, and each
// is there, with a 0, from the first scrape on.
//
//	m := metrics.New(metrics.Options{Codes: codes, Endpoints: endpoints, State: state})
//	mux.Handle("GET /metrics", m.Handler())
//	m.Operation("", 200, 12*time.Millisecond, 40)
package metrics

import (
	"cmp"
	"log/slog"
	"slices"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
)

// Options are what labels may say, and where to look. The zero value works, and
// counts everything as [Other].
type Options struct {
	// Codes are the error codes of operations. Without an error it is [NoError].
	Codes []string
	// Rejections are the reasons why requests are refused before they are operations.
	Rejections []string
	// Endpoints are those of HeyGen's, such as GET /v3/avatars.
	Endpoints []string
	// Outcomes are what becomes of calls, that of a success among them.
	Outcomes []string
	// CacheResults are where answers come from, as the cache has it: kept, stale, shared, fetched.
	CacheResults []string
	// Snapshot is asked at each scrape, by several at once if there are several. nil:
	// its metrics are left out, as a 0 would not be true.
	Snapshot func() Snapshot
	// Logger hears of a State that panicked. nil: nobody does.
	Logger *slog.Logger
}

// What labels say besides what Options give.
const (
	Other   = "OTHER" // what Options do not name
	NoError = "OK"    // the code of an operation without an error
)

// Metrics are counted by any number of goroutines at once. Make them with [New].
type Metrics struct {
	registry *prometheus.Registry

	operations known[known[prometheus.Counter]] // by code and class of status
	succeeded  prometheus.Observer              // how long operations without errors took
	failed     prometheus.Observer              // and those with
	cost       prometheus.Observer
	refused    known[prometheus.Counter]
	calls      known[known[prometheus.Counter]] // by endpoint and outcome
	callTook   known[prometheus.Observer]       // by endpoint
	answers    known[known[prometheus.Counter]] // by endpoint and where from
}

// The upper bounds of what is counted together.
var (
	operationSeconds = []float64{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30}
	callSeconds      = []float64{0.05, 0.1, 0.2, 0.3, 0.5, 1, 2, 5, 10, 15} // HeyGen takes some 0.3 s, 99 % of reads less than 2 s
	costs            = []float64{1, 2, 5, 10, 20, 50, 100, 200, 500, 1000}
)

// New makes metrics of their own, which no other shares.
func New(o Options) *Metrics {
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	m := &Metrics{registry: prometheus.NewRegistry()}
	r := registrar{m.registry}
	m.operations = r.table("operations_total", "Operations that have been answered, by the code of their first error and the class of the HTTP status.",
		"code", append(slices.Clone(o.Codes), NoError), "status", classes)
	took := r.histograms("operation_duration_seconds", "Time from the start of an operation to its whole answer, by whether it had errors.", operationSeconds, "outcome")
	m.succeeded, m.failed = took("ok"), took("error")
	m.cost = r.histogram("operation_cost", "Cost of operations as it was estimated before they began, in the unit of the limit on it.", costs)
	m.refused = r.counters("requests_rejected_total", "Requests that were refused before they became operations, by reason.", "reason", o.Rejections)
	m.calls = r.table("upstream_requests_total", "Tries of calls to HeyGen, by endpoint and by what became of them.", "endpoint", o.Endpoints, "outcome", o.Outcomes)
	m.callTook = newKnown(o.Endpoints, r.histograms("upstream_request_duration_seconds", "Time that a try of a call to HeyGen took, however it ended.", callSeconds, "endpoint"))
	m.answers = r.table("cache_requests_total", "Answers that the cache gave, by endpoint and by where it had them from.", "endpoint", o.Endpoints, "result", o.CacheResults)
	if o.Snapshot != nil {
		m.registry.MustRegister(newScraped(o.Snapshot, o.Endpoints, o.Logger))
	}
	m.registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// Operation counts one that has been answered. code is that of its first error, empty
// if there is none; status that of the answer; took the whole time; cost what it
// was estimated to cost, 0 if it was refused before that was known.
func (m *Metrics) Operation(code string, status int, took time.Duration, cost int) {
	lasted := m.succeeded
	if code != "" {
		lasted = m.failed
	}
	m.operations.of(cmp.Or(code, NoError)).of(class(status)).Inc()
	lasted.Observe(took.Seconds())
	if cost > 0 {
		m.cost.Observe(float64(cost))
	}
}

// Rejected counts a request that did not become an operation.
func (m *Metrics) Rejected(why string) { m.refused.of(why).Inc() }

// UpstreamRequest counts one try of a call to HeyGen.
func (m *Metrics) UpstreamRequest(endpoint, outcome string, took time.Duration) {
	m.calls.of(endpoint).of(outcome).Inc()
	m.callTook.of(endpoint).Observe(took.Seconds())
}

// CacheRequest counts what the cache gave: what was kept, or had to be had from elsewhere.
func (m *Metrics) CacheRequest(endpoint, from string, times int) {
	m.answers.of(endpoint).of(from).Add(float64(times))
}
