package main

import (
	"net/url"
	"strings"
	"testing"

	"heygen-graphql/heygen/sandbox"
)

func TestMetricsAreForThisMachineOrHaveTheirOwnAddress(t *testing.T) {
	p, _ := beside(t, "HEYGEN_API_KEY", "sk_V2_right")
	send(t, "GET", p.url+monica, "")
	send(t, "GET", p.url+monica, "")
	send(t, "GET", p.url+monica, "", "Host", "rebound.example")
	send(t, "GET", p.url+monica, "", "Origin", "https://evil.example", "Sec-Fetch-Site", "cross-site")
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
			t.Errorf("there is no %s", line)
		}
	}
	if strings.Contains(body, "heygen_graphql_cache_bytes 0\n") {
		t.Error("nothing is kept")
	}
	if res.StatusCode != 200 || strings.Contains(body, "monica") || strings.Contains(body, "127.0.0.1") {
		t.Errorf("%d", res.StatusCode)
	}
	open, _ := beside(t, "HEYGEN_API_KEY", "sk_V2_right", "ALLOW_ANONYMOUS", "true")
	if res, _ := send(t, "GET", open.url+"/metrics", "", "X-Forwarded-For", "203.0.113.9"); res.StatusCode != 403 {
		t.Errorf("through a proxy: %d", res.StatusCode)
	}
	alone := started(t, "METRICS_ADDR", "127.0.0.1:0")
	if res, _ := send(t, "GET", alone.url+"/metrics", ""); res.StatusCode != 404 {
		t.Errorf("on the port of everything else: %d", res.StatusCode)
	}
	_, after, _ := strings.Cut(alone.output(), "metrics=")
	address, _, _ := strings.Cut(after, "\n")
	if res, body := send(t, "GET", address, "", "X-Forwarded-For", "203.0.113.9"); res.StatusCode != 200 || !strings.Contains(body, "heygen_graphql_operations_total") {
		t.Errorf("%s: %d", address, res.StatusCode)
	}
}

func TestMetricsTellWhatHoldsCallsBack(t *testing.T) {
	p, box := beside(t, "HEYGEN_API_KEY", "sk_V2_right", "HEYGEN_RETRIES", "0")
	tells := func(lines ...string) {
		t.Helper()
		_, body := send(t, "GET", p.url+"/metrics", "")
		for _, line := range lines {
			if !strings.Contains(body, line+"\n") {
				t.Errorf("there is no %s", line)
			}
		}
	}
	const open = `heygen_graphql_upstream_breakers_open{endpoint="GET /v3/avatars/{group_id}"} `
	tells(open+"0", "heygen_graphql_upstream_credentials_rate_limited 0")
	box.SetFaults(1, sandbox.InternalError)
	send(t, "GET", p.url+"/graphql?query="+url.QueryEscape("{"+strings.Join([]string{
		`a: avatarGroup(id: "a") { id }`, `b: avatarGroup(id: "b") { id }`, `c: avatarGroup(id: "c") { id }`, `d: avatarGroup(id: "d") { id }`, `e: avatarGroup(id: "e") { id }`,
		`f: avatarGroup(id: "f") { id }`, `g: avatarGroup(id: "g") { id }`, `h: avatarGroup(id: "h") { id }`, `i: avatarGroup(id: "i") { id }`, `j: avatarGroup(id: "j") { id }`,
	}, " ")+"}"), "")
	tells(open + "1")
	box.SetFaults(0)
	box.QueueFaults(sandbox.RateLimited)
	send(t, "GET", p.url+"/graphql?query={voices{nodes{id}}}", "")
	tells("heygen_graphql_upstream_credentials_rate_limited 1")
}
