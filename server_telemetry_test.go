package main

import (
	"net/url"
	"strings"
	"testing"

	"heygen-graphql/heygen/sandbox"
)

func TestMetricsAreServedToLoopbackOrOnMetricsAddr(t *testing.T) {
	p, _ := startWithHeyGen(t, "HEYGEN_API_KEY", "sk_V2_right")
	send(t, "GET", p.url+monicaQuery, "")
	send(t, "GET", p.url+monicaQuery, "")
	send(t, "GET", p.url+monicaQuery, "", "Host", "rebound.example")
	send(t, "GET", p.url+monicaQuery, "", "Origin", "https://evil.example", "Sec-Fetch-Site", "cross-site")
	res, body := send(t, "GET", p.url+"/metrics", "")
	for _, line := range []string{
		`heygen_graphql_operations_total{code="OK",status="2xx"} 2`,
		`heygen_graphql_requests_rejected_total{reason="host"} 1`,
		`heygen_graphql_requests_rejected_total{reason="origin"} 1`,
		`heygen_graphql_requests_rejected_total{reason="token"} 0`,
		`heygen_graphql_upstream_requests_total{endpoint="GET /v3/avatars/{group_id}",outcome="ok"} 1`,
		`heygen_graphql_cache_requests_total{endpoint="GET /v3/avatars/{group_id}",result="miss"} 1`,
		`heygen_graphql_cache_requests_total{endpoint="GET /v3/avatars/{group_id}",result="hit"} 1`,
		`heygen_graphql_operations_in_flight 0`,
		`heygen_graphql_upstream_requests_in_flight 0`,
		`heygen_graphql_upstream_requests_queued 0`,
		`heygen_graphql_upstream_credentials 1`,
		`heygen_graphql_upstream_breakers_open{endpoint="GET /v3/voices"} 0`,
	} {
		if !strings.Contains(body, line) {
			t.Errorf("missing: %s", line)
		}
	}
	if strings.Contains(body, "heygen_graphql_cache_bytes 0\n") {
		t.Error("the cache is empty")
	}
	if res.StatusCode != 200 || strings.Contains(body, "monica") || strings.Contains(body, "127.0.0.1") {
		t.Errorf("%d", res.StatusCode)
	}
	anonymous, _ := startWithHeyGen(t, "HEYGEN_API_KEY", "sk_V2_right", "ALLOW_ANONYMOUS", "true")
	if res, _ := send(t, "GET", anonymous.url+"/metrics", "", "X-Forwarded-For", "203.0.113.9"); res.StatusCode != 403 {
		t.Errorf("through a proxy: %d", res.StatusCode)
	}
	separate := startServer(t, "METRICS_ADDR", "127.0.0.1:0")
	if res, _ := send(t, "GET", separate.url+"/metrics", ""); res.StatusCode != 404 {
		t.Errorf("on LISTEN_ADDR: %d", res.StatusCode)
	}
	_, after, _ := strings.Cut(separate.output(), "metrics=")
	address, _, _ := strings.Cut(after, "\n")
	if res, body := send(t, "GET", address, "", "X-Forwarded-For", "203.0.113.9"); res.StatusCode != 200 || !strings.Contains(body, "heygen_graphql_operations_total") {
		t.Errorf("%s: %d", address, res.StatusCode)
	}
}

func TestMetricsReportOpenBreakersAndRateLimits(t *testing.T) {
	p, heyGen := startWithHeyGen(t, "HEYGEN_API_KEY", "sk_V2_right", "HEYGEN_RETRIES", "0")
	expect := func(lines ...string) {
		t.Helper()
		_, body := send(t, "GET", p.url+"/metrics", "")
		for _, line := range lines {
			if !strings.Contains(body, line+"\n") {
				t.Errorf("missing: %s", line)
			}
		}
	}
	const open = `heygen_graphql_upstream_breakers_open{endpoint="GET /v3/avatars/{group_id}"} `
	expect(open+"0", "heygen_graphql_upstream_credentials_rate_limited 0")
	heyGen.SetFaults(1, sandbox.InternalError)
	send(t, "GET", p.url+"/graphql?query="+url.QueryEscape("{"+strings.Join([]string{
		`a: avatarGroup(id: "a") { id }`, `b: avatarGroup(id: "b") { id }`, `c: avatarGroup(id: "c") { id }`, `d: avatarGroup(id: "d") { id }`, `e: avatarGroup(id: "e") { id }`,
		`f: avatarGroup(id: "f") { id }`, `g: avatarGroup(id: "g") { id }`, `h: avatarGroup(id: "h") { id }`, `i: avatarGroup(id: "i") { id }`, `j: avatarGroup(id: "j") { id }`,
	}, " ")+"}"), "")
	expect(open + "1")
	heyGen.SetFaults(0)
	heyGen.QueueFaults(sandbox.RateLimited)
	send(t, "GET", p.url+"/graphql?query={voices{nodes{id}}}", "")
	expect("heygen_graphql_upstream_credentials_rate_limited 1")
}
