package main

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// identityProvider publishes one key, unless it is down.
type identityProvider struct {
	*httptest.Server
	key  ed25519.PrivateKey
	down atomic.Bool
}

func newIdentityProvider(t *testing.T) *identityProvider {
	public, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	p := &identityProvider{key: private}
	p.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if p.down.Load() {
			w.WriteHeader(http.StatusInternalServerError)
			return
		}
		fmt.Fprintf(w, `{"keys":[{"kty":"OKP","crv":"Ed25519","kid":"1","use":"sig","alg":"EdDSA","x":%q}]}`, base64.RawURLEncoding.EncodeToString(public))
	}))
	t.Cleanup(p.Close)
	return p
}

func (p *identityProvider) settings(more ...string) []string {
	return append([]string{"HEYGEN_API_KEY", "sk_V2_right", "JWKS_URL", p.URL + "/keys", "JWT_ISSUER", "https://id.example.com", "JWT_AUDIENCE", "graphql"}, more...)
}

// token returns a token of a subject that expires in some time.
func (p *identityProvider) token(t *testing.T, subject string, expiresIn time.Duration) string {
	token := jwt.NewWithClaims(jwt.SigningMethodEdDSA, jwt.MapClaims{"iss": "https://id.example.com", "aud": "graphql", "sub": subject, "exp": time.Now().Add(expiresIn).Unix()})
	token.Header["kid"] = "1"
	signed, err := token.SignedString(p.key)
	if err != nil {
		t.Fatal(err)
	}
	return signed
}

func TestTokenOfTheIdentityProviderIsAccepted(t *testing.T) {
	idp := newIdentityProvider(t)
	p, heyGen := startWithHeyGen(t, idp.settings("CLIENT_TOKENS", "token-in-variable")...)
	valid := []string{"Authorization", "Bearer " + idp.token(t, "ada", time.Hour)}
	for _, headers := range [][]string{valid, {"Authorization", "Bearer token-in-variable"}} {
		if res, body := send(t, "GET", p.url+monicaQuery, "", headers...); body != monicaResponse || !strings.HasPrefix(res.Header.Get("Cache-Control"), "private") {
			t.Errorf("%d %v %s", res.StatusCode, res.Header, body)
		}
		if _, body := send(t, "GET", p.url+"/schema.graphql", "", headers...); !strings.Contains(body, "type Query") {
			t.Errorf("no schema: %s", body)
		}
	}
	if res, body := send(t, "GET", p.url+"/", ""); res.StatusCode != 200 || !strings.Contains(body, "Bearer …") {
		t.Errorf("GraphiQL: %d", res.StatusCode)
	}
	heyGen.ResetCalls()
	expired, forged := idp.token(t, "ada", -time.Minute), idp.token(t, "eve", time.Hour)
	for _, test := range []struct{ name, token, challenge, message string }{
		{"expired", expired, `, error="invalid_token"`, "The token has expired."},
		{"forged", forged[:len(forged)-8] + "AAAAAAAA", `, error="invalid_token"`, "signature is invalid"},
		{"not a JWT", "another-token-of-16", "", "requires a token of its identity provider"},
	} {
		for _, path := range []string{monicaQuery, "/schema.graphql"} {
			res, body := send(t, "GET", p.url+path, "", "Authorization", "Bearer "+test.token)
			if want := `Bearer realm="heygen-graphql"` + test.challenge; res.StatusCode != 401 || res.Header.Get("WWW-Authenticate") != want || !strings.Contains(body, test.message) {
				t.Errorf("%s: %d %q %s", test.name, res.StatusCode, res.Header.Get("WWW-Authenticate"), body)
			}
		}
		if strings.Contains(p.output(), test.token) {
			t.Errorf("the log contains the %s token", test.name)
		}
	}
	if n := len(heyGen.Calls()); n > 0 {
		t.Errorf("rejected tokens caused %d calls", n)
	}
	if _, body := send(t, "GET", p.url+"/metrics", ""); !strings.Contains(body, `requests_rejected_total{reason="token"} 3`) {
		t.Error("the rejected tokens were not counted")
	}
	if !strings.Contains(p.output(), `auth="client tokens or JWT"`) || strings.Contains(p.output(), idp.URL) {
		t.Error(p.output())
	}
}

func TestServerStartsWithoutTheIdentityProvider(t *testing.T) {
	idp := newIdentityProvider(t)
	idp.down.Store(true)
	p, _ := startWithHeyGen(t, idp.settings("CLIENT_TOKENS", "token-in-variable")...)
	headers := []string{"Authorization", "Bearer " + idp.token(t, "ada", time.Hour)}
	for _, path := range []string{monicaQuery, "/schema.graphql"} {
		res, body := send(t, "GET", p.url+path, "", headers...)
		if res.StatusCode != 503 || res.Header.Get("Retry-After") != "5" || !strings.Contains(body, "The identity provider's keys could not be fetched") {
			t.Errorf("%d %v %s", res.StatusCode, res.Header, body)
		}
		if path == monicaQuery && !strings.Contains(body, `"UPSTREAM_UNAVAILABLE"`) {
			t.Error(body)
		}
	}
	if _, body := send(t, "GET", p.url+monicaQuery, "", "Authorization", "Bearer token-in-variable"); body != monicaResponse {
		t.Errorf("a client token: %s", body)
	}
	if _, body := send(t, "GET", p.url+"/metrics", ""); !strings.Contains(body, `requests_rejected_total{reason="jwks"} 1`) {
		t.Error("the rejected token was not counted")
	}
}

func TestServerWithJWTMayListenBeyondLoopbackHosts(t *testing.T) {
	idp := newIdentityProvider(t)
	p, _ := startWithHeyGen(t, idp.settings()...)
	headers := []string{"Host", "graphql.example", "X-Forwarded-For", "203.0.113.9"}
	if res, _ := send(t, "GET", p.url+monicaQuery, "", headers...); res.StatusCode != 401 {
		t.Errorf("without a token: %d", res.StatusCode)
	}
	if _, body := send(t, "GET", p.url+monicaQuery, "", append(headers, "Authorization", "Bearer "+idp.token(t, "ada", time.Hour))...); body != monicaResponse {
		t.Error(body)
	}
	if !strings.Contains(p.output(), "auth=JWT") {
		t.Error(p.output())
	}
}

func TestCallersAreLimitedByTokenSubjectOrAddress(t *testing.T) {
	idp := newIdentityProvider(t)
	limit := []string{"RATE_LIMIT", "1", "RATE_LIMIT_BURST", "2", "TRUSTED_PROXIES", "127.0.0.0/8"}
	tokens, _ := startWithHeyGen(t, idp.settings(append(limit, "CLIENT_TOKENS", "token-in-variable,token-of-tomorrow")...)...)
	anonymous, _ := startWithHeyGen(t, append(limit, "HEYGEN_API_KEY", "sk_V2_right", "ALLOW_ANONYMOUS", "true", "CORS_ORIGINS", "https://app.example.com")...)
	bearer := func(token string) []string { return []string{"Authorization", "Bearer " + token} }
	for _, test := range []struct {
		name    string
		p       *process
		headers [][]string // of requests of one caller
	}{
		{"a subject with two tokens", tokens, [][]string{bearer(idp.token(t, "ada", time.Hour)), bearer(idp.token(t, "ada", 2*time.Hour)), bearer(idp.token(t, "ada", 3*time.Hour))}},
		{"another subject", tokens, [][]string{bearer(idp.token(t, "bob", time.Hour)), bearer(idp.token(t, "bob", time.Hour)), bearer(idp.token(t, "bob", time.Hour))}},
		{"a client token", tokens, [][]string{bearer("token-in-variable"), bearer("token-in-variable"), bearer("token-in-variable")}},
		{"another client token, with made-up addresses", tokens, [][]string{append(bearer("token-of-tomorrow"), "X-Forwarded-For", "1.1.1.1"), append(bearer("token-of-tomorrow"), "X-Forwarded-For", "1.1.1.2"), bearer("token-of-tomorrow")}},
		{"a made-up address before its own", anonymous, [][]string{{"X-Forwarded-For", "1.1.1.1, 203.0.113.9"}, {"X-Forwarded-For", "1.1.1.2, 203.0.113.9"}, {"X-Forwarded-For", "203.0.113.9", "Authorization", "Bearer made-up"}}},
		{"an IPv6 network", anonymous, [][]string{{"X-Forwarded-For", "2001:db8::1"}, {"X-Forwarded-For", "2001:db8::2"}, {"X-Forwarded-For", "2001:db8::3"}}},
		{"the proxy itself", anonymous, [][]string{{}, {}, {}}},
	} {
		for i, headers := range test.headers {
			if test.p == anonymous {
				headers = append(headers, "Origin", "https://app.example.com")
			}
			res, body := send(t, "GET", test.p.url+monicaQuery, "", headers...)
			if want := map[bool]int{true: http.StatusTooManyRequests, false: http.StatusOK}[i == 2]; res.StatusCode != want {
				t.Errorf("%s: request %d: %d %s", test.name, i, res.StatusCode, body)
			}
			if exposed := strings.ToLower(res.Header.Get("Access-Control-Expose-Headers")); test.p == anonymous && !strings.Contains(exposed, "ratelimit,ratelimit-policy,retry-after") {
				t.Errorf("%s: exposed: %s", test.name, exposed)
			}
		}
	}
	for _, p := range []*process{tokens, anonymous} {
		if out := p.output(); strings.Contains(out, "203.0.113.9") || strings.Contains(out, "2001:db8") || strings.Contains(out, "1.1.1.") {
			t.Error("the log contains an address")
		}
	}
	if _, body := send(t, "GET", anonymous.url+"/metrics", ""); !strings.Contains(body, `requests_rejected_total{reason="rate_limit"} 3`) {
		t.Error("the rejected operations were not counted")
	}
}

func TestUntrustedDocumentsAndClientsAreCounted(t *testing.T) {
	manifest := filepath.Join(t.TempDir(), "manifest.json")
	if err := os.WriteFile(manifest, []byte(`{"known": "query Known { __typename }"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	p := startServer(t, "TRUSTED_DOCUMENTS", manifest, "TRUSTED_DOCUMENTS_ONLY", "log")
	for _, query := range []string{monicaQuery, "/graphql?documentId=known"} {
		if res, body := send(t, "GET", p.url+query, "", "GraphQL-Client-Name", "web", "GraphQL-Client-Version", "1.2"); res.StatusCode != 200 {
			t.Errorf("%s: %d %s", query, res.StatusCode, body)
		}
	}
	_, body := send(t, "GET", p.url+"/metrics", "")
	for _, line := range []string{`operations_by_client_total{client="web"} 2`, `untrusted_documents_total{client="web"} 1`} {
		if !strings.Contains(body, line) {
			t.Errorf("%s is missing", line)
		}
	}
	if out := p.output(); strings.Count(out, "untrusted document executed") != 1 || !strings.Contains(out, "client=web client_version=1.2") {
		t.Error(out)
	}
}
