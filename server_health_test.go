package main

import (
	"strings"
	"testing"
	"time"
)

func TestReadyzReportsWhetherQueriesCanBeServed(t *testing.T) {
	rejected, heyGen := startWithHeyGen(t, "HEYGEN_API_KEY", "sk_V2_wrong")
	if res, body := send(t, "GET", rejected.url+"/readyz", ""); res.StatusCode != 503 || body != "HeyGen rejects the key\n" {
		t.Errorf("%d %s", res.StatusCode, body)
	}
	if n := len(heyGen.Calls()); n != 1 {
		t.Errorf("%d calls", n)
	}
	if res, _ := send(t, "GET", rejected.url+"/healthz", ""); res.StatusCode != 200 {
		t.Errorf("healthz: %d", res.StatusCode)
	}
	unreachable := startServer(t, "HEYGEN_API_KEY", "k", "HEYGEN_BASE_URL", "http://127.0.0.1:1", "HEYGEN_RETRIES", "0")
	if res, body := send(t, "GET", unreachable.url+"/readyz", ""); res.StatusCode != 503 || !strings.Contains(body, "HeyGen is unavailable") || strings.Contains(body, "127") {
		t.Errorf("%d %s", res.StatusCode, body)
	}
	ready, _ := startWithHeyGen(t, "HEYGEN_API_KEY", "sk_V2_right", "DRAIN_DELAY", "2s")
	if res, body := send(t, "GET", ready.url+"/readyz", ""); res.StatusCode != 200 {
		t.Errorf("%d %s", res.StatusCode, body)
	}
	ready.stop()
	for !strings.Contains(ready.output(), "draining") {
		<-time.After(time.Millisecond)
	}
	if res, body := send(t, "GET", ready.url+"/readyz", ""); res.StatusCode != 503 || body != "stopping\n" {
		t.Errorf("%d %s", res.StatusCode, body)
	}
	if _, body := send(t, "GET", ready.url+monicaQuery, ""); body != monicaResponse {
		t.Errorf("while draining: %s", body)
	}
}
