package graph_test

import (
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"heygen-graphql/graph"
	"heygen-graphql/heygen"
	"heygen-graphql/heygen/sandbox"
	"heygen-graphql/internal/poll"
)

// trainingID is the id of a group of these tests.
const trainingID = "group_in_training"

// liveAPI is an api whose upstream can fail, with a group in training.
type liveAPI struct {
	*api
	status atomic.Int64 // of every response of HeyGen; 0: the sandbox responds
	calls  atomic.Int64

	failLists atomic.Bool  // lists of looks cannot be fetched
	delay     atomic.Int64 // of every response

	mu    sync.Mutex
	ended []string // reasons
}

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// newLiveAPI returns an api. It must be called in a synctest bubble.
func newLiveAPI(t *testing.T, configure ...func(*heygen.Options, *graph.Options)) *liveAPI {
	t.Helper()
	l := &liveAPI{}
	l.api = newCachedAPI(t, sandbox.Options{}, append(configure, func(o *heygen.Options, g *graph.Options) {
		inner := o.Transport
		o.Transport = roundTripper(func(r *http.Request) (*http.Response, error) {
			l.calls.Add(1)
			<-time.After(time.Duration(l.delay.Load()))
			if l.failLists.Load() && strings.HasSuffix(r.URL.Path, "/looks") {
				return nil, io.ErrUnexpectedEOF
			}
			if status := int(l.status.Load()); status != 0 {
				w := httptest.NewRecorder()
				w.WriteHeader(status)
				return w.Result(), nil
			}
			return inner.RoundTrip(r)
		})
		g.OnStreamEnd = func(transport, reason string) {
			l.mu.Lock()
			defer l.mu.Unlock()
			l.ended = append(l.ended, transport+" "+reason)
		}
	})...)
	l.set("Ada", "processing")
	return l
}

// set changes the group in training.
func (l *liveAPI) set(name, status string) {
	l.AddGroups(sandbox.Group{ID: trainingID, Name: name, Status: &status, CreatedAt: 1_700_000_000, Ownership: sandbox.Private})
}

// streamed is a finished event stream.
type streamed struct {
	*httptest.ResponseRecorder
	events   []string // data of the events named next
	complete bool
}

// stream opens an event stream, and returns it once it has ended.
func (l *liveAPI) stream(t *testing.T, query string, variables map[string]any, headers ...string) streamed {
	t.Helper()
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		t.Fatal(err)
	}
	s := streamed{ResponseRecorder: httptest.NewRecorder()}
	l.ServeHTTP(s, newRequest(t, "POST", "/graphql", string(body), append([]string{"Content-Type", "application/json", "Accept", "text/event-stream"}, headers...)...))
	for block := range strings.SplitSeq(s.Body.String(), "\n\n") {
		name, data := "", ""
		for line := range strings.SplitSeq(block, "\n") {
			if value, ok := strings.CutPrefix(line, "event: "); ok {
				name = value
			} else if value, ok := strings.CutPrefix(line, "data: "); ok {
				data += value
			}
		}
		switch name {
		case "next":
			s.events = append(s.events, data)
		case "complete":
			s.complete = true
		}
	}
	return s
}

func (s streamed) check(t *testing.T, complete bool, events ...string) {
	t.Helper()
	if strings.Join(s.events, "\n") != strings.Join(events, "\n") || s.complete != complete {
		t.Errorf("events %q, complete %t; want %q, %t", s.events, s.complete, events, complete)
	}
}

const groupSubscription = `subscription Training($id: ID!) { avatarGroupChanged(id: $id) { name status } }`

func groupEvent(name, status string) string {
	return `{"data":{"avatarGroupChanged":{"name":"` + name + `","status":"` + status + `"}}}`
}

var trainingVariables = map[string]any{"id": trainingID}

// after runs f after d.
func after(d time.Duration, f func()) { time.AfterFunc(d, f) }

// brokenUpstream is an upstream without watches.
type brokenUpstream struct{ graph.WatchingUpstream }

func (brokenUpstream) WatchAvatarGroup(heygen.GroupID) *poll.Watch[heygen.AvatarGroup] { return nil }

func TestPanicEndsASubscriptionWithAnInternalError(t *testing.T) {
	a := newCachedAPI(t, sandbox.Options{})
	l := &liveAPI{api: a}
	l.Handler = graph.NewHandler(graph.Options{HeyGen: brokenUpstream{a.cachedClient}, Logger: slog.New(slog.NewTextHandler(a.log, nil))})
	l.stream(t, groupSubscription, trainingVariables).check(t, true, `{"errors":[{"message":"Internal server error.","extensions":{"code":"INTERNAL","requestId":""}}]}`)
	if log := a.log.String(); !strings.Contains(log, "msg=panic") || !strings.Contains(log, "stack=") {
		t.Error(log)
	}
}

func TestSubscriptionSendsStateThenChangesUntilTheFinalStatus(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLiveAPI(t)
		after(25*time.Second, func() { l.set("Grace", "processing") })
		after(45*time.Second, func() { l.set("Grace", "completed") })
		l.stream(t, groupSubscription, trainingVariables).check(t, true, groupEvent("Ada", "PROCESSING"), groupEvent("Grace", "PROCESSING"), groupEvent("Grace", "COMPLETED"))
		if out := l.do(t, `{ avatarGroup(id: "`+trainingID+`") { status } }`, nil); fmt.Sprint(out.Data) != "map[avatarGroup:map[status:COMPLETED]]" {
			t.Errorf("a query does not see the polled status: %v", out.Data)
		}
		if n := l.calls.Load(); n < 5 || n > 7 { // at once, and each 10 s with jitter
			t.Errorf("%d calls", n)
		}
		if strings.Join(l.ended, " ") != "sse complete" {
			t.Errorf("streams ended: %q", l.ended)
		}
	})
}

func TestSubscriptionIgnoresFieldsThatAreNotSelected(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLiveAPI(t)
		after(25*time.Second, func() { l.set("Grace", "processing") })
		after(45*time.Second, func() { l.set("Grace", "failed") })
		l.stream(t, `subscription { avatarGroupChanged(id: "`+trainingID+`") { status } }`, nil).
			check(t, true, `{"data":{"avatarGroupChanged":{"status":"PROCESSING"}}}`, `{"data":{"avatarGroupChanged":{"status":"FAILED"}}}`)
	})
}

// The sandbox signs the previews of photo avatars again for each response, as HeyGen does.
func TestSubscriptionIgnoresNewSignatures(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLiveAPI(t)
		preview := "/portraits/x.svg"
		look := sandbox.Look{ID: "look_in_training", Name: "Ada", AvatarType: sandbox.PhotoAvatar, Ownership: sandbox.Private, PreviewImageURL: &preview, Status: new("processing")}
		l.AddLooks(look)
		after(45*time.Second, func() {
			look.Name = "Grace"
			l.AddLooks(look)
		})
		after(65*time.Second, func() {
			look.Status = new("completed")
			l.AddLooks(look)
		})
		s := l.stream(t, `subscription { avatarLookChanged(id: "look_in_training") { previewImageUrl previewExpiresAt status } }`, nil)
		if len(s.events) != 2 || !s.complete || !strings.Contains(s.events[1], "COMPLETED") || !strings.Contains(s.events[0], "Signature=") {
			t.Errorf("%q", s.events)
		}
	})
}

func TestSubscriptionToWhatHeyGenDoesNotHaveIsNullAndCompletes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLiveAPI(t)
		const gone = `{"data":{"avatarGroupChanged":null}}`
		l.stream(t, groupSubscription, map[string]any{"id": "unknown"}).check(t, true, gone)
		after(25*time.Second, func() { l.RemoveGroups(trainingID) })
		l.stream(t, groupSubscription, trainingVariables).check(t, true, groupEvent("Ada", "PROCESSING"), gone)
	})
}

func TestSubscribersOfOneGroupCostOneCallAnInterval(t *testing.T) {
	for _, subscribers := range []int{1, 50} {
		synctest.Test(t, func(t *testing.T) {
			l := newLiveAPI(t)
			after(95*time.Second, func() { l.set("Ada", "completed") })
			var all sync.WaitGroup
			for i := range subscribers {
				query := groupSubscription
				if i%2 == 1 { // another operation on the same group
					query = `subscription Other($id: ID!) { avatarGroupChanged(id: $id) { name status } }`
				}
				all.Go(func() {
					l.stream(t, query, trainingVariables).check(t, true, groupEvent("Ada", "PROCESSING"), groupEvent("Ada", "COMPLETED"))
				})
			}
			all.Wait()
			if n := l.calls.Load(); n < 9 || n > 12 {
				t.Errorf("%d subscribers: %d calls", subscribers, n)
			}
			after := l.calls.Load()
			<-time.After(time.Hour) // virtual
			if n := l.calls.Load(); n != after {
				t.Errorf("%d polls without a subscriber", n-after)
			}
		})
	}
}

func TestErrorsThatPassAreRetriedSilently(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLiveAPI(t)
		after(15*time.Second, func() { l.status.Store(503) })
		after(5*time.Minute, func() { l.status.Store(0); l.set("Ada", "completed") })
		l.stream(t, groupSubscription, trainingVariables).check(t, true, groupEvent("Ada", "PROCESSING"), groupEvent("Ada", "COMPLETED"))
	})
}

func TestSubscriptionEndsAtItsDeadlineWithTheLastError(t *testing.T) {
	for status, code := range map[int64]string{0: "UPSTREAM_TIMEOUT", 503: "UPSTREAM_UNAVAILABLE"} {
		synctest.Test(t, func(t *testing.T) {
			l := newLiveAPI(t)
			after(15*time.Second, func() { l.status.Store(status) })
			start := time.Now()
			s := l.stream(t, groupSubscription, trainingVariables)
			if len(s.events) != 2 || !s.complete || !strings.Contains(s.events[1], `"code":"`+code+`"`) || !strings.Contains(s.events[1], `"data":{"avatarGroupChanged":null}`) || !strings.Contains(s.events[1], `"path":["avatarGroupChanged"]`) {
				t.Errorf("%d: %q", status, s.events)
			}
			if took := time.Since(start); took != 30*time.Minute {
				t.Errorf("%v", took)
			}
		})
	}
}

func TestErrorThatStaysEndsTheSubscription(t *testing.T) {
	for status, code := range map[int64]string{401: "UPSTREAM_UNAUTHENTICATED", 403: "FORBIDDEN", 402: "PAYMENT_REQUIRED", 400: "BAD_USER_INPUT"} {
		synctest.Test(t, func(t *testing.T) {
			l := newLiveAPI(t)
			after(15*time.Second, func() { l.status.Store(status) })
			s := l.stream(t, groupSubscription, trainingVariables)
			if len(s.events) != 2 || !s.complete || !strings.Contains(s.events[1], `"code":"`+code+`"`) {
				t.Errorf("%d: %q", status, s.events)
			}
		})
	}
}

func TestInvalidSubscriptionsAreErrorsInTheStream(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLiveAPI(t)
		for name, test := range map[string]struct {
			query, code string
			executed    bool
		}{
			"syntax":           {`subscription {`, "GRAPHQL_PARSE_FAILED", false},
			"unknown field":    {`subscription { nothing }`, "GRAPHQL_VALIDATION_FAILED", false},
			"two fields":       {`subscription { avatarGroupChanged(id: "a") { id } avatarLookChanged(id: "a") { id } }`, "GRAPHQL_VALIDATION_FAILED", false},
			"two aliases":      {`subscription { a: avatarGroupChanged(id: "a") { id } b: avatarGroupChanged(id: "a") { id } }`, "GRAPHQL_VALIDATION_FAILED", false},
			"no field":         {`subscription { avatarGroupChanged(id: "a") @skip(if: true) { id } }`, "GRAPHQL_VALIDATION_FAILED", false},
			"introspection":    {`subscription { __typename }`, "GRAPHQL_VALIDATION_FAILED", false},
			"missing variable": {groupSubscription, "BAD_USER_INPUT", false},
			"invalid id":       {`subscription { x: avatarGroupChanged(id: "../a") { id } }`, "BAD_USER_INPUT", true},
			"id of a look":     {`subscription { avatarGroupChanged(id: "` + lookGlobalID("a") + `") { id } }`, "BAD_USER_INPUT", true},
			"mutation":         {`mutation { a }`, "OPERATION_NOT_SUPPORTED", false},
		} {
			s := l.stream(t, test.query, nil)
			if len(s.events) != 1 || !s.complete || !strings.Contains(s.events[0], `"code":"`+test.code+`"`) || strings.Contains(s.events[0], `"data"`) != test.executed {
				t.Errorf("%s: %q, complete %t", name, s.events, s.complete)
			}
		}
		if n := l.calls.Load(); n != 0 {
			t.Errorf("%d calls", n)
		}
	})
}

func TestQueriesRunOverEventStreams(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLiveAPI(t)
		s := l.stream(t, `query ($id: ID!) { avatarGroup(id: $id) { name } }`, trainingVariables)
		s.check(t, true, `{"data":{"avatarGroup":{"name":"Ada"}}}`)
		if contentType := s.Header().Get("Content-Type"); s.Code != 200 || contentType != "text/event-stream; charset=utf-8" {
			t.Errorf("%d %s", s.Code, contentType)
		}
		if n := l.calls.Load(); n != 1 {
			t.Errorf("%d calls", n)
		}
	})
}

func TestSubscriptionNeedsAStreamingTransport(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLiveAPI(t)
		if out := l.do(t, groupSubscription, trainingVariables); out.codes() != "OPERATION_NOT_SUPPORTED" || out.Data != nil || l.calls.Load() != 0 {
			t.Errorf("%s, %d calls", out.codes(), l.calls.Load())
		}
	})
}

func TestStreamsAreLimited(t *testing.T) {
	limits := func(_ *heygen.Options, o *graph.Options) {
		o.MaxStreams, o.MaxStreamsPerCaller = 3, 2
		o.StreamCaller = func(r *http.Request) string { return r.Header.Get("Authorization") }
	}
	synctest.Test(t, func(t *testing.T) {
		l := newLiveAPI(t, limits)
		var open sync.WaitGroup
		for _, caller := range []string{"a", "a", "b"} {
			open.Go(func() { l.stream(t, groupSubscription, trainingVariables, "Authorization", caller) })
			synctest.Wait()
			if caller == "a" && l.calls.Load() == 0 {
				t.Error("no call")
			}
			for _, test := range []struct {
				caller string
				status int
			}{{"a", 429}, {"b", 503}} {
				if byTransport, _ := l.Handler.(*graph.Handler).Streams(); test.status == 429 && byTransport["sse"] != 2 || test.status == 503 && byTransport["sse"] != 3 {
					continue
				}
				s := l.stream(t, groupSubscription, trainingVariables, "Authorization", test.caller)
				if s.Code != test.status || s.Header().Get("Retry-After") == "" || !strings.HasPrefix(s.Header().Get("Content-Type"), "application/json") {
					t.Errorf("%s: %d %s", test.caller, s.Code, s.Body)
				}
			}
		}
		l.set("Ada", "completed")
		open.Wait()
		if byTransport, subscribers := l.Handler.(*graph.Handler).Streams(); byTransport["sse"] != 0 || subscribers != 0 {
			t.Errorf("%v, %d", byTransport, subscribers)
		}
	})
}

func TestStreamsEndWithoutCompleteWhenTheServerStops(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLiveAPI(t)
		after(25*time.Second, func() { closeStreams(l.Handler.(*graph.Handler), time.Second) })
		l.stream(t, groupSubscription, trainingVariables).check(t, false, groupEvent("Ada", "PROCESSING"))
		if strings.Join(l.ended, " ") != "sse shutdown" {
			t.Errorf("streams ended: %q", l.ended)
		}
	})
}
