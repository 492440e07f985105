package server

import (
	"log/slog"
	"net/http"
	"time"

	"github.com/throttled/throttled/v2"

	"heygen-graphql/graph/document"
	"heygen-graphql/heygen/cached"
	"heygen-graphql/internal/config"
	"heygen-graphql/internal/redisstore"
)

// Shared is what this process shares with other replicas through Redis. A nil Shared shares
// nothing.
type Shared struct{ store *redisstore.Store }

// OpenShared connects to Redis, in the background. It returns nil without REDIS_URL.
func OpenShared(cfg config.Config, telemetry *Telemetry, log *slog.Logger) *Shared {
	if cfg.RedisURL == "" {
		return nil
	}
	return &Shared{redisstore.Open(redisstore.Options{
		URL: cfg.RedisURL, Version: cached.FormatVersion(), Slots: cfg.MaxConcurrent, Logger: log, Observe: telemetry.RedisRequest,
	})}
}

// Close frees what other replicas wait for, and ends the connection.
func (s *Shared) Close() {
	if s != nil {
		s.store.Close()
	}
}

// State returns what the cache shares, or nil.
func (s *Shared) State() cached.SharedState {
	if s == nil {
		return nil
	}
	return sharedState{s.store}
}

type sharedState struct{ store *redisstore.Store }

// Tenant implements [cached.SharedState].
func (s sharedState) Tenant(credential [32]byte, invalidated func(endpoint string), backedOff func(time.Duration)) cached.SharedTenant {
	return s.store.Tenant(credential, redisstore.Events{Invalidated: invalidated, BackedOff: backedOff})
}

// limitWaits limits the time that a request waits for Redis in all.
func (s *Shared) limitWaits(next http.Handler) http.Handler {
	if s == nil {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		next.ServeHTTP(w, r.WithContext(redisstore.WithBudget(r.Context())))
	})
}

// Documents returns the documents of automatic persisted queries, or nil.
func (s *Shared) Documents() document.Shared {
	if s == nil {
		return nil
	}
	return s.store
}

// RateLimits returns the store of the callers' rate limits, or nil.
func (s *Shared) RateLimits() throttled.GCRAStoreCtx {
	if s == nil {
		return nil
	}
	return s.store.RateLimitStore()
}

// Up reports whether Redis is available.
func (s *Shared) Up() bool { return s != nil && s.store.Up() }
