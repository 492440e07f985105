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
	"slices"
	"syscall"

	"heygen-graphql/graph"
	"heygen-graphql/heygen"
	"heygen-graphql/heygen/cached"
	"heygen-graphql/heygen/sandbox"
	"heygen-graphql/internal/bearer"
	"heygen-graphql/internal/middleware"
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
	cfg, err := readConfig(args, getenv, stdout)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return 0
	case err != nil:
		return fail(2, err)
	}
	if getenv("GOGC") == "" {
		roomForGarbage()
	}
	log := cfg.logger(stderr)
	again := make(chan os.Signal, 1)
	signal.Notify(again, syscall.SIGHUP) // before anything else: until then the signal ends the process
	defer signal.Stop(again)
	listener, err := listen("LISTEN_ADDR", cfg.listenAddr)
	if err != nil {
		return fail(1, err)
	}
	defer listener.Close()
	origin := originOf(listener.Addr())

	callers, err := cfg.callers(log)
	if err != nil {
		return fail(2, err)
	}
	seen := newMeter(log)
	upstream := cfg.upstream(log)
	upstream.Observe = seen.call
	var embedded *sandbox.Sandbox
	if cfg.sandbox {
		embedded = sandbox.New(sandbox.Options{PublicURL: origin + "/sandbox", TrainingDuration: cfg.sandboxTraining})
		defer embedded.Close()
		upstream.BaseURL, upstream.Key, upstream.Transport = "http://localhost", heygen.NewKey("sk_V2_sandbox"), embedded.Transport()
		log.Warn("SANDBOX: every response comes from the embedded HeyGen sandbox, whose avatars are invented. Set HEYGEN_API_KEY, without HEYGEN_SANDBOX=true, to serve your own account.")
	}
	client, err := heygen.New(upstream)
	if err != nil {
		return fail(2, err)
	}
	kept := cached.New(cfg.memory(client, log))
	defer kept.Close()
	api := graph.NewHandler(cfg.api(kept, callers, seen, log))
	seen.watch(kept, api)
	if err := cfg.trust(api, log); err != nil {
		return fail(2, err)
	}

	ready := &readiness{passthrough: cfg.passthrough, health: kept.Health}
	site := site{config: cfg, api: api, callers: callers, embedded: embedded, ready: ready, metrics: seen.metrics}
	servers := []serving{{newServer(site.handler(), cfg.operationTimeout, log), listener}}
	if cfg.metricsAddr != "" {
		metrics, err := listen("METRICS_ADDR", cfg.metricsAddr)
		if err != nil {
			return fail(1, err)
		}
		servers = append(servers, serving{newServer(site.metricsAlone(), cfg.operationTimeout, log), metrics})
		log.Info("metrics", "metrics", originOf(metrics.Addr())+"/metrics")
	}
	failed := serve(servers)
	log.Info("listening", "graphiql", origin+"/", "graphql", origin+"/graphql", "heygen", cfg.upstreamHost(), "auth", cfg.admits())
	for {
		select {
		case <-failed:
			log.Error("listener failed")
			return 1
		case <-again:
			cfg.reread(api, callers, log)
		case <-ctx.Done():
			ready.stopping.Store(true)
			return drain(servers, cfg.drainDelay, cfg.drainTimeout, log)
		}
	}
}

// upstream is the client of HeyGen.
func (c config) upstream(log *slog.Logger) heygen.Options {
	return heygen.Options{
		BaseURL: c.baseURL, Key: c.key, MaxConcurrent: c.maxCalls, Retries: c.retries, Logger: log,
		// No call is worth more time than the operation that makes it: the breaker
		// goes by calls that had theirs.
		CallTimeout: min(c.callTimeout, c.operationTimeout),
	}
}

// memory stands on the client.
func (c config) memory(client *heygen.Client, log *slog.Logger) cached.Options {
	return cached.Options{
		HeyGen: client, MaxBytes: int64(c.cache.bytes), Fresh: c.cache.fresh, StaleWhileRevalidate: c.cache.stale, StaleIfError: c.cache.outage, PendingTTL: c.cache.training,
		NegativeTTL: c.cache.missing, RefreshTimeout: c.cache.refreshTimeout, Logger: log,
		MaxBackgroundRefreshes: max(1, c.maxCalls/3), // the others are for those who wait
	}
}

// api stands on the memory.
func (c config) api(kept *cached.Client, callers *bearer.Tokens, seen *meter, log *slog.Logger) graph.Options {
	o := graph.Options{
		HeyGen: kept, CursorSecret: c.cursorSecret, Timeout: c.operationTimeout, MaxOperations: c.maxOperations,
		DisableAPQ: c.cache.bytes == 0, Logger: log, RequestID: middleware.RequestIDFrom, OnResponse: seen.operation,
	}
	c.limits.apply(&o)
	if c.passthrough {
		o.HeyGenForKey = func(key heygen.Key) graph.Upstream { return kept.ForKey(key) }
	}
	if callers.Required() {
		o.Authorize = callers.Valid
	}
	return o
}
