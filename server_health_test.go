package main

import (
	"strings"
	"testing"
	"time"
)

func TestReadyMeansThatAnswersCanBeGiven(t *testing.T) {
	wrong, box := beside(t, "HEYGEN_API_KEY", "sk_V2_wrong")
	if res, body := send(t, "GET", wrong.url+"/readyz", ""); res.StatusCode != 503 || body != "HeyGen rejects the key\n" {
		t.Errorf("%d %s", res.StatusCode, body)
	}
	if n := len(box.Calls()); n != 1 {
		t.Errorf("%d calls", n)
	}
	if res, _ := send(t, "GET", wrong.url+"/healthz", ""); res.StatusCode != 200 {
		t.Errorf("alive: %d", res.StatusCode)
	}
	nowhere := started(t, "HEYGEN_API_KEY", "k", "HEYGEN_BASE_URL", "http://127.0.0.1:1", "HEYGEN_RETRIES", "0")
	if res, body := send(t, "GET", nowhere.url+"/readyz", ""); res.StatusCode != 503 || !strings.Contains(body, "does not answer") || strings.Contains(body, "127") {
		t.Errorf("%d %s", res.StatusCode, body)
	}
	right, _ := beside(t, "HEYGEN_API_KEY", "sk_V2_right", "DRAIN_DELAY", "2s")
	if res, body := send(t, "GET", right.url+"/readyz", ""); res.StatusCode != 200 {
		t.Errorf("%d %s", res.StatusCode, body)
	}
	right.stop()
	for !strings.Contains(right.output(), "draining") {
		<-time.After(time.Millisecond)
	}
	if res, body := send(t, "GET", right.url+"/readyz", ""); res.StatusCode != 503 || body != "stopping\n" {
		t.Errorf("%d %s", res.StatusCode, body)
	}
	if _, body := send(t, "GET", right.url+monica, ""); body != answers {
		t.Errorf("while it drains: %s", body)
	}
}
