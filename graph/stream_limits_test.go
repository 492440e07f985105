package graph_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/coder/websocket"

	"heygen-graphql/graph"
	"heygen-graphql/graph/caller"
	"heygen-graphql/graph/httptransport"
	"heygen-graphql/heygen"
)

// The document and the variables are in memory as long as the subscription.
func TestSubscriptionsAreSmall(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLiveAPI(t)
		for _, variables := range []map[string]any{{"id": strings.Repeat("x", 16<<10)}, {"id": "a", "unknown": strings.Repeat("x", 16<<10)}} {
			s := l.stream(t, groupSubscription, variables)
			if len(s.events) != 1 || !strings.Contains(s.events[0], "16384 bytes") || !strings.Contains(s.events[0], "BAD_USER_INPUT") || l.calls.Load() != 0 {
				t.Errorf("%.300q", s.events)
			}
		}
	})
}

// A revoked token ends an event stream with the next heartbeat.
func TestEventStreamEndsOnceItsTokenIsRevoked(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var unknown, revoked atomic.Bool
		l := newLiveAPI(t, func(_ *heygen.Options, o *graph.Options) {
			o.Identify = func(r *http.Request) (caller.Caller, *caller.Rejection) {
				if unknown.Load() {
					return caller.Caller{}, &caller.Rejection{RequestError: httptransport.RequestError{Status: 503, Code: "UPSTREAM_UNAVAILABLE", Message: "later"}}
				}
				if r.Header.Get("Authorization") != "Bearer a" || revoked.Load() {
					return caller.Caller{}, &caller.Rejection{RequestError: httptransport.RequestError{Status: 401, Code: "UNAUTHENTICATED", Message: "no"}}
				}
				return caller.Caller{}, nil
			}
		})
		after(time.Second, func() { unknown.Store(true) }) // the identity provider cannot be reached
		after(29*time.Second, func() { unknown.Store(false) })
		after(30*time.Second, func() { revoked.Store(true) })
		start := time.Now()
		l.stream(t, groupSubscription, trainingVariables, "Authorization", "Bearer a").check(t, false, groupEvent("Ada", "PROCESSING"))
		if took := time.Since(start); took < 30*time.Second || took > 45*time.Second || strings.Join(l.ended, "") != "sse error" {
			t.Errorf("ended after %v: %q", took, l.ended)
		}
	})
}

// byToken identifies the callers of streams.
func byToken(_ *heygen.Options, o *graph.Options) {
	o.MaxStreamsPerCaller = 2
	o.StreamCaller = func(r *http.Request) string { return r.Header.Get("Authorization") }
}

func TestWebSocketsCountForTheCallerThatConnectionParamsName(t *testing.T) {
	s, _ := serveSockets(t, byToken)
	for range 2 {
		for _, token := range []string{"a", "b"} {
			s.open(fmt.Sprintf(`{"Authorization":%q}`, token)).want(acknowledged)
		}
	}
	third := s.open(`{"authorization":"a"}`)
	third.wantClosed(websocket.StatusTryAgainLater)
	s.wantEnd("error")
	s.open(`{"Authorization":"c"}`).want(acknowledged)
}

func TestSubscriptionsOverWebSocketsAreLimited(t *testing.T) {
	s, a := serveSockets(t, byToken)
	l := &liveAPI{api: a}
	l.set("Ada", "processing")
	one, two := s.open(`{"Authorization":"a"}`), s.open(`{"Authorization":"a"}`)
	one.want(acknowledged)
	two.want(acknowledged)
	const query = `subscription { avatarGroupChanged(id: "` + trainingID + `") { name status } }`
	next := `","type":"next","payload":` + groupEvent("Ada", "PROCESSING") + `}`
	one.subscribe("1", query)
	one.want(`{"id":"1` + next)
	one.subscribe("2", query)
	one.want(`{"id":"2` + next)
	two.subscribe("3", query)
	if message, err := two.receive(); err != nil || !strings.Contains(message, `"type":"error"`) || !strings.Contains(message, "RATE_LIMITED") {
		t.Errorf("%s, %v", message, err)
	}
	two.subscribe("4", monicaByID) // queries are not counted
	two.want(strings.Replace(monicaNext, `"1"`, `"4"`, 1), strings.Replace(complete, `"1"`, `"4"`, 1))
	one.send(complete)
	one.subscribe("5", `{ nothing }`) // the subscription has ended before its response
	if _, err := one.receive(); err != nil {
		t.Error(err)
	}
	for tries := 0; ; tries++ { // its slot is released concurrently
		two.subscribe("6", query)
		if message, err := two.receive(); err != nil || tries == 1000 {
			t.Fatalf("%s, %v", message, err)
		} else if message == `{"id":"6`+next {
			return
		}
	}
}

// Sockets whose clients never send connection_init take a tenth of the slots at most.
func TestUnauthenticatedWebSocketsAreLimited(t *testing.T) {
	s, _ := serveSockets(t, func(_ *heygen.Options, o *graph.Options) { o.MaxStreams = 20 })
	idle, _, err := s.dial()
	if err != nil {
		t.Fatal(err)
	}
	if _, response, err := s.dial(); err == nil || response == nil || response.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("%v, %v", response, err)
	}
	_ = idle.conn.CloseNow()
	s.wantEnd("client")
	s.open("").want(acknowledged)
	s.open("").want(acknowledged)
}

// Responses that clients do not read are bounded, over streams as over HTTP.
func TestUnreadResponsesOfStreamsAreBounded(t *testing.T) {
	s, _ := serveSockets(t)
	previous := graph.SetResponseBytes(s.api, 1)
	defer graph.SetResponseBytes(s.api, previous)
	c := s.open("")
	c.want(acknowledged)
	c.subscribe("1", `{ avatarGroups(first: 50) { edges { cursor node { id name looks(first: 20) { edges { cursor node { id name previewImageUrl } } } } } } }`)
	if message, err := c.receive(); err != nil || !strings.Contains(message, "OVERLOADED") {
		t.Errorf("%.200s, %v", message, err)
	}
	c.subscribe("1", monicaByID) // short ones are exempt
	c.want(monicaNext, complete)
}

// One change may concern thousands of documents: they are not all executed at once.
func TestExecutionsOfAChangeAreLimited(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var mu sync.Mutex
		var durations []time.Duration // until the first event
		l := newLiveAPI(t, func(_ *heygen.Options, o *graph.Options) {
			o.MaxOperations = 1
			o.OnResponse = func(r graph.OperationRecord) {
				mu.Lock()
				defer mu.Unlock()
				durations = append(durations, r.Duration)
			}
		})
		l.set("Ada", "completed")
		l.delay.Store(int64(5 * time.Second))
		var all sync.WaitGroup
		for _, kind := range []string{"PHOTO_AVATAR", "DIGITAL_TWIN"} {
			all.Go(func() {
				l.stream(t, `subscription { avatarGroupChanged(id: "`+trainingID+`") { looks(avatarType: `+kind+`) { nodes { id } } } }`, nil)
			})
		}
		all.Wait()
		slices.Sort(durations)
		if want := []time.Duration{10 * time.Second, 15 * time.Second}; !slices.Equal(durations, want) {
			t.Errorf("%v, want %v", durations, want)
		}
	})
}

// Of two spellings of a name the same one counts each time.
func TestConnectionParamsAreReadInOrder(t *testing.T) {
	s, _ := serveSockets(t, withToken("valid"))
	for range 20 {
		s.open(`{"authorization":"Bearer other","Authorization":"Bearer valid"}`).want(acknowledged)
	}
}
