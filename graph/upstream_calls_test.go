package graph_test

import (
	"context"
	"fmt"
	"maps"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"heygen-graphql/graph"
	"heygen-graphql/heygen"
	"heygen-graphql/heygen/sandbox"
)

// The number of upstream calls of each operation, without a cache between operations.
func TestOperationsMakeDocumentedNumberOfCalls(t *testing.T) {
	a := newAPI(t, sandbox.Options{})
	cursor := a.groupPage(t, vars{"first": 30}).end
	for _, test := range []struct {
		query string
		calls int
	}{
		{`{ __typename }`, 0},
		{`{ __schema { queryType { name } } }`, 0},
		{`{ avatarGroups { nodes { id } } }`, 1},
		{`{ avatarGroups(first: 0) { pageInfo { hasNextPage } } }`, 1},
		{`{ avatarGroups(first: 1) { nodes { id } } }`, 1},
		{`{ avatarGroups(first: 50) { edges { cursor node ` + allGroupFields + ` } nodes { id } pageInfo { hasNextPage endCursor } } }`, 1},
		{`{ avatarGroups(first: 51) { nodes { id } } }`, 2},
		{`{ avatarGroups(first: 60) { nodes { id } } }`, 2},
		{`{ avatarGroups(first: 100) { nodes { id } } }`, 2},
		{fmt.Sprintf(`{ avatarGroups(first: 20, after: %q) { nodes { id } } }`, cursor), 1},
		{fmt.Sprintf(`{ avatarGroups(last: 10, before: %q) { nodes { id } } }`, cursor), 1},
		{`{ avatarGroups(last: 1) { nodes { id } } }`, 16}, // 764 groups
		{`{ a: avatarGroups { nodes { id } } b: avatarGroups(first: 50) { nodes { name } } c: avatarGroups(first: 60) { nodes { id } } }`, 2},
		{`{ a: avatarGroups(last: 1) { nodes { id } } b: avatarGroups(last: 9) { nodes { id } } }`, 16},
		{`{ a: avatarGroups { nodes { id } } b: avatarGroups(ownership: PUBLIC) { nodes { id } } }`, 2},
		{`{ avatarGroup(id: "group_monica") { id } }`, 1},
		{`{ avatarGroup(id: "no_such_id") { id } }`, 1},
		{`{ a: avatarGroup(id: "group_monica") { id } b: avatarGroup(id: "group_monica") { name } }`, 1},
		{fmt.Sprintf(`{ a: avatarGroup(id: "group_monica") { id } b: node(id: %[1]q) { id } c: nodes(ids: [%[1]q, %[1]q]) { id } }`, groupGlobalID("group_monica")), 1},
		{`{ a: avatarGroup(id: "group_monica") { id } b: avatarGroup(id: "no/id") { id } c: avatarGroup(id: "group_monica") @skip(if: true) { id } }`, 1},
		{`{ ...F ...F ... on Query { ...F } } fragment F on Query { a: avatarGroup(id: "group_monica") { id } }`, 1},

		{`{ avatarLooks { nodes ` + allLookFields + ` } }`, 1},
		{`{ avatarLooks(first: 100) { nodes { id } } }`, 2},
		{`{ avatarLook(id: "monica_office") ` + allLookFields + ` }`, 1},
		{`{ avatarLook(id: "monica_office") { group { name } } }`, 2},
		{`{ a: avatarLook(id: "monica_office") { group { name } } b: avatarLook(id: "monica_sofa") { group { name looksCount } } }`, 3},
		{`{ avatarGroup(id: "group_monica") { looks(first: 3) { nodes { lookId } } } }`, 2},
		{`{ avatarGroup(id: "` + groupGlobalID(groupWithoutLooks) + `") { looks { nodes { lookId } } } }`, 2},
		{`{ avatarGroup(id: "group_monica") { a: looks(first: 1) { nodes { lookId } } b: looks(last: 1) { nodes { name } } } }`, 2},
		{`{ avatarGroup(id: "group_monica") { looks { nodes { group { name looks { nodes { name } } } } } } }`, 2},
		{`{ avatarGroup(id: "group_monica") { looks { nodes { lookId } } } avatarLooks(groupId: "group_monica") { nodes { lookId } } }`, 2}, // the same request
		{`{ avatarGroups(first: 50) { nodes { looks(first: 3) { nodes { lookId readiness { state reason } } } } } }`, 51},
		{`{ avatarGroups(first: 50) { edges { node { looks(first: 3) { edges { node { id group { name } } } } } } nodes { looks { nodes { name } } } } }`, 51},

		{`{ voices { nodes { ` + listVoiceFields + ` } } }`, 1},
		{`{ voices(first: 100) { nodes { id } } }`, 1},
		{`{ voice(id: "5c3e9f1b7a2d4c60b8e1f7a94d20c6b3") ` + allVoiceFields + ` }`, 1},
		{`{ avatarGroup(id: "group_monica") { defaultVoice ` + allVoiceFields + ` } }`, 2},
		{`{ avatarGroup(id: "group_monica") { defaultVoice { name } looks { nodes { defaultVoice { name } } } } }`, 3}, // the same voice
		{`{ avatarGroup(id: "group_monica") { name defaultVoiceId defaultVoice { previewAudioUrl } looks(first: 3) { nodes { lookId readiness { state } } } } }`, 3},
		{`{ voice(id: "5c3e9f1b7a2d4c60b8e1f7a94d20c6b3") { name } avatarGroup(id: "group_monica") { defaultVoice { name } } }`, 2},
	} {
		a.expectCalls(t, test.calls, func() {
			if out := a.do(t, test.query, nil); out.Data == nil {
				t.Errorf("%s: %.300s", test.query, out.Body)
			}
		})
	}
}

// twentyAliasesQuery returns a document that selects ten ids of a type twenty times, by
// every field that takes ids.
func twentyAliasesQuery(field, typeName string, ids []string) string {
	var query strings.Builder
	query.WriteString("{")
	for i := range 20 {
		id := globalID(typeName, ids[i%10])
		switch i % 3 {
		case 0:
			fmt.Fprintf(&query, " f%d: %s(id: %q) { name }", i, field, id)
		case 1:
			fmt.Fprintf(&query, " f%d: node(id: %q) { id }", i, id)
		case 2:
			fmt.Fprintf(&query, " f%d: nodes(ids: [%q, %q]) { id }", i, id, globalID(typeName, ids[0]))
		}
	}
	return query.String() + " }"
}

func TestTwentyAliasesOverTenIDsMakeTenCallsEightAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newAPI(t, sandbox.Options{Latency: 100 * time.Millisecond})
		for _, query := range []string{
			twentyAliasesQuery("avatarGroup", "AvatarGroup", groupConnection.ids(a)),
			twentyAliasesQuery("avatarLook", "AvatarLook", lookIDsOf(groupWithManyLooks, "")(a)),
			twentyAliasesQuery("voice", "Voice", filterIDs(a.Voices(), func(v sandbox.Voice) (string, bool) { return v.ID, true })),
		} {
			start := time.Now()
			a.expectCalls(t, 10, func() { a.mustDo(t, query, nil) })
			if inFlight := a.MaxInFlight(); inFlight != 8 {
				t.Errorf("%d calls in flight, want 8", inFlight)
			}
			// Eight calls, then two: two latencies, and no delay for a batch to fill.
			if elapsed := time.Since(start); elapsed != 200*time.Millisecond {
				t.Errorf("took %v", elapsed)
			}
		}
		a.Close()
	})
}

func TestSingleLoadIsNotDelayedByBatching(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newAPI(t, sandbox.Options{Latency: 100 * time.Millisecond})
		for _, query := range []string{
			`{ avatarGroup(id: "group_monica") { id } }`,
			`{ avatarGroup(id: "group_monica") { id } no: avatarGroup(id: "a/b") { id } not: node(id: "group_monica") { id } }`,
			`{ avatarGroup(id: "group_monica") { id } no: avatarGroup(id: "` + lookGlobalID("x") + `") { id } looks: avatarGroup(id: "looks") { id } not: node(id: "` + groupGlobalID("looks") + `") { id } }`,
			`query($no: Boolean = false) { avatarGroup(id: "group_monica") { id } no: avatarGroup(id: "no_such_id") @include(if: $no) { id } }`,
			`{ avatarGroup(id: "group_monica") { id } avatarGroups { nodes { id } } }`,
			`{ avatarGroup(id: "group_monica") { id } avatarLook(id: "monica_sofa") { id } voice(id: "no_such_id") { id } voices { nodes { id } } avatarLooks { nodes { id } } }`,
		} {
			start := time.Now()
			a.do(t, query, nil)
			if elapsed := time.Since(start); elapsed != 100*time.Millisecond {
				t.Errorf("%s took %v", query, elapsed)
			}
		}
		a.Close()
	})
}

func TestFailedLoadNullsOneField(t *testing.T) {
	a := newAPI(t, sandbox.Options{})
	groups := a.Groups()
	// One call at a time, so that it is determined which one fails.
	first := fmt.Sprintf(`{ a: avatarGroup(id: %q) { id } }`, groupGlobalID(groups[0].ID))
	a.QueueFaults(sandbox.InternalError)
	if out := a.do(t, first, nil); out.codes() != "UPSTREAM_UNAVAILABLE" {
		t.Fatal(out.Body)
	}
	a.QueueFaults(sandbox.OK, sandbox.InternalError, sandbox.OK)
	out := a.do(t, fmt.Sprintf(`{ nodes(ids: [%q, %q, %q]) { id } }`, groupGlobalID(groups[0].ID), groupGlobalID(groups[1].ID), groupGlobalID(groups[2].ID)), nil)
	found := 0
	for i, node := range out.Data["nodes"].([]any) {
		if node != nil {
			found++
		} else if path := out.Errors[0].Path; len(path) != 2 || path[1] != float64(i) {
			t.Errorf("item %d is null, but the error has path %v", i, path)
		}
	}
	if found != 2 || out.codes() != "UPSTREAM_UNAVAILABLE" {
		t.Error(out.Body)
	}
	a.QueueFaults(sandbox.InternalError)
	out = a.do(t, `{ avatarGroups { nodes { id } } me: __typename }`, nil)
	if out.dataJSON(t) != `{"avatarGroups":null,"me":"Query"}` || out.codes() != "UPSTREAM_UNAVAILABLE" {
		t.Error(out.Body)
	}
}

// slowUpstream returns each group after a delay of its own, and records the calls.
type slowUpstream struct {
	graph.Upstream
	mu        sync.Mutex
	called    []heygen.GroupID
	cancelled []heygen.GroupID // ids whose call was cancelled
	delay     map[heygen.GroupID]time.Duration

	listed []heygen.GroupID // ids that the list of groups contains
}

func (u *slowUpstream) AvatarGroup(ctx context.Context, id heygen.GroupID) (heygen.AvatarGroup, error) {
	u.mu.Lock()
	u.called = append(u.called, id)
	u.mu.Unlock()
	select {
	case <-time.After(u.delay[id]):
		return heygen.AvatarGroup{ID: id, Name: "Slow", CreatedAt: heygen.UnixTime{Time: time.Unix(0, 0)}}, nil
	case <-ctx.Done():
		u.mu.Lock()
		u.cancelled = append(u.cancelled, id)
		u.mu.Unlock()
		kind := heygen.ErrTimeout
		if context.Cause(ctx) == context.Canceled {
			kind = context.Canceled
		}
		return heygen.AvatarGroup{}, &heygen.Error{Kind: kind}
	}
}

func (u *slowUpstream) ListAvatarGroups(ctx context.Context, _ heygen.AvatarGroupsParams) (heygen.Page[heygen.AvatarGroup], error) {
	g, err := u.AvatarGroup(ctx, "list")
	page := heygen.Page[heygen.AvatarGroup]{Data: []heygen.AvatarGroup{g}}
	for _, id := range u.listed {
		page.Data = append(page.Data, heygen.AvatarGroup{ID: id})
	}
	return page, err
}

// ListAvatarLooks returns one look of each group that has a delay.
func (u *slowUpstream) ListAvatarLooks(context.Context, heygen.AvatarLooksParams) (heygen.Page[heygen.AvatarLook], error) {
	var page heygen.Page[heygen.AvatarLook]
	for _, id := range slices.Sorted(maps.Keys(u.delay)) {
		if id != "list" {
			page.Data = append(page.Data, heygen.AvatarLook{ID: heygen.LookID(id), GroupID: &id})
		}
	}
	return page, nil
}

func withUpstream(u *slowUpstream) func(*heygen.Options, *graph.Options) {
	return func(_ *heygen.Options, o *graph.Options) { o.HeyGen = u }
}

func TestDeadlineReturnsPartialResponse(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		u := &slowUpstream{delay: map[heygen.GroupID]time.Duration{"hangs": time.Hour, "list": time.Hour}}
		a := newAPI(t, sandbox.Options{}, withUpstream(u))
		start := time.Now()
		out := a.do(t, `{ quick: avatarGroup(id: "quick") { name } hangs: avatarGroup(id: "hangs") { name } avatarGroups { nodes { id } } }`, nil)
		if elapsed := time.Since(start); elapsed != 30*time.Second {
			t.Errorf("took %v", elapsed)
		}
		if out.codes() != "UPSTREAM_TIMEOUT UPSTREAM_TIMEOUT" || out.dataJSON(t) != `{"avatarGroups":null,"hangs":null,"quick":{"name":"Slow"}}` {
			t.Error(out.Body)
		}
		a.Close()
	})
}

func TestTimeInQueueCountsAgainstDeadline(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		u := &slowUpstream{delay: map[heygen.GroupID]time.Duration{}}
		var query strings.Builder
		for i := range 12 {
			u.delay[heygen.GroupID(fmt.Sprint("g", i))] = 6 * time.Second
			fmt.Fprintf(&query, ` g%d: avatarGroup(id: "g%d") { name }`, i, i)
		}
		a := newAPI(t, sandbox.Options{}, withUpstream(u), func(_ *heygen.Options, o *graph.Options) { o.Timeout = 10 * time.Second })
		start := time.Now()
		out := a.do(t, "{"+query.String()+"}", nil)
		if elapsed := time.Since(start); elapsed != 10*time.Second {
			t.Errorf("took %v", elapsed)
		}
		if want := strings.TrimSpace(strings.Repeat("UPSTREAM_TIMEOUT ", 4)); out.codes() != want || len(u.called) != 12 {
			t.Errorf("%d calls, %s", len(u.called), out.codes())
		}
		a.Close()
	})
}

func TestDisconnectedCallersCallsAreCancelled(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		u := &slowUpstream{delay: map[heygen.GroupID]time.Duration{"a": time.Hour, "b": time.Hour, "list": time.Hour}}
		a := newAPI(t, sandbox.Options{}, withUpstream(u))
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(time.Second, cancel)
		r := httptest.NewRequestWithContext(ctx, "POST", "/graphql", strings.NewReader(`{"query":"{ a: avatarGroup(id: \"a\") { id } b: avatarGroup(id: \"b\") { id } avatarGroups { nodes { id } } }"}`))
		r.Header.Set("Content-Type", "application/json")
		start := time.Now()
		a.ServeHTTP(httptest.NewRecorder(), r)
		synctest.Wait()
		slices.Sort(u.cancelled)
		if elapsed := time.Since(start); elapsed != time.Second || !slices.Equal(u.cancelled, []heygen.GroupID{"a", "b", "list"}) {
			t.Errorf("cancelled %v after %v", u.cancelled, elapsed)
		}
		if strings.Contains(a.log.String(), "failed") {
			t.Errorf("a disconnected caller is logged as an upstream failure: %s", a.log)
		}
		a.Close()
	})
}

// The looks have ten group ids, which are loaded while the groups are being listed.
// Seven of them are fetched; the list completes the others while they are queued.
func TestListCompletesQueuedLoads(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		u := &slowUpstream{delay: map[heygen.GroupID]time.Duration{"list": 3 * time.Second}}
		for i := range 10 {
			u.delay[heygen.GroupID(fmt.Sprint("g", i))] = 5 * time.Second
		}
		u.listed = []heygen.GroupID{"g7", "g8", "g9"}
		a := newAPI(t, sandbox.Options{}, withUpstream(u))
		start := time.Now()
		out := a.mustDo(t, `{ avatarLooks { nodes { group { groupId } } } avatarGroups { nodes { id } } }`, nil)
		for i, node := range nodesOf(out, "avatarLooks") {
			if diff := cmp.Diff(vars{"group": vars{"groupId": fmt.Sprint("g", i)}}, node); diff != "" {
				t.Error(diff)
			}
		}
		if elapsed := time.Since(start); len(u.called) != 8 || elapsed != 5*time.Second+time.Millisecond {
			t.Errorf("called for %v in %v", u.called, elapsed)
		}
		a.Close()
	})
}

// The first operation makes the call. It ends at its deadline though the second one
// still waits, and the call continues for that one.
func TestCallOutlivesOperationThatMadeIt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newCachedAPI(t, sandbox.Options{Latency: 6 * time.Second}, func(_ *heygen.Options, o *graph.Options) { o.Timeout = 5 * time.Second })
		calls := len(f.Calls())
		start := time.Now()
		var both sync.WaitGroup
		both.Go(func() {
			out := f.do(t, `{ avatarGroup(id: "group_monica") { name } }`, nil)
			if time.Since(start) != 5*time.Second || out.codes() != "UPSTREAM_TIMEOUT" {
				t.Errorf("after %v: %s", time.Since(start), out.Body)
			}
		})
		<-time.After(2 * time.Second)
		both.Go(func() {
			out := f.do(t, `{ node(id: "QXZhdGFyR3JvdXA6Z3JvdXBfbW9uaWNh") { ... on AvatarGroup { name } } }`, nil)
			if time.Since(start) != 6*time.Second || out.codes() != "" {
				t.Errorf("after %v: %s", time.Since(start), out.Body)
			}
		})
		both.Wait()
		if n := len(f.Calls()) - calls; n != 1 {
			t.Errorf("%d calls, want 1", n)
		}
		if n := strings.Count(f.log.String(), "upstream request failed"); n != 1 {
			t.Errorf("%d failures are logged, want that of the first operation:\n%s", n, f.log)
		}
		f.Close()
	})
}
