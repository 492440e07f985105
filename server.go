// Command heygen-graphql serves HeyGen's avatars over GraphQL.
//
// This file shows the process as a whole: the stack of clients and handlers, signals
// and exit codes. Settings are read by internal/config, HTTP is served by
// internal/server.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"runtime/debug"
	"slices"
	"sync"
	"syscall"

	"heygen-graphql/graph"
	"heygen-graphql/heygen"
	"heygen-graphql/heygen/cached"
	"heygen-graphql/heygen/sandbox"
	"heygen-graphql/internal/config"
	"heygen-graphql/internal/middleware"
	"heygen-graphql/internal/ratelimit"
	"heygen-graphql/internal/server"
	"heygen-graphql/internal/tracing"
)

// Exit codes.
const (
	exitOK       = 0 // every response was finished
	exitFailed   = 1 // the server could not listen, or responses were cut off
	exitSettings = 2 // a setting is wrong
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends the process at once
	os.Exit(run(ctx, os.Args[1:], os.Getenv, os.Stdout, os.Stderr))
}

// run runs the server until ctx is done and returns the exit code. It writes the help
// and the version to stdout, everything else to stderr.
func run(ctx context.Context, args []string, getenv func(string) string, stdout, stderr io.Writer) int {
	fail := func(code int, err error) int {
		fmt.Fprintln(stderr, "heygen-graphql:", err)
		return code
	}
	if slices.Equal(args, []string{"-version"}) || slices.Equal(args, []string{"--version"}) {
		fmt.Fprintln(stdout, version())
		return exitOK
	}
	cfg, err := config.Read(args, getenv, stdout)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return exitOK
	case err != nil:
		return fail(exitSettings, err)
	}
	if getenv("GOGC") == "" {
		debug.SetGCPercent(gcPercent)
	}
	log := cfg.Log.Logger(stderr)
	sighup := make(chan os.Signal, 1)
	signal.Notify(sighup, syscall.SIGHUP) // first of all: until then the signal ends the process
	defer signal.Stop(sighup)
	listener, err := server.Listen("LISTEN_ADDR", cfg.ListenAddr)
	if err != nil {
		return fail(exitFailed, err)
	}
	defer listener.Close()
	baseURL := server.BaseURL(listener.Addr())

	tokens, err := cfg.Auth.NewTokens(log)
	if err != nil {
		return fail(exitSettings, err)
	}
	callers := server.NewCallers(cfg, tokens, log)
	defer callers.Close()
	traces, err := tracing.Setup(ctx, getenv, buildVersion(), log)
	if err != nil {
		return fail(exitSettings, err)
	}
	defer traces.Shutdown() // after the last request, and after the cache has closed
	telemetry := server.NewTelemetry(log, traces != nil, cfg.RedisURL != "")
	upstream := clientOptions(cfg, telemetry, log)
	var embedded *sandbox.Sandbox
	if cfg.Sandbox {
		embedded = sandbox.New(sandbox.Options{PublicURL: baseURL + "/sandbox", GroupCount: cfg.SandboxGroups, TrainingDuration: cfg.SandboxTraining, LookLifetime: 5 * cfg.SandboxTraining, WebhookSecret: cfg.Live.WebhookSecret})
		defer embedded.Close()
		upstream.BaseURL, upstream.Key, upstream.Transport = "http://localhost", heygen.NewKey("sk_V2_sandbox"), embedded.Transport()
		log.Warn("SANDBOX: every response comes from the embedded HeyGen sandbox, whose avatars are invented. Set HEYGEN_API_KEY, without HEYGEN_SANDBOX=true, to serve your own account.")
	}
	upstream.Trace = traces.Attempts(upstream.BaseURL)
	client, err := heygen.New(upstream)
	if err != nil {
		return fail(exitSettings, err)
	}
	redis := server.OpenRedis(cfg, telemetry, log)
	defer redis.Close() // after the cache has closed
	cachedClient := cached.New(cacheOptions(cfg, client, redis, telemetry, log))
	defer cachedClient.Close()
	options := apiOptions(cfg, cachedClient, redis, callers, telemetry, log)
	options.StartTrace = traces.Operations()
	api := graph.NewHandler(options)
	telemetry.CollectFrom(cachedClient, api, redis)
	if err := server.LoadTrustedDocuments(cfg, api, log); err != nil {
		return fail(exitSettings, err)
	}

	readiness := &server.Readiness{Passthrough: cfg.Auth.Passthrough, Health: cachedClient.Health}
	routes := server.Routes{Config: cfg, API: api, Callers: callers, Sandbox: embedded, Readiness: readiness, Telemetry: telemetry, Tracing: traces, Log: log, Redis: redis, Client: cachedClient}
	servers := []*server.Server{server.New(listener, routes.Handler(), cfg.OperationTimeout, log)}
	if cfg.MetricsAddr != "" {
		metricsListener, err := server.Listen("METRICS_ADDR", cfg.MetricsAddr)
		if err != nil {
			return fail(exitFailed, err)
		}
		servers = append(servers, server.New(metricsListener, routes.MetricsHandler(), cfg.OperationTimeout, log))
		log.Info("metrics", "metrics", server.BaseURL(metricsListener.Addr())+"/metrics")
	}
	if cfg.Cache.CatalogueWarm {
		defer keepWarm(ctx, cachedClient)()
	}
	stopped := server.Serve(servers)
	pages := []any{"graphiql", baseURL + "/"}
	if cfg.Limits.Gallery {
		pages = append(pages, "gallery", baseURL+"/gallery")
	}
	log.Info("listening", append(pages, "graphql", baseURL+"/graphql", "heygen", cfg.UpstreamHost(), "auth", cfg.Auth.Mode())...)
	for {
		select {
		case <-stopped:
			log.Error("listener failed")
			return exitFailed
		case <-sighup:
			server.Reload(cfg, api, tokens, log)
		case <-ctx.Done():
			readiness.Stopping.Store(true)
			if !server.Drain(servers, api.CloseStreams, cfg.DrainDelay, cfg.DrainTimeout, log) {
				return exitFailed
			}
			return exitOK
		}
	}
}

// gcPercent replaces Go's default GOGC of 100. A process that caches little has a heap
// of 4 MB, which is collected 50 times a second under load: with 100, small operations
// take a quarter more CPU time (60 µs instead of 48).
const gcPercent = 150

// clientOptions returns the options of the client of HeyGen.
func clientOptions(cfg config.Config, telemetry *server.Telemetry, log *slog.Logger) heygen.Options {
	return heygen.Options{
		BaseURL: cfg.BaseURL, Key: cfg.APIKey, MaxConcurrent: cfg.MaxConcurrent, Retries: cfg.Retries, Observe: telemetry.UpstreamCall, Logger: log,
		// No call may take longer than the operation that makes it: the circuit breaker
		// counts only calls that had their full timeout.
		AttemptTimeout: min(cfg.AttemptTimeout, cfg.OperationTimeout),
	}
}

// keepWarm reads the catalogues in the background. It returns a function that ends this.
func keepWarm(ctx context.Context, client *cached.Client) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	var running sync.WaitGroup
	running.Go(func() { client.KeepWarm(ctx) })
	return func() {
		cancel()
		running.Wait()
	}
}

// cacheOptions returns the options of the cache before the client.
func cacheOptions(cfg config.Config, client *heygen.Client, redis *server.Redis, telemetry *server.Telemetry, log *slog.Logger) cached.Options {
	return cached.Options{
		HeyGen: client, MaxBytes: int64(cfg.Cache.MaxBytes), Fresh: cfg.Cache.Fresh, StaleWhileRevalidate: cfg.Cache.StaleWhileRevalidate, StaleIfError: cfg.Cache.StaleIfError,
		PendingTTL: cfg.Cache.PendingTTL, NegativeTTL: cfg.Cache.NegativeTTL, RefreshTimeout: cfg.Cache.RefreshTimeout, Logger: log,
		PollInterval: cfg.Live.PollInterval, ObservePoll: telemetry.Poll,
		CatalogueMaxItems: cfg.Cache.CatalogueMaxItems, ObserveWalk: telemetry.CatalogueWalk, Shared: redis.CacheState(), SharedSecret: cfg.CursorSecret,
		MaxBackgroundRefreshes: max(1, cfg.MaxConcurrent/3), // the other slots are for callers who wait
	}
}

// apiOptions returns the options of the GraphQL API before the cache.
func apiOptions(cfg config.Config, client *cached.Client, redis *server.Redis, callers *server.Callers, telemetry *server.Telemetry, log *slog.Logger) graph.Options {
	o := graph.Options{
		HeyGen: client, CursorSecret: cfg.CursorSecret, Timeout: cfg.OperationTimeout, MaxOperations: cfg.MaxOperations,
		DisableAPQ: cfg.Cache.MaxBytes == 0, CatalogueMaxItems: cfg.Cache.CatalogueMaxItems, Compress: cfg.Compress, Logger: log, RequestID: middleware.RequestIDFrom, SharedDocuments: redis.Documents(), OnResponse: telemetry.Operation,
	}
	o.StreamTimeout, o.MaxStreams, o.MaxStreamsPerCaller, o.MaxSocketOperations = cfg.Live.StreamTimeout, cfg.Live.MaxStreams, cfg.Live.MaxStreamsPerCaller, cfg.Live.MaxSocketOperations
	o.StreamCaller, o.OnStreamEnd = callers.StreamCaller, telemetry.StreamEnded
	cfg.Limits.Apply(&o)
	if cfg.Auth.Passthrough {
		o.HeyGenForKey = func(key heygen.Key) graph.Upstream { return client.ForKey(key) }
	}
	if limit := cfg.RateLimit; limit.PerMinute > 0 {
		o.RateLimiter = ratelimit.New(ratelimit.Options{PerMinute: limit.PerMinute, Burst: limit.Burst, Shared: redis.RateLimits()})
	}
	if callers.Required() {
		o.Identify = callers.Identify
	}
	return o
}

// version returns the tag or commit of the build and the Go version.
func version() string {
	build, ok := debug.ReadBuildInfo()
	if !ok {
		return "heygen-graphql, built without version information"
	}
	return fmt.Sprintf("heygen-graphql %s, %s", build.Main.Version, build.GoVersion)
}

// buildVersion returns the tag or commit of the build, or "".
func buildVersion() string {
	if build, ok := debug.ReadBuildInfo(); ok {
		return build.Main.Version
	}
	return ""
}
