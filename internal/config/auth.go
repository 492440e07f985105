package config

import (
	"errors"
	"flag"
	"fmt"
	"log/slog"

	"heygen-graphql/internal/bearer"
	"heygen-graphql/internal/middleware"
)

// Auth holds how callers authenticate, how the server authenticates to HeyGen, and
// which origins may call the API.
type Auth struct {
	Passthrough bool // each caller sends its own HeyGen key
	TokensFile  string
	Origins     *middleware.Origins
	// LoopbackOnly rejects proxied requests and non-loopback Host headers. Without it,
	// DNS rebinding would let any web page use the API key of an unauthenticated server.
	LoopbackOnly   bool
	JWT            JWT
	TrustedProxies middleware.TrustedProxies

	anonymous bool
	tokens    []string
}

// rawAuth holds the values that checkAuth parses.
type rawAuth struct {
	mode, tokens, origins string
}

func (v *flagValues) defineAuth(flags *flag.FlagSet) {
	flags.StringVar(&v.rawAuth.mode, "heygen-auth", "server", "`mode` of authentication to HeyGen: server uses heygen-api-key for every request; passthrough forwards each caller's X-Api-Key or bearer token")
	flags.StringVar(&v.rawAuth.tokens, "client-tokens", "", "`tokens` separated by commas, 16 to 512 characters each; callers must send one of them as Authorization: Bearer (other users of the machine can read flags: prefer the environment variable or the file)")
	flags.StringVar(&v.Auth.TokensFile, "client-tokens-file", "", "`file` with further client tokens, one per line; it is reloaded when it changes and on SIGHUP")
	flags.BoolVar(&v.Auth.anonymous, "allow-anonymous", false, "let every caller who can reach the server use its key, on any address and under any host name")
	flags.StringVar(&v.rawAuth.origins, "cors-origins", "", "`origins` separated by commas, such as https://app.example.com, whose pages may call the API from a browser; * allows every origin")
}

const errTokensWithPassthrough = "cannot be set with HEYGEN_AUTH=passthrough, where callers send a HeyGen key instead of a token"

// requiresToken reports whether callers must send a token: a client token, or one of the
// identity provider.
func (a Auth) requiresToken() bool { return a.hasClientTokens() || a.JWT.URL != "" }

func (a Auth) hasClientTokens() bool { return len(a.tokens) > 0 || a.TokensFile != "" }

func (v *flagValues) checkAuth() error {
	switch v.rawAuth.mode {
	case "server":
	case "passthrough":
		v.Auth.Passthrough = true
	default:
		return errors.New("HEYGEN_AUTH: must be server or passthrough")
	}
	v.Auth.tokens = splitList(v.rawAuth.tokens)
	origins := splitList(v.rawAuth.origins)
	var err error
	switch {
	case v.rawAuth.tokens != "" && len(v.Auth.tokens) == 0:
		return errors.New("CLIENT_TOKENS: must contain at least one token")
	case v.rawAuth.origins != "" && len(origins) == 0:
		return errors.New("CORS_ORIGINS: must contain at least one origin")
	case v.Auth.Passthrough && v.apiKey != "":
		return errors.New("HEYGEN_API_KEY: cannot be set with HEYGEN_AUTH=passthrough, where each caller sends a key")
	case v.Auth.Passthrough && v.rawAuth.tokens != "":
		return errors.New("CLIENT_TOKENS: " + errTokensWithPassthrough)
	case v.Auth.Passthrough && v.Auth.TokensFile != "":
		return errors.New("CLIENT_TOKENS_FILE: " + errTokensWithPassthrough)
	case v.MetricsAddr != "" && !isHostPort(v.MetricsAddr):
		return errors.New("METRICS_ADDR: must be host:port, such as 127.0.0.1:9090")
	}
	if v.Auth.Origins, err = middleware.NewOrigins(origins); err != nil {
		return errors.New("CORS_ORIGINS: " + err.Error())
	}
	return nil
}

// NewTokens returns the client tokens of both settings. Its error names the setting.
func (a Auth) NewTokens(log *slog.Logger) (*bearer.Tokens, error) {
	if _, err := bearer.New(bearer.Options{Tokens: a.tokens, Logger: log}); err != nil {
		return nil, fmt.Errorf("CLIENT_TOKENS: %w", err)
	}
	tokens, err := bearer.New(bearer.Options{Tokens: a.tokens, File: a.TokensFile, Logger: log})
	if err != nil {
		return nil, fmt.Errorf("CLIENT_TOKENS_FILE: %w", err)
	}
	return tokens, nil
}

// Mode returns how callers authenticate, for the log.
func (a Auth) Mode() string {
	switch {
	case a.Passthrough:
		return "passthrough"
	case a.hasClientTokens() && a.JWT.URL != "":
		return "client tokens or JWT"
	case a.JWT.URL != "":
		return "JWT"
	case a.hasClientTokens():
		return "client tokens"
	case a.LoopbackOnly:
		return "loopback only"
	default:
		return "anonymous"
	}
}

// ExampleCredential returns an example of the header that callers must send, in the
// format of GraphiQL's Headers pane. It returns "" if callers need none.
func (a Auth) ExampleCredential() string {
	switch {
	case a.Passthrough:
		return `{"X-Api-Key": "…"}`
	case a.requiresToken():
		return `{"Authorization": "Bearer …"}`
	default:
		return ""
	}
}
