// Package jwtauth verifies JSON Web Tokens (RFC 7519) with the keys that an identity
// provider publishes as a JWK Set (RFC 7517).
//
// The keys are fetched when a token needs them: at the first token, hourly, and for a
// token of an unknown key. An unreachable provider delays no start, and known keys
// remain in use for a day.
//
//	verifier := jwtauth.New(jwtauth.Options{URL: url, Issuer: issuer, Audience: audience})
//	defer verifier.Close()
//	subject, err := verifier.Verify(ctx, token)
package jwtauth

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

const (
	// maxTokenLength is in bytes. Tokens with many claims have some 2 KiB.
	maxTokenLength = 8 << 10
	// leeway is the maximum difference between the provider's clock and ours for nbf and
	// iat. exp has none: a token is never valid for longer than its issuer intended.
	leeway = time.Minute
)

// algorithms are all that are accepted. The symmetric ones are not: a public key would be
// a valid secret of theirs. Neither is none.
var algorithms = []string{
	"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA",
}

// Options configure a [Verifier]. URL, Issuer and Audience are required.
type Options struct {
	URL      string // of the JWK Set
	Issuer   string // the exact iss of a token
	Audience string // one of the aud of a token, exactly
	// Transport sends the requests for the JWK Set. nil: a transport of its own.
	Transport http.RoundTripper
	// Logger receives a record when the keys could not be fetched. nil: none.
	Logger *slog.Logger
}

// Verifier verifies tokens. Create it with [New]; it is safe for concurrent use.
type Verifier struct {
	issuer string
	keys   *keySet
	parser *jwt.Parser
}

// New returns a Verifier. It fetches nothing yet.
func New(o Options) *Verifier {
	return &Verifier{
		issuer: o.Issuer,
		keys:   newKeySet(o.URL, o.Transport, cmp.Or(o.Logger, slog.New(slog.DiscardHandler))),
		parser: jwt.NewParser(
			jwt.WithValidMethods(algorithms), jwt.WithIssuer(o.Issuer), jwt.WithAudience(o.Audience),
			jwt.WithExpirationRequired(), jwt.WithIssuedAt(), jwt.WithLeeway(leeway), jwt.WithStrictDecoding(),
		),
	}
}

// Close cancels a fetch of the keys that is in flight, and waits for its end.
func (v *Verifier) Close() { v.keys.close() }

// LooksLikeJWT reports whether a bearer token has the form of a signed JWT: a JSON object
// in base64url and two more parts.
func LooksLikeJWT(token string) bool {
	return strings.HasPrefix(token, "eyJ") && strings.Count(token, ".") == 2
}

// Verify returns the subject (sub) of a valid token. It waits at most 2 s for keys. Its
// error is an [*Error], whose message contains no part of the token.
func (v *Verifier) Verify(ctx context.Context, token string) (subject string, err error) {
	if len(token) > maxTokenLength {
		return "", errTooLong
	}
	var claims registeredClaims
	_, err = v.parser.ParseWithClaims(token, &claims, func(t *jwt.Token) (any, error) { return v.key(ctx, t, &claims) })
	switch {
	case err != nil:
		return "", classify(err)
	case !time.Now().Before(claims.ExpiresAt.Time):
		return "", errExpired
	case claims.Subject == "":
		return "", errNoSubject
	}
	return claims.Subject, nil
}

// key returns the key of a token. The token is not verified yet, but none that says
// itself that it is another issuer's causes a fetch of the keys.
func (v *Verifier) key(ctx context.Context, token *jwt.Token, claims *registeredClaims) (any, error) {
	if _, ok := token.Header["crit"]; ok { // RFC 7515, section 4.1.11: no extension is supported
		return nil, errCritical
	}
	if claims.Issuer != v.issuer {
		return nil, errIssuer
	}
	kid, ok := token.Header["kid"]
	id, isString := kid.(string)
	if ok && (!isString || id == "") {
		return nil, errMalformed
	}
	keys, err := v.keys.get(ctx, id)
	if err != nil {
		return nil, err
	}
	return keys.find(token, id)
}

// classify returns the [*Error] for an error of the parser.
func classify(err error) error {
	if e, ok := errors.AsType[*Error](err); ok {
		return e
	}
	for _, known := range []struct {
		kind error
		err  *Error
	}{
		// The first one that is wrong, in the order in which they are checked: several
		// claims may be.
		{jwt.ErrTokenMalformed, errMalformed},
		{jwt.ErrTokenSignatureInvalid, errSignature},
		{jwt.ErrTokenUnverifiable, errMalformed},
		{jwt.ErrTokenRequiredClaimMissing, errMissingClaim},
		{jwt.ErrTokenInvalidIssuer, errIssuer},
		{jwt.ErrTokenInvalidAudience, errAudience},
		{jwt.ErrTokenExpired, errExpired},
		{jwt.ErrTokenNotValidYet, errNotYetValid},
		{jwt.ErrTokenUsedBeforeIssued, errNotYetValid},
	} {
		if errors.Is(err, known.kind) {
			return known.err
		}
	}
	return errMalformed
}
