package caller_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"heygen-graphql/graph/caller"
	"heygen-graphql/heygen"
)

func TestIDsRevealNoCredentialAndDependOnTheSecret(t *testing.T) {
	const credential = "sk_V2_credential_of_a_caller"
	seen := map[string]bool{}
	for _, secret := range []string{"", "sixteen letters!"} {
		for _, id := range []string{
			caller.ID(secret, "token", credential), caller.ID(secret, "jwt", credential), caller.ID(secret, "token", credential+"x"),
			caller.KeyID(secret, heygen.NewKey(credential)), caller.KeyID(secret, heygen.NewBearer(credential)),
		} {
			if seen[id] || strings.Contains(id, credential) || !regexp.MustCompile(`^(token|jwt|key):[0-9a-f]{32}$`).MatchString(id) {
				t.Errorf("%q is not an ID of its own", id)
			}
			seen[id] = true
		}
	}
	if !seen[caller.ID("", "token", credential)] || !seen[caller.KeyID("", heygen.NewKey(credential))] {
		t.Error("an ID changes")
	}
}

func TestRejectionSetsOnlyHeadersThatApply(t *testing.T) {
	for _, test := range []struct {
		rejection             caller.Rejection
		challenge, retryAfter string
	}{
		{caller.Rejection{}, "", ""},
		{caller.Rejection{Challenge: "Bearer"}, "Bearer", ""},
		{caller.Rejection{RetryAfter: 1}, "", "1"},
		{caller.Rejection{RetryAfter: 1001 * time.Millisecond}, "", "2"},
	} {
		h := http.Header{}
		if test.rejection.SetHeaders(h); h.Get("WWW-Authenticate") != test.challenge || h.Get("Retry-After") != test.retryAfter {
			t.Errorf("%+v: %v", test.rejection, h)
		}
	}
}

func TestRateLimitHeadersAreInWholeSecondsRoundedUp(t *testing.T) {
	for _, test := range []struct {
		limit         caller.RateLimit
		policy, state string
	}{
		{caller.RateLimit{Limit: 600, Remaining: 594, Window: time.Minute, ResetAfter: 600 * time.Millisecond}, `"cost";q=600;w=60`, `"cost";r=594;t=1`},
		{caller.RateLimit{Limit: 1, Window: time.Millisecond}, `"cost";q=1;w=1`, `"cost";r=0;t=0`},
	} {
		h := http.Header{}
		if test.limit.SetHeaders(h); h.Get("RateLimit-Policy") != test.policy || h.Get("RateLimit") != test.state {
			t.Errorf("%+v: %v", test.limit, h)
		}
	}
}

func TestClientNeedsVisibleASCII(t *testing.T) {
	h := http.Header{}
	h.Set("GraphQL-Client-Name", "web")
	h.Set("ApolloGraphQL-Client-Version", "1.2 beta")
	if name, version := caller.Client(h); name != "web" || version != "" {
		t.Errorf("%q %q", name, version)
	}
	if name, version := caller.Client(nil); name+version != "" {
		t.Errorf("%q %q", name, version)
	}
}
