package main

import (
	"errors"
	"flag"
	"fmt"
	"log/slog"

	"heygen-graphql/internal/bearer"
	"heygen-graphql/internal/middleware"
)

// accessConfig is who may ask, and with whose key HeyGen is asked.
type accessConfig struct {
	passthrough bool
	anonymous   bool
	tokens      []string
	tokensFile  string
	origins     *middleware.Origins
	// thisMachineOnly refuses requests through a proxy, or under names that are none
	// of this machine's: a page whose name its owner lets point here could else use
	// the key of a server that nobody has to show anything to.
	thisMachineOnly bool
	metricsAddr     string // "": on the port of everything else
}

// accessSettings are they as they were given.
type accessSettings struct {
	auth, tokens, origins string
}

func (s *settings) defineAccess(flags *flag.FlagSet) {
	flags.StringVar(&s.given.auth, "heygen-auth", "server", "`whose` key HeyGen is asked with: server, the one of heygen-api-key; passthrough, that of each caller, sent as X-Api-Key or Authorization: Bearer")
	flags.StringVar(&s.given.tokens, "client-tokens", "", "the `tokens` of which callers must show one, as Authorization: Bearer; 16 to 512 characters each, separated by commas (other users of the machine can read a flag: prefer the variable, or the file)")
	flags.StringVar(&s.tokensFile, "client-tokens-file", "", "a `file` with more of them, one a line; it is read again when it has changed, and on SIGHUP")
	flags.BoolVar(&s.anonymous, "allow-anonymous", false, "let everybody who can reach the server use its key, beyond loopback and under any name")
	flags.StringVar(&s.given.origins, "cors-origins", "", "the `origins` whose pages may call the API from a browser, such as https://app.example.com, separated by commas; * is any")
	flags.StringVar(&s.metricsAddr, "metrics-addr", "", "the `host:port` of /metrics, for all who reach it (default: where everything else is, for callers of the same machine)")
}

const noTokens = "has no use with HEYGEN_AUTH=passthrough, where callers bring keys of HeyGen's in place of tokens"

// guarded tells whether callers have to show a token.
func (c accessConfig) guarded() bool { return len(c.tokens) > 0 || c.tokensFile != "" }

func (s *settings) checkAccess() error {
	switch s.given.auth {
	case "server":
	case "passthrough":
		s.passthrough = true
	default:
		return errors.New("HEYGEN_AUTH: must be server or passthrough")
	}
	s.accessConfig.tokens = bearer.SplitList(s.given.tokens)
	origins := bearer.SplitList(s.given.origins)
	var err error
	switch {
	case s.given.tokens != "" && len(s.accessConfig.tokens) == 0:
		return errors.New("CLIENT_TOKENS: must hold at least one")
	case s.given.origins != "" && len(origins) == 0:
		return errors.New("CORS_ORIGINS: must hold at least one")
	case s.passthrough && s.apiKey != "":
		return errors.New("HEYGEN_API_KEY: has no use with HEYGEN_AUTH=passthrough, where each caller brings a key")
	case s.passthrough && s.given.tokens != "":
		return errors.New("CLIENT_TOKENS: " + noTokens)
	case s.passthrough && s.tokensFile != "":
		return errors.New("CLIENT_TOKENS_FILE: " + noTokens)
	case s.metricsAddr != "" && !isAddress(s.metricsAddr):
		return errors.New("METRICS_ADDR: must be host:port, such as 127.0.0.1:9090")
	}
	if s.accessConfig.origins, err = middleware.NewOrigins(origins); err != nil {
		return errors.New("CORS_ORIGINS: " + err.Error())
	}
	return nil
}

// callers are those who show a token. The error names the setting.
func (c accessConfig) callers(log *slog.Logger) (*bearer.Tokens, error) {
	if _, err := bearer.New(bearer.Options{Tokens: c.tokens, Logger: log}); err != nil {
		return nil, fmt.Errorf("CLIENT_TOKENS: %w", err)
	}
	all, err := bearer.New(bearer.Options{Tokens: c.tokens, File: c.tokensFile, Logger: log})
	if err != nil {
		return nil, fmt.Errorf("CLIENT_TOKENS_FILE: %w", err)
	}
	return all, nil
}

// admits says to the operator whom the server answers.
func (c accessConfig) admits() string {
	switch {
	case c.passthrough:
		return "passthrough"
	case c.guarded():
		return "client tokens"
	case c.thisMachineOnly:
		return "loopback only"
	default:
		return "anonymous"
	}
}

// credential is the header that callers must send, as the page's headers pane
// takes it; "": none.
func (c accessConfig) credential() string {
	switch {
	case c.passthrough:
		return `{"X-Api-Key": "…"}`
	case c.guarded():
		return `{"Authorization": "Bearer …"}`
	default:
		return ""
	}
}
