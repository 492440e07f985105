package metrics

import (
	"fmt"
	"log/slog"
	"slices"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// Snapshot is the state of the server at one moment.
type Snapshot struct {
	Operations       int                  // in flight
	CacheBytes       int64                // size of the cache
	UpstreamInFlight int                  // requests to HeyGen
	UpstreamQueued   int                  // requests to HeyGen that wait for a slot
	Credentials      int                  // in use for HeyGen
	RateLimited      int                  // credentials in back-off after a 429 of HeyGen
	OpenBreakers     map[string]int       // by endpoint: credentials whose circuit breaker is open
	Catalogues       map[string]Catalogue // by list: those that are cached
	RedisUp          bool                 // the circuit breaker before Redis is closed
	Streams          map[string]int       // by transport
	Subscribers      int                  // of subscriptions
	Pollers          int                  // resources that are polled
}

// Catalogue is the state of a cached catalogue.
type Catalogue struct {
	Items int
	Age   time.Duration
}

// collector takes one snapshot a scrape, so that its gauges are consistent.
type collector struct {
	snapshot      func() Snapshot
	logger        *slog.Logger
	gauges        []gauge
	openBreakers  *prometheus.Desc
	endpoints     labelSet[int] // index into endpointNames
	endpointNames []string

	catalogueItems, catalogueAge *prometheus.Desc
	catalogues                   []string

	streams streamGauges
}

type gauge struct {
	desc  *prometheus.Desc
	value func(Snapshot) float64
}

func newCollector(o Options) *collector {
	c := &collector{snapshot: o.Snapshot, logger: o.Logger}
	type definition struct {
		name, help string
		value      func(Snapshot) float64
	}
	definitions := []definition{
		{"operations_in_flight", "Current number of operations in flight.", func(s Snapshot) float64 { return float64(s.Operations) }},
		{"cache_bytes", "Current size in bytes of the cached responses of HeyGen, as estimated by the cache.", func(s Snapshot) float64 { return float64(s.CacheBytes) }},
		{"upstream_requests_in_flight", "Current number of requests to HeyGen in flight.", func(s Snapshot) float64 { return float64(s.UpstreamInFlight) }},
		{"upstream_requests_queued", "Current number of requests to HeyGen waiting for a slot.", func(s Snapshot) float64 { return float64(s.UpstreamQueued) }},
		{"upstream_credentials", "Current number of credentials in use for HeyGen.", func(s Snapshot) float64 { return float64(s.Credentials) }},
		{"upstream_credentials_rate_limited", "Current number of credentials that HeyGen has rate limited and whose back-off has not ended.", func(s Snapshot) float64 { return float64(s.RateLimited) }},
		{"subscribers", "Current number of subscriptions of clients.", func(s Snapshot) float64 { return float64(s.Subscribers) }},
		{"pollers", "Current number of avatar groups and looks that are polled for subscriptions.", func(s Snapshot) float64 { return float64(s.Pollers) }},
	}
	if o.RedisOperations != nil {
		definitions = append(definitions, definition{"redis_up", "1 if Redis is used, 0 while the circuit breaker before it is open.", func(s Snapshot) float64 {
			if s.RedisUp {
				return 1
			}
			return 0
		}})
	}
	for _, g := range definitions {
		c.gauges = append(c.gauges, gauge{newDesc(g.name, g.help), g.value})
	}
	c.openBreakers = newDesc("upstream_breakers_open", "Current number of credentials whose circuit breaker is open, by endpoint.", "endpoint")
	c.endpoints = newLabelSet(o.Endpoints, func(endpoint string) int {
		c.endpointNames = append(c.endpointNames, endpoint)
		return len(c.endpointNames) - 1
	})
	c.catalogueItems = newDesc("catalogue_items", "Current number of items of a cached list, by list. Lists that are not cached have no series.", "list")
	c.catalogueAge = newDesc("catalogue_age_seconds", "Current age of the oldest page of a cached list, by list. Lists that are not cached have no series.", "list")
	c.catalogues = slices.Compact(slices.Sorted(slices.Values(o.Catalogues)))
	c.streams = newStreamGauges(o.StreamTransports)
	return c
}

func newDesc(name, help string, labels ...string) *prometheus.Desc {
	return prometheus.NewDesc(prometheus.BuildFQName(namespace, "", name), help, labels, nil)
}

// Describe implements [prometheus.Collector].
func (c *collector) Describe(descs chan<- *prometheus.Desc) {
	for _, g := range c.gauges {
		descs <- g.desc
	}
	descs <- c.openBreakers
	descs <- c.catalogueItems
	descs <- c.catalogueAge
	descs <- c.streams.desc
}

// Collect implements [prometheus.Collector]. If the snapshot panics, it logs that
// and collects nothing: the scrape has all other metrics.
func (c *collector) Collect(series chan<- prometheus.Metric) {
	defer func() {
		if cause := recover(); cause != nil {
			c.logger.Error("collecting metrics failed", "cause", fmt.Sprint(cause))
		}
	}()
	s := c.snapshot()
	for _, g := range c.gauges {
		series <- prometheus.MustNewConstMetric(g.desc, prometheus.GaugeValue, g.value(s))
	}
	open := make([]int, len(c.endpointNames))
	for endpoint, credentials := range s.OpenBreakers {
		open[c.endpoints.get(endpoint)] += credentials
	}
	for i, name := range c.endpointNames {
		series <- prometheus.MustNewConstMetric(c.openBreakers, prometheus.GaugeValue, float64(open[i]), name)
	}
	c.streams.collect(series, s.Streams)
	for _, list := range c.catalogues {
		catalogue, ok := s.Catalogues[list]
		if !ok { // an age of 0 would read as fresh
			continue
		}
		series <- prometheus.MustNewConstMetric(c.catalogueItems, prometheus.GaugeValue, float64(catalogue.Items), list)
		series <- prometheus.MustNewConstMetric(c.catalogueAge, prometheus.GaugeValue, catalogue.Age.Seconds(), list)
	}
}
