package metrics_test

import (
	"testing"

	"heygen-graphql/internal/metrics"
)

func TestStreamEndedCountsTransportAndReason(t *testing.T) {
	m := metrics.New(options())
	before := scrape(t, m)
	m.StreamEnded("sse", "complete")
	m.StreamEnded("sse", "complete")
	m.StreamEnded("websocket", "slow")
	assertIncrease(t, m, before, map[string]float64{
		`streams_ended_total{reason="complete",transport="sse"}`:   2,
		`streams_ended_total{reason="slow",transport="websocket"}`: 1,
	})
}

func TestPollAndWebhookEventCountOutcomes(t *testing.T) {
	m := metrics.New(options())
	before := scrape(t, m)
	m.Poll("changed")
	m.Poll("error")
	m.Poll("error")
	m.WebhookEvent("accepted")
	m.WebhookEvent("rejected")
	assertIncrease(t, m, before, map[string]float64{
		`polls_total{outcome="changed"}`:           1,
		`polls_total{outcome="error"}`:             2,
		`webhook_events_total{outcome="accepted"}`: 1,
		`webhook_events_total{outcome="rejected"}`: 1,
	})
}
