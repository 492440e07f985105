package server

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"
	miniserver "github.com/alicebob/miniredis/v2/server"

	"heygen-graphql/graph"
	"heygen-graphql/heygen"
	"heygen-graphql/heygen/cached"
	"heygen-graphql/internal/cache"
	"heygen-graphql/internal/config"
	"heygen-graphql/internal/redisstore"
)

func readConfig(t *testing.T, settings map[string]string) config.Config {
	t.Helper()
	cfg, err := config.Read(nil, func(name string) string { return settings[name] }, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	return cfg
}

// Without a budget a request would wait 40 ms for each of its calls while Redis is slow.
func TestGraphQLRequestHasOneBudgetForRedis(t *testing.T) {
	client, err := heygen.New(heygen.Options{})
	if err != nil {
		t.Fatal(err)
	}
	upstream := cached.New(cached.Options{HeyGen: client})
	defer upstream.Close()
	for _, redis := range []*Redis{nil, {}} {
		budget := false
		routes := Routes{
			Config: readConfig(t, nil), Redis: redis, Telemetry: NewTelemetry(slog.New(slog.DiscardHandler), false, false),
			API: graph.NewHandler(graph.Options{HeyGen: upstream, StartTrace: func(ctx context.Context) (context.Context, graph.OperationTrace) {
				budget = redisstore.WithBudget(ctx) == ctx
				return ctx, graph.OperationTrace{}
			}}),
		}
		w := httptest.NewRecorder()
		routes.mux().ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/graphql?query={__typename}", nil))
		if w.Code != http.StatusOK || budget != (redis != nil) {
			t.Errorf("status %d, a budget: %t", w.Code, budget)
		}
	}
}

func TestRedisHasTheFormatOfTheCacheAndTheLimitOfTheSettings(t *testing.T) {
	m := miniredis.RunT(t)
	// It would pose as a cluster, whose client leaves goroutines for a second.
	m.Server().SetPreHook(func(p *miniserver.Peer, command string, _ ...string) bool {
		if command != "CLUSTER" {
			return false
		}
		p.WriteError("ERR This instance has cluster support disabled")
		return true
	})
	cfg := readConfig(t, map[string]string{"REDIS_URL": "redis://" + m.Addr(), "HEYGEN_MAX_CONCURRENT": "1"})
	redis := OpenRedis(cfg, NewTelemetry(slog.New(slog.DiscardHandler), false, true), slog.New(slog.DiscardHandler))
	defer redis.Close()
	for !redis.Up() { // it connects in the background
	}
	tenant := redis.CacheState().Tenant([32]byte{1}, cached.SharedEvents{})
	defer tenant.Close()
	var lease cache.Lease
	for lease == nil { // a busy machine may exceed the timeout of a command
		_, lease = tenant.Acquire(t.Context(), "key", func(cache.Record) bool { return false })
	}
	if !strings.HasPrefix(m.Keys()[0], "heygen-graphql:"+cached.FormatVersion()+":") {
		t.Fatalf("keys %q", m.Keys())
	}
	lease.Release(t.Context())
	for attempt := range 20 {
		ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		release, _, err := tenant.AcquireSlot(ctx)
		cancel()
		if errors.Is(err, context.DeadlineExceeded) { // another attempt has the only slot
			return
		}
		if err != nil {
			t.Fatal(attempt, err)
		}
		defer release()
	}
	t.Error("20 calls have slots")
}
