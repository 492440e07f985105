package main

import (
	"io"
	"net/http"

	"heygen-graphql/graph"
	"heygen-graphql/graph/playground"
	"heygen-graphql/heygen/sandbox"
	"heygen-graphql/internal/bearer"
	"heygen-graphql/internal/metrics"
	"heygen-graphql/internal/middleware"
)

// site is everything that is served.
type site struct {
	config
	api      *graph.Handler
	callers  *bearer.Tokens
	embedded *sandbox.Sandbox // nil beside the real HeyGen
	ready    *readiness
	metrics  *metrics.Metrics
}

// handler is what stands between a caller and the answers, from the outside in.
func (s site) handler() http.Handler {
	all := s.routes()
	if s.compress {
		all = middleware.Compress(all)
	}
	if s.thisMachineOnly {
		all = s.onlyThisMachine(all)
	}
	if s.embedded != nil {
		all = middleware.SetHeader("X-HeyGen-Sandbox", "true", all)
	}
	return middleware.RequestID(middleware.SecurityHeaders(all))
}

func (s site) routes() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/graphql", s.origins.CORS(s.origins.BlockCrossOrigin(s.api, s.crossOrigin)))
	page := playground.New(playground.Options{Sandbox: s.sandbox, Upstream: s.upstreamHost(), Credential: s.credential()})
	mux.Handle("/{$}", page)
	mux.Handle("/playground/", page)
	mux.Handle("/schema.graphql", s.origins.CORS(s.sdl()))
	mux.Handle("GET /healthz", text(http.StatusOK, "ok\n"))
	mux.Handle("GET /readyz", s.ready)
	if s.metricsAddr == "" {
		mux.Handle("GET /metrics", s.forThisMachine(s.metrics.Handler()))
	}
	if s.embedded != nil {
		// Its pictures are shown by pages of any origin.
		mux.Handle("/sandbox/", middleware.SetHeader("Cross-Origin-Resource-Policy", "cross-origin", http.StripPrefix("/sandbox", s.embedded)))
	}
	return mux
}

// metricsAlone is what METRICS_ADDR serves.
func (s site) metricsAlone() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", s.metrics.Handler())
	return middleware.RequestID(middleware.SecurityHeaders(middleware.Compress(mux)))
}

// sdl is the schema, for whoever may ask for it by a query, too.
func (s site) sdl() http.Handler {
	schema := text(http.StatusOK, graph.SDL())
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.Method != http.MethodGet && r.Method != http.MethodHead:
			w.Header().Set("Allow", "GET, HEAD")
			text(http.StatusMethodNotAllowed, "The schema is asked for by GET.\n").ServeHTTP(w, r)
		case !s.callers.Valid(r):
			w.Header().Set("WWW-Authenticate", graph.WWWAuthenticate)
			text(http.StatusUnauthorized, graph.UnauthenticatedMessage+"\n").ServeHTTP(w, r)
		case !s.limits.introspection:
			text(http.StatusNotFound, "This server does not tell its schema.\n").ServeHTTP(w, r)
		default:
			schema.ServeHTTP(w, r)
		}
	})
}

func (s site) crossOrigin(w http.ResponseWriter, r *http.Request) {
	s.api.Reject(w, r, http.StatusForbidden, "Pages of this origin may not call the API: CORS_ORIGINS does not name it, nor is it that of the `Host` header, which a proxy in front has to keep.")
}

// onlyThisMachine refuses requests that came through a proxy, or under other names
// than those of this machine: whoever sent them is not known to be on it.
func (s site) onlyThisMachine(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if middleware.FromLoopback(r) {
			next.ServeHTTP(w, r)
			return
		}
		s.api.Reject(w, r, http.StatusMisdirectedRequest, "Without CLIENT_TOKENS or ALLOW_ANONYMOUS this server answers its own machine alone: under names such as localhost, and through no proxy.")
	})
}

func (s site) forThisMachine(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if middleware.FromLoopback(r) {
			next.ServeHTTP(w, r)
			return
		}
		text(http.StatusForbidden, "Metrics are for callers of the same machine, unless METRICS_ADDR gives them an address of their own.\n").ServeHTTP(w, r)
	})
}

func text(status int, body string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		w.Header().Set("Cache-Control", "no-cache")
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	})
}
