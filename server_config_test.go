package main

import (
	"bytes"
	"io"
	"log/slog"
	"strings"
	"testing"
	"time"

	"heygen-graphql/graph"
	"heygen-graphql/graph/document/complexity"
	"heygen-graphql/heygen"
	"heygen-graphql/heygen/cached"
	"heygen-graphql/internal/bearer"
)

func environment(pairs ...string) func(string) string {
	return func(name string) string {
		for i := 0; i < len(pairs); i += 2 {
			if pairs[i] == name {
				return pairs[i+1]
			}
		}
		return ""
	}
}

func TestSettingsThatFitTogether(t *testing.T) {
	for _, test := range []struct {
		name    string
		env     []string
		args    []string
		sandbox bool
		baseURL string
		hasKey  bool
	}{
		{"nothing", nil, nil, true, "https://api.heygen.com", false},
		{"a key", []string{"HEYGEN_API_KEY", "k"}, nil, false, "https://api.heygen.com", true},
		{"a key by flag", nil, []string{"-heygen-api-key=k"}, false, "https://api.heygen.com", true},
		{"a key and a base URL", []string{"HEYGEN_API_KEY", "k", "HEYGEN_BASE_URL", "http://127.0.0.1:1/sandbox/"}, nil, false, "http://127.0.0.1:1/sandbox", true},
		{"a key, and the sandbox asked for", []string{"HEYGEN_API_KEY", "k", "HEYGEN_SANDBOX", "true"}, nil, true, "https://api.heygen.com", true},
		{"beyond loopback with a key, meant", []string{"HEYGEN_API_KEY", "k", "LISTEN_ADDR", ":8080", "ALLOW_ANONYMOUS", "true"}, nil, false, "https://api.heygen.com", true},
		{"the sandbox by flag", []string{"HEYGEN_API_KEY", "k"}, []string{"-heygen-sandbox"}, true, "https://api.heygen.com", true},
		{"no sandbox by flag", []string{"HEYGEN_API_KEY", "k", "HEYGEN_SANDBOX", "1"}, []string{"-heygen-sandbox=false"}, false, "https://api.heygen.com", true},
		{"the sandbox beyond loopback, meant", []string{"HEYGEN_SANDBOX", "true", "LISTEN_ADDR", "0.0.0.0:0", "ALLOW_ANONYMOUS", "1"}, nil, true, "https://api.heygen.com", false},
		{"localhost", []string{"LISTEN_ADDR", "localhost:0"}, nil, true, "https://api.heygen.com", false},
		{"IPv6 loopback", []string{"LISTEN_ADDR", "[::1]:0"}, nil, true, "https://api.heygen.com", false},
		{"passthrough", []string{"HEYGEN_AUTH", "passthrough"}, nil, false, "https://api.heygen.com", false},
		{"passthrough beyond loopback", []string{"HEYGEN_AUTH", "passthrough", "LISTEN_ADDR", ":8080"}, nil, false, "https://api.heygen.com", false},
		{"passthrough with a base URL", []string{"HEYGEN_AUTH", "passthrough", "HEYGEN_BASE_URL", "https://heygen.example"}, nil, false, "https://heygen.example", false},
		{"passthrough to the sandbox", []string{"HEYGEN_AUTH", "passthrough", "HEYGEN_SANDBOX", "true"}, nil, true, "https://api.heygen.com", false},
		{"beyond loopback with tokens", []string{"HEYGEN_API_KEY", "k", "LISTEN_ADDR", ":8080", "CLIENT_TOKENS", "sixteen.letters."}, nil, false, "https://api.heygen.com", true},
		{"beyond loopback with tokens in a file", []string{"HEYGEN_API_KEY", "k", "LISTEN_ADDR", ":8080", "CLIENT_TOKENS_FILE", "x"}, nil, false, "https://api.heygen.com", true},
		{"a flag over a wrong variable", []string{"LISTEN_ADDR", "127.0.0.1:0", "HEYGEN_SANDBOX", "maybe"}, []string{"-heygen-sandbox"}, true, "https://api.heygen.com", false},
		{"a flag over a variable", []string{"LISTEN_ADDR", ":80"}, []string{"-listen-addr", "127.0.0.1:0"}, true, "https://api.heygen.com", false},
	} {
		cfg, err := readConfig(test.args, environment(test.env...), io.Discard)
		if err != nil || cfg.sandbox != test.sandbox || cfg.baseURL != test.baseURL || cfg.key.IsZero() == test.hasKey {
			t.Errorf("%s: %+v, %v", test.name, cfg, err)
		}
	}
	cfg, err := readConfig([]string{"-heygen-attempt-timeout", "3s", "-operation-timeout=1m"}, environment("DRAIN_TIMEOUT", "5s", "CURSOR_SECRET", "sixteen letters!"), io.Discard)
	if err != nil || cfg.callTimeout != 3*time.Second || cfg.operationTimeout != time.Minute || cfg.drainTimeout != 5*time.Second || cfg.cursorSecret != "sixteen letters!" {
		t.Errorf("%+v, %v", cfg, err)
	}
}

// Every setting arrives where it is needed.
func TestSettingsArriveWhereTheyAreNeeded(t *testing.T) {
	cfg, err := readConfig(nil, environment(
		"HEYGEN_API_KEY", "k", "HEYGEN_BASE_URL", "http://127.0.0.1:1", "HEYGEN_MAX_CONCURRENT", "17", "HEYGEN_RETRIES", "3", "HEYGEN_ATTEMPT_TIMEOUT", "11s",
		"CACHE_BYTES", "5MiB", "CACHE_FRESH", "12s", "CACHE_STALE", "13s", "CACHE_STALE_IF_ERROR", "20s", "CACHE_PENDING_TTL", "14s", "CACHE_NEGATIVE_TTL", "15s", "CACHE_REFRESH_TIMEOUT", "16s",
		"OPERATION_TIMEOUT", "18s", "MAX_OPERATIONS", "19", "CURSOR_SECRET", "sixteen letters!",
		"MAX_TOKENS", "31", "MAX_DEPTH", "32", "MAX_FIELDS", "33", "MAX_ALIASES", "34", "MAX_ROOT_FIELDS", "35", "MAX_DIRECTIVES", "36",
		"MAX_DEFINITIONS", "37", "MAX_INTROSPECTION", "38", "MAX_IDS", "40", "MAX_COST", "41",
		"MAX_BODY", "2MiB", "INTROSPECTION", "false", "SUGGESTIONS", "true", "EXPOSE_UPSTREAM", "true", "TRUSTED_DOCUMENTS", "manifest.json", "TRUSTED_DOCUMENTS_ONLY", "true",
	), io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	log := slog.New(slog.DiscardHandler)
	upstream := cfg.upstream(log)
	if upstream.BaseURL != "http://127.0.0.1:1" || upstream.CallTimeout != 11*time.Second || upstream.MaxConcurrent != 17 || upstream.Retries != 3 || upstream.Logger != log || upstream.Key.IsZero() {
		t.Errorf("%+v", upstream)
	}
	client, err := heygen.New(upstream)
	if err != nil {
		t.Fatal(err)
	}
	memory := cached.Options{HeyGen: client, MaxBytes: 5 << 20, Fresh: 12 * time.Second, StaleWhileRevalidate: 13 * time.Second, StaleIfError: 20 * time.Second, PendingTTL: 14 * time.Second, NegativeTTL: 15 * time.Second, RefreshTimeout: 16 * time.Second, MaxBackgroundRefreshes: 5, Logger: log}
	if got := cfg.memory(client, log); got != memory {
		t.Errorf("%+v, want %+v", got, memory)
	}
	kept := cached.New(memory)
	defer kept.Close()
	open, err := bearer.New(bearer.Options{})
	if err != nil {
		t.Fatal(err)
	}
	api := cfg.api(kept, open, newMeter(log), log)
	if api.RequestID == nil || api.HeyGen != kept || api.Logger != log {
		t.Errorf("%+v", api)
	}
	if api.CursorSecret != "sixteen letters!" || api.Timeout != 18*time.Second || api.MaxOperations != 19 || api.DisableAPQ {
		t.Errorf("%+v", api)
	}
	if want := (graph.Limits{Limits: complexity.Limits{Tokens: 31, Depth: 32, Fields: 33, Aliases: 34, RootFields: 35, Directives: 36, Definitions: 37, Introspection: 38}, IDs: 40, Cost: 41}); api.Limits != want {
		t.Errorf("%+v, want %+v", api.Limits, want)
	}
	if api.MaxRequestBytes != 2<<20 || !api.DisableIntrospection || api.DisableSuggestions || !api.ExposeUpstream || !api.TrustedOnly || api.OnResponse == nil || api.Authorize != nil || api.HeyGenForKey != nil {
		t.Errorf("%+v", api)
	}
	some, err := bearer.New(bearer.Options{Tokens: []string{"sixteen.letters."}})
	if err != nil {
		t.Fatal(err)
	}
	if cfg.api(kept, some, newMeter(log), log).Authorize == nil {
		t.Error("nobody looks at the tokens")
	}
	cfg.passthrough = true
	if cfg.api(kept, open, newMeter(log), log).HeyGenForKey == nil {
		t.Error("nobody asks in the name of callers")
	}
	// No call may take longer than its operation.
	cfg.callTimeout, cfg.cache.bytes, cfg.maxCalls = time.Minute, 0, 1
	if got := cfg.upstream(log).CallTimeout; got != 18*time.Second {
		t.Error(got)
	}
	if !cfg.api(kept, open, newMeter(log), log).DisableAPQ || cfg.memory(client, log).MaxBackgroundRefreshes != 1 {
		t.Error("with nothing kept, documents are, or nothing may be asked for behind an answer")
	}
}

func TestBytesAreReadWithTheirUnits(t *testing.T) {
	for text, want := range map[string]byteSize{"0": 0, "1048576": 1 << 20, "1024KiB": 1 << 20, "16MiB": 16 << 20, "16 MiB": 16 << 20, "2GiB": 2 << 30, "1024GiB": 1 << 40} {
		cfg, err := readConfig(nil, environment("CACHE_BYTES", text), io.Discard)
		if err != nil || cfg.cache.bytes != want {
			t.Errorf("%s: %d, %v", text, cfg.cache.bytes, err)
		}
	}
	for size, want := range map[byteSize]string{0: "0", 1: "1", 3 << 10: "3KiB", 64 << 20: "64MiB", 1 << 40: "1024GiB", 1<<20 + 1: "1048577"} {
		if got := size.String(); got != want {
			t.Errorf("%d is written %s, want %s", int64(size), got, want)
		}
	}
}

func TestAWrongSettingIsNamedInOneLine(t *testing.T) {
	for _, test := range []struct {
		setting string
		env     []string
		args    []string
	}{
		{"LISTEN_ADDR", []string{"LISTEN_ADDR", "8080"}, nil},
		{"LISTEN_ADDR", []string{"LISTEN_ADDR", "127.0.0.1:http"}, nil},
		{"LISTEN_ADDR", []string{"LISTEN_ADDR", "127.0.0.1:65536"}, nil},
		{"LISTEN_ADDR", []string{"LISTEN_ADDR", ":8080", "HEYGEN_API_KEY", "k"}, nil},
		{"LISTEN_ADDR", []string{"LISTEN_ADDR", "192.0.2.1:8080", "HEYGEN_API_KEY", "k"}, nil},
		{"LISTEN_ADDR", []string{"LISTEN_ADDR", "localhost.example.com:8080", "HEYGEN_API_KEY", "k"}, nil},
		{"LISTEN_ADDR", []string{"LISTEN_ADDR", ":8080", "HEYGEN_SANDBOX", "true"}, nil},
		{"HEYGEN_API_KEY", []string{"LISTEN_ADDR", ":8080", "ALLOW_ANONYMOUS", "true"}, nil},
		{"HEYGEN_API_KEY", []string{"HEYGEN_BASE_URL", "https://api.heygen.com"}, nil},
		{"HEYGEN_API_KEY", []string{"HEYGEN_SANDBOX", "false"}, nil},
		{"HEYGEN_API_KEY", []string{"HEYGEN_API_KEY", "key\n"}, nil},
		{"HEYGEN_API_KEY", []string{"HEYGEN_API_KEY", "k e y"}, nil},
		{"HEYGEN_BASE_URL", []string{"HEYGEN_API_KEY", "k", "HEYGEN_BASE_URL", "http://api.heygen.com"}, nil},
		{"HEYGEN_BASE_URL", []string{"HEYGEN_API_KEY", "k", "HEYGEN_BASE_URL", "api.heygen.com"}, nil},
		{"HEYGEN_BASE_URL", []string{"HEYGEN_SANDBOX", "true", "HEYGEN_BASE_URL", "https://api.heygen.com"}, nil},
		{"HEYGEN_SANDBOX", []string{"HEYGEN_SANDBOX", "maybe"}, nil},
		{"ALLOW_ANONYMOUS", []string{"ALLOW_ANONYMOUS", "maybe"}, nil},
		{"CURSOR_SECRET", []string{"CURSOR_SECRET", "short"}, nil},
		{"HEYGEN_ATTEMPT_TIMEOUT", []string{"HEYGEN_ATTEMPT_TIMEOUT", "15"}, nil},
		{"HEYGEN_ATTEMPT_TIMEOUT", []string{"HEYGEN_ATTEMPT_TIMEOUT", "0s"}, nil},
		{"OPERATION_TIMEOUT", []string{"OPERATION_TIMEOUT", "-1s"}, nil},
		{"DRAIN_TIMEOUT", []string{"DRAIN_TIMEOUT", "25h"}, nil},
		{"SANDBOX_TRAINING_DURATION", []string{"SANDBOX_TRAINING_DURATION", "-1s"}, nil},
		{"SANDBOX_TRAINING_DURATION", []string{"SANDBOX_TRAINING_DURATION", "25h"}, nil},
		{"SANDBOX_TRAINING_DURATION", []string{"SANDBOX_TRAINING_DURATION", "fast"}, nil},
		{"HEYGEN_MAX_CONCURRENT", []string{"HEYGEN_MAX_CONCURRENT", "0"}, nil},
		{"HEYGEN_MAX_CONCURRENT", []string{"HEYGEN_MAX_CONCURRENT", "1001"}, nil},
		{"HEYGEN_RETRIES", []string{"HEYGEN_RETRIES", "-1"}, nil},
		{"HEYGEN_RETRIES", []string{"HEYGEN_RETRIES", "11"}, nil},
		{"HEYGEN_RETRIES: must be a whole number", []string{"HEYGEN_RETRIES", "two"}, nil},
		{"MAX_OPERATIONS", []string{"MAX_OPERATIONS", "0"}, nil},
		{"MAX_OPERATIONS", []string{"MAX_OPERATIONS", "1000001"}, nil},
		{"CACHE_BYTES: must be a number of bytes", []string{"CACHE_BYTES", "much"}, nil},
		{"CACHE_BYTES", []string{"CACHE_BYTES", "-1"}, nil},
		{"CACHE_BYTES", []string{"CACHE_BYTES", "2000GiB"}, nil},
		{"CACHE_BYTES", []string{"CACHE_BYTES", "99999999999999999999"}, nil},
		{"CACHE_BYTES", []string{"CACHE_BYTES", "64 MB"}, nil},
		{"CACHE_BYTES", []string{"CACHE_BYTES", "1023KiB"}, nil},
		{"CACHE_FRESH", []string{"CACHE_FRESH", "-1s"}, nil},
		{"CACHE_FRESH", []string{"CACHE_FRESH", "60"}, nil},
		{"CACHE_STALE", []string{"CACHE_STALE", "721h"}, nil},
		{"CACHE_STALE_IF_ERROR", []string{"CACHE_STALE_IF_ERROR", "-1h"}, nil},
		{"CACHE_PENDING_TTL", []string{"CACHE_PENDING_TTL", "-1s"}, nil},
		{"CACHE_NEGATIVE_TTL", []string{"CACHE_NEGATIVE_TTL", "721h"}, nil},
		{"CACHE_REFRESH_TIMEOUT", []string{"CACHE_REFRESH_TIMEOUT", "0s"}, nil},
		{"CACHE_REFRESH_TIMEOUT", []string{"CACHE_REFRESH_TIMEOUT", "2h"}, nil},
		{"HEYGEN_AUTH", []string{"HEYGEN_AUTH", "none"}, nil},
		{"HEYGEN_API_KEY", []string{"HEYGEN_AUTH", "passthrough", "HEYGEN_API_KEY", "k"}, nil},
		{"CLIENT_TOKENS", []string{"HEYGEN_AUTH", "passthrough", "CLIENT_TOKENS", "sixteen.letters."}, nil},
		{"CLIENT_TOKENS_FILE", []string{"HEYGEN_AUTH", "passthrough", "CLIENT_TOKENS_FILE", "x"}, nil},
		{"CLIENT_TOKENS", []string{"CLIENT_TOKENS", "short"}, nil},
		{"CLIENT_TOKENS_FILE", []string{"CLIENT_TOKENS_FILE", "/nowhere/at/all"}, nil},
		{"CORS_ORIGINS", []string{"CORS_ORIGINS", "https://app.example.com/"}, nil},
		{"CORS_ORIGINS", []string{"CORS_ORIGINS", ","}, nil},
		{"CLIENT_TOKENS", []string{"CLIENT_TOKENS", " , "}, nil},
		{"METRICS_ADDR", []string{"METRICS_ADDR", "9090"}, nil},
		{"MAX_BODY", []string{"MAX_BODY", "1"}, nil},
		{"MAX_BODY", []string{"MAX_BODY", "65MiB"}, nil},
		{"SUGGESTIONS", []string{"SUGGESTIONS", "maybe"}, nil},
		{"TRUSTED_DOCUMENTS_ONLY", []string{"TRUSTED_DOCUMENTS_ONLY", "true"}, nil},
		{"TRUSTED_DOCUMENTS", []string{"TRUSTED_DOCUMENTS", "/nowhere/at/all"}, nil},
		{"LOG_LEVEL", []string{"LOG_LEVEL", "loud"}, nil},
		{"LOG_FORMAT", []string{"LOG_FORMAT", "xml"}, nil},
		{"MAX_TOKENS: must be between 1 and 1000000", []string{"MAX_TOKENS", "0"}, nil},
		{"MAX_COST: must be between 1 and 1000000", []string{"MAX_COST", "1000001"}, nil},
		{"MAX_DEPTH: must be a whole number", []string{"MAX_DEPTH", "deep"}, nil},
		{"DRAIN_DELAY", []string{"DRAIN_DELAY", "61m"}, nil},
		{"DRAIN_DELAY", []string{"DRAIN_DELAY", "-1s"}, nil},
		{"-listen", nil, []string{"-listen", "x"}},
		{"-allow-anonymous", nil, []string{"-allow-anonymous=maybe"}},
		{"serve", nil, []string{"serve"}},
	} {
		env := test.env
		if len(env) == 0 || env[0] != "LISTEN_ADDR" {
			env = append([]string{"LISTEN_ADDR", "127.0.0.1:0"}, env...)
		}
		var stderr bytes.Buffer
		code := run(t.Context(), test.args, environment(env...), io.Discard, &stderr)
		lines := strings.Split(strings.TrimSpace(stderr.String()), "\n")
		last := lines[len(lines)-1] // before it may stand that this is the sandbox
		if code != 2 || !strings.HasPrefix(last, "heygen-graphql: ") || !strings.Contains(last, test.setting) || len(lines) > 2 {
			t.Errorf("%v %v: exit %d, %s", test.env, test.args, code, &stderr)
		}
	}
}

func TestAWrongSettingIsNotRepeated(t *testing.T) {
	for _, name := range []string{"HEYGEN_ATTEMPT_TIMEOUT", "ALLOW_ANONYMOUS", "HEYGEN_SANDBOX", "LISTEN_ADDR", "HEYGEN_BASE_URL"} {
		const key = "sk_V2_in_the_wrong_place"
		if _, err := readConfig(nil, environment(name, key), io.Discard); err == nil || strings.Contains(err.Error(), key) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
