// Package server serves the API over HTTP: routes, health checks, listening and graceful
// shutdown, reload on SIGHUP, and telemetry. It decides nothing about GraphQL or HeyGen:
// graph and heygen/cached do.
package server

import (
	"io"
	"net/http"

	"heygen-graphql/graph"
	"heygen-graphql/graph/playground"
	"heygen-graphql/heygen/sandbox"
	"heygen-graphql/internal/bearer"
	"heygen-graphql/internal/config"
	"heygen-graphql/internal/middleware"
)

// Routes is everything that is served.
type Routes struct {
	config.Config
	API       *graph.Handler
	Tokens    *bearer.Tokens
	Sandbox   *sandbox.Sandbox // nil beside the real HeyGen
	Readiness *Readiness
	Telemetry *Telemetry
}

// Handler is what stands between a caller and the answers, from the outside in.
func (s Routes) Handler() http.Handler {
	handler := s.mux()
	if s.Compress {
		handler = middleware.Compress(handler)
	}
	if s.Auth.LoopbackOnly {
		handler = s.loopbackOnly(handler)
	}
	if s.Sandbox != nil {
		handler = middleware.SetHeader("X-HeyGen-Sandbox", "true", handler)
	}
	return middleware.RequestID(middleware.SecurityHeaders(handler))
}

func (s Routes) mux() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/graphql", s.Auth.Origins.CORS(s.Auth.Origins.BlockCrossOrigin(s.API, s.rejectCrossOrigin)))
	page := playground.New(playground.Options{Sandbox: s.Config.Sandbox, Upstream: s.UpstreamHost(), Credential: s.Auth.ExampleCredential()})
	mux.Handle("/{$}", page)
	mux.Handle("/playground/", page)
	mux.Handle("/schema.graphql", s.Auth.Origins.CORS(s.schema()))
	mux.Handle("GET /healthz", plainText(http.StatusOK, "ok\n"))
	mux.Handle("GET /readyz", s.Readiness)
	if s.Auth.MetricsAddr == "" {
		mux.Handle("GET /metrics", s.metricsLoopbackOnly(s.Telemetry.metrics.Handler()))
	}
	if s.Sandbox != nil {
		// Its pictures are shown by pages of any origin.
		mux.Handle("/sandbox/", middleware.SetHeader("Cross-Origin-Resource-Policy", "cross-origin", http.StripPrefix("/sandbox", s.Sandbox)))
	}
	return mux
}

// MetricsHandler is what METRICS_ADDR serves.
func (s Routes) MetricsHandler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", s.Telemetry.metrics.Handler())
	return middleware.RequestID(middleware.SecurityHeaders(middleware.Compress(mux)))
}

// schema is the schema, for whoever may ask for it by a query, too.
func (s Routes) schema() http.Handler {
	schema := plainText(http.StatusOK, graph.SDL())
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.Method != http.MethodGet && r.Method != http.MethodHead:
			w.Header().Set("Allow", "GET, HEAD")
			plainText(http.StatusMethodNotAllowed, "The schema is asked for by GET.\n").ServeHTTP(w, r)
		case !s.Tokens.Valid(r):
			w.Header().Set("WWW-Authenticate", graph.WWWAuthenticate)
			plainText(http.StatusUnauthorized, graph.UnauthenticatedMessage+"\n").ServeHTTP(w, r)
		case !s.Limits.Introspection:
			plainText(http.StatusNotFound, "This server does not tell its schema.\n").ServeHTTP(w, r)
		default:
			schema.ServeHTTP(w, r)
		}
	})
}

func (s Routes) rejectCrossOrigin(w http.ResponseWriter, r *http.Request) {
	s.API.Reject(w, r, http.StatusForbidden, "Pages of this origin may not call the API: CORS_ORIGINS does not name it, nor is it that of the `Host` header, which a proxy in front has to keep.")
}

// loopbackOnly refuses requests that came through a proxy, or under other names
// than those of this machine: whoever sent them is not known to be on it.
func (s Routes) loopbackOnly(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if middleware.FromLoopback(r) {
			next.ServeHTTP(w, r)
			return
		}
		s.API.Reject(w, r, http.StatusMisdirectedRequest, "Without CLIENT_TOKENS or ALLOW_ANONYMOUS this server answers its own machine alone: under names such as localhost, and through no proxy.")
	})
}

func (s Routes) metricsLoopbackOnly(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if middleware.FromLoopback(r) {
			next.ServeHTTP(w, r)
			return
		}
		plainText(http.StatusForbidden, "Metrics are for callers of the same machine, unless METRICS_ADDR gives them an address of their own.\n").ServeHTTP(w, r)
	})
}

func plainText(status int, body string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		w.Header().Set("Cache-Control", "no-cache")
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	})
}
