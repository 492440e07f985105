package config

import (
	"io"
	"strings"
	"testing"
	"time"
)

func TestLiveUpdatesHaveDefaults(t *testing.T) {
	cfg, err := Read(nil, env(), io.Discard)
	if want := (Live{PollInterval: 10 * time.Second, StreamTimeout: 30 * time.Minute, MaxStreams: 20_000, MaxStreamsPerCaller: 1_000, MaxSocketOperations: 100}); err != nil || cfg.Live != want {
		t.Errorf("%+v, %v", cfg.Live, err)
	}
}

func TestLiveUpdatesAcceptTheirLimits(t *testing.T) {
	const secret = "sixteen.letters."
	smallest := env("POLL_INTERVAL", "1s", "STREAM_TIMEOUT", "1s", "MAX_STREAMS", "1", "MAX_STREAMS_PER_CALLER", "0", "MAX_SOCKET_OPERATIONS", "1", "HEYGEN_WEBHOOK_SECRET", secret)
	if cfg, err := Read(nil, smallest, io.Discard); err != nil || cfg.Live != (Live{time.Second, time.Second, 1, 0, 1, secret}) {
		t.Errorf("%+v, %v", cfg.Live, err)
	}
	largest := []string{"-poll-interval=1h", "-stream-timeout=24h", "-max-streams=1000000", "-max-streams-per-caller=1000000", "-max-socket-operations=1000000"}
	if cfg, err := Read(largest, env(), io.Discard); err != nil || cfg.Live != (Live{time.Hour, 24 * time.Hour, 1_000_000, 1_000_000, 1_000_000, ""}) {
		t.Errorf("%+v, %v", cfg.Live, err)
	}
}

func TestWrongLiveSettingIsNamedWithItsLimit(t *testing.T) {
	for _, test := range []struct{ name, value, want string }{
		{"POLL_INTERVAL", "999ms", "must be between 1s and 1h"},
		{"POLL_INTERVAL", "1h1s", "must be between 1s and 1h"},
		{"STREAM_TIMEOUT", "0s", "must be between 1s and 24h"},
		{"STREAM_TIMEOUT", "24h1s", "must be between 1s and 24h"},
		{"MAX_STREAMS", "0", "must be between 1 and 1000000"},
		{"MAX_STREAMS", "1000001", "must be between 1 and 1000000"},
		{"MAX_STREAMS_PER_CALLER", "-1", "must be between 0 and 1000000"},
		{"MAX_STREAMS_PER_CALLER", "1000001", "must be between 0 and 1000000"},
		{"MAX_SOCKET_OPERATIONS", "0", "must be between 1 and 1000000"},
		{"MAX_SOCKET_OPERATIONS", "1000001", "must be between 1 and 1000000"},
		{"HEYGEN_WEBHOOK_SECRET", "fifteen-letters", "must have at least 16 characters"},
	} {
		if _, err := Read(nil, env(test.name, test.value), io.Discard); err == nil || err.Error() != test.name+": "+test.want {
			t.Errorf("%s=%s: %v", test.name, test.value, err)
		}
	}
	for _, name := range []string{"POLL_INTERVAL", "STREAM_TIMEOUT", "MAX_STREAMS", "MAX_STREAMS_PER_CALLER", "MAX_SOCKET_OPERATIONS"} {
		if _, err := Read(nil, env(name, "many"), io.Discard); err == nil || !strings.Contains(err.Error(), name) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
