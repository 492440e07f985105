package main

import (
	"bufio"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"

	"heygen-graphql/heygen/sandbox"
)

const (
	webhookSecret = "whsec_of_these_tests"
	trainingGroup = "group_in_training"
	// streetLook is a look of the sandbox that is in training when it starts.
	streetLook        = "monica_street"
	lookSubscription  = `subscription { avatarLookChanged(id: "` + streetLook + `") { status } }`
	groupSubscription = `subscription { avatarGroupChanged(id: "` + trainingGroup + `") { name status } }`
)

// eventStream is an open event stream.
type eventStream struct {
	*testing.T
	lines *bufio.Scanner
}

// subscribe opens an event stream, which ends with the test or after 60 s, with headers in pairs
// of name and value.
func (p *process) subscribe(t *testing.T, query string, headers ...string) *eventStream {
	t.Helper()
	return p.stream(t, fmt.Sprintf(`{"query":%q}`, query), headers...)
}

// stream opens the event stream of a request.
func (p *process) stream(t *testing.T, request string, headers ...string) *eventStream {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	req, err := http.NewRequestWithContext(ctx, "POST", p.url+"/graphql", strings.NewReader(request))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Accept", "text/event-stream")
	for i := 0; i < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cancel()
		res.Body.Close()
	})
	if contentType := res.Header.Get("Content-Type"); res.StatusCode != 200 || !strings.HasPrefix(contentType, "text/event-stream") {
		t.Fatalf("%d %s", res.StatusCode, contentType)
	}
	for _, name := range []string{"X-Request-Id", "X-Content-Type-Options", "Vary", "Date"} { // of middleware
		if res.Header.Get(name) == "" {
			t.Errorf("%s is missing", name)
		}
	}
	return &eventStream{t, bufio.NewScanner(res.Body)}
}

// next returns the name and the data of the next event. Both are "" at the end of the body.
func (s *eventStream) next() (name, data string) {
	for s.lines.Scan() {
		line := s.lines.Text()
		if value, ok := strings.CutPrefix(line, "event: "); ok {
			name = value
		} else if value, ok := strings.CutPrefix(line, "data: "); ok {
			data = value
		} else if line == "" && name != "" {
			return name, data
		}
	}
	return "", ""
}

// want fails unless the next event is of this name, and its data contains a string.
func (s *eventStream) want(name, contained string) {
	s.Helper()
	if got, data := s.next(); got != name || !strings.Contains(data, contained) {
		s.Fatalf("event %q %s, want %q %s", got, data, name, contained)
	}
}

func TestSubscriptionFollowsATrainingOfTheSandbox(t *testing.T) {
	p := startServer(t, "POLL_INTERVAL", "1s", "SANDBOX_TRAINING_DURATION", "5s")
	s := p.subscribe(t, lookSubscription)
	s.want("next", `"PROCESSING"`)
	s.want("next", `"COMPLETED"`)
	s.want("complete", "")
}

// What a client merely claims, such as a key that this server does not use, makes it no other
// caller.
func TestStreamsCountForVerifiedCallers(t *testing.T) {
	for _, test := range []struct {
		settings []string
		first    []string
		rejected [][]string
		accepted []string
	}{
		{nil, nil, [][]string{{"X-Api-Key", "made up"}, {"Authorization", "Bearer made-up"}, {"X-Forwarded-For", "192.0.2.1"}}, nil},
		{
			[]string{"CLIENT_TOKENS", tokenOne + "," + tokenTwo},
			[]string{"Authorization", "Bearer " + tokenOne},
			[][]string{{"Authorization", "bEaReR " + tokenOne}, {"Authorization", "Bearer   " + tokenOne}, {"Authorization", "Bearer " + tokenOne, "X-Api-Key", "made up"}},
			[]string{"Authorization", "Bearer " + tokenTwo},
		},
	} {
		p := startServer(t, append(test.settings, "MAX_STREAMS_PER_CALLER", "1", "SANDBOX_TRAINING_DURATION", "0")...)
		p.subscribe(t, lookSubscription, test.first...).want("next", `"PROCESSING"`)
		body := fmt.Sprintf(`{"query":%q}`, lookSubscription)
		for _, headers := range test.rejected {
			if res, _ := send(t, "POST", p.url+"/graphql", body, append(headers, "Content-Type", "application/json", "Accept", "text/event-stream")...); res.StatusCode != http.StatusTooManyRequests {
				t.Errorf("%q: %d", headers, res.StatusCode)
			}
		}
		if test.accepted != nil {
			p.subscribe(t, lookSubscription, test.accepted...).want("next", `"PROCESSING"`)
		}
	}
}

const (
	tokenOne = "token-number-one-of-these-tests"
	tokenTwo = "token-number-two-of-these-tests"
)

func TestShutdownEndsStreamsWithoutComplete(t *testing.T) {
	p, err := start("SANDBOX_TRAINING_DURATION", "0", "DRAIN_TIMEOUT", "1m")
	if err != nil {
		t.Fatal(err)
	}
	s := p.subscribe(t, lookSubscription)
	s.want("next", `"PROCESSING"`)
	conn := p.dial(t, "")
	start := time.Now()
	p.stop()
	s.want("", "")
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	if _, _, err := conn.Read(ctx); websocket.CloseStatus(err) != websocket.StatusGoingAway {
		t.Errorf("the WebSocket ended with %v", err)
	}
	if code := <-p.exit; code != 0 || time.Since(start) > 20*time.Second {
		t.Errorf("exit code %d after %v: %s", code, time.Since(start), p.output())
	}
}

// dial opens a WebSocket from a page of an origin, or not from a page.
func (p *process) dial(t *testing.T, origin string) *websocket.Conn {
	t.Helper()
	header := http.Header{}
	if origin != "" {
		header.Set("Origin", origin)
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	conn, _, err := websocket.Dial(ctx, p.url+"/graphql", &websocket.DialOptions{Subprotocols: []string{"graphql-transport-ws"}, HTTPHeader: header})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.CloseNow() })
	return conn
}

// deliver sends a webhook with this signature and returns the status of the response.
func (p *process) deliver(t *testing.T, body, signature string) int {
	t.Helper()
	res, _ := send(t, "POST", p.url+"/webhooks/heygen", body, "Content-Type", "application/json",
		"Heygen-Signature", signature, "Heygen-Timestamp", strconv.FormatInt(time.Now().Unix(), 10), "Heygen-Event-Id", "event_1")
	return res.StatusCode
}

func webhookSignature(body string) string {
	mac := hmac.New(sha256.New, []byte(webhookSecret))
	mac.Write([]byte(body))
	return hex.EncodeToString(mac.Sum(nil))
}

func TestWebhookUpdatesSubscriptionsAtOnce(t *testing.T) {
	upstream := newFakeHeyGen(t)
	set := func(status string) {
		upstream.AddGroups(sandbox.Group{ID: trainingGroup, Name: "Ada", Status: &status, CreatedAt: 1_700_000_000, Ownership: sandbox.Private})
	}
	set("processing")
	settings := []string{"HEYGEN_API_KEY", "k", "HEYGEN_BASE_URL", upstream.URL, "POLL_INTERVAL", "1h"}
	const body = `{"event_id":"event_1","event_type":"photo_avatar_train.success","event_data":{"avatar_group_id":"` + trainingGroup + `"}}`
	if status := startServer(t, settings...).deliver(t, body, webhookSignature(body)); status != http.StatusNotFound {
		t.Errorf("%d without a secret", status)
	}
	p := startServer(t, append(settings, "HEYGEN_WEBHOOK_SECRET", webhookSecret)...)
	s := p.subscribe(t, groupSubscription)
	s.want("next", `{"name":"Ada","status":"PROCESSING"}`)
	set("completed")
	for _, signature := range []string{"", webhookSignature("another body")} {
		if status := p.deliver(t, body, signature); status != http.StatusUnauthorized {
			t.Errorf("%d with the signature %q", status, signature)
		}
	}
	upstream.ResetCalls()
	if status := p.deliver(t, body, webhookSignature(body)); status != http.StatusOK {
		t.Errorf("%d with the right signature", status)
	}
	s.want("next", `{"name":"Ada","status":"COMPLETED"}`)
	s.want("complete", "")
	if calls := upstream.Calls(); len(calls) != 1 {
		t.Errorf("%v", calls)
	}
	if strings.Contains(p.output(), webhookSecret) {
		t.Error("the log contains the secret")
	}
}

func TestWebhooksOfTheSandboxUpdateSubscriptions(t *testing.T) {
	p := startServer(t, "POLL_INTERVAL", "1h", "SANDBOX_TRAINING_DURATION", "5s", "HEYGEN_WEBHOOK_SECRET", webhookSecret)
	if res, body := send(t, "POST", p.url+"/sandbox/v3/webhooks/endpoints", `{"url":"`+p.url+`/webhooks/heygen"}`, "X-Api-Key", "any", "Content-Type", "application/json"); res.StatusCode != http.StatusOK {
		t.Fatalf("%d %s", res.StatusCode, body)
	}
	s := p.subscribe(t, lookSubscription)
	s.want("next", `"PROCESSING"`)
	for { // webhooks about other avatars, and previews, change nothing here
		name, data := s.next()
		if name != "next" {
			t.Fatalf("%q %s", name, data)
		}
		if strings.Contains(data, `"COMPLETED"`) {
			break
		}
	}
	s.want("complete", "")
}

func TestPagesOfOtherOriginsCannotOpenStreams(t *testing.T) {
	const listed, unlisted = "https://app.example.com", "https://evil.example"
	p := startServer(t, "CORS_ORIGINS", listed)
	query := fmt.Sprintf(`{"query":%q}`, lookSubscription)
	if res, body := send(t, "POST", p.url+"/graphql", query, "Origin", unlisted, "Content-Type", "application/json", "Accept", "text/event-stream"); res.StatusCode != http.StatusForbidden {
		t.Errorf("event stream by POST: %d %s", res.StatusCode, body)
	}
	if res, body := send(t, "GET", p.url+"/graphql?query={__typename}", "", "Origin", unlisted, "Accept", "text/event-stream"); res.StatusCode != http.StatusForbidden {
		t.Errorf("event stream by GET: %d %s", res.StatusCode, body)
	}
	upgrade := []string{"Connection", "Upgrade", "Upgrade", "websocket", "Sec-WebSocket-Version", "13", "Sec-WebSocket-Key", "MDEyMzQ1Njc4OWFiY2RlZg==", "Sec-WebSocket-Protocol", "graphql-transport-ws"}
	for _, headers := range [][]string{{"Origin", unlisted}, {"Origin", "null"}, {"Origin", unlisted, "Sec-Fetch-Site", "cross-site"}} {
		if res, body := send(t, "GET", p.url+"/graphql", "", append(headers, upgrade...)...); res.StatusCode != http.StatusForbidden {
			t.Errorf("WebSocket, %q: %d %s", headers, res.StatusCode, body)
		}
	}
	for _, origin := range []string{listed, p.url, ""} {
		conn := p.dial(t, origin)
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		_ = conn.Write(ctx, websocket.MessageText, []byte(`{"type":"connection_init"}`))
		if _, message, err := conn.Read(ctx); string(message) != `{"type":"connection_ack"}` {
			t.Errorf("%s: %s %v", origin, message, err)
		}
		cancel()
	}
}

func TestMetricsCountStreamsAndPolls(t *testing.T) {
	p := startServer(t, "METRICS_ADDR", "127.0.0.1:0", "SANDBOX_TRAINING_DURATION", "0")
	s := p.subscribe(t, lookSubscription)
	s.want("next", `"PROCESSING"`)
	p.dial(t, "")
	metricsURL := regexp.MustCompile(`metrics=(http://\S+)`).FindStringSubmatch(p.output())
	if metricsURL == nil {
		t.Fatal(p.output())
	}
	res, err := http.Get(metricsURL[1])
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	metrics, _ := io.ReadAll(res.Body)
	for _, want := range []string{
		`heygen_graphql_streams{transport="sse"} 1`, `heygen_graphql_streams{transport="websocket"} 1`,
		`heygen_graphql_subscribers 1`, `heygen_graphql_pollers 1`,
		`heygen_graphql_polls_total{outcome="changed"} 1`, `heygen_graphql_polls_total{outcome="error"} 0`,
		`heygen_graphql_streams_ended_total{reason="complete",transport="sse"} 0`,
		`heygen_graphql_webhook_events_total{outcome="accepted"} 0`,
	} {
		if !strings.Contains(string(metrics), "\n"+want+"\n") {
			t.Errorf("no %s", want)
		}
	}
}
