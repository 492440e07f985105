package main

import (
	"bytes"
	"io"
	"log/slog"
	"reflect"
	"strings"
	"testing"
	"time"

	"heygen-graphql/graph"
	"heygen-graphql/graph/document/complexity"
	"heygen-graphql/heygen"
	"heygen-graphql/heygen/cached"
	"heygen-graphql/internal/bearer"
	"heygen-graphql/internal/config"
	"heygen-graphql/internal/server"
)

func TestSettingsReachTheOptions(t *testing.T) {
	cfg, err := config.Read(nil, env(
		"HEYGEN_API_KEY", "k", "HEYGEN_BASE_URL", "http://127.0.0.1:1", "HEYGEN_MAX_CONCURRENT", "17", "HEYGEN_RETRIES", "3", "HEYGEN_ATTEMPT_TIMEOUT", "11s",
		"CACHE_BYTES", "5MiB", "CACHE_FRESH", "12s", "CACHE_STALE", "13s", "CACHE_STALE_IF_ERROR", "20s", "CACHE_PENDING_TTL", "14s", "CACHE_NEGATIVE_TTL", "15s", "CACHE_REFRESH_TIMEOUT", "16s", "CATALOGUE_MAX_ITEMS", "2001",
		"OPERATION_TIMEOUT", "18s", "MAX_OPERATIONS", "19", "CURSOR_SECRET", "sixteen letters!",
		"MAX_TOKENS", "31", "MAX_DEPTH", "32", "MAX_FIELDS", "33", "MAX_ALIASES", "34", "MAX_ROOT_FIELDS", "35", "MAX_DIRECTIVES", "36",
		"MAX_DEFINITIONS", "37", "MAX_INTROSPECTION", "38", "MAX_IDS", "40", "MAX_COST", "41",
		"POLL_INTERVAL", "21s", "STREAM_TIMEOUT", "22s", "MAX_STREAMS", "42", "MAX_STREAMS_PER_CALLER", "43", "MAX_SOCKET_OPERATIONS", "44",
		"MAX_BODY", "2MiB", "INTROSPECTION", "false", "SUGGESTIONS", "true", "EXPOSE_UPSTREAM", "true", "TRUSTED_DOCUMENTS", "manifest.json", "TRUSTED_DOCUMENTS_ONLY", "true",
	), io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	log := slog.New(slog.DiscardHandler)
	telemetry := server.NewTelemetry(log, false, false)
	options := clientOptions(cfg, telemetry, log)
	if options.BaseURL != "http://127.0.0.1:1" || options.AttemptTimeout != 11*time.Second || options.MaxConcurrent != 17 || options.Retries != 3 || options.Logger != log || options.Key.IsZero() || options.Observe == nil {
		t.Errorf("%+v", options)
	}
	client, err := heygen.New(options)
	if err != nil {
		t.Fatal(err)
	}
	want := cached.Options{HeyGen: client, MaxBytes: 5 << 20, Fresh: 12 * time.Second, StaleWhileRevalidate: 13 * time.Second, StaleIfError: 20 * time.Second, PendingTTL: 14 * time.Second, NegativeTTL: 15 * time.Second, RefreshTimeout: 16 * time.Second, SharedSecret: "sixteen letters!", CatalogueMaxItems: 2001, MaxBackgroundRefreshes: 5, PollInterval: 21 * time.Second, Logger: log}
	got := cacheOptions(cfg, client, nil, telemetry, log)
	if got.ObserveWalk == nil || got.ObservePoll == nil {
		t.Error("walks or polls are not counted")
	}
	if got.ObserveWalk, got.ObservePoll = nil, nil; !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
	cachedClient := cached.New(want)
	defer cachedClient.Close()
	noTokens, err := bearer.New(bearer.Options{})
	if err != nil {
		t.Fatal(err)
	}
	anonymous := server.NewCallers(cfg, noTokens, log)
	api := apiOptions(cfg, cachedClient, nil, anonymous, telemetry, log)
	if api.StreamTimeout != 22*time.Second || api.MaxStreams != 42 || api.MaxStreamsPerCaller != 43 || api.MaxSocketOperations != 44 || api.StreamCaller == nil || api.OnStreamEnd == nil {
		t.Errorf("%+v", api)
	}
	if api.RequestID == nil || api.HeyGen != cachedClient || api.Logger != log {
		t.Errorf("%+v", api)
	}
	if api.CursorSecret != "sixteen letters!" || api.Timeout != 18*time.Second || api.MaxOperations != 19 || api.DisableAPQ || api.CatalogueMaxItems != 2001 {
		t.Errorf("%+v", api)
	}
	if want := (graph.Limits{Limits: complexity.Limits{Tokens: 31, Depth: 32, Fields: 33, Aliases: 34, RootFields: 35, Directives: 36, Definitions: 37, Introspection: 38}, IDs: 40, Cost: 41}); api.Limits != want {
		t.Errorf("%+v, want %+v", api.Limits, want)
	}
	if api.MaxRequestBytes != 2<<20 || !api.DisableIntrospection || api.DisableSuggestions || !api.ExposeUpstream || !api.TrustedOnly || api.OnResponse == nil || api.Identify != nil || api.RateLimiter != nil || api.ObserveUntrusted || api.HeyGenForKey != nil {
		t.Errorf("%+v", api)
	}
	tokens, err := bearer.New(bearer.Options{Tokens: []string{"sixteen.letters."}})
	if err != nil {
		t.Fatal(err)
	}
	if apiOptions(cfg, cachedClient, nil, server.NewCallers(cfg, tokens, log), telemetry, log).Identify == nil {
		t.Error("tokens are not checked")
	}
	cfg.Auth.Passthrough = true
	if apiOptions(cfg, cachedClient, nil, anonymous, telemetry, log).HeyGenForKey == nil {
		t.Error("the keys of callers are not used")
	}
	// No call may take longer than its operation.
	cfg.AttemptTimeout, cfg.Cache.MaxBytes, cfg.MaxConcurrent = time.Minute, 0, 1
	if got := clientOptions(cfg, telemetry, log).AttemptTimeout; got != 18*time.Second {
		t.Error(got)
	}
	if !apiOptions(cfg, cachedClient, nil, anonymous, telemetry, log).DisableAPQ || cacheOptions(cfg, client, nil, telemetry, log).MaxBackgroundRefreshes != 1 {
		t.Error("APQ works without a cache, or no background refresh is allowed")
	}
}

func TestInvalidSettingExitsWithOneLine(t *testing.T) {
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
		{"JWKS_URL: is missing", []string{"JWT_ISSUER", "i", "JWT_AUDIENCE", "a"}, nil},
		{"JWT_ISSUER: is missing", []string{"JWKS_URL", "https://id.example.com", "JWT_AUDIENCE", "a"}, nil},
		{"JWT_AUDIENCE: is missing", []string{"JWKS_URL", "https://id.example.com", "JWT_ISSUER", "i"}, nil},
		{"JWT_AUDIENCE: must not begin", []string{"JWKS_URL", "https://id.example.com", "JWT_ISSUER", "i", "JWT_AUDIENCE", "a "}, nil},
		{"JWKS_URL: must be an https URL", []string{"JWKS_URL", "http://id.example.com", "JWT_ISSUER", "i", "JWT_AUDIENCE", "a"}, nil},
		{"JWKS_URL: must be an https URL", []string{"JWKS_URL", "https://user:secret@id.example.com", "JWT_ISSUER", "i", "JWT_AUDIENCE", "a"}, nil},
		{"JWKS_URL: must be an https URL", []string{"JWKS_URL", "https://id.example.com:65536/keys", "JWT_ISSUER", "i", "JWT_AUDIENCE", "a"}, nil},
		{"JWKS_URL: must be an https URL", []string{"JWKS_URL", "file:///keys", "JWT_ISSUER", "i", "JWT_AUDIENCE", "a"}, nil},
		{"JWKS_URL: must be an https URL", []string{"JWKS_URL", "keys", "JWT_ISSUER", "i", "JWT_AUDIENCE", "a"}, nil},
		{"JWKS_URL: cannot be set with HEYGEN_AUTH=passthrough", []string{"HEYGEN_AUTH", "passthrough", "JWKS_URL", "https://id.example.com", "JWT_ISSUER", "i", "JWT_AUDIENCE", "a"}, nil},
		{"TRUSTED_PROXIES: must contain", []string{"TRUSTED_PROXIES", ","}, nil},
		{"TRUSTED_PROXIES", []string{"TRUSTED_PROXIES", "10.0.0.1,proxy.example.com"}, nil},
		{"RATE_LIMIT: must be between 0 and 1000000", []string{"RATE_LIMIT", "-1"}, nil},
		{"RATE_LIMIT", []string{"RATE_LIMIT", "1000001"}, nil},
		{"RATE_LIMIT: must be an integer", []string{"RATE_LIMIT", "many"}, nil},
		{"RATE_LIMIT_BURST", []string{"RATE_LIMIT", "1", "RATE_LIMIT_BURST", "1000001"}, nil},
		{"RATE_LIMIT_BURST: requires RATE_LIMIT", []string{"RATE_LIMIT_BURST", "1"}, nil},
		{"TRUSTED_DOCUMENTS_ONLY: must be true, false or log", []string{"TRUSTED_DOCUMENTS_ONLY", "maybe"}, nil},
		{"TRUSTED_DOCUMENTS_ONLY: requires TRUSTED_DOCUMENTS", []string{"TRUSTED_DOCUMENTS_ONLY", "log"}, nil},
		{"HEYGEN_ATTEMPT_TIMEOUT", []string{"HEYGEN_ATTEMPT_TIMEOUT", "15"}, nil},
		{"HEYGEN_ATTEMPT_TIMEOUT", []string{"HEYGEN_ATTEMPT_TIMEOUT", "0s"}, nil},
		{"OPERATION_TIMEOUT", []string{"OPERATION_TIMEOUT", "-1s"}, nil},
		{"DRAIN_TIMEOUT", []string{"DRAIN_TIMEOUT", "25h"}, nil},
		{"SANDBOX_TRAINING_DURATION", []string{"SANDBOX_TRAINING_DURATION", "-1s"}, nil},
		{"SANDBOX_TRAINING_DURATION", []string{"SANDBOX_TRAINING_DURATION", "25h"}, nil},
		{"SANDBOX_TRAINING_DURATION", []string{"SANDBOX_TRAINING_DURATION", "fast"}, nil},
		{"SANDBOX_GROUPS: must be between 0 and 100000", []string{"SANDBOX_GROUPS", "-1"}, nil},
		{"SANDBOX_GROUPS", []string{"SANDBOX_GROUPS", "100001"}, nil},
		{"SANDBOX_GROUPS: must be an integer", []string{"SANDBOX_GROUPS", "many"}, nil},
		{"HEYGEN_MAX_CONCURRENT", []string{"HEYGEN_MAX_CONCURRENT", "0"}, nil},
		{"HEYGEN_MAX_CONCURRENT", []string{"HEYGEN_MAX_CONCURRENT", "1001"}, nil},
		{"HEYGEN_RETRIES", []string{"HEYGEN_RETRIES", "-1"}, nil},
		{"HEYGEN_RETRIES", []string{"HEYGEN_RETRIES", "11"}, nil},
		{"HEYGEN_RETRIES: must be an integer", []string{"HEYGEN_RETRIES", "two"}, nil},
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
		{"CATALOGUE_MAX_ITEMS: must be between 1 and 1000000", []string{"CATALOGUE_MAX_ITEMS", "0"}, nil},
		{"CATALOGUE_MAX_ITEMS: must be between 1 and 1000000", []string{"CATALOGUE_MAX_ITEMS", "1000001"}, nil},
		{"CATALOGUE_MAX_ITEMS: reading 5000 groups takes 100 calls to HeyGen, more than MAX_COST allows: set it to at most 4950, or MAX_COST to at least 100", []string{"MAX_COST", "99", "CATALOGUE_MAX_ITEMS", "5000"}, nil},
		{"CATALOGUE_MAX_ITEMS: reading 50001 groups takes 1001 calls to HeyGen, more than MAX_COST allows: set it to at most 50000, or MAX_COST to at least 1001", []string{"CATALOGUE_MAX_ITEMS", "50001", "MAX_COST", "1000"}, nil},
		{"CATALOGUE_WARM: requires a cache", []string{"CATALOGUE_WARM", "true", "CACHE_BYTES", "0"}, nil},
		{"CATALOGUE_WARM: requires HEYGEN_AUTH=server", []string{"CATALOGUE_WARM", "true", "HEYGEN_AUTH", "passthrough"}, nil},
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
		{"MAX_DEPTH: must be an integer", []string{"MAX_DEPTH", "deep"}, nil},
		{"DRAIN_DELAY", []string{"DRAIN_DELAY", "61m"}, nil},
		{"DRAIN_DELAY", []string{"DRAIN_DELAY", "-1s"}, nil},
		{"-listen", nil, []string{"-listen", "x"}},
		{"-allow-anonymous", nil, []string{"-allow-anonymous=maybe"}},
		{"serve", nil, []string{"serve"}},
	} {
		variables := test.env
		if len(variables) == 0 || variables[0] != "LISTEN_ADDR" {
			variables = append([]string{"LISTEN_ADDR", "127.0.0.1:0"}, variables...)
		}
		var stderr bytes.Buffer
		code := run(t.Context(), test.args, env(variables...), io.Discard, &stderr)
		lines := strings.Split(strings.TrimSpace(stderr.String()), "\n")
		last := lines[len(lines)-1] // the warning about the sandbox may precede it
		if code != 2 || !strings.HasPrefix(last, "heygen-graphql: ") || !strings.Contains(last, test.setting) || len(lines) > 2 {
			t.Errorf("%v %v: exit %d, %s", test.env, test.args, code, &stderr)
		}
	}
}
