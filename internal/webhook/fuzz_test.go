package webhook_test

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"
)

func FuzzDelivery(f *testing.F) {
	now := time.Now().Format(time.RFC3339)
	f.Add(trainSuccess("e1"), signature(trainSuccess("e1")), now, "e1", false)
	f.Add(`{"event_type":"instant_avatar.fail","event_data":[[{"a":["b"]}]],"created_at":1e9}`, "", "", "e1", true)
	f.Add(`{"event_id":"\ud800","event_data":{"a":{"b":{"c":1}}}}`, "sha256=00", "-1e308", "", true)
	f.Fuzz(func(t *testing.T, body, signed, at, id string, sign bool) {
		r := newReceiver(nil)
		if sign {
			signed = signature(body)
		}
		request := httptest.NewRequest(http.MethodPost, "/webhooks/heygen", strings.NewReader(body))
		request.Header = http.Header{"Heygen-Signature": {signed}, "Heygen-Timestamp": {at}, "Heygen-Event-Id": {id}}
		w := httptest.NewRecorder()
		r.ServeHTTP(w, request)
		valid := strings.EqualFold(strings.TrimPrefix(signed, "sha256="), signature(body))
		if len(r.outcomes) != 1 || !valid && (w.Code == 200 || r.woken != nil) {
			t.Errorf("%d, outcomes %q, woken %q", w.Code, r.outcomes, r.woken)
		}
		for _, id := range slices.Concat(r.woken...) {
			if id == "" || len(id) > 128 || strings.ContainsAny(id, "/?#% \"\n") {
				t.Errorf("woken %q", id)
			}
		}
	})
}
