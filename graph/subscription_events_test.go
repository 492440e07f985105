package graph_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"heygen-graphql/graph"
	"heygen-graphql/heygen"
	"heygen-graphql/heygen/sandbox"
)

// A group and its look complete at once. Queries have cached the looks shortly before.
func TestChangesHaveLinkedFieldsThatAreAsNew(t *testing.T) {
	for _, failing := range []bool{false, true} {
		synctest.Test(t, func(t *testing.T) {
			l := newLiveAPI(t)
			look := sandbox.Look{ID: "look_in_training", GroupID: new(trainingID), Name: "Ada", AvatarType: sandbox.PhotoAvatar, Ownership: sandbox.Private, Status: new("processing")}
			l.AddLooks(look)
			const looks = `looks { nodes { status } }`
			after(14*time.Second, func() {
				l.do(t, `{ avatarGroup(id: "`+trainingID+`") { `+looks+` } }`, nil)
				look.Status = new("completed")
				l.AddLooks(look)
				l.set("Ada", "completed")
				l.failLists.Store(failing)
			})
			s := l.stream(t, `subscription { avatarGroupChanged(id: "`+trainingID+`") { status `+looks+` } }`, nil)
			want := "COMPLETED"
			if failing { // stale is better than nothing
				want = "PROCESSING"
			}
			event := func(status, look string) string {
				return fmt.Sprintf(`{"data":{"avatarGroupChanged":{"status":%q,"looks":{"nodes":[{"status":%q}]}}}}`, status, look)
			}
			s.check(t, true, event("PROCESSING", "PROCESSING"), event("COMPLETED", want))
		})
	}
}

// The event that others have received is a minute old: what it has of signed URLs is, too.
func TestLateSubscriberHasAnEventOfItsOwn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLiveAPI(t)
		preview := "/portraits/x.svg"
		look := sandbox.Look{ID: "look_in_training", Name: "Ada", AvatarType: sandbox.PhotoAvatar, Ownership: sandbox.Private, PreviewImageURL: &preview, Status: new("processing")}
		l.AddLooks(look)
		const query = `subscription { avatarLookChanged(id: "look_in_training") { previewExpiresAt } }`
		late := make([]streamed, 2)
		for i, at := range []time.Duration{30 * time.Second, 5 * time.Minute} {
			after(at, func() { late[i] = l.stream(t, query, nil) })
		}
		after(6*time.Minute, func() {
			look.Status = new("completed")
			l.AddLooks(look)
		})
		first := l.stream(t, query, nil)
		synctest.Wait()
		if late[0].events[0] != first.events[0] || late[1].events[0] == first.events[0] {
			t.Errorf("%q, then %v", first.events, late)
		}
	})
}

func TestErrorsOfStreamsAreLoggedWithTheirCode(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var records []graph.OperationRecord
		l := newLiveAPI(t, func(_ *heygen.Options, o *graph.Options) {
			o.OnResponse = func(r graph.OperationRecord) { records = append(records, r) }
			o.StreamTimeout = time.Minute
		})
		for _, test := range []struct{ query, code, ended string }{
			{`subscription { avatarGroupChanged(id: " ") { name } }`, "BAD_USER_INPUT", "sse error"},
			{`subscription { avatarGroupChanged(id: "` + trainingID + `") { name } }`, "UPSTREAM_TIMEOUT", "sse timeout"},
			{`subscription { avatarGroupChanged(id: "unknown") { name } }`, "", "sse complete"},
			{`{ avatarGroup(id: " ") { name } }`, "BAD_USER_INPUT", "sse error"},
			{`{ avatarGroup(id: "` + trainingID + `") { name } }`, "", "sse complete"},
			{`{`, "GRAPHQL_PARSE_FAILED", "sse error"},
		} {
			records, l.ended = nil, nil
			l.stream(t, test.query, nil)
			if len(records) != 1 || string(records[0].Code) != test.code || (records[0].Errors > 0) != (test.code != "") || strings.Join(l.ended, ",") != test.ended {
				t.Errorf("%s: %+v, ended %q", test.query, records, l.ended)
			}
			if query := strings.HasPrefix(test.query, "{ "); query && test.code == "" && records[0].Cost != 1 {
				t.Errorf("%s: cost %d", test.query, records[0].Cost)
			}
		}
	})
}

// A query over an event stream may take longer than the server waits for it.
func TestCloseStreamsReportsWhatIsStillOpen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLiveAPI(t)
		l.delay.Store(int64(5 * time.Second))
		done := make(chan streamed, 1)
		go func() { done <- l.stream(t, `{ avatarGroup(id: "`+trainingID+`") { name } }`, nil) }()
		synctest.Wait()
		h := l.Handler.(*graph.Handler)
		if start := time.Now(); closeStreams(h, time.Second) || time.Since(start) != time.Second {
			t.Errorf("after %v", time.Since(start))
		}
		if start := time.Now(); !closeStreams(h, time.Minute) || time.Since(start) != 4*time.Second {
			t.Errorf("after %v", time.Since(start))
		}
		(<-done).check(t, true, `{"data":{"avatarGroup":{"name":"Ada"}}}`)
	})
}
