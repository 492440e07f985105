package config

import (
	"errors"
	"flag"
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"heygen-graphql/heygen"
	"heygen-graphql/internal/middleware"
)

// JWT holds how the tokens of an identity provider are verified.
type JWT struct {
	URL      string // of the JWK Set; "": only client tokens are accepted
	Issuer   string
	Audience string
}

// RateLimit bounds the cost of the operations of one caller.
type RateLimit struct {
	PerMinute int // 0: unlimited
	Burst     int
}

// maxRate is the maximum of both values of RateLimit.
const maxRate = 1_000_000

// rawCallers holds the values that checkCallers parses.
type rawCallers struct {
	proxies string
	burst   int
}

func (v *flagValues) defineCallers(flags *flag.FlagSet) {
	flags.StringVar(&v.Auth.JWT.URL, "jwks-url", "", "`URL` of the JWK Set of an identity provider, whose tokens callers may send as Authorization: Bearer; https, or http for loopback; requires jwt-issuer and jwt-audience")
	flags.StringVar(&v.Auth.JWT.Issuer, "jwt-issuer", "", "`issuer` (iss) that a token must have, exactly")
	flags.StringVar(&v.Auth.JWT.Audience, "jwt-audience", "", "`audience` (aud) that a token must have, exactly")
	flags.StringVar(&v.rawCallers.proxies, "trusted-proxies", "", "`addresses` and prefixes, such as 10.0.0.0/8, separated by commas, of the proxies whose X-Forwarded-For is believed; rate limits are by the client's address then")
	flags.IntVar(&v.RateLimit.PerMinute, "rate-limit", 0, "maximum cost of a caller's operations per minute, in calls to HeyGen with an empty cache; 0: unlimited")
	flags.IntVar(&v.rawCallers.burst, "rate-limit-burst", 0, "maximum cost of a caller's operations at once; 0: same as rate-limit")
}

func (v *flagValues) checkCallers() error {
	if err := v.checkJWT(); err != nil {
		return err
	}
	proxies := splitList(v.rawCallers.proxies)
	if v.rawCallers.proxies != "" && len(proxies) == 0 {
		return errors.New("TRUSTED_PROXIES: must contain at least one address")
	}
	var err error
	if v.Auth.TrustedProxies, err = middleware.NewTrustedProxies(proxies); err != nil {
		return errors.New("TRUSTED_PROXIES: " + err.Error())
	}
	limit, burst := &v.RateLimit, v.rawCallers.burst
	switch {
	case limit.PerMinute < 0 || limit.PerMinute > maxRate:
		return fmt.Errorf("RATE_LIMIT: must be between 0 and %d", maxRate)
	case burst < 0 || burst > maxRate:
		return fmt.Errorf("RATE_LIMIT_BURST: must be between 0 and %d", maxRate)
	case burst > 0 && limit.PerMinute == 0:
		return errors.New("RATE_LIMIT_BURST: requires RATE_LIMIT")
	}
	if limit.Burst = burst; burst == 0 {
		limit.Burst = limit.PerMinute
	}
	return nil
}

func (v *flagValues) checkJWT() error {
	jwt := v.Auth.JWT
	if jwt == (JWT{}) {
		return nil
	}
	for _, setting := range []struct{ name, value string }{{"JWKS_URL", jwt.URL}, {"JWT_ISSUER", jwt.Issuer}, {"JWT_AUDIENCE", jwt.Audience}} {
		switch {
		case setting.value == "":
			return errors.New(setting.name + ": is missing: set all of JWKS_URL, JWT_ISSUER and JWT_AUDIENCE, or none")
		case v.Auth.Passthrough:
			return errors.New(setting.name + ": " + errTokensWithPassthrough)
		case strings.TrimSpace(setting.value) != setting.value:
			return errors.New(setting.name + ": must not begin or end with white space")
		}
	}
	u, err := url.Parse(jwt.URL)
	if err != nil || u.Hostname() == "" || !isPort(u.Port()) || u.User != nil || strings.Contains(jwt.URL, "#") || u.Scheme != "https" && (u.Scheme != "http" || !heygen.IsLoopback(u.Hostname())) {
		return errors.New("JWKS_URL: must be an https URL without user and fragment (http only for loopback)")
	}
	return nil
}

// isPort reports whether the port of a URL can be connected to. "": the scheme's is used.
func isPort(port string) bool {
	n, err := strconv.ParseUint(port, 10, 16)
	return port == "" || err == nil && n > 0
}
