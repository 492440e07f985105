package jwtauth_test

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"heygen-graphql/internal/jwtauth"
)

const (
	issuer   = "https://id.example.com/"
	audience = "https://graphql.example.com"
)

// The keys of all tests: generating RSA keys takes long.
var (
	rsaKey, _    = rsa.GenerateKey(rand.Reader, 2048)
	otherRSA, _  = rsa.GenerateKey(rand.Reader, 2048)
	weakRSA, _   = rsa.GenerateKey(rand.Reader, 1024)
	p256, _      = ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	p384, _      = ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	p521, _      = ecdsa.GenerateKey(elliptic.P521(), rand.Reader)
	_, ed, _     = ed25519.GenerateKey(rand.Reader)
	sharedSecret = []byte("a secret of the identity provider")
	base64url    = base64.RawURLEncoding.EncodeToString
)

// jwk returns a JWK of a public key, with more members.
func jwk(kid string, key any, more map[string]any) map[string]any {
	member := map[string]any{"kid": kid, "use": "sig"}
	switch key := key.(type) {
	case *rsa.PrivateKey:
		maps.Copy(member, map[string]any{"kty": "RSA", "n": base64url(key.N.Bytes()), "e": "AQAB"})
	case *ecdsa.PrivateKey:
		point, _ := key.PublicKey.Bytes()
		size := (len(point) - 1) / 2
		maps.Copy(member, map[string]any{"kty": "EC", "crv": key.Curve.Params().Name, "x": base64url(point[1 : 1+size]), "y": base64url(point[1+size:])})
	case ed25519.PrivateKey:
		maps.Copy(member, map[string]any{"kty": "OKP", "crv": "Ed25519", "x": base64url(key.Public().(ed25519.PublicKey))})
	case []byte:
		maps.Copy(member, map[string]any{"kty": "oct", "k": base64url(key)})
	}
	maps.Copy(member, more)
	for name, value := range member {
		if value == nil || value == "" {
			delete(member, name)
		}
	}
	return member
}

// jwks returns a JWK Set.
func jwks(keys ...map[string]any) string {
	data, _ := json.Marshal(map[string]any{"keys": keys})
	return string(data)
}

// provider is an identity provider, as a transport: it works in synctest's bubbles.
type provider struct {
	body    atomic.Pointer[string]
	status  atomic.Int64
	fetches atomic.Int64
	hang    atomic.Bool // until the request is canceled
	down    atomic.Bool
}

func newProvider(body string) *provider {
	p := &provider{}
	p.body.Store(&body)
	p.status.Store(200)
	return p
}

func (p *provider) RoundTrip(r *http.Request) (*http.Response, error) {
	p.fetches.Add(1)
	switch {
	case p.hang.Load():
		<-r.Context().Done()
		return nil, r.Context().Err()
	case p.down.Load():
		return nil, errors.New("connection refused by secret-host")
	}
	return &http.Response{StatusCode: int(p.status.Load()), Header: http.Header{}, Body: io.NopCloser(strings.NewReader(*p.body.Load())), Request: r}, nil
}

func (p *provider) verifier(t testing.TB) *jwtauth.Verifier {
	t.Helper()
	v := jwtauth.New(jwtauth.Options{URL: "https://id.example.com/keys", Issuer: issuer, Audience: audience, Transport: p})
	t.Cleanup(v.Close)
	return v
}

// validClaims returns the claims of a valid token, changed by pairs of name and value;
// nil removes a claim.
func validClaims(changes ...any) jwt.MapClaims {
	claims := jwt.MapClaims{"iss": issuer, "aud": audience, "sub": "ada", "exp": time.Now().Add(time.Hour).Unix()}
	for i := 0; i < len(changes); i += 2 {
		if claims[changes[i].(string)] = changes[i+1]; changes[i+1] == nil {
			delete(claims, changes[i].(string))
		}
	}
	return claims
}

// sign returns a token. Its header is changed by pairs of name and value.
func sign(t testing.TB, method jwt.SigningMethod, key any, claims jwt.MapClaims, header ...any) string {
	t.Helper()
	token := jwt.NewWithClaims(method, claims)
	for i := 0; i < len(header); i += 2 {
		token.Header[header[i].(string)] = header[i+1]
	}
	signed, err := token.SignedString(key)
	if err != nil {
		t.Fatal(err)
	}
	return signed
}

// assertRejected fails unless a token is rejected with a message that contains want, and
// nothing of the token.
func assertRejected(t *testing.T, v *jwtauth.Verifier, name, token, want string) {
	t.Helper()
	subject, err := v.Verify(t.Context(), token)
	e, ok := errors.AsType[*jwtauth.Error](err)
	if !ok || subject != "" || !strings.Contains(e.Message, want) {
		t.Errorf("%s: %q, %v, want %q", name, subject, err, want)
		return
	}
	if e.Unavailable != strings.Contains(want, "could not be fetched") {
		t.Errorf("%s: Unavailable is %t", name, e.Unavailable)
	}
	for part := range strings.SplitSeq(token, ".") {
		if len(part) > 3 && strings.Contains(e.Message, part) {
			t.Errorf("%s: %s contains a part of the token", name, e.Message)
		}
	}
}

func assertAccepted(t *testing.T, v *jwtauth.Verifier, name, token string) {
	t.Helper()
	if subject, err := v.Verify(t.Context(), token); err != nil || subject != "ada" {
		t.Errorf("%s: %q, %v", name, subject, err)
	}
}
