package graph_test

import (
	"net/http"
	"path"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"heygen-graphql/graph"
	"heygen-graphql/heygen"
	"heygen-graphql/heygen/sandbox"
)

// looksTransport is a sandbox that fails the first attempts for the looks of one group,
// and records the attempts for the looks of all groups and for voices.
type looksTransport struct {
	sandbox http.RoundTripper
	start   time.Time
	group   string
	fail    func() *http.Response
	latency time.Duration // of a failure

	mu       sync.Mutex
	failures int // that are left
	attempts []looksAttempt
}

type looksAttempt struct {
	id string // of the group or the voice
	at time.Duration
}

func (l *looksTransport) RoundTrip(r *http.Request) (*http.Response, error) {
	id := r.URL.Query().Get("group_id")
	if id == "" {
		id = path.Base(r.URL.Path)
	}
	if id == "avatars" {
		return l.sandbox.RoundTrip(r)
	}
	l.mu.Lock()
	l.attempts = append(l.attempts, looksAttempt{id, time.Since(l.start)})
	fail := id == l.group && l.failures > 0
	if fail {
		l.failures--
	}
	l.mu.Unlock()
	if !fail {
		return l.sandbox.RoundTrip(r)
	}
	select {
	case <-time.After(l.latency):
		return l.fail(), nil
	case <-r.Context().Done():
		return nil, r.Context().Err()
	}
}

// attemptsFrom returns the ids of the attempts that started at a time or later.
func (l *looksTransport) attemptsFrom(at time.Duration) (ids []string) {
	for _, attempt := range l.attempts {
		if attempt.at >= at {
			ids = append(ids, attempt.id)
		}
	}
	return ids
}

// responseWith returns a function that returns a response without a body. headers are
// pairs of names and values.
func responseWith(status int, headers ...string) func() *http.Response {
	return func() *http.Response {
		res := &http.Response{StatusCode: status, Header: http.Header{}, Body: http.NoBody}
		for i := 0; i < len(headers); i += 2 {
			res.Header.Set(headers[i], headers[i+1])
		}
		return res
	}
}

// runFirstLooksFailing runs a query on a sandbox that takes 0.1 s, with an empty cache
// and without one. Two attempts for the looks of the first group fail. check receives
// the ids of all groups in their order.
func runFirstLooksFailing(t *testing.T, query string, timeout, latency time.Duration, fail func() *http.Response, check func(looks *looksTransport, out response, groups []string)) {
	t.Helper()
	for _, build := range []func(testing.TB, sandbox.Options, ...func(*heygen.Options, *graph.Options)) *api{newAPI, newCachedAPI} {
		synctest.Test(t, func(t *testing.T) {
			looks := &looksTransport{start: time.Now(), fail: fail, latency: latency, failures: 2}
			a := build(t, sandbox.Options{Latency: 100 * time.Millisecond}, func(o *heygen.Options, options *graph.Options) {
				looks.sandbox, o.Transport, o.Retries, options.Timeout = o.Transport, looks, heygen.DefaultRetries, timeout
			})
			groups := groupConnection.ids(a)
			looks.group = groups[0]
			check(looks, a.do(t, query, nil), groups)
			a.Close()
		})
	}
}

// The looks of the first group are rate-limited twice, just before the first eight
// groups are complete or just after, so that a rate of 9 or 16 calls a second is halved
// twice.
func TestTopOfResponseIsCompleteAfter429s(t *testing.T) {
	const query = `{ avatarGroups(first: 20) { nodes { groupId looks(first: 3) { nodes { lookId } } } } }`
	rateLimited, withRetryAfter := responseWith(429), responseWith(429, "Retry-After", "1")
	const before, after = 99 * time.Millisecond, 101 * time.Millisecond
	for name, test := range map[string]struct {
		timeout    time.Duration
		fail       func() *http.Response
		latency    time.Duration // of a 429
		started    int           // groups that are requested before the first back-off
		firstTwice bool          // the first group is requested twice after it
		requested  int           // groups that are requested at all
		timedOut   int           // of them, those that are requested too late
		retryAfter int
	}{
		// Back-offs of 1 s and 2 s. Then the first group starts at 3.299 s, and another every 0.444 s.
		"3 s":  {3 * time.Second, rateLimited, before, 8, false, 8, 0, 2},
		"5 s":  {5 * time.Second, rateLimited, before, 8, true, 11, 0, 2},
		"6 s":  {6 * time.Second, rateLimited, before, 8, true, 14, 1, 2},
		"10 s": {10 * time.Second, rateLimited, before, 8, true, 20, 0, 0},
		// HeyGen's back-offs. The first group starts at 2.299 s.
		"5 s, Retry-After": {5 * time.Second, withRetryAfter, before, 8, true, 14, 1, 1},
		// Another group starts every 0.25 s.
		"5 s, 15 groups started": {5 * time.Second, rateLimited, after, 15, true, 20, 0, 0},
	} {
		runFirstLooksFailing(t, query, test.timeout, test.latency, test.fail, func(looks *looksTransport, out response, groups []string) {
			complete := test.requested - test.timedOut
			for i, node := range nodesOf(out, "avatarGroups") {
				if want := i < complete && (i > 0 || test.firstTwice); want != (node["looks"] != nil) {
					t.Errorf("%s: group %d has looks: %t", name, i, !want)
				}
			}
			codes := map[string]int{codeRateLimited: 0, codeTimeout: 0}
			for _, e := range out.Errors {
				codes[e.Extensions["code"].(string)]++
				if e.Extensions["code"] == codeRateLimited && e.Extensions["retryAfter"] != float64(test.retryAfter) {
					t.Errorf("%s: %v: %v", name, e.Path, e.Extensions)
				}
			}
			want := groups[:1]
			rejected := 20 - test.requested
			if test.firstTwice {
				want = slices.Concat(want, want, groups[test.started:test.requested])
			} else {
				rejected++
			}
			if codes[codeTimeout] != test.timedOut || codes[codeRateLimited] != rejected || len(codes) != 2 {
				t.Errorf("%s: %v, want %d rejected and %d timed out", name, codes, rejected, test.timedOut)
			}
			if got := looks.attemptsFrom(time.Second); !slices.Equal(got, want) || len(looks.attempts) != test.started+len(want) {
				t.Errorf("%s: after the back-off %v, want %v; all: %v", name, got, want, looks.attempts)
			}
		})
	}
}

// The first group's looks have a voice that no other group needs. It is requested before
// the looks and voices of other groups that have been queued for longer, but for one: the
// operation's eight calls are all queued, and the first of them starts meanwhile.
func TestVoiceBelowTheFirstGroupIsRequestedBeforeOtherGroups(t *testing.T) {
	const query = `{ avatarGroups(first: 20) { nodes { looks(first: 1) { nodes { defaultVoiceId defaultVoice { name } } } } } }`
	runFirstLooksFailing(t, query, 30*time.Second, 99*time.Millisecond, responseWith(429), func(looks *looksTransport, out response, groups []string) {
		first := nodesOf(out, "avatarGroups")[0]["looks"].(map[string]any)["nodes"].([]any)[0].(map[string]any)
		if len(out.Errors) > 0 || first["defaultVoice"] == nil {
			t.Fatal(out.Body)
		}
		got := looks.attemptsFrom(time.Second)
		if want := []string{groups[0], groups[0]}; !slices.Equal(got[:2], want) || slices.Index(got, first["defaultVoiceId"].(string)) > 3 {
			t.Errorf("after the back-off %v, want %v and then %v", got[:12], want, first["defaultVoiceId"])
		}
	})
}
