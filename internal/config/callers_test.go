package config

import (
	"io"
	"testing"

	"heygen-graphql/graph"
)

func TestRateLimitBurstIsTheRateByDefault(t *testing.T) {
	for _, test := range []struct {
		settings []string
		want     RateLimit
	}{
		{nil, RateLimit{}},
		{[]string{"RATE_LIMIT", "600"}, RateLimit{600, 600}},
		{[]string{"RATE_LIMIT", "600", "RATE_LIMIT_BURST", "50"}, RateLimit{600, 50}},
		{[]string{"RATE_LIMIT", "1", "RATE_LIMIT_BURST", "1000000"}, RateLimit{1, 1_000_000}},
	} {
		if c, err := Read(nil, env(test.settings...), io.Discard); err != nil || c.RateLimit != test.want {
			t.Errorf("%v: %+v, %v", test.settings, c.RateLimit, err)
		}
	}
}

func TestJWTProtectsNonLoopbackAddress(t *testing.T) {
	c, err := Read(nil, env("HEYGEN_API_KEY", "k", "LISTEN_ADDR", ":8080", "JWKS_URL", "http://localhost:1/keys", "JWT_ISSUER", "i", "JWT_AUDIENCE", "a", "TRUSTED_PROXIES", "10.0.0.0/8 ::1"), io.Discard)
	if err != nil || c.Auth.Mode() != "JWT" || c.Auth.LoopbackOnly || c.Auth.ExampleCredential() == "" || len(c.Auth.TrustedProxies) != 2 {
		t.Errorf("%+v, %v", c.Auth, err)
	}
	if want := (JWT{"http://localhost:1/keys", "i", "a"}); c.Auth.JWT != want {
		t.Errorf("%+v", c.Auth.JWT)
	}
}

func TestTrustedDocumentsOnlyHasThreeModes(t *testing.T) {
	for _, test := range []struct {
		value     string
		only, log bool
	}{{"false", false, false}, {"true", true, false}, {"1", true, false}, {"log", false, true}} {
		c, err := Read(nil, env("TRUSTED_DOCUMENTS", "x", "TRUSTED_DOCUMENTS_ONLY", test.value), io.Discard)
		var o graph.Options
		if c.Limits.Apply(&o); err != nil || o.TrustedOnly != test.only || o.ObserveUntrusted != test.log || c.Limits.UntrustedAllowed() == test.only {
			t.Errorf("%s: %+v, %v", test.value, o, err)
		}
	}
	for _, args := range [][]string{{"-trusted-documents-only"}, {"-trusted-documents-only=true"}} { // as any boolean flag
		if c, err := Read(append(args, "-trusted-documents=x"), env(), io.Discard); err != nil || c.Limits.UntrustedAllowed() {
			t.Errorf("%v: %v", args, err)
		}
	}
}
