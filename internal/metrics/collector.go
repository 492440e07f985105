package metrics

import (
	"fmt"
	"log/slog"

	"github.com/prometheus/client_golang/prometheus"
)

// Snapshot is how things stand at one moment.
type Snapshot struct {
	Operations       int            // under way
	CacheBytes       int64          // kept
	UpstreamInFlight int            // to HeyGen
	UpstreamQueued   int            // for their turn
	Credentials      int            // that calls are made with
	RateLimited      int            // credentials that HeyGen asked to pause
	OpenBreakers     map[string]int // by endpoint: of how many credentials it is not asked as it keeps failing
}

// scraped asks for the state once a scrape, so that its figures fit each other.
type scraped struct {
	state     func() Snapshot
	log       *slog.Logger
	gauges    []gauge
	breakers  *prometheus.Desc
	endpoints known[int] // where the counts of an endpoint are added up
	names     []string
}

type gauge struct {
	desc  *prometheus.Desc
	value func(Snapshot) float64
}

func newScraped(state func() Snapshot, endpoints []string, log *slog.Logger) *scraped {
	s := &scraped{state: state, log: log}
	for _, g := range []struct {
		name, help string
		value      func(Snapshot) float64
	}{
		{"operations_in_flight", "Operations under way now.", func(s Snapshot) float64 { return float64(s.Operations) }},
		{"cache_bytes", "Bytes of HeyGen's answers that are kept now, by the cache's own measure.", func(s Snapshot) float64 { return float64(s.CacheBytes) }},
		{"upstream_requests_in_flight", "Calls to HeyGen under way now.", func(s Snapshot) float64 { return float64(s.UpstreamInFlight) }},
		{"upstream_requests_queued", "Calls to HeyGen that wait for their turn now.", func(s Snapshot) float64 { return float64(s.UpstreamQueued) }},
		{"upstream_credentials", "Credentials that HeyGen is asked with.", func(s Snapshot) float64 { return float64(s.Credentials) }},
		{"upstream_credentials_rate_limited", "Credentials that HeyGen has asked to pause and whose pause is not over.", func(s Snapshot) float64 { return float64(s.RateLimited) }},
	} {
		s.gauges = append(s.gauges, gauge{describe(g.name, g.help), g.value})
	}
	s.breakers = describe("upstream_breakers_open", "Credentials with which an endpoint of HeyGen's is not asked now, as it keeps failing.", "endpoint")
	s.endpoints = newKnown(endpoints, func(endpoint string) int {
		s.names = append(s.names, endpoint)
		return len(s.names) - 1
	})
	return s
}

func describe(name, help string, labels ...string) *prometheus.Desc {
	return prometheus.NewDesc(prometheus.BuildFQName(namespace, "", name), help, labels, nil)
}

// Describe tells which metrics there are.
func (s *scraped) Describe(to chan<- *prometheus.Desc) {
	for _, g := range s.gauges {
		to <- g.desc
	}
	to <- s.breakers
}

// Collect tells how they stand, or nothing if that cannot be told: a panic is the
// scrape's own, and all that is counted is there without it.
func (s *scraped) Collect(to chan<- prometheus.Metric) {
	defer func() {
		if cause := recover(); cause != nil {
			s.log.Error("collecting metrics failed", "cause", fmt.Sprint(cause))
		}
	}()
	now := s.state()
	for _, g := range s.gauges {
		to <- prometheus.MustNewConstMetric(g.desc, prometheus.GaugeValue, g.value(now))
	}
	open := make([]int, len(s.names))
	for endpoint, credentials := range now.OpenBreakers {
		open[s.endpoints.of(endpoint)] += credentials
	}
	for i, name := range s.names {
		to <- prometheus.MustNewConstMetric(s.breakers, prometheus.GaugeValue, float64(open[i]), name)
	}
}
