// Package server serves the API over HTTP: routes, health checks, listening, graceful
// shutdown, reload on SIGHUP, callers, telemetry, and what replicas share in Redis. GraphQL
// is the business of graph, and caching that of heygen/cached.
package server

import (
	"io"
	"log/slog"
	"net/http"
	"strconv"
	"strings"

	"heygen-graphql/graph"
	"heygen-graphql/graph/gallery"
	"heygen-graphql/graph/playground"
	"heygen-graphql/heygen/cached"
	"heygen-graphql/heygen/sandbox"
	"heygen-graphql/internal/config"
	"heygen-graphql/internal/middleware"
	"heygen-graphql/internal/representation"
	"heygen-graphql/internal/tracing"
	"heygen-graphql/internal/webhook"
)

// webhookPath is the path that HeyGen sends its events to.
const webhookPath = "/webhooks/heygen"

// Routes holds the handlers of all routes and the settings that protect them.
type Routes struct {
	Config    config.Config
	API       *graph.Handler
	Callers   *Callers
	Sandbox   *sandbox.Sandbox // nil if the upstream is HeyGen
	Readiness *Readiness
	Telemetry *Telemetry
	Tracing   *tracing.Tracing // nil: no traces
	Log       *slog.Logger
	Redis     *Redis         // nil: replicas share nothing
	Client    *cached.Client // polls what clients watch, at once after a webhook
}

// Handler returns the handler of LISTEN_ADDR: the middleware, from the inside out, and
// the routes.
func (r Routes) Handler() http.Handler {
	handler := uncachedNotFound(r.mux())
	if r.Config.Compress {
		handler = middleware.Compress(handler)
	}
	if r.Config.Auth.LoopbackOnly {
		handler = r.loopbackOnly(handler)
	}
	if r.Sandbox != nil {
		handler = middleware.SetHeader("X-HeyGen-Sandbox", "true", handler)
	}
	return middleware.RequestID(middleware.SecurityHeaders(handler))
}

func (r Routes) mux() *http.ServeMux {
	mux := http.NewServeMux()
	origins := r.Config.Auth.Origins
	mux.Handle("/graphql", r.Tracing.Handler(origins.CORS(origins.BlockCrossOrigin(r.Redis.limitWaits(r.API), r.rejectCrossOrigin))))
	page := playground.New(playground.Options{Sandbox: r.Config.Sandbox, Upstream: r.Config.UpstreamHost(), Credential: r.Config.Auth.ExampleCredential()})
	mux.Handle("/{$}", page)
	mux.Handle("/playground/", page)
	if r.Config.Limits.Gallery {
		pickerPage := gallery.New(gallery.Options{Sandbox: r.Config.Sandbox, Upstream: r.Config.UpstreamHost(), Credential: r.Config.Auth.ExampleCredential()})
		for _, pattern := range gallery.Patterns() {
			mux.Handle(pattern, pickerPage)
		}
	}
	mux.Handle("/schema.graphql", origins.CORS(r.schema()))
	mux.Handle("GET /healthz", plainText(http.StatusOK, "ok\n"))
	mux.Handle("GET /readyz", r.Readiness)
	if r.Config.MetricsAddr == "" {
		mux.Handle("GET /metrics", metricsLoopbackOnly(r.Telemetry.metrics.Handler()))
	}
	if secret := r.Config.Live.WebhookSecret; secret != "" {
		mux.Handle(webhookPath, webhook.New(webhook.Options{Secret: secret, FirstSeen: r.Redis.FirstSeen(), Wake: r.Client.Wake, Logger: r.Log, Observe: r.Telemetry.WebhookEvent}))
	}
	if r.Sandbox != nil {
		// Pages of every origin may show its images.
		mux.Handle("/sandbox/", middleware.SetHeader("Cross-Origin-Resource-Policy", "cross-origin", http.StripPrefix("/sandbox", r.Sandbox)))
	}
	return mux
}

// uncachedNotFound keeps caches from storing that a path does not exist: another version of
// this server, during an upgrade, may have it, such as a file whose name has a hash.
func uncachedNotFound(mux *http.ServeMux) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		if _, pattern := mux.Handler(req); pattern == "" {
			w.Header().Set("Cache-Control", "no-store")
		}
		mux.ServeHTTP(w, req)
	})
}

// MetricsHandler returns the handler of METRICS_ADDR.
func (r Routes) MetricsHandler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", r.Telemetry.metrics.Handler())
	return middleware.RequestID(middleware.SecurityHeaders(middleware.Compress(mux)))
}

// schema serves the SDL to callers who may also read it by an introspection query.
func (r Routes) schema() http.Handler {
	text := graph.SDL()
	sdl := representation.NewStatic("text/plain; charset=utf-8", "no-cache", int64(len(text)), func() io.ReadSeeker { return strings.NewReader(text) })
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		_, rejection := r.Callers.Identify(req)
		switch {
		case req.Method != http.MethodGet && req.Method != http.MethodHead:
			w.Header().Set("Allow", "GET, HEAD")
			plainText(http.StatusMethodNotAllowed, "The schema is served by GET and HEAD only.\n").ServeHTTP(w, req)
		case rejection != nil:
			rejection.SetHeaders(w.Header())
			plainText(rejection.Status, rejection.Message+"\n").ServeHTTP(w, req)
		case !r.Config.Limits.Introspection:
			plainText(http.StatusNotFound, "Introspection is disabled on this server.\n").ServeHTTP(w, req)
		default:
			sdl.ServeHTTP(w, req)
		}
	})
}

func (r Routes) rejectCrossOrigin(w http.ResponseWriter, req *http.Request) {
	r.API.Reject(w, req, http.StatusForbidden, "Cross-origin request rejected: the origin is not listed in CORS_ORIGINS and does not match the `Host` header. A proxy before this server must preserve `Host`.")
}

// loopbackOnly rejects proxied requests and non-loopback Host headers. Without it, DNS
// rebinding would let any web page use the API key of an unauthenticated server. Webhooks have
// a signature, and come through a tunnel or a proxy.
func (r Routes) loopbackOnly(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		if middleware.FromLoopback(req) || req.URL.Path == webhookPath {
			next.ServeHTTP(w, req)
			return
		}
		r.API.Reject(w, req, http.StatusMisdirectedRequest, "Without CLIENT_TOKENS or ALLOW_ANONYMOUS this server accepts only direct requests from its own machine, with a loopback `Host` such as localhost.")
	})
}

func metricsLoopbackOnly(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		if middleware.FromLoopback(req) {
			next.ServeHTTP(w, req)
			return
		}
		plainText(http.StatusForbidden, "Metrics are served to loopback clients only. Set METRICS_ADDR to serve them on another address.\n").ServeHTTP(w, req)
	})
}

func plainText(status int, body string) http.Handler {
	length := strconv.Itoa(len(body))
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		w.Header().Set("Content-Length", length)
		w.Header().Set("Cache-Control", "no-cache")
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	})
}
