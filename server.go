// Command heygen-graphql serves HeyGen's avatars over GraphQL.
//
// This file is the whole of it from above: what is read from the environment,
// what stands on what, and how it starts and ends.
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
	"syscall"

	"heygen-graphql/graph"
	"heygen-graphql/heygen"
	"heygen-graphql/heygen/cached"
	"heygen-graphql/heygen/sandbox"
	"heygen-graphql/internal/bearer"
	"heygen-graphql/internal/config"
	"heygen-graphql/internal/middleware"
	"heygen-graphql/internal/server"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends the process at once
	os.Exit(run(ctx, os.Args[1:], os.Getenv, os.Stdout, os.Stderr))
}

// run is the server's life: it ends when ctx does, and gives the exit code.
// 0: every answer under way was finished. 1: it could not start, or answers
// were cut. 2: a setting is wrong. The manual and the version go to stdout, all else to stderr.
func run(ctx context.Context, args []string, getenv func(string) string, stdout, stderr io.Writer) int {
	fail := func(code int, err error) int {
		fmt.Fprintln(stderr, "heygen-graphql:", err)
		return code
	}
	if slices.Equal(args, []string{"-version"}) || slices.Equal(args, []string{"--version"}) {
		fmt.Fprintln(stdout, version())
		return 0
	}
	cfg, err := config.Read(args, getenv, stdout)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return 0
	case err != nil:
		return fail(2, err)
	}
	if getenv("GOGC") == "" {
		debug.SetGCPercent(gcPercent)
	}
	log := cfg.Log.Logger(stderr)
	again := make(chan os.Signal, 1)
	signal.Notify(again, syscall.SIGHUP) // before anything else: until then the signal ends the process
	defer signal.Stop(again)
	listener, err := server.Listen("LISTEN_ADDR", cfg.ListenAddr)
	if err != nil {
		return fail(1, err)
	}
	defer listener.Close()
	origin := server.BaseURL(listener.Addr())

	callers, err := cfg.Auth.NewTokens(log)
	if err != nil {
		return fail(2, err)
	}
	seen := server.NewTelemetry(log)
	options := upstream(cfg, log)
	options.Observe = seen.UpstreamCall
	var embedded *sandbox.Sandbox
	if cfg.Sandbox {
		embedded = sandbox.New(sandbox.Options{PublicURL: origin + "/sandbox", TrainingDuration: cfg.SandboxTraining})
		defer embedded.Close()
		options.BaseURL, options.Key, options.Transport = "http://localhost", heygen.NewKey("sk_V2_sandbox"), embedded.Transport()
		log.Warn("SANDBOX: every response comes from the embedded HeyGen sandbox, whose avatars are invented. Set HEYGEN_API_KEY, without HEYGEN_SANDBOX=true, to serve your own account.")
	}
	client, err := heygen.New(options)
	if err != nil {
		return fail(2, err)
	}
	kept := cached.New(cacheOptions(cfg, client, log))
	defer kept.Close()
	api := graph.NewHandler(apiOptions(cfg, kept, callers, seen, log))
	seen.CollectFrom(kept, api)
	if err := server.LoadTrustedDocuments(cfg, api, log); err != nil {
		return fail(2, err)
	}

	ready := &server.Readiness{Passthrough: cfg.Auth.Passthrough, Health: kept.Health}
	site := server.Routes{Config: cfg, API: api, Tokens: callers, Sandbox: embedded, Readiness: ready, Telemetry: seen}
	servers := []*server.Server{server.New(listener, site.Handler(), cfg.OperationTimeout, log)}
	if cfg.Auth.MetricsAddr != "" {
		metrics, err := server.Listen("METRICS_ADDR", cfg.Auth.MetricsAddr)
		if err != nil {
			return fail(1, err)
		}
		servers = append(servers, server.New(metrics, site.MetricsHandler(), cfg.OperationTimeout, log))
		log.Info("metrics", "metrics", server.BaseURL(metrics.Addr())+"/metrics")
	}
	failed := server.Serve(servers)
	log.Info("listening", "graphiql", origin+"/", "graphql", origin+"/graphql", "heygen", cfg.UpstreamHost(), "auth", cfg.Auth.Mode())
	for {
		select {
		case <-failed:
			log.Error("listener failed")
			return 1
		case <-again:
			server.Reload(cfg, api, callers, log)
		case <-ctx.Done():
			ready.Stopping.Store(true)
			return server.Drain(servers, cfg.DrainDelay, cfg.DrainTimeout, log)
		}
	}
}

// gcPercent replaces Go's default GOGC of 100. A process that caches little has a heap
// of 4 MB, which is collected 50 times a second under load: with 100, small operations
// take a quarter more CPU time (60 µs instead of 48).
const gcPercent = 150

// upstream is the client of HeyGen.
func upstream(c config.Config, log *slog.Logger) heygen.Options {
	return heygen.Options{
		BaseURL: c.BaseURL, Key: c.APIKey, MaxConcurrent: c.MaxConcurrent, Retries: c.Retries, Logger: log,
		// No call is worth more time than the operation that makes it: the breaker
		// goes by calls that had theirs.
		CallTimeout: min(c.AttemptTimeout, c.OperationTimeout),
	}
}

// cacheOptions stands on the client.
func cacheOptions(c config.Config, client *heygen.Client, log *slog.Logger) cached.Options {
	return cached.Options{
		HeyGen: client, MaxBytes: int64(c.Cache.MaxBytes), Fresh: c.Cache.Fresh, StaleWhileRevalidate: c.Cache.StaleWhileRevalidate, StaleIfError: c.Cache.StaleIfError, PendingTTL: c.Cache.PendingTTL,
		NegativeTTL: c.Cache.NegativeTTL, RefreshTimeout: c.Cache.RefreshTimeout, Logger: log,
		MaxBackgroundRefreshes: max(1, c.MaxConcurrent/3), // the others are for those who wait
	}
}

// apiOptions stands on the memory.
func apiOptions(c config.Config, client *cached.Client, callers *bearer.Tokens, telemetry *server.Telemetry, log *slog.Logger) graph.Options {
	o := graph.Options{
		HeyGen: client, CursorSecret: c.CursorSecret, Timeout: c.OperationTimeout, MaxOperations: c.MaxOperations,
		DisableAPQ: c.Cache.MaxBytes == 0, Logger: log, RequestID: middleware.RequestIDFrom, OnResponse: telemetry.Operation,
	}
	c.Limits.Apply(&o)
	if c.Auth.Passthrough {
		o.HeyGenForKey = func(key heygen.Key) graph.Upstream { return client.ForKey(key) }
	}
	if callers.Required() {
		o.Authorize = callers.Valid
	}
	return o
}

// version is what the Go tool knows of the build: the tag or the commit, and
// with what it was compiled.
func version() string {
	built, ok := debug.ReadBuildInfo()
	if !ok {
		return "heygen-graphql, without what it was built from"
	}
	return fmt.Sprintf("heygen-graphql %s, %s", built.Main.Version, built.GoVersion)
}
