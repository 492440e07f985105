package webhook_test

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"heygen-graphql/internal/webhook"
)

func TestAvatarEventsWakeTheirIDs(t *testing.T) {
	for _, kind := range []string{"instant_avatar", "photo_avatar_generation", "photo_avatar_train", "photo_avatar_add_motion"} {
		for _, end := range []string{".success", ".fail"} {
			r := newReceiver(nil)
			w := r.deliver(eventOf("e1", kind+end, `{"avatar_group_id":"group_1","avatar_id":"look~1"}`))
			if w.Code != 200 || w.Body.Len() != 0 || w.Header().Get("Cache-Control") != "no-store" {
				t.Errorf("%s: %d %q %v", kind+end, w.Code, w.Body, w.Header())
			}
			if len(r.woken) != 1 || !slices.Equal(r.woken[0], []string{"group_1", "look~1"}) || !slices.Equal(r.outcomes, []string{"accepted"}) {
				t.Errorf("%s: woken %q, outcomes %q", kind+end, r.woken, r.outcomes)
			}
			if !strings.Contains(r.log.String(), "level=DEBUG") || !strings.Contains(r.log.String(), kind+end) {
				t.Errorf("%s: log %s", kind+end, &r.log)
			}
		}
	}
}

func TestIDsAreFoundAnywhereInEventData(t *testing.T) {
	var many, first []string
	for i := range 60 {
		many = append(many, fmt.Sprintf(`"id%d"`, i))
		first = append(first, fmt.Sprintf("id%d", i))
	}
	for data, want := range map[string][]string{
		`"a"`:                              {"a"},
		`["a",["b",{"k":"c"}],"d"]`:        {"a", "b", "c", "d"},
		`{"x":{"y":[{}],"z":"a"},"w":"b"}`: {"a", "b"},
		`{"x":{},"y":"a","z":[],"v":"a"}`:  {"a"},
		`{"url":"https://a/b","n":1,"t":true,"s":"two words","e":"","u":"\u00fc","i":"A-Z_0.9~"}`: {"A-Z_0.9~"},
		`["` + strings.Repeat("a", 128) + `","` + strings.Repeat("b", 129) + `"]`:                 {strings.Repeat("a", 128)},
		`[` + strings.Join(many, ",") + `]`:                                                       first[:50],
		`{}`:                                                                                      nil,
		`null`:                                                                                    nil,
		`7`:                                                                                       nil,
	} {
		r := newReceiver(nil)
		r.deliver(eventOf("e1", "instant_avatar.fail", data))
		if got := slices.Concat(r.woken...); !slices.Equal(got, want) || len(r.woken) != 1 || !slices.Equal(r.outcomes, []string{"accepted"}) {
			t.Errorf("%s: %q, want %q; outcomes %q", data, r.woken, want, r.outcomes)
		}
	}
}

func TestEventWithoutDataIsAccepted(t *testing.T) {
	r := newReceiver(nil)
	if w := r.deliver(`{"event_id":"e1","event_type":"instant_avatar.success"}`); w.Code != 200 || len(r.woken) != 1 || len(r.woken[0]) != 0 || r.outcomes[0] != "accepted" {
		t.Errorf("%d, woken %q, outcomes %q", w.Code, r.woken, r.outcomes)
	}
}

func TestOtherMethodsAreNotAllowed(t *testing.T) {
	for _, method := range []string{"GET", "HEAD", "PUT", "DELETE", "OPTIONS"} {
		r, body := newReceiver(nil), trainSuccess("e1")
		request := httptest.NewRequest(method, "/webhooks/heygen", strings.NewReader(body))
		request.Header.Set("Heygen-Signature", signature(body))
		w := httptest.NewRecorder()
		r.ServeHTTP(w, request)
		if assertRejected(t, r, w, 405); w.Header().Get("Allow") != "POST" {
			t.Errorf("%s: Allow is %q", method, w.Header().Get("Allow"))
		}
	}
}

func TestBodyIsLimitedTo256KiB(t *testing.T) {
	const limit = 256 << 10
	body := trainSuccess("e1")
	body += strings.Repeat(" ", limit-len(body))
	if w := newReceiver(nil).deliver(body); w.Code != 200 {
		t.Errorf("%d bytes: %d", len(body), w.Code)
	}
	r := newReceiver(nil)
	assertRejected(t, r, r.deliver(body+" "), 413)

	// Without a length, the limit applies to what is read.
	r = newReceiver(nil)
	read := &countingReader{rest: 1 << 30}
	request := httptest.NewRequest(http.MethodPost, "/webhooks/heygen", read)
	request.Header.Set("Heygen-Signature", "00")
	w := httptest.NewRecorder()
	r.ServeHTTP(w, request)
	if assertRejected(t, r, w, 413); read.read > 2*limit {
		t.Errorf("%d bytes were read", read.read)
	}
}

type countingReader struct{ rest, read int }

func (c *countingReader) Read(p []byte) (int, error) {
	if c.rest == 0 {
		return 0, io.EOF
	}
	n := min(len(p), c.rest)
	c.rest, c.read = c.rest-n, c.read+n
	return n, nil
}

func TestBodyThatCannotBeReadIsRejected(t *testing.T) {
	r := newReceiver(nil)
	w := httptest.NewRecorder()
	request := httptest.NewRequest(http.MethodPost, "/webhooks/heygen", io.MultiReader(strings.NewReader("{"), failingReader{}))
	request.Header.Set("Heygen-Signature", "00")
	r.ServeHTTP(w, request)
	assertRejected(t, r, w, 400)
}

type failingReader struct{}

func (failingReader) Read([]byte) (int, error) { return 0, errors.New("reset") }

func TestEitherSignatureHeaderIsAccepted(t *testing.T) {
	body := trainSuccess("e1")
	valid := signature(body)
	for _, fields := range [][]string{
		{"Heygen-Signature", valid},
		{"Heygen-Signature", strings.ToUpper(valid)},
		{"Heygen-Signature", "sha256=" + valid},
		{"Heygen-Signature", "", "Signature", valid},
		{"Heygen-Signature", "", "Signature", "sha256=" + strings.ToUpper(valid)},
		{"Heygen-Signature", "other", "Signature", valid},
	} {
		if w := newReceiver(nil).deliver(body, fields...); w.Code != 200 {
			t.Errorf("%q: %d %s", fields, w.Code, w.Body)
		}
	}
}

func TestWrongSignatureIsUnauthorized(t *testing.T) {
	body := trainSuccess("e1")
	valid := signature(body)
	for _, fields := range [][]string{
		{"Heygen-Signature", ""},
		{"Heygen-Signature", "sha256="},
		{"Heygen-Signature", valid[:62]},
		{"Heygen-Signature", valid + "00"},
		{"Heygen-Signature", signature(body + " ")},
		{"Heygen-Signature", "sha1=" + valid},
		{"Heygen-Signature", strings.Repeat("z", 64)},
		{"Heygen-Signature", "", "Signature", signature("")},
	} {
		r := newReceiver(nil)
		if assertRejected(t, r, r.deliver(body, fields...), 401); strings.Contains(r.log.String(), "group_1") || strings.Contains(r.log.String(), secret) {
			t.Errorf("log: %s", &r.log)
		}
	}
}

func TestNothingIsAcceptedWithoutSecret(t *testing.T) {
	r, body := newReceiver(func(o *webhook.Options) { o.Secret = "" }), trainSuccess("e1")
	mac := hmac.New(sha256.New, nil)
	mac.Write([]byte(body))
	assertRejected(t, r, r.deliver(body, "Heygen-Signature", hex.EncodeToString(mac.Sum(nil))), 401)
}

func TestDeliveryMustBeRecent(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		now := time.Now()
		for _, format := range []func(time.Time) string{
			func(at time.Time) string { return strconv.FormatInt(at.Unix(), 10) },
			func(at time.Time) string { return strconv.FormatInt(at.UnixMilli(), 10) },
			func(at time.Time) string { return at.Format(time.RFC3339) },
			func(at time.Time) string { return at.In(time.FixedZone("", 3600)).Format(time.RFC3339Nano) },
		} {
			for skew, status := range map[time.Duration]int{
				0: 200, 5 * time.Minute: 200, -5 * time.Minute: 200,
				5*time.Minute + time.Second: 400, -5*time.Minute - time.Second: 400, 1000 * time.Hour: 400,
			} {
				at := format(now.Add(skew))
				if w := newReceiver(nil).deliver(trainSuccess("e1"), "Heygen-Timestamp", at); w.Code != status {
					t.Errorf("header %s: %d, want %d", at, w.Code, status)
				}
				quoted := strconv.Quote(at)
				for _, value := range []string{quoted, strings.Trim(quoted, `"`)} {
					if value == at && strings.Contains(at, ":") { // is no JSON
						continue
					}
					body := strings.TrimSuffix(trainSuccess("e1"), "}") + `,"created_at":` + value + `}`
					if w := newReceiver(nil).deliver(body, "Heygen-Timestamp", ""); w.Code != status {
						t.Errorf("created_at %s: %d, want %d", value, w.Code, status)
					}
					// The header has precedence: created_at is older if the delivery is repeated.
					if w := newReceiver(nil).deliver(body); w.Code != 200 {
						t.Errorf("created_at %s with a header: %d", value, w.Code)
					}
				}
			}
		}
	})
}

func TestTimeThatCannotBeParsedIsRejected(t *testing.T) {
	for _, at := range []string{"now", "NaN", "inf", "-1", "0", "1e400", "1700000000000000000", "2026-11-30"} {
		r := newReceiver(nil)
		assertRejected(t, r, r.deliver(trainSuccess("e1"), "Heygen-Timestamp", at), 400)
	}
	for _, createdAt := range []string{`null`, `""`, `{}`, `[]`, `true`, `"NaN"`} {
		r := newReceiver(nil)
		body := strings.TrimSuffix(trainSuccess("e1"), "}") + `,"created_at":` + createdAt + `}`
		assertRejected(t, r, r.deliver(body, "Heygen-Timestamp", ""), 400)
	}
	r := newReceiver(nil)
	assertRejected(t, r, r.deliver(trainSuccess("e1"), "Heygen-Timestamp", ""), 400)
}

func TestBodyMustBeAnObject(t *testing.T) {
	for _, body := range []string{"", "null", "[]", `"event"`, "1", "{", trainSuccess("e1") + "}"} {
		r := newReceiver(nil)
		assertRejected(t, r, r.deliver(body), 400)
	}
}

func TestEventNeedsAnID(t *testing.T) {
	for _, id := range []string{`""`, "null", "7", "{}"} {
		body := `{"event_type":"instant_avatar.fail","event_data":["a"],"event_id":` + id + `}`
		r := newReceiver(nil)
		assertRejected(t, r, r.deliver(body), 400)
		if w := newReceiver(nil).deliver(body, "Heygen-Event-Id", "e1"); w.Code != 200 {
			t.Errorf("%s with Heygen-Event-Id: %d", id, w.Code)
		}
	}
}

// The header is not signed.
func TestCopyWithAnotherHeaderIsADuplicate(t *testing.T) {
	r := newReceiver(nil)
	const body = `{"event_type":"instant_avatar.fail","event_data":["a"]}`
	for _, id := range []string{"e1", "e2"} {
		if w := r.deliver(body, "Heygen-Event-Id", id); w.Code != 200 {
			t.Errorf("%s: %d", id, w.Code)
		}
	}
	if len(r.woken) != 1 {
		t.Errorf("woken %v", r.woken)
	}
}

// Bodies that no one has signed cannot fill the memory.
func TestUnsignedBodiesAreBounded(t *testing.T) {
	r := newReceiver(func(o *webhook.Options) { o.Observe = nil })
	held, release := make(chan struct{}, 64), make(chan struct{})
	var all sync.WaitGroup
	for range 64 {
		all.Go(func() {
			request := httptest.NewRequest(http.MethodPost, "/webhooks/heygen", readerFunc(func([]byte) (int, error) {
				held <- struct{}{}
				<-release
				return 0, io.EOF
			}))
			request.Header.Set("Heygen-Signature", "00")
			r.ServeHTTP(httptest.NewRecorder(), request)
		})
	}
	for range 64 {
		<-held
	}
	if w := r.deliver(trainSuccess("e1")); w.Code != 503 {
		t.Errorf("%d", w.Code)
	}
	close(release)
	all.Wait()
	if w := r.deliver(trainSuccess("e1")); w.Code != 200 {
		t.Errorf("%d", w.Code)
	}
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

func TestRepeatedDeliveriesAreDuplicates(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newReceiver(nil)
		deliver := func(id string, fields ...string) {
			t.Helper()
			if w := r.deliver(trainSuccess(id), fields...); w.Code != 200 {
				t.Errorf("%s: %d", id, w.Code)
			}
		}
		deliver("e1")
		deliver("e1", "Heygen-Event-Id", "e3") // which is not signed: the id of the body is
		deliver("e2")
		<-time.After(time.Hour - 1)
		deliver("e1")
		<-time.After(time.Nanosecond)
		deliver("e1")
		want := []string{"accepted", "duplicate", "accepted", "duplicate", "accepted"}
		if !slices.Equal(r.outcomes, want) || len(r.woken) != 3 {
			t.Errorf("outcomes %q, woken %q", r.outcomes, r.woken)
		}
	})
}

func TestOldestOf10000IDsIsForgotten(t *testing.T) {
	r := newReceiver(nil)
	for i := range 10_001 {
		r.deliver(trainSuccess(strconv.Itoa(i)))
	}
	r.outcomes = nil
	r.deliver(trainSuccess("1"))
	r.deliver(trainSuccess("0"))
	if !slices.Equal(r.outcomes, []string{"duplicate", "accepted"}) {
		t.Errorf("outcomes %q", r.outcomes)
	}
}

func TestFirstSeenIsCalledForNewIDsOnly(t *testing.T) {
	var called []string
	r := newReceiver(func(o *webhook.Options) {
		o.FirstSeen = func(_ context.Context, id string) bool {
			called = append(called, id)
			return id != "elsewhere"
		}
	})
	for _, id := range []string{"e1", "e1", "elsewhere", "elsewhere"} {
		if w := r.deliver(trainSuccess(id)); w.Code != 200 {
			t.Errorf("%s: %d", id, w.Code)
		}
	}
	if !slices.Equal(called, []string{"e1", "elsewhere"}) || len(r.woken) != 1 ||
		!slices.Equal(r.outcomes, []string{"accepted", "duplicate", "duplicate", "duplicate"}) {
		t.Errorf("called for %q, woken %q, outcomes %q", called, r.woken, r.outcomes)
	}
}

func TestUnknownEventWakesNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newReceiver(nil)
		long := "a\n=\"" + strings.Repeat("b", 100)
		for i, kind := range []string{"avatar_video.success", "", "instant_avatar", long} {
			if w := r.deliver(eventOf("same", kind, `{"id":"a"}`)); w.Code != 200 || r.woken != nil || r.outcomes[i] != "unknown" {
				t.Errorf("%q: %d, woken %q, outcomes %q", kind, w.Code, r.woken, r.outcomes)
			}
		}
		if w := r.deliver(`{"event_id":"same","event_type":7}`); w.Code != 200 || r.outcomes[4] != "unknown" {
			t.Errorf("%d, outcomes %q", w.Code, r.outcomes)
		}
		<-time.After(time.Minute)
		r.deliver(eventOf("same", long, `{"id":"a"}`))
		logged := strings.Split(strings.TrimSpace(r.log.String()), "\n")
		if len(logged) != 2 || !strings.Contains(logged[0], "type=avatar_video.success") ||
			!strings.HasSuffix(logged[1], " type=a"+strings.Repeat("b", 63)+" suppressed=4") {
			t.Errorf("log: %q", logged)
		}
	})
}

func TestRejectionsAreLoggedOnceAMinute(t *testing.T) {
	r := newReceiver(nil)
	for range 3 {
		r.deliver(trainSuccess("e1"), "Heygen-Signature", "")
	}
	if logged := r.log.String(); strings.Count(logged, "\n") != 1 || !strings.Contains(logged, `msg="webhook rejected" reason=signature status=401`) {
		t.Errorf("log: %s", logged)
	}
}

func TestOutcomesAreListed(t *testing.T) {
	if got := webhook.Outcomes(); !slices.Equal(got, []string{"accepted", "duplicate", "unknown", "rejected"}) {
		t.Errorf("%q", got)
	}
}

func TestOnlySecretIsRequired(t *testing.T) {
	r := &receiver{Handler: webhook.New(webhook.Options{Secret: secret})}
	if w := r.deliver(trainSuccess("e1")); w.Code != 200 {
		t.Errorf("%d", w.Code)
	}
}
