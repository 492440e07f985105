package server

import (
	"context"
	"log/slog"
	"net/http"

	"github.com/throttled/throttled/v2"

	"heygen-graphql/graph/document"
	"heygen-graphql/heygen/cached"
	"heygen-graphql/internal/config"
	"heygen-graphql/internal/redisstore"
)

// Redis is what this process shares with other replicas. It works while Redis is down, but
// shares nothing then, see package redisstore. Nor does a nil Redis.
type Redis struct{ store *redisstore.Store }

// OpenRedis connects to Redis, in the background. It returns nil without REDIS_URL.
func OpenRedis(cfg config.Config, telemetry *Telemetry, log *slog.Logger) *Redis {
	if cfg.RedisURL == "" {
		return nil
	}
	return &Redis{redisstore.Open(redisstore.Options{
		URL: cfg.RedisURL, Version: cached.FormatVersion(), Slots: cfg.MaxConcurrent, Logger: log, Observe: telemetry.RedisRequest,
	})}
}

// Close frees what other replicas wait for, and ends the connection.
func (s *Redis) Close() {
	if s != nil {
		s.store.Close()
	}
}

// CacheState returns what the cache shares, or nil.
func (s *Redis) CacheState() cached.SharedState {
	if s == nil {
		return nil
	}
	return cacheState{s.store}
}

type cacheState struct{ store *redisstore.Store }

// Tenant implements [cached.SharedState].
func (s cacheState) Tenant(credential [32]byte, e cached.SharedEvents) cached.SharedTenant {
	return s.store.Tenant(credential, redisstore.Events(e))
}

// limitWaits limits the time that a request waits for Redis in all.
func (s *Redis) limitWaits(next http.Handler) http.Handler {
	if s == nil {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		next.ServeHTTP(w, r.WithContext(redisstore.WithBudget(r.Context())))
	})
}

// Documents returns the documents of automatic persisted queries, or nil.
func (s *Redis) Documents() document.Shared {
	if s == nil {
		return nil
	}
	return s.store
}

// RateLimits returns the store of the callers' rate limits, or nil.
func (s *Redis) RateLimits() throttled.GCRAStoreCtx {
	if s == nil {
		return nil
	}
	return s.store.RateLimitStore()
}

// FirstSeen returns what reports whether an event has not been seen by any replica, or nil.
func (s *Redis) FirstSeen() func(ctx context.Context, event string) bool {
	if s == nil {
		return nil
	}
	return s.store.FirstSeen
}

// Up reports whether Redis is available.
func (s *Redis) Up() bool { return s != nil && s.store.Up() }
