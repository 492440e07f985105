// Package config reads the server's settings from flags and environment variables and
// checks them. It never reads the environment itself: its caller passes getenv.
package config

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/url"
	"strconv"
	"strings"
	"time"

	"heygen-graphql/heygen"
)

// Config is every setting of the server, checked.
type Config struct {
	ListenAddr       string
	BaseURL          string
	APIKey           heygen.Key
	Sandbox          bool
	SandboxTraining  time.Duration
	CursorSecret     string
	AttemptTimeout   time.Duration
	OperationTimeout time.Duration
	DrainTimeout     time.Duration
	MaxOperations    int
	MaxConcurrent    int
	Retries          int
	DrainDelay       time.Duration
	Compress         bool
	Cache            Cache
	Limits           Limits
	Auth             Auth
	Log              Log
}

// UpstreamHost names HeyGen, or what stands in its place, to people.
func (c Config) UpstreamHost() string {
	if c.Sandbox {
		return "the embedded sandbox"
	}
	u, _ := url.Parse(c.BaseURL) // checked
	return u.Host
}

// flagValues are the values as they were given, before they are checked together.
type flagValues struct {
	Config
	apiKey  string
	sandbox optionalBool
	rawAuth rawAuth
}

// define names every setting once. Its flag is the name, its variable the same
// in capitals: -listen-addr and LISTEN_ADDR.
func (s *flagValues) define(flags *flag.FlagSet) {
	flags.StringVar(&s.ListenAddr, "listen-addr", "127.0.0.1:8080", "the `host:port` to listen on; port 0 takes a free one")
	flags.StringVar(&s.apiKey, "heygen-api-key", "", "HeyGen's `key` for every caller (other users of the machine can read a flag: prefer the variable)")
	flags.StringVar(&s.BaseURL, "heygen-base-url", "", "the `URL` of HeyGen's API; http for loopback alone (default "+heygen.DefaultBaseURL+")")
	flags.Var(&s.sandbox, "heygen-sandbox", "true: answer from the embedded HeyGen with its invented people; false: never (default: true on loopback when neither a key, a base URL nor passthrough is set)")
	flags.DurationVar(&s.SandboxTraining, "sandbox-training-duration", 2*time.Minute, "the longest that a training takes in the embedded HeyGen; 0: statuses stand still")
	s.defineAuth(flags)
	flags.StringVar(&s.CursorSecret, "cursor-secret", "", "signs cursors, the same on all replicas, 16 characters or more; without it they are safe from damage, not from forgery")
	flags.DurationVar(&s.AttemptTimeout, "heygen-attempt-timeout", heygen.DefaultCallTimeout, "how long one try of a call to HeyGen may take")
	flags.IntVar(&s.MaxConcurrent, "heygen-max-concurrent", heygen.DefaultMaxConcurrent, "how many calls to HeyGen may be under way at once; others wait")
	flags.IntVar(&s.Retries, "heygen-retries", heygen.DefaultRetries, "how often a call is tried again that HeyGen refused for now, failed at or broke off; 0: never")
	s.Cache.define(flags)
	s.Limits.define(flags)
	flags.IntVar(&s.MaxOperations, "max-operations", 1000, "how many GraphQL operations may be under way at once; others are refused")
	flags.BoolVar(&s.Compress, "compress", true, "compress answers by gzip or zstd for clients that take it; false where a proxy does")
	flags.DurationVar(&s.OperationTimeout, "operation-timeout", 30*time.Second, "how long a GraphQL operation may take, waiting for its turn included")
	flags.DurationVar(&s.DrainDelay, "drain-delay", 0, "how long requests are still taken once the server is told to stop, and /readyz says so")
	flags.DurationVar(&s.DrainTimeout, "drain-timeout", 30*time.Second, "how long answers under way may take once the server is told to stop")
	s.Log.define(flags)
}

// Read reads the settings: flags, over variables, over defaults. Its
// error is one line that names the setting; flag.ErrHelp: help was asked for
// and has been written.
func Read(args []string, getenv func(string) string, help io.Writer) (Config, error) {
	var s flagValues
	flags := flag.NewFlagSet("heygen-graphql", flag.ContinueOnError)
	flags.SetOutput(io.Discard) // errors are one line, without the list of flags
	s.define(flags)
	err := flags.Parse(args)
	given := map[string]bool{}
	flags.Visit(func(f *flag.Flag) { given[f.Name] = true })
	var invalid error
	flags.VisitAll(func(f *flag.Flag) {
		// A value that cannot be read is not repeated: it may be a key that
		// landed in the wrong variable.
		if value := getenv(variable(f)); value != "" && !given[f.Name] && flags.Set(f.Name, value) != nil && invalid == nil {
			invalid = fmt.Errorf("%s: %s", variable(f), expectedFormat(f))
		}
	})
	switch {
	case errors.Is(err, flag.ErrHelp):
		writeHelp(help, flags)
		return Config{}, err
	case err != nil:
		return Config{}, fmt.Errorf("%s (-h lists the flags)", err)
	case flags.NArg() > 0:
		return Config{}, fmt.Errorf("%q: there are only flags (-h lists them)", flags.Arg(0))
	case invalid != nil:
		return Config{}, invalid
	}
	return s.check()
}

func isHostPort(text string) bool {
	_, port, err := net.SplitHostPort(text)
	_, bad := strconv.ParseUint(port, 10, 16)
	return err == nil && bad == nil
}

// optionalBool is a boolean flag that may be left out, which is neither of the two.
type optionalBool struct{ value, given bool }

func (b *optionalBool) Set(text string) error {
	value, err := strconv.ParseBool(text)
	if err != nil {
		return errors.New("must be true or false")
	}
	b.value, b.given = value, true
	return nil
}

func (b *optionalBool) Get() any         { return b.value }
func (b *optionalBool) IsBoolFlag() bool { return true } // -heygen-sandbox alone is true
func (b *optionalBool) String() string {
	if !b.given {
		return ""
	}
	return strconv.FormatBool(b.value)
}

func variable(f *flag.Flag) string { return envName(f.Name) }

// envName is the variable of a flag.
func envName(flag string) string { return strings.ToUpper(strings.ReplaceAll(flag, "-", "_")) }

func expectedFormat(f *flag.Flag) string {
	switch f.Value.(flag.Getter).Get().(type) {
	case bool:
		return "must be true or false"
	case int:
		return "must be a whole number"
	case byteSize:
		return errByteSize.Error()
	default:
		return "must be a duration such as 15s or 1m30s"
	}
}

// check looks at the settings together.
func (s *flagValues) check() (Config, error) {
	if !isHostPort(s.ListenAddr) {
		return Config{}, errors.New("LISTEN_ADDR: must be host:port, such as 127.0.0.1:8080")
	}
	host, _, _ := net.SplitHostPort(s.ListenAddr)
	loopback := heygen.IsLoopback(host)
	for _, timeout := range []struct {
		name string
		time.Duration
	}{{"HEYGEN_ATTEMPT_TIMEOUT", s.AttemptTimeout}, {"OPERATION_TIMEOUT", s.OperationTimeout}, {"DRAIN_TIMEOUT", s.DrainTimeout}} {
		if timeout.Duration <= 0 || timeout.Duration > time.Hour {
			return Config{}, errors.New(timeout.name + ": must be more than 0 and at most 1h")
		}
	}
	for _, check := range []func() error{s.checkAuth, s.Cache.check, s.Limits.check, s.Log.check} {
		if err := check(); err != nil {
			return Config{}, err
		}
	}
	if s.DrainDelay < 0 || s.DrainDelay > time.Hour {
		return Config{}, errors.New("DRAIN_DELAY: must be between 0 and 1h")
	}
	for _, limit := range []struct {
		name             string
		value, low, high int
	}{{"HEYGEN_MAX_CONCURRENT", s.MaxConcurrent, 1, 1000}, {"HEYGEN_RETRIES", s.Retries, 0, 10}, {"MAX_OPERATIONS", s.MaxOperations, 1, 1_000_000}} {
		if limit.value < limit.low || limit.value > limit.high {
			return Config{}, fmt.Errorf("%s: must be between %d and %d", limit.name, limit.low, limit.high)
		}
	}
	if s.SandboxTraining < 0 || s.SandboxTraining > 24*time.Hour {
		return Config{}, errors.New("SANDBOX_TRAINING_DURATION: must be between 0 and 24h")
	}
	if n := len(s.CursorSecret); n > 0 && n < 16 {
		return Config{}, errors.New("CURSOR_SECRET: must have at least 16 characters")
	}
	if s.APIKey = heygen.NewKey(s.apiKey); !s.APIKey.Valid() {
		return Config{}, errors.New("HEYGEN_API_KEY: must hold visible ASCII characters alone (is there a space or a line break?)")
	}
	s.Sandbox = loopback && s.apiKey == "" && s.BaseURL == "" && !s.Auth.Passthrough
	if s.sandbox.given {
		s.Sandbox = s.sandbox.value
	}
	switch {
	case s.Sandbox && s.BaseURL != "":
		return Config{}, errors.New("HEYGEN_SANDBOX: cannot be true when HEYGEN_BASE_URL is set: choose one of the two")
	case !s.Sandbox && s.apiKey == "" && !s.Auth.Passthrough:
		return Config{}, errors.New("HEYGEN_API_KEY: is missing (HEYGEN_SANDBOX=true works without one, and so does HEYGEN_AUTH=passthrough)")
	case !loopback && !s.Auth.Passthrough && !s.Auth.RequiresToken() && !s.Auth.anonymous:
		return Config{}, errors.New("LISTEN_ADDR: beyond loopback everybody could use the server's key; set CLIENT_TOKENS, or ALLOW_ANONYMOUS=true if that is meant")
	}
	s.Auth.LoopbackOnly = loopback && !s.Sandbox && !s.Auth.Passthrough && !s.Auth.RequiresToken() && !s.Auth.anonymous
	if s.BaseURL == "" {
		s.BaseURL = heygen.DefaultBaseURL
	}
	base, err := heygen.ParseBaseURL(s.BaseURL)
	if err != nil {
		return Config{}, errors.New("HEYGEN_BASE_URL: " + err.Error())
	}
	s.BaseURL = base
	return s.Config, nil
}
