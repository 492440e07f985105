package config

import (
	"errors"
	"flag"
	"fmt"
	"time"
)

// Live holds the settings of live updates.
type Live struct {
	PollInterval        time.Duration
	StreamTimeout       time.Duration
	MaxStreams          int // connections: event streams and WebSockets
	MaxStreamsPerCaller int // 0: unlimited
	MaxSocketOperations int // of one WebSocket
	WebhookSecret       string
}

func (l *Live) define(flags *flag.FlagSet) {
	flags.DurationVar(&l.PollInterval, "poll-interval", 10*time.Second, "time between two polls of an avatar that clients watch; more when nothing has changed for long")
	flags.DurationVar(&l.StreamTimeout, "stream-timeout", 30*time.Minute, "maximum duration of a subscription")
	flags.IntVar(&l.MaxStreams, "max-streams", 20_000, "maximum number of event streams and WebSockets; further ones are rejected with 503")
	flags.IntVar(&l.MaxStreamsPerCaller, "max-streams-per-caller", 1_000, "maximum number of event streams and WebSockets of one caller, and of its subscriptions over WebSockets: of a verified token or an address; 0: unlimited")
	flags.IntVar(&l.MaxSocketOperations, "max-socket-operations", 100, "maximum number of operations in flight on one WebSocket")
	flags.StringVar(&l.WebhookSecret, "heygen-webhook-secret", "", "`secret` of HeyGen's webhook endpoint (whsec_...): enables POST /webhooks/heygen, whose events update what clients watch at once")
}

func (l *Live) check() error {
	switch {
	case l.PollInterval < time.Second || l.PollInterval > time.Hour:
		return errors.New("POLL_INTERVAL: must be between 1s and 1h")
	case l.StreamTimeout < time.Second || l.StreamTimeout > 24*time.Hour:
		return errors.New("STREAM_TIMEOUT: must be between 1s and 24h")
	case l.WebhookSecret != "" && len(l.WebhookSecret) < 16:
		return errors.New("HEYGEN_WEBHOOK_SECRET: must have at least 16 characters")
	}
	for _, limit := range []struct {
		name       string
		value, min int
	}{{"MAX_STREAMS", l.MaxStreams, 1}, {"MAX_STREAMS_PER_CALLER", l.MaxStreamsPerCaller, 0}, {"MAX_SOCKET_OPERATIONS", l.MaxSocketOperations, 1}} {
		if limit.value < limit.min || limit.value > 1_000_000 {
			return fmt.Errorf("%s: must be between %d and 1000000", limit.name, limit.min)
		}
	}
	return nil
}
