package metrics

import "github.com/prometheus/client_golang/prometheus"

// liveSeries are the counters of live updates. Their gauges are in [Snapshot].
type liveSeries struct {
	ended    labelSet[labelSet[prometheus.Counter]] // by transport and reason
	polls    labelSet[prometheus.Counter]           // by outcome
	webhooks labelSet[prometheus.Counter]           // by outcome
}

func newLiveSeries(r registrar, o Options) liveSeries {
	return liveSeries{
		r.counterVec2("streams_ended_total", "Total number of event streams and WebSockets that have ended, by transport and reason.", "transport", o.StreamTransports, "reason", o.StreamReasons),
		r.counterVec("polls_total", "Total number of polls of what clients watch, by outcome.", "outcome", o.PollOutcomes),
		r.counterVec("webhook_events_total", "Total number of requests to the endpoint of HeyGen's webhooks, by outcome.", "outcome", o.WebhookOutcomes),
	}
}

// StreamEnded counts an event stream or a WebSocket that has ended.
func (m *Metrics) StreamEnded(transport, reason string) {
	m.live.ended.get(transport).get(reason).Inc()
}

// Poll counts a poll of what clients watch.
func (m *Metrics) Poll(outcome string) { m.live.polls.get(outcome).Inc() }

// WebhookEvent counts a request to the endpoint of HeyGen's webhooks.
func (m *Metrics) WebhookEvent(outcome string) { m.live.webhooks.get(outcome).Inc() }

// streamGauges are the series of the streams in a snapshot, one for each transport.
type streamGauges struct {
	desc       *prometheus.Desc
	transports []string
	index      labelSet[int] // into transports
}

func newStreamGauges(transports []string) streamGauges {
	g := streamGauges{desc: newDesc("streams", "Current number of event streams and WebSockets, by transport.", "transport")}
	g.index = newLabelSet(transports, func(transport string) int {
		g.transports = append(g.transports, transport)
		return len(g.transports) - 1
	})
	return g
}

func (g *streamGauges) collect(series chan<- prometheus.Metric, streams map[string]int) {
	current := make([]int, len(g.transports))
	for transport, n := range streams {
		current[g.index.get(transport)] += n
	}
	for i, transport := range g.transports {
		series <- prometheus.MustNewConstMetric(g.desc, prometheus.GaugeValue, float64(current[i]), transport)
	}
}
