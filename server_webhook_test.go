package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"heygen-graphql/heygen/sandbox"
	"heygen-graphql/internal/webhook"
)

// The two packages share no code, so neither can make the same mistake as the other.
func TestWebhookHandlerAcceptsDeliveriesOfSandbox(t *testing.T) {
	const secret, group = "whsec_shared", "group_in_training"
	woken, outcomes := make(chan []string, 100), make(chan string, 100)
	receiver := httptest.NewServer(webhook.New(webhook.Options{
		Secret:  secret,
		Wake:    func(ids []string) { woken <- ids },
		Observe: func(outcome string) { outcomes <- outcome },
	}))
	defer receiver.Close()
	box := sandbox.New(sandbox.Options{GroupCount: 1, TrainingDuration: 100 * time.Millisecond, WebhookSecret: secret})
	defer box.Close()

	r := httptest.NewRequest(http.MethodPost, "/v3/webhooks/endpoints", strings.NewReader(fmt.Sprintf(`{"url":%q}`, receiver.URL)))
	r.Header.Set("X-Api-Key", "any")
	w := httptest.NewRecorder()
	if box.ServeHTTP(w, r); w.Code != http.StatusOK {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	box.AddGroups(sandbox.Group{ID: group, Status: new("processing")})
	deadline := time.After(20 * time.Second)
	for found := false; !found; {
		select {
		case ids := <-woken:
			found = slices.Contains(ids, group)
		case <-deadline:
			t.Fatal("no event of the group is received")
		}
	}
	if outcome := <-outcomes; outcome != "accepted" {
		t.Errorf("the first delivery is %s", outcome)
	}
}
