package config

import (
	"errors"
	"flag"
	"fmt"
	"log/slog"

	"heygen-graphql/internal/bearer"
	"heygen-graphql/internal/middleware"
)

// Auth is who may ask, and with whose key HeyGen is asked.
type Auth struct {
	Passthrough bool
	anonymous   bool
	tokens      []string
	TokensFile  string
	Origins     *middleware.Origins
	// LoopbackOnly refuses requests through a proxy, or under names that are none
	// of this machine's: a page whose name its owner lets point here could else use
	// the key of a server that nobody has to show anything to.
	LoopbackOnly bool
	MetricsAddr  string // "": on the port of everything else
}

// rawAuth are they as they were given.
type rawAuth struct {
	auth, tokens, origins string
}

func (s *flagValues) defineAuth(flags *flag.FlagSet) {
	flags.StringVar(&s.rawAuth.auth, "heygen-auth", "server", "`whose` key HeyGen is asked with: server, the one of heygen-api-key; passthrough, that of each caller, sent as X-Api-Key or Authorization: Bearer")
	flags.StringVar(&s.rawAuth.tokens, "client-tokens", "", "the `tokens` of which callers must show one, as Authorization: Bearer; 16 to 512 characters each, separated by commas (other users of the machine can read a flag: prefer the variable, or the file)")
	flags.StringVar(&s.Auth.TokensFile, "client-tokens-file", "", "a `file` with more of them, one a line; it is read again when it has changed, and on SIGHUP")
	flags.BoolVar(&s.Auth.anonymous, "allow-anonymous", false, "let everybody who can reach the server use its key, beyond loopback and under any name")
	flags.StringVar(&s.rawAuth.origins, "cors-origins", "", "the `origins` whose pages may call the API from a browser, such as https://app.example.com, separated by commas; * is any")
	flags.StringVar(&s.Auth.MetricsAddr, "metrics-addr", "", "the `host:port` of /metrics, for all who reach it (default: where everything else is, for callers of the same machine)")
}

const errTokensWithPassthrough = "has no use with HEYGEN_AUTH=passthrough, where callers bring keys of HeyGen's in place of tokens"

// RequiresToken tells whether callers have to show a token.
func (c Auth) RequiresToken() bool { return len(c.tokens) > 0 || c.TokensFile != "" }

func (s *flagValues) checkAuth() error {
	switch s.rawAuth.auth {
	case "server":
	case "passthrough":
		s.Auth.Passthrough = true
	default:
		return errors.New("HEYGEN_AUTH: must be server or passthrough")
	}
	s.Auth.tokens = bearer.SplitList(s.rawAuth.tokens)
	origins := bearer.SplitList(s.rawAuth.origins)
	var err error
	switch {
	case s.rawAuth.tokens != "" && len(s.Auth.tokens) == 0:
		return errors.New("CLIENT_TOKENS: must hold at least one")
	case s.rawAuth.origins != "" && len(origins) == 0:
		return errors.New("CORS_ORIGINS: must hold at least one")
	case s.Auth.Passthrough && s.apiKey != "":
		return errors.New("HEYGEN_API_KEY: has no use with HEYGEN_AUTH=passthrough, where each caller brings a key")
	case s.Auth.Passthrough && s.rawAuth.tokens != "":
		return errors.New("CLIENT_TOKENS: " + errTokensWithPassthrough)
	case s.Auth.Passthrough && s.Auth.TokensFile != "":
		return errors.New("CLIENT_TOKENS_FILE: " + errTokensWithPassthrough)
	case s.Auth.MetricsAddr != "" && !isHostPort(s.Auth.MetricsAddr):
		return errors.New("METRICS_ADDR: must be host:port, such as 127.0.0.1:9090")
	}
	if s.Auth.Origins, err = middleware.NewOrigins(origins); err != nil {
		return errors.New("CORS_ORIGINS: " + err.Error())
	}
	return nil
}

// NewTokens are those who show a token. The error names the setting.
func (c Auth) NewTokens(log *slog.Logger) (*bearer.Tokens, error) {
	if _, err := bearer.New(bearer.Options{Tokens: c.tokens, Logger: log}); err != nil {
		return nil, fmt.Errorf("CLIENT_TOKENS: %w", err)
	}
	tokens, err := bearer.New(bearer.Options{Tokens: c.tokens, File: c.TokensFile, Logger: log})
	if err != nil {
		return nil, fmt.Errorf("CLIENT_TOKENS_FILE: %w", err)
	}
	return tokens, nil
}

// Mode says to the operator whom the server answers.
func (c Auth) Mode() string {
	switch {
	case c.Passthrough:
		return "passthrough"
	case c.RequiresToken():
		return "client tokens"
	case c.LoopbackOnly:
		return "loopback only"
	default:
		return "anonymous"
	}
}

// ExampleCredential is the header that callers must send, as the page's headers pane
// takes it; "": none.
func (c Auth) ExampleCredential() string {
	switch {
	case c.Passthrough:
		return `{"X-Api-Key": "…"}`
	case c.RequiresToken():
		return `{"Authorization": "Bearer …"}`
	default:
		return ""
	}
}
