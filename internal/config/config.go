// Package config reads the server's settings from flags and environment variables and
// checks them. It does not read the environment itself: the caller passes getenv.
package config

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"net/url"
	"time"

	"heygen-graphql/heygen"
)

// Config holds every setting, checked.
type Config struct {
	ListenAddr       string
	MetricsAddr      string // "": /metrics is served on ListenAddr
	BaseURL          string
	APIKey           heygen.Key
	Sandbox          bool
	SandboxTraining  time.Duration
	SandboxGroups    int // 0: those of the embedded catalogue
	CursorSecret     string
	RedisURL         string // "": replicas share nothing
	AttemptTimeout   time.Duration
	OperationTimeout time.Duration
	DrainDelay       time.Duration
	DrainTimeout     time.Duration
	MaxConcurrent    int
	MaxOperations    int
	Retries          int
	Compress         bool
	Auth             Auth
	Cache            Cache
	Limits           Limits
	RateLimit        RateLimit
	Live             Live
	Log              Log
}

// UpstreamHost returns the name of the upstream for logs and for GraphiQL.
func (c Config) UpstreamHost() string {
	if c.Sandbox {
		return "the embedded sandbox"
	}
	u, _ := url.Parse(c.BaseURL) // checked by Read
	return u.Host
}

// flagValues holds the values of the flags before they are checked together.
type flagValues struct {
	Config
	apiKey     string
	sandbox    optionalBool
	rawAuth    rawAuth
	rawCallers rawCallers
}

// define defines each setting once, as a flag. Its environment variable is the same
// name in capitals: -listen-addr and LISTEN_ADDR.
func (v *flagValues) define(flags *flag.FlagSet) {
	flags.StringVar(&v.ListenAddr, "listen-addr", "127.0.0.1:8080", "`host:port` to listen on; port 0 selects a free port, which is logged")
	flags.StringVar(&v.MetricsAddr, "metrics-addr", "", "`host:port` that serves /metrics to every client that can reach it (default: /metrics is served on listen-addr, to loopback clients only)")
	flags.StringVar(&v.apiKey, "heygen-api-key", "", "HeyGen API `key`, used for every caller (other users of the machine can read flags: prefer the environment variable)")
	flags.StringVar(&v.BaseURL, "heygen-base-url", "", "base `URL` of HeyGen's API, without /v3; plain http for loopback only (default "+heygen.DefaultBaseURL+")")
	flags.Var(&v.sandbox, "heygen-sandbox", "true: serve the embedded HeyGen sandbox with its invented avatars; false: never (default: true on loopback if no key, no base URL and no passthrough is set)")
	flags.DurationVar(&v.SandboxTraining, "sandbox-training-duration", 2*time.Minute, "maximum duration of an avatar's training in the sandbox; 0: training statuses never change")
	flags.IntVar(&v.SandboxGroups, "sandbox-groups", 0, "number of avatar groups in the sandbox, generated beyond its catalogue, up to 100000; 0: the catalogue")
	flags.StringVar(&v.CursorSecret, "cursor-secret", "", "`secret` that signs cursors, and is part of the keys that encrypt records in Redis, at least 16 characters, the same on all replicas; without it, damaged cursors are rejected but forged ones are not")
	flags.DurationVar(&v.AttemptTimeout, "heygen-attempt-timeout", heygen.DefaultAttemptTimeout, "maximum duration of one attempt of a call to HeyGen")
	flags.IntVar(&v.MaxConcurrent, "heygen-max-concurrent", heygen.DefaultMaxConcurrent, "maximum number of calls to HeyGen in flight for each key, with redis-url of all replicas together; further calls are queued")
	flags.IntVar(&v.Retries, "heygen-retries", heygen.DefaultRetries, "maximum number of retries of a call that was rate limited, failed at HeyGen or lost its connection; 0 disables retries")
	flags.IntVar(&v.MaxOperations, "max-operations", 1000, "maximum number of GraphQL operations in flight; further ones are rejected with 503")
	flags.BoolVar(&v.Compress, "compress", true, "compress responses with gzip or zstd for clients that accept it; set it to false if a proxy does")
	flags.DurationVar(&v.OperationTimeout, "operation-timeout", 30*time.Second, "maximum duration of a GraphQL operation, including its time in the queue")
	flags.DurationVar(&v.DrainDelay, "drain-delay", 0, "how long requests are still accepted after SIGTERM, while /readyz returns 503")
	flags.DurationVar(&v.DrainTimeout, "drain-timeout", 30*time.Second, "how long requests in flight may take after SIGTERM and drain-delay")
	v.defineAuth(flags)
	v.defineCallers(flags)
	v.Cache.define(flags)
	v.defineRedis(flags)
	v.Limits.define(flags)
	v.Live.define(flags)
	v.Log.define(flags)
}

// Read reads the settings: flags take precedence over environment variables, and both
// over defaults. Its error is one line that names the setting. If args request help,
// Read writes it to help and returns flag.ErrHelp.
func Read(args []string, getenv func(string) string, help io.Writer) (Config, error) {
	var v flagValues
	flags := flag.NewFlagSet("heygen-graphql", flag.ContinueOnError)
	flags.SetOutput(io.Discard) // the error is one line, without the list of flags
	v.define(flags)
	err := flags.Parse(args)
	set := map[string]bool{}
	flags.Visit(func(f *flag.Flag) { set[f.Name] = true })
	var invalid error
	flags.VisitAll(func(f *flag.Flag) {
		// The error does not repeat a value that cannot be parsed: it may be a key that
		// was put into the wrong variable.
		if value := getenv(envName(f.Name)); value != "" && !set[f.Name] && flags.Set(f.Name, value) != nil && invalid == nil {
			invalid = fmt.Errorf("%s: %s", envName(f.Name), expectedFormat(f))
		}
	})
	switch {
	case errors.Is(err, flag.ErrHelp):
		writeHelp(help, flags)
		return Config{}, err
	case err != nil:
		return Config{}, fmt.Errorf("%s (-h lists the flags)", err)
	case flags.NArg() > 0:
		return Config{}, fmt.Errorf("%q: unexpected argument, only flags are accepted (-h lists them)", flags.Arg(0))
	case invalid != nil:
		return Config{}, invalid
	}
	set = map[string]bool{} // now by environment variables, too
	flags.Visit(func(f *flag.Flag) { set[f.Name] = true })
	if err := v.checkCatalogues(set); err != nil {
		return Config{}, err
	}
	return v.check()
}
