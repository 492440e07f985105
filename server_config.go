package main

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

// config is every setting of the server, checked.
type config struct {
	listenAddr       string
	baseURL          string
	key              heygen.Key
	sandbox          bool
	sandboxTraining  time.Duration
	cursorSecret     string
	callTimeout      time.Duration
	operationTimeout time.Duration
	drainTimeout     time.Duration
	maxOperations    int
	maxCalls         int
	retries          int
	drainDelay       time.Duration
	compress         bool
	cache            cacheConfig
	limits           limitsConfig
	accessConfig
	logConfig
}

// upstreamHost names HeyGen, or what stands in its place, to people.
func (c config) upstreamHost() string {
	if c.sandbox {
		return "the embedded sandbox"
	}
	u, _ := url.Parse(c.baseURL) // checked
	return u.Host
}

// settings are the values as they were given, before they are checked together.
type settings struct {
	config
	apiKey      string
	sandboxWish optionalBool
	given       accessSettings
}

// define names every setting once. Its flag is the name, its variable the same
// in capitals: -listen-addr and LISTEN_ADDR.
func (s *settings) define(flags *flag.FlagSet) {
	flags.StringVar(&s.listenAddr, "listen-addr", "127.0.0.1:8080", "the `host:port` to listen on; port 0 takes a free one")
	flags.StringVar(&s.apiKey, "heygen-api-key", "", "HeyGen's `key` for every caller (other users of the machine can read a flag: prefer the variable)")
	flags.StringVar(&s.baseURL, "heygen-base-url", "", "the `URL` of HeyGen's API; http for loopback alone (default "+heygen.DefaultBaseURL+")")
	flags.Var(&s.sandboxWish, "heygen-sandbox", "true: answer from the embedded HeyGen with its invented people; false: never (default: true on loopback when neither a key, a base URL nor passthrough is set)")
	flags.DurationVar(&s.sandboxTraining, "sandbox-training-duration", 2*time.Minute, "the longest that a training takes in the embedded HeyGen; 0: statuses stand still")
	s.defineAccess(flags)
	flags.StringVar(&s.cursorSecret, "cursor-secret", "", "signs cursors, the same on all replicas, 16 characters or more; without it they are safe from damage, not from forgery")
	flags.DurationVar(&s.callTimeout, "heygen-attempt-timeout", heygen.DefaultCallTimeout, "how long one try of a call to HeyGen may take")
	flags.IntVar(&s.maxCalls, "heygen-max-concurrent", heygen.DefaultMaxConcurrent, "how many calls to HeyGen may be under way at once; others wait")
	flags.IntVar(&s.retries, "heygen-retries", heygen.DefaultRetries, "how often a call is tried again that HeyGen refused for now, failed at or broke off; 0: never")
	s.cache.define(flags)
	s.limits.define(flags)
	flags.IntVar(&s.maxOperations, "max-operations", 1000, "how many GraphQL operations may be under way at once; others are refused")
	flags.BoolVar(&s.compress, "compress", true, "compress answers by gzip or zstd for clients that take it; false where a proxy does")
	flags.DurationVar(&s.operationTimeout, "operation-timeout", 30*time.Second, "how long a GraphQL operation may take, waiting for its turn included")
	flags.DurationVar(&s.drainDelay, "drain-delay", 0, "how long requests are still taken once the server is told to stop, and /readyz says so")
	flags.DurationVar(&s.drainTimeout, "drain-timeout", 30*time.Second, "how long answers under way may take once the server is told to stop")
	s.logConfig.define(flags)
}

// readConfig reads the settings: flags, over variables, over defaults. Its
// error is one line that names the setting; flag.ErrHelp: help was asked for
// and has been written.
func readConfig(args []string, getenv func(string) string, help io.Writer) (config, error) {
	var s settings
	flags := flag.NewFlagSet("heygen-graphql", flag.ContinueOnError)
	flags.SetOutput(io.Discard) // errors are one line, without the list of flags
	s.define(flags)
	err := flags.Parse(args)
	given := map[string]bool{}
	flags.Visit(func(f *flag.Flag) { given[f.Name] = true })
	var wrong error
	flags.VisitAll(func(f *flag.Flag) {
		// A value that cannot be read is not repeated: it may be a key that
		// landed in the wrong variable.
		if value := getenv(variable(f)); value != "" && !given[f.Name] && flags.Set(f.Name, value) != nil && wrong == nil {
			wrong = fmt.Errorf("%s: %s", variable(f), kind(f))
		}
	})
	switch {
	case errors.Is(err, flag.ErrHelp):
		writeHelp(help, flags)
		return config{}, err
	case err != nil:
		return config{}, fmt.Errorf("%s (-h lists the flags)", err)
	case flags.NArg() > 0:
		return config{}, fmt.Errorf("%q: there are only flags (-h lists them)", flags.Arg(0))
	case wrong != nil:
		return config{}, wrong
	}
	return s.check()
}

func isAddress(text string) bool {
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

func variable(f *flag.Flag) string { return settingOf(f.Name) }

// settingOf is the variable of a flag.
func settingOf(flag string) string { return strings.ToUpper(strings.ReplaceAll(flag, "-", "_")) }

func kind(f *flag.Flag) string {
	switch f.Value.(flag.Getter).Get().(type) {
	case bool:
		return "must be true or false"
	case int:
		return "must be a whole number"
	case byteSize:
		return errBytes.Error()
	default:
		return "must be a duration such as 15s or 1m30s"
	}
}

// check looks at the settings together.
func (s *settings) check() (config, error) {
	if !isAddress(s.listenAddr) {
		return config{}, errors.New("LISTEN_ADDR: must be host:port, such as 127.0.0.1:8080")
	}
	host, _, _ := net.SplitHostPort(s.listenAddr)
	loopback := heygen.IsLoopback(host)
	for _, wait := range []struct {
		name string
		time.Duration
	}{{"HEYGEN_ATTEMPT_TIMEOUT", s.callTimeout}, {"OPERATION_TIMEOUT", s.operationTimeout}, {"DRAIN_TIMEOUT", s.drainTimeout}} {
		if wait.Duration <= 0 || wait.Duration > time.Hour {
			return config{}, errors.New(wait.name + ": must be more than 0 and at most 1h")
		}
	}
	for _, check := range []func() error{s.checkAccess, s.cache.check, s.limits.check, s.logConfig.check} {
		if err := check(); err != nil {
			return config{}, err
		}
	}
	if s.drainDelay < 0 || s.drainDelay > time.Hour {
		return config{}, errors.New("DRAIN_DELAY: must be between 0 and 1h")
	}
	for _, most := range []struct {
		name             string
		value, low, high int
	}{{"HEYGEN_MAX_CONCURRENT", s.maxCalls, 1, 1000}, {"HEYGEN_RETRIES", s.retries, 0, 10}, {"MAX_OPERATIONS", s.maxOperations, 1, 1_000_000}} {
		if most.value < most.low || most.value > most.high {
			return config{}, fmt.Errorf("%s: must be between %d and %d", most.name, most.low, most.high)
		}
	}
	if s.sandboxTraining < 0 || s.sandboxTraining > 24*time.Hour {
		return config{}, errors.New("SANDBOX_TRAINING_DURATION: must be between 0 and 24h")
	}
	if n := len(s.cursorSecret); n > 0 && n < 16 {
		return config{}, errors.New("CURSOR_SECRET: must have at least 16 characters")
	}
	if s.key = heygen.NewKey(s.apiKey); !s.key.Valid() {
		return config{}, errors.New("HEYGEN_API_KEY: must hold visible ASCII characters alone (is there a space or a line break?)")
	}
	s.sandbox = loopback && s.apiKey == "" && s.baseURL == "" && !s.passthrough
	if s.sandboxWish.given {
		s.sandbox = s.sandboxWish.value
	}
	switch {
	case s.sandbox && s.baseURL != "":
		return config{}, errors.New("HEYGEN_SANDBOX: cannot be true when HEYGEN_BASE_URL is set: choose one of the two")
	case !s.sandbox && s.apiKey == "" && !s.passthrough:
		return config{}, errors.New("HEYGEN_API_KEY: is missing (HEYGEN_SANDBOX=true works without one, and so does HEYGEN_AUTH=passthrough)")
	case !loopback && !s.passthrough && !s.guarded() && !s.anonymous:
		return config{}, errors.New("LISTEN_ADDR: beyond loopback everybody could use the server's key; set CLIENT_TOKENS, or ALLOW_ANONYMOUS=true if that is meant")
	}
	s.thisMachineOnly = loopback && !s.sandbox && !s.passthrough && !s.guarded() && !s.anonymous
	if s.baseURL == "" {
		s.baseURL = heygen.DefaultBaseURL
	}
	base, err := heygen.ParseBaseURL(s.baseURL)
	if err != nil {
		return config{}, errors.New("HEYGEN_BASE_URL: " + err.Error())
	}
	s.baseURL = base
	return s.config, nil
}
