package jwtauth_test

import (
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"heygen-graphql/internal/jwtauth"
)

func TestEveryAsymmetricAlgorithmIsAccepted(t *testing.T) {
	v := newProvider(jwks(jwk("rsa", rsaKey, nil), jwk("p256", p256, map[string]any{"alg": "ES256"}), jwk("p384", p384, nil), jwk("p521", p521, nil), jwk("ed", ed, nil))).verifier(t)
	for _, test := range []struct {
		kid    string
		key    any
		method jwt.SigningMethod
	}{
		{"rsa", rsaKey, jwt.SigningMethodRS256}, {"rsa", rsaKey, jwt.SigningMethodRS384}, {"rsa", rsaKey, jwt.SigningMethodRS512},
		{"rsa", rsaKey, jwt.SigningMethodPS256}, {"rsa", rsaKey, jwt.SigningMethodPS384}, {"rsa", rsaKey, jwt.SigningMethodPS512},
		{"p256", p256, jwt.SigningMethodES256}, {"p384", p384, jwt.SigningMethodES384}, {"p521", p521, jwt.SigningMethodES512},
		{"ed", ed, jwt.SigningMethodEdDSA},
	} {
		token := sign(t, test.method, test.key, validClaims(), "kid", test.kid)
		if assertAccepted(t, v, test.method.Alg(), token); !jwtauth.LooksLikeJWT(token) {
			t.Errorf("%s does not look like a JWT", token)
		}
		assertRejected(t, v, test.method.Alg()+" of another", sign(t, test.method, test.key, validClaims("sub", "eve"), "kid", test.kid)[:len(token)-8]+"AAAAAAAA", "signature")
	}
}

// A public key is not a secret: a token that uses it as one must not be accepted.
func TestAlgorithmConfusionIsRejected(t *testing.T) {
	der, _ := x509.MarshalPKIXPublicKey(&rsaKey.PublicKey)
	secrets := map[string][]byte{
		"PEM": pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}), "DER": der, "modulus": rsaKey.N.Bytes(),
		"PKCS #1": x509.MarshalPKCS1PublicKey(&rsaKey.PublicKey), "empty": {}, "the oct key": sharedSecret,
	}
	v := newProvider(jwks(jwk("rsa", rsaKey, nil), jwk("p256", p256, nil), jwk("oct", sharedSecret, nil), jwk("enc", otherRSA, map[string]any{"use": "enc"}),
		jwk("wrap", otherRSA, map[string]any{"use": nil, "key_ops": []string{"wrapKey"}}), jwk("weak", weakRSA, nil), jwk("rs256", otherRSA, map[string]any{"alg": "RS256"}), jwk("p384", p384, nil))).verifier(t)
	for name, secret := range secrets {
		for _, method := range []jwt.SigningMethod{jwt.SigningMethodHS256, jwt.SigningMethodHS384, jwt.SigningMethodHS512} {
			for _, kid := range []string{"rsa", "p256", "oct", "missing"} {
				assertRejected(t, v, fmt.Sprint(method.Alg(), " with ", name), sign(t, method, secret, validClaims(), "kid", kid), "algorithm is not accepted")
			}
		}
	}
	for _, kid := range []string{"rsa", "oct"} {
		none := sign(t, jwt.SigningMethodNone, jwt.UnsafeAllowNoneSignatureType, validClaims(), "kid", kid)
		assertRejected(t, v, "none", none, "algorithm is not accepted")
		assertRejected(t, v, "None", strings.Replace(none, base64url([]byte(`{"alg":"none"`))[:16], base64url([]byte(`{"alg":"None"`))[:16], 1), "JWT")
	}
	for name, token := range map[string]string{
		"PS256 with a key for RS256": sign(t, jwt.SigningMethodPS256, otherRSA, validClaims(), "kid", "rs256"),
		"RS256 with an EC key":       sign(t, jwt.SigningMethodRS256, rsaKey, validClaims(), "kid", "p256"),
		"ES256 with an RSA key":      sign(t, jwt.SigningMethodES256, p256, validClaims(), "kid", "rsa"),
		"ES256 with a P-384 key":     sign(t, jwt.SigningMethodES256, p256, validClaims(), "kid", "p384"),
		"EdDSA with an RSA key":      sign(t, jwt.SigningMethodEdDSA, ed, validClaims(), "kid", "rsa"),
	} {
		assertRejected(t, v, name, token, "does not match its key")
	}
	for _, kid := range []string{"enc", "wrap"} {
		assertRejected(t, v, "a key for "+kid, sign(t, jwt.SigningMethodRS256, otherRSA, validClaims(), "kid", kid), "does not publish")
	}
	assertRejected(t, v, "a key of 1,024 bits", sign(t, jwt.SigningMethodRS256, otherRSA, validClaims(), "kid", "weak"), "does not publish")
}

func TestHostileTokensAreRejected(t *testing.T) {
	v := newProvider(jwks(jwk("rsa", rsaKey, nil), jwk("other", otherRSA, nil))).verifier(t)
	valid := sign(t, jwt.SigningMethodRS256, rsaKey, validClaims(), "kid", "rsa")
	header, rest, _ := strings.Cut(valid, ".")
	payload, signature, _ := strings.Cut(rest, ".")
	own := base64url([]byte(`{"alg":"RS256","kid":"rsa","jwk":{"kty":"RSA","n":"` + base64url(otherRSA.N.Bytes()) + `","e":"AQAB"}}`))
	for _, test := range []struct{ name, token, want string }{
		{"a crit header", sign(t, jwt.SigningMethodRS256, rsaKey, validClaims(), "kid", "rsa", "crit", []string{"b64"}, "b64", false), "crit"},
		{"an empty crit header", sign(t, jwt.SigningMethodRS256, rsaKey, validClaims(), "kid", "rsa", "crit", []string{}), "crit"},
		{"no kid with two keys", sign(t, jwt.SigningMethodRS256, rsaKey, validClaims()), "kid"},
		{"an empty kid", sign(t, jwt.SigningMethodRS256, rsaKey, validClaims(), "kid", ""), "not a valid JWT"},
		{"a kid that is a number", sign(t, jwt.SigningMethodRS256, rsaKey, validClaims(), "kid", 1), "not a valid JWT"},
		{"a kid that is a path", sign(t, jwt.SigningMethodRS256, rsaKey, validClaims(), "kid", "../../dev/null"), "does not publish"},
		{"the kid of another key", sign(t, jwt.SigningMethodRS256, rsaKey, validClaims(), "kid", "other"), "signature"},
		{"a key in the header", own + "." + payload + "." + strings.SplitN(sign(t, jwt.SigningMethodRS256, otherRSA, validClaims()), ".", 3)[2], "signature"},
		{"a key URL in the header", sign(t, jwt.SigningMethodRS256, otherRSA, validClaims(), "kid", "rsa", "jku", "https://evil.example/keys", "x5u", "https://evil.example"), "signature"},
		{"no signature", header + "." + payload + ".", "signature"},
		{"the signature of another token", header + "." + base64url([]byte(`{"iss":"`+issuer+`","aud":"`+audience+`","sub":"eve","exp":99999999999}`)) + "." + signature, "signature"},
		{"two parts", header + "." + payload, "not a valid JWT"},
		{"five parts", valid + ".AAAA.AAAA", "not a valid JWT"},
		{"nothing", "", "not a valid JWT"},
		{"dots", "..", "not a valid JWT"},
		{"padding", header + "=." + payload + "." + signature, "not a valid JWT"},
		{"trailing bits", valid[:len(valid)-1] + string(valid[len(valid)-1]+1), "not a valid JWT"},
		{"JSON that is no object", base64url([]byte(`[]`)) + "." + payload + "." + signature, "not a valid JWT"},
		{"no algorithm", base64url([]byte(`{"kid":"rsa"}`)) + "." + payload + "." + signature, "not a valid JWT"},
		{"more than 8 KiB", sign(t, jwt.SigningMethodRS256, rsaKey, validClaims("x", strings.Repeat("x", 8<<10)), "kid", "rsa"), "8 KiB"},
	} {
		assertRejected(t, v, test.name, test.token, test.want)
	}
	assertAccepted(t, v, "the valid token", valid)
}

func TestClaimsAreValidated(t *testing.T) {
	v := newProvider(jwks(jwk("", p256, nil))).verifier(t)
	in := func(d time.Duration) int64 { return time.Now().Add(d).Unix() }
	for _, test := range []struct {
		name   string
		claims jwt.MapClaims
		want   string // "": accepted
	}{
		{"several audiences", validClaims("aud", []string{"https://other.example.com", audience}), ""},
		{"nbf and iat within the leeway", validClaims("nbf", in(50*time.Second), "iat", in(50*time.Second)), ""},
		{"expires in some seconds", validClaims("exp", in(10*time.Second)), ""},
		{"expired", validClaims("exp", in(-time.Second)), "has expired"},
		{"expired long ago", validClaims("exp", in(-time.Hour)), "has expired"},
		{"no exp", validClaims("exp", nil), "`exp`"},
		{"exp as a string", validClaims("exp", "tomorrow"), "not a valid JWT"},
		{"exp 0", validClaims("exp", 0), "has expired"},
		{"nbf beyond the leeway", validClaims("nbf", in(2*time.Minute)), "not valid yet"},
		{"iat beyond the leeway", validClaims("iat", in(2*time.Minute)), "not valid yet"},
		{"another issuer", validClaims("iss", "https://evil.example/"), "another issuer"},
		{"the issuer without its slash", validClaims("iss", strings.TrimSuffix(issuer, "/")), "another issuer"},
		{"the issuer in upper case", validClaims("iss", strings.ToUpper(issuer)), "another issuer"},
		{"no issuer", validClaims("iss", nil), "another issuer"},
		{"another audience", validClaims("aud", "https://other.example.com"), "another audience"},
		{"a prefix of the audience", validClaims("aud", audience[:len(audience)-1]), "another audience"},
		{"no audience", validClaims("aud", nil), "`aud`"},
		{"an empty list of audiences", validClaims("aud", []string{}), "`aud`"},
		{"no subject", validClaims("sub", nil), "`sub`"},
		{"an empty subject", validClaims("sub", ""), "`sub`"},
		{"claims of other names", validClaims("Sub", "eve", "SUB", "eve", "Iss", "https://evil.example/", "Aud", "https://other.example.com", "Exp", in(-time.Hour), "Nbf", in(time.Hour)), ""},
		{"an audience of another name", validClaims("aud", "https://other.example.com", "aUD", audience), "another audience"},
		{"an issuer of another name", validClaims("iss", "https://evil.example/", "ISS", issuer), "another issuer"},
		{"a subject of another name", validClaims("sub", nil, "Sub", "ada"), "`sub`"},
		{"an expiry of another name", validClaims("exp", nil, "Exp", in(time.Hour)), "`exp`"},
	} {
		token := sign(t, jwt.SigningMethodES256, p256, test.claims) // no kid is required for a single key
		if test.want == "" {
			assertAccepted(t, v, test.name, token)
		} else {
			assertRejected(t, v, test.name, token, test.want)
		}
	}
}

func TestLooksLikeJWTAcceptsThreePartsOnly(t *testing.T) {
	for token, want := range map[string]bool{"eyJhbGciOiJub25lIn0.e30.": true, "eyJ..": true, "": false, "a.b.c": false, "eyJ.e30": false, "eyJ.a.b.c": false, "a-client-token-of-sixteen": false} {
		if jwtauth.LooksLikeJWT(token) != want {
			t.Error(token)
		}
	}
}

func BenchmarkVerify(b *testing.B) {
	v := newProvider(jwks(jwk("rsa", rsaKey, nil), jwk("p256", p256, nil), jwk("ed", ed, nil))).verifier(b)
	for name, token := range map[string]string{
		"RS256": sign(b, jwt.SigningMethodRS256, rsaKey, validClaims(), "kid", "rsa"),
		"ES256": sign(b, jwt.SigningMethodES256, p256, validClaims(), "kid", "p256"),
		"EdDSA": sign(b, jwt.SigningMethodEdDSA, ed, validClaims(), "kid", "ed"),
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := v.Verify(b.Context(), token); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
