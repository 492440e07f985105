package server

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"time"

	"heygen-graphql/graph/caller"
	"heygen-graphql/graph/errcode"
	"heygen-graphql/graph/httptransport"
	"heygen-graphql/internal/bearer"
	"heygen-graphql/internal/config"
	"heygen-graphql/internal/jwtauth"
	"heygen-graphql/internal/middleware"
)

// The challenges of a 401 (RFC 6750).
const (
	challenge             = `Bearer realm="heygen-graphql"`
	challengeInvalidToken = challenge + `, error="invalid_token"`
)

// retryAfterNoKeys is when to send a token again that could not be verified.
const retryAfterNoKeys = 5 * time.Second

// Callers admits requests by client tokens and by tokens of an identity provider, and
// identifies who sent them.
type Callers struct {
	tokens      *bearer.Tokens
	verifier    *jwtauth.Verifier // nil: client tokens only
	issuer      string
	proxies     middleware.TrustedProxies
	secret      string // of the hashes in IDs
	rateLimited bool   // otherwise requests need no ID
}

// NewCallers returns the Callers of the settings.
func NewCallers(cfg config.Config, tokens *bearer.Tokens, log *slog.Logger) *Callers {
	c := &Callers{tokens: tokens, issuer: cfg.Auth.JWT.Issuer, proxies: cfg.Auth.TrustedProxies, secret: cfg.CursorSecret, rateLimited: cfg.RateLimit.PerMinute > 0}
	if cfg.Auth.JWT.URL != "" {
		c.verifier = jwtauth.New(jwtauth.Options{URL: cfg.Auth.JWT.URL, Issuer: cfg.Auth.JWT.Issuer, Audience: cfg.Auth.JWT.Audience, Logger: log})
	}
	return c
}

// Close cancels a fetch of the identity provider's keys.
func (c *Callers) Close() {
	if c.verifier != nil {
		c.verifier.Close()
	}
}

// Required reports whether requests have to be identified: they need a token, or a rate
// limit applies to them.
func (c *Callers) Required() bool { return c.requiresToken() || c.rateLimited }

func (c *Callers) requiresToken() bool { return c.tokens.Required() || c.verifier != nil }

// Identify returns the caller of a request, or why the request is rejected.
func (c *Callers) Identify(r *http.Request) (caller.Caller, *caller.Rejection) {
	verified, rejection := c.verify(r)
	if rejection != nil || !c.rateLimited {
		return caller.Caller{}, rejection
	}
	return caller.Caller{ID: c.id(r, verified)}, nil
}

// StreamCaller returns the id by which the open streams of a caller are counted. A token that
// is not verified, and a key, of which a caller may have any number, count for its address.
func (c *Callers) StreamCaller(r *http.Request) string {
	verified, _ := c.verify(r)
	return c.id(r, verified)
}

// verifiedCredential is what identifies a caller: its token, or the subject of its token. The
// zero one identifies no one.
type verifiedCredential struct{ kind, value string }

func (c *Callers) id(r *http.Request, verified verifiedCredential) string {
	if verified.kind == "" {
		return "addr:" + middleware.ClientNetwork(c.proxies.ClientAddr(r))
	}
	return caller.ID(c.secret, verified.kind, verified.value)
}

// verify returns the credential of a request, if one is required.
func (c *Callers) verify(r *http.Request) (verifiedCredential, *caller.Rejection) {
	if !c.requiresToken() {
		return verifiedCredential{}, nil
	}
	token, ok := bearer.FromHeader(r.Header)
	switch {
	case !ok:
	case c.tokens.Required() && c.tokens.Valid(r):
		return verifiedCredential{"token", token}, nil
	case c.verifier != nil && jwtauth.LooksLikeJWT(token):
		return c.verifyJWT(r.Context(), token)
	}
	message := "This server requires one of its client tokens, as `Authorization: Bearer`."
	if c.verifier != nil {
		message = "This server requires a token of its identity provider, as `Authorization: Bearer`."
	}
	return verifiedCredential{}, unauthorized(challenge, message)
}

func (c *Callers) verifyJWT(ctx context.Context, token string) (verifiedCredential, *caller.Rejection) {
	subject, err := c.verifier.Verify(ctx, token)
	if err == nil {
		return verifiedCredential{"jwt", c.issuer + "\x00" + subject}, nil
	}
	if e, ok := errors.AsType[*jwtauth.Error](err); ok && e.Unavailable {
		return verifiedCredential{}, &caller.Rejection{
			RequestError: httptransport.RequestError{Status: http.StatusServiceUnavailable, Code: errcode.UpstreamUnavailable, Message: e.Message},
			RetryAfter:   retryAfterNoKeys,
		}
	}
	return verifiedCredential{}, unauthorized(challengeInvalidToken, err.Error())
}

func unauthorized(challenge, message string) *caller.Rejection {
	return &caller.Rejection{
		RequestError: httptransport.RequestError{Status: http.StatusUnauthorized, Code: errcode.Unauthenticated, Message: message},
		Challenge:    challenge,
	}
}
