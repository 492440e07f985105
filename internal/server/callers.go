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
	rateLimited bool   // otherwise no caller needs an ID
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
	if !c.requiresToken() {
		return c.byAddress(r), nil
	}
	token, ok := bearer.FromHeader(r.Header)
	switch {
	case !ok:
	case c.tokens.Required() && c.tokens.Valid(r):
		return c.byCredential("token", token), nil
	case c.verifier != nil && jwtauth.LooksLikeJWT(token):
		return c.byJWT(r.Context(), token)
	}
	message := "This server requires one of its client tokens, as `Authorization: Bearer`."
	if c.verifier != nil {
		message = "This server requires a token of its identity provider, as `Authorization: Bearer`."
	}
	return caller.Caller{}, unauthorized(challenge, message)
}

func (c *Callers) byJWT(ctx context.Context, token string) (caller.Caller, *caller.Rejection) {
	subject, err := c.verifier.Verify(ctx, token)
	if err == nil {
		return c.byCredential("jwt", c.issuer+"\x00"+subject), nil
	}
	if e, ok := errors.AsType[*jwtauth.Error](err); ok && e.Unavailable {
		return caller.Caller{}, &caller.Rejection{
			RequestError: httptransport.RequestError{Status: http.StatusServiceUnavailable, Code: errcode.UpstreamUnavailable, Message: e.Message},
			RetryAfter:   retryAfterNoKeys,
		}
	}
	return caller.Caller{}, unauthorized(challengeInvalidToken, err.Error())
}

func unauthorized(challenge, message string) *caller.Rejection {
	return &caller.Rejection{
		RequestError: httptransport.RequestError{Status: http.StatusUnauthorized, Code: errcode.Unauthenticated, Message: message},
		Challenge:    challenge,
	}
}

func (c *Callers) byCredential(kind, credential string) caller.Caller {
	if !c.rateLimited {
		return caller.Caller{}
	}
	return caller.Caller{ID: caller.ID(c.secret, kind, credential)}
}

// StreamCaller returns the id by which the open streams of a caller are counted: that of its
// token or key, or its address.
func (c *Callers) StreamCaller(r *http.Request) string {
	for _, header := range []string{"Authorization", "X-Api-Key"} {
		if credential := r.Header.Get(header); credential != "" {
			return caller.ID(c.secret, "stream", credential)
		}
	}
	return "addr:" + middleware.ClientNetwork(c.proxies.ClientAddr(r))
}

func (c *Callers) byAddress(r *http.Request) caller.Caller {
	if !c.rateLimited {
		return caller.Caller{}
	}
	return caller.Caller{ID: "addr:" + middleware.ClientNetwork(c.proxies.ClientAddr(r))}
}
