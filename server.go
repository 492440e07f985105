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
	"net"
	"net/http"
	"os"
	"os/signal"
	"sync/atomic"
	"syscall"
	"time"

	"heygen-graphql/graph"
	"heygen-graphql/graph/playground"
	"heygen-graphql/heygen"
	"heygen-graphql/heygen/cached"
	"heygen-graphql/heygen/sandbox"
	"heygen-graphql/internal/web"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends the process at once
	os.Exit(run(ctx, os.Args[1:], os.Getenv, os.Stderr))
}

// run is the server's life: it ends when ctx does, and gives the exit code.
// 0: every answer under way was finished. 1: it could not start, or answers
// were cut. 2: a setting is wrong.
func run(ctx context.Context, args []string, getenv func(string) string, stderr io.Writer) int {
	cfg, err := readConfig(args, getenv, stderr)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return 0
	case err != nil:
		fmt.Fprintln(stderr, "heygen-graphql:", err)
		return 2
	}
	log := slog.New(slog.NewTextHandler(stderr, nil))
	listener, err := net.Listen("tcp", cfg.listenAddr)
	if err != nil {
		fmt.Fprintln(stderr, "heygen-graphql: LISTEN_ADDR:", cfg.listenAddr, listenFailure(err))
		return 1
	}
	origin := originOf(listener.Addr())

	upstream := cfg.upstream(log)
	var embedded *sandbox.Sandbox
	if cfg.sandbox {
		embedded = sandbox.New(sandbox.Options{PublicURL: origin + "/sandbox", Training: cfg.sandboxTraining})
		defer embedded.Close()
		upstream.BaseURL, upstream.Key, upstream.Transport = "http://localhost", heygen.NewKey("sk_V2_sandbox"), embedded.Transport()
		log.Warn("SANDBOX: every answer comes from the embedded HeyGen, whose people are invented. Set HEYGEN_API_KEY to serve your own account.")
	}
	client, err := heygen.New(upstream)
	if err != nil {
		fmt.Fprintln(stderr, "heygen-graphql:", err)
		return 2
	}
	kept := cached.New(cfg.memory(client, log))
	defer kept.Close()
	api := graph.NewHandler(cfg.api(kept, log))

	var ready atomic.Bool
	ready.Store(true)
	page := playground.New(playground.Options{Sandbox: cfg.sandbox, Upstream: cfg.upstreamHost(), Query: firstQuery})
	server := newServer(routes(api, page, embedded, &ready), cfg.operationTimeout, log)
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	log.Info("listening", "graphiql", origin+"/", "graphql", origin+"/graphql", "heygen", cfg.upstreamHost())

	select {
	case <-failed:
		log.Error("the listener broke")
		return 1
	case <-ctx.Done():
	}
	ready.Store(false)
	log.Info("draining", "atMost", cfg.drainTimeout.String())
	bounded, cancel := context.WithTimeout(context.Background(), cfg.drainTimeout)
	defer cancel()
	if err := server.Shutdown(bounded); err != nil {
		_ = server.Close()
		log.Error("stopped before every answer was finished")
		return 1
	}
	log.Info("stopped")
	return 0
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
		HeyGen: client, Bytes: int64(c.cache.bytes), Fresh: c.cache.fresh, Stale: c.cache.stale, Outage: c.cache.outage, Training: c.cache.training,
		Missing: c.cache.missing, RefreshTimeout: c.cache.refreshTimeout, Logger: log,
		Behind: max(1, c.maxCalls/3), // the others are for those who wait
	}
}

// api stands on the memory.
func (c config) api(kept graph.Upstream, log *slog.Logger) graph.Options {
	return graph.Options{
		HeyGen: kept, CursorSecret: c.cursorSecret, Timeout: c.operationTimeout, MaxOperations: c.maxOperations,
		ForgetDocuments: c.cache.bytes == 0, Logger: log, RequestID: web.RequestIDOf,
	}
}

// routes is everything that is served. embedded is nil beside the real HeyGen.
func routes(api, page http.Handler, embedded *sandbox.Sandbox, ready *atomic.Bool) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/graphql", api)
	mux.Handle("/{$}", page)
	mux.Handle("/playground/", page)
	mux.Handle("GET /schema.graphql", text(http.StatusOK, graph.SDL()))
	mux.Handle("GET /healthz", text(http.StatusOK, "ok\n"))
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) {
		if ready.Load() {
			text(http.StatusOK, "ready\n").ServeHTTP(w, r)
			return
		}
		text(http.StatusServiceUnavailable, "stopping\n").ServeHTTP(w, r)
	})
	var all http.Handler = mux
	if embedded != nil {
		mux.Handle("/sandbox/", http.StripPrefix("/sandbox", embedded))
		all = web.Header("X-HeyGen-Sandbox", "true", all)
	}
	return web.RequestID(web.Header("X-Content-Type-Options", "nosniff", all))
}

func text(status int, body string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		w.Header().Set("Cache-Control", "no-cache")
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	})
}

// newServer bounds what a slow client can hold: headers 5 s, the whole request
// 15 s, the answer 15 s more than an operation may take.
func newServer(handler http.Handler, operation time.Duration, log *slog.Logger) *http.Server {
	return &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       15 * time.Second,
		WriteTimeout:      operation + 15*time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10, // a GET carries its document in the URL
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
}

// originOf is where this machine reaches a listener.
func originOf(addr net.Addr) string {
	tcp := addr.(*net.TCPAddr)
	host := tcp.IP.String()
	if tcp.IP.IsUnspecified() {
		host = "localhost"
	}
	return "http://" + net.JoinHostPort(host, fmt.Sprint(tcp.Port))
}

func listenFailure(err error) string {
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return "is in use"
	case errors.Is(err, syscall.EACCES):
		return "may not be used by this account"
	default:
		return "cannot be listened on"
	}
}

// firstQuery is what GraphiQL opens with.
const firstQuery = `# Characters, each with looks to make a video with and
# the voice that suits it. Run it with the button.
# Next page: set "after" to this endCursor.
query Characters($after: String) {
  avatarGroups(first: 5, after: $after) {
    nodes {
      id
      name
      previewImageUrl
      looks(first: 3) {
        nodes {
          lookId
          name
          readiness {
            state
            reason
          }
        }
      }
      defaultVoice {
        name
        language
        previewAudioUrl
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
`
