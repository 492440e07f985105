package main

import (
	"crypto/sha256"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/alicebob/miniredis/v2"
	miniserver "github.com/alicebob/miniredis/v2/server"

	"heygen-graphql/heygen/sandbox"
)

// startReplicas starts two servers that share a Redis in this process.
func startReplicas(t *testing.T, settings ...string) (heyGen *sandbox.Sandbox, one, other *process) {
	redis := miniredis.RunT(t)
	// It would pose as a cluster, whose client leaves goroutines for a second.
	redis.Server().SetPreHook(func(p *miniserver.Peer, command string, _ ...string) bool {
		if command != "CLUSTER" {
			return false
		}
		p.WriteError("ERR This instance has cluster support disabled")
		return true
	})
	heyGen = sandbox.New(sandbox.Options{Keys: []string{"sk_V2_right"}})
	upstream := httptest.NewServer(heyGen)
	t.Cleanup(upstream.Close)
	settings = append(settings, "HEYGEN_BASE_URL", upstream.URL, "HEYGEN_API_KEY", "sk_V2_right", "REDIS_URL", "redis://"+redis.Addr(), "CACHE_FRESH", "1h", "CACHE_PENDING_TTL", "1h")
	one, other = startServer(t, settings...), startServer(t, settings...)
	for _, p := range []*process{one, other} {
		for scrape(t, p, "heygen_graphql_redis_up") != "1" { // it connects in the background
		}
	}
	return heyGen, one, other
}

// scrape returns the value of a series at /metrics.
func scrape(t *testing.T, p *process, series string) string {
	_, body := get(t, p.url+"/metrics")
	for line := range strings.Lines(body) {
		if value, ok := strings.CutPrefix(line, series+" "); ok {
			return strings.TrimSpace(value)
		}
	}
	return ""
}

func TestReplicasShareACacheInRedis(t *testing.T) {
	heyGen, one, other := startReplicas(t)
	_, want := send(t, http.MethodGet, one.url+"/graphql?query={avatarGroups(first:3){nodes{name}}}", "")
	heyGen.ResetCalls()
	_, got := send(t, http.MethodGet, other.url+"/graphql?query={avatarGroups(first:3){nodes{name}}}", "")
	if calls := heyGen.Calls(); len(calls) > 0 || got != want || strings.Contains(got, "errors") {
		t.Errorf("%d calls, %s, want %s", len(calls), got, want)
	}
	if n := scrape(t, other, `heygen_graphql_cache_requests_total{endpoint="GET /v3/avatars",result="shared_hit"}`); n != "1" {
		t.Errorf("%s shared hits", n)
	}
	if n := scrape(t, other, `heygen_graphql_redis_requests_total{operation="load",outcome="ok"}`); n != "1" {
		t.Errorf("%s loads", n)
	}
	if !strings.Contains(other.output(), "cache_shared_hit=1") {
		t.Error(other.output())
	}
}

func TestReplicasSharePersistedDocumentsAndRateLimitsInRedis(t *testing.T) {
	_, one, other := startReplicas(t, "RATE_LIMIT", "2")
	const document = "{avatarGroups(first:1){nodes{name}}}"
	hash := fmt.Sprintf("%x", sha256.Sum256([]byte(document)))
	extension := `"extensions":{"persistedQuery":{"version":1,"sha256Hash":"` + hash + `"}}}`
	for i, request := range []struct {
		to   *process
		body string
		want string
	}{
		{other, `{` + extension, "PersistedQueryNotFound"},
		{one, `{"query":"` + document + `",` + extension, `"nodes"`},
		{other, `{` + extension, `"nodes"`},
		{one, `{` + extension, "RATE_LIMITED"},
		{other, `{` + extension, "RATE_LIMITED"},
	} {
		if _, body := send(t, http.MethodPost, request.to.url+"/graphql", request.body, "Content-Type", "application/json"); !strings.Contains(body, request.want) {
			t.Errorf("request %d: %s", i, body)
		}
	}
}

func TestServerWithoutRedisHasNoSeriesOfIt(t *testing.T) {
	if _, body := get(t, startServer(t).url+"/metrics"); strings.Contains(body, "redis") {
		t.Error(body)
	}
}
