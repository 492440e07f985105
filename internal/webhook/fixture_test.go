package webhook_test

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"heygen-graphql/internal/webhook"
)

const secret = "whsec_1234567890"

func signature(body string) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(body))
	return hex.EncodeToString(mac.Sum(nil))
}

// receiver is a handler and what it has done.
type receiver struct {
	http.Handler
	woken    [][]string
	outcomes []string
	log      bytes.Buffer
}

func newReceiver(change func(*webhook.Options)) *receiver {
	r := &receiver{}
	o := webhook.Options{
		Secret:  secret,
		Wake:    func(ids []string) { r.woken = append(r.woken, ids) },
		Observe: func(outcome string) { r.outcomes = append(r.outcomes, outcome) },
		Logger:  slog.New(slog.NewTextHandler(&r.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
	}
	if change != nil {
		change(&o)
	}
	r.Handler = webhook.New(o)
	return r
}

// deliver sends a body with a valid signature and time, and with the header fields of name-value pairs; an empty value
// removes a field.
func (r *receiver) deliver(body string, fields ...string) *httptest.ResponseRecorder {
	request := httptest.NewRequest(http.MethodPost, "/webhooks/heygen", strings.NewReader(body))
	request.Header.Set("Heygen-Signature", signature(body))
	request.Header.Set("Heygen-Timestamp", strconv.FormatInt(time.Now().Unix(), 10))
	for pair := range slices.Chunk(fields, 2) {
		if request.Header.Set(pair[0], pair[1]); pair[1] == "" {
			request.Header.Del(pair[0])
		}
	}
	w := httptest.NewRecorder()
	r.ServeHTTP(w, request)
	return w
}

func eventOf(id, kind, data string) string {
	return fmt.Sprintf(`{"event_id":%q,"event_type":%q,"event_data":%s}`, id, kind, data)
}

func trainSuccess(id string) string {
	return eventOf(id, "photo_avatar_train.success", `{"avatar_group_id":"group_1"}`)
}

// assertRejected fails unless the delivery was rejected with this status and had no effect.
func assertRejected(t *testing.T, r *receiver, w *httptest.ResponseRecorder, status int) {
	t.Helper()
	if w.Code != status || r.woken != nil || !slices.Equal(r.outcomes, []string{"rejected"}) {
		t.Errorf("%d %q, woken %q, outcomes %q; want %d", w.Code, w.Body, r.woken, r.outcomes, status)
	}
	body := w.Body.String()
	if w.Header().Get("Cache-Control") != "no-store" || w.Header().Get("Content-Type") != "text/plain; charset=utf-8" ||
		!strings.HasSuffix(body, ".\n") || strings.Count(body, "\n") != 1 {
		t.Errorf("%q %v", body, w.Header())
	}
}
