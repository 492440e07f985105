package config

import (
	"io"
	"strings"
	"testing"
	"time"

	"heygen-graphql/graph"
)

// env returns a getenv function with the given variables, in pairs of name and value.
func env(pairs ...string) func(string) string {
	return func(name string) string {
		for i := 0; i < len(pairs); i += 2 {
			if pairs[i] == name {
				return pairs[i+1]
			}
		}
		return ""
	}
}

func TestReadAcceptsConsistentSettings(t *testing.T) {
	for _, test := range []struct {
		name    string
		env     []string
		args    []string
		sandbox bool
		baseURL string
		hasKey  bool
	}{
		{"no settings", nil, nil, true, "https://api.heygen.com", false},
		{"a key", []string{"HEYGEN_API_KEY", "k"}, nil, false, "https://api.heygen.com", true},
		{"a key by flag", nil, []string{"-heygen-api-key=k"}, false, "https://api.heygen.com", true},
		{"a key and a base URL", []string{"HEYGEN_API_KEY", "k", "HEYGEN_BASE_URL", "http://127.0.0.1:1/sandbox/"}, nil, false, "http://127.0.0.1:1/sandbox", true},
		{"a key and the sandbox", []string{"HEYGEN_API_KEY", "k", "HEYGEN_SANDBOX", "true"}, nil, true, "https://api.heygen.com", true},
		{"a key on a public address, anonymous", []string{"HEYGEN_API_KEY", "k", "LISTEN_ADDR", ":8080", "ALLOW_ANONYMOUS", "true"}, nil, false, "https://api.heygen.com", true},
		{"the sandbox by flag", []string{"HEYGEN_API_KEY", "k"}, []string{"-heygen-sandbox"}, true, "https://api.heygen.com", true},
		{"no sandbox by flag", []string{"HEYGEN_API_KEY", "k", "HEYGEN_SANDBOX", "1"}, []string{"-heygen-sandbox=false"}, false, "https://api.heygen.com", true},
		{"the sandbox on a public address, anonymous", []string{"HEYGEN_SANDBOX", "true", "LISTEN_ADDR", "0.0.0.0:0", "ALLOW_ANONYMOUS", "1"}, nil, true, "https://api.heygen.com", false},
		{"localhost", []string{"LISTEN_ADDR", "localhost:0"}, nil, true, "https://api.heygen.com", false},
		{"IPv6 loopback", []string{"LISTEN_ADDR", "[::1]:0"}, nil, true, "https://api.heygen.com", false},
		{"passthrough", []string{"HEYGEN_AUTH", "passthrough"}, nil, false, "https://api.heygen.com", false},
		{"passthrough on a public address", []string{"HEYGEN_AUTH", "passthrough", "LISTEN_ADDR", ":8080"}, nil, false, "https://api.heygen.com", false},
		{"passthrough with a base URL", []string{"HEYGEN_AUTH", "passthrough", "HEYGEN_BASE_URL", "https://heygen.example"}, nil, false, "https://heygen.example", false},
		{"passthrough to the sandbox", []string{"HEYGEN_AUTH", "passthrough", "HEYGEN_SANDBOX", "true"}, nil, true, "https://api.heygen.com", false},
		{"tokens on a public address", []string{"HEYGEN_API_KEY", "k", "LISTEN_ADDR", ":8080", "CLIENT_TOKENS", "sixteen.letters."}, nil, false, "https://api.heygen.com", true},
		{"a token file on a public address", []string{"HEYGEN_API_KEY", "k", "LISTEN_ADDR", ":8080", "CLIENT_TOKENS_FILE", "x"}, nil, false, "https://api.heygen.com", true},
		{"a flag over an invalid variable", []string{"LISTEN_ADDR", "127.0.0.1:0", "HEYGEN_SANDBOX", "maybe"}, []string{"-heygen-sandbox"}, true, "https://api.heygen.com", false},
		{"a flag over a variable", []string{"LISTEN_ADDR", ":80"}, []string{"-listen-addr", "127.0.0.1:0"}, true, "https://api.heygen.com", false},
	} {
		cfg, err := Read(test.args, env(test.env...), io.Discard)
		if err != nil || cfg.Sandbox != test.sandbox || cfg.BaseURL != test.baseURL || cfg.APIKey.IsZero() == test.hasKey {
			t.Errorf("%s: %+v, %v", test.name, cfg, err)
		}
	}
	cfg, err := Read([]string{"-heygen-attempt-timeout", "3s", "-operation-timeout=1m"}, env("DRAIN_TIMEOUT", "5s", "CURSOR_SECRET", "sixteen letters!"), io.Discard)
	if err != nil || cfg.AttemptTimeout != 3*time.Second || cfg.OperationTimeout != time.Minute || cfg.DrainTimeout != 5*time.Second || cfg.CursorSecret != "sixteen letters!" {
		t.Errorf("%+v, %v", cfg, err)
	}
}

func TestErrorDoesNotRepeatValue(t *testing.T) {
	for _, name := range []string{"HEYGEN_ATTEMPT_TIMEOUT", "ALLOW_ANONYMOUS", "HEYGEN_SANDBOX", "LISTEN_ADDR", "HEYGEN_BASE_URL"} {
		const key = "sk_V2_in_the_wrong_variable"
		if _, err := Read(nil, env(name, key), io.Discard); err == nil || strings.Contains(err.Error(), key) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestLogLevelFiltersMessages(t *testing.T) {
	for level, want := range map[string][2]bool{"debug": {true, true}, "info": {true, false}, "warn": {false, false}} {
		var out strings.Builder
		cfg, err := Read(nil, env("HEYGEN_API_KEY", "sk_V2_right", "HEYGEN_BASE_URL", "http://127.0.0.1:1", "LOG_LEVEL", level, "LOG_FORMAT", "json"), io.Discard)
		if err != nil {
			t.Fatal(err)
		}
		log := cfg.Log.Logger(&out)
		log.Debug("upstream request")
		log.Info("operation")
		operation, call := strings.Contains(out.String(), `"msg":"operation"`), strings.Contains(out.String(), `"msg":"upstream request"`)
		if operation != want[0] || call != want[1] {
			t.Errorf("%s: %s", level, out.String())
		}
	}
}

func TestDefaultCostGrowsWithCatalogueMaxItems(t *testing.T) {
	for _, test := range []struct {
		settings map[string]string
		want     int
	}{
		{nil, 1000},
		{map[string]string{"CATALOGUE_MAX_ITEMS": "5000"}, 1000},
		{map[string]string{"CATALOGUE_MAX_ITEMS": "10"}, 1000},
		{map[string]string{"CATALOGUE_MAX_ITEMS": "60001"}, 2101}, // 1,201 pages instead of 100
		{map[string]string{"CATALOGUE_MAX_ITEMS": "60001", "MAX_COST": "1201"}, 1201},
		{map[string]string{"MAX_COST": "7"}, 7}, // searches are too complex, all else works
	} {
		c, err := Read(nil, func(name string) string { return test.settings[name] }, io.Discard)
		if err != nil {
			t.Errorf("%v: %v", test.settings, err)
			continue
		}
		var o graph.Options
		if c.Limits.Apply(&o); o.Limits.Cost != test.want {
			t.Errorf("%v: MAX_COST is %d, want %d", test.settings, o.Limits.Cost, test.want)
		}
	}
}

func TestDefaultCacheGrowsWithCatalogueMaxItems(t *testing.T) {
	for _, test := range []struct {
		settings []string
		want     byteSize
	}{
		{nil, 64 << 20},
		{[]string{"CATALOGUE_MAX_ITEMS", "5000"}, 64 << 20},
		{[]string{"CATALOGUE_MAX_ITEMS", "10"}, 64 << 20},
		{[]string{"CATALOGUE_MAX_ITEMS", "60000"}, 64<<20 + 55_000*8<<10},
		{[]string{"CATALOGUE_MAX_ITEMS", "60000", "CACHE_BYTES", "64MiB"}, 64 << 20},
		{[]string{"CATALOGUE_MAX_ITEMS", "60000", "CACHE_BYTES", "0"}, 0},
	} {
		if c, err := Read(nil, env(test.settings...), io.Discard); err != nil || c.Cache.MaxBytes != test.want {
			t.Errorf("%v: CACHE_BYTES is %d, want %d: %v", test.settings, c.Cache.MaxBytes, test.want, err)
		}
	}
}
