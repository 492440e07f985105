package graph_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"heygen-graphql/graph"
	"heygen-graphql/heygen"
	"heygen-graphql/heygen/sandbox"
)

const looksOfFiftyQuery = `{ avatarGroups(first: 50) { nodes { groupId looks(first: 3) { nodes { lookId } } } } }`

// nodesOf returns the nodes of a connection of Query.
func nodesOf(out response, field string) []map[string]any {
	var nodes []map[string]any
	for _, node := range out.Data[field].(map[string]any)["nodes"].([]any) {
		nodes = append(nodes, node.(map[string]any))
	}
	return nodes
}

func TestLooksOf50GroupsAreFetchedEightAtATimeInResponseOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newAPI(t, sandbox.Options{Latency: 100 * time.Millisecond})
		start := time.Now()
		var out response
		a.expectCalls(t, 51, func() { out = a.mustDo(t, looksOfFiftyQuery, nil) })
		if inFlight := a.MaxInFlight(); inFlight != 8 {
			t.Errorf("%d calls in flight, want 8", inFlight)
		}
		// The list, the scheduler's delay of a millisecond, and seven rounds of eight.
		if took := time.Since(start); took != 801*time.Millisecond {
			t.Errorf("took %v", took)
		}
		var rounds [7]map[string]bool // by group id; within a round the order is not determined
		for i, call := range a.Calls()[1:] {
			if rounds[i/8] == nil {
				rounds[i/8] = map[string]bool{}
			}
			rounds[i/8][call.Query.Get("group_id")] = true
		}
		for i, node := range nodesOf(out, "avatarGroups") {
			if id := node["groupId"].(string); !rounds[i/8][id] {
				t.Errorf("group %d is not fetched in round %d", i, i/8)
			}
			var got []string
			for _, look := range node["looks"].(map[string]any)["nodes"].([]any) {
				got = append(got, look.(map[string]any)["lookId"].(string))
			}
			want := lookIDsOf(node["groupId"].(string), "")(a)
			if diff := cmp.Diff(want[:min(3, len(want))], got); diff != "" && len(want) > 0 {
				t.Errorf("group %d: %s", i, diff)
			}
		}
		a.Close()
	})
}

func TestFailedLooksCallNullsOnlyItsField(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newAPI(t, sandbox.Options{})
		a.QueueFaults(sandbox.OK, sandbox.OK, sandbox.OK, sandbox.InternalError)
		out := a.do(t, looksOfFiftyQuery, nil)
		if out.codes() != "UPSTREAM_UNAVAILABLE" || fmt.Sprint(out.Errors[0].Path[:2]) != "[avatarGroups nodes]" || out.Errors[0].Path[3] != "looks" {
			t.Fatalf("%+v", out.Errors)
		}
		for i, node := range nodesOf(out, "avatarGroups") {
			if failed := float64(i) == out.Errors[0].Path[2]; failed != (node["looks"] == nil) {
				t.Errorf("group %d: %v", i, node["looks"])
			}
		}
		a.Close()
	})
}

// The list and two rounds of eight end before the deadline.
func TestTopOfResponseIsCompleteAtDeadline(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newAPI(t, sandbox.Options{Latency: 100 * time.Millisecond}, func(_ *heygen.Options, o *graph.Options) { o.Timeout = 350 * time.Millisecond })
		out := a.do(t, looksOfFiftyQuery, nil)
		for i, node := range nodesOf(out, "avatarGroups") {
			if (node["looks"] != nil) != (i < 16) {
				t.Errorf("group %d: %v", i, node["looks"])
			}
		}
		if out.codes() != strings.TrimSpace(strings.Repeat("UPSTREAM_TIMEOUT ", 34)) {
			t.Error(out.codes())
		}
		a.Close()
	})
}

// Calls below the first group go before calls below the last.
func TestVoicesOfFirstGroupAreFetchedBeforeLooksOfLastGroup(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newAPI(t, sandbox.Options{Latency: 100 * time.Millisecond})
		a.mustDo(t, `{ avatarGroups(first: 50) { nodes { looks(first: 2) { nodes { defaultVoice { name } } } } } }`, nil)
		calls := a.Calls()
		firstVoice, lastLooks := 0, 0
		for i, call := range calls {
			if strings.HasPrefix(call.Path, "/v3/voices/") && firstVoice == 0 {
				firstVoice = i
			}
			if call.Path == "/v3/avatars/looks" {
				lastLooks = i
			}
		}
		if firstVoice == 0 || firstVoice > 1+3*8 || lastLooks < firstVoice {
			t.Errorf("of %d calls, the first voice is call %d, the last group's looks are call %d", len(calls), firstVoice, lastLooks)
		}
		seen := map[string]bool{}
		for _, call := range calls {
			if key := call.Path + "?" + call.Query.Encode(); seen[key] {
				t.Errorf("%s is called twice", key)
			} else {
				seen[key] = true
			}
		}
		a.Close()
	})
}

// countDefaultVoices counts the distinct default voices of groups, and those of them that
// do not exist.
func countDefaultVoices(a *api, groups []sandbox.Group) (distinct, deleted int) {
	existing := map[string]bool{}
	for _, v := range a.Voices() {
		existing[v.ID] = true
	}
	seen := map[string]bool{}
	for _, g := range groups {
		if id := g.DefaultVoiceID; id != nil && !seen[*id] {
			seen[*id] = true
			distinct++
			if !existing[*id] {
				deleted++
			}
		}
	}
	return distinct, deleted
}

func TestDeletedDefaultVoiceIsNullWithoutError(t *testing.T) {
	a := newAPI(t, sandbox.Options{})
	groups := a.Groups()[:100]
	distinct, deleted := countDefaultVoices(a, groups)
	if deleted == 0 || distinct == deleted {
		t.Fatalf("%d of %d default voices do not exist: the test needs both kinds", deleted, distinct)
	}
	names := map[string]string{}
	for _, v := range a.Voices() {
		names[v.ID] = strings.TrimSpace(v.Name)
	}
	a.expectCalls(t, 2+distinct, func() {
		out := a.mustDo(t, `{ avatarGroups(first: 100) { nodes { defaultVoiceId defaultVoice { name } } } }`, nil)
		for i, node := range nodesOf(out, "avatarGroups") {
			id := groups[i].DefaultVoiceID
			if diff := cmp.Diff(orNull(id), node["defaultVoiceId"]); diff != "" {
				t.Error(diff)
			}
			switch v, _ := node["defaultVoice"].(map[string]any); {
			case id == nil || names[*id] == "":
				if node["defaultVoice"] != nil {
					t.Errorf("group %d has voice %v", i, v)
				}
			case v["name"] != names[*id]:
				t.Errorf("group %d has voice %v, want %s", i, v, names[*id])
			}
		}
	})
}

// An id that HeyGen sent is not an input of the caller.
func TestFailedReferenceIsNotBadUserInput(t *testing.T) {
	a := newAPI(t, sandbox.Options{})
	for fault, code := range map[sandbox.Fault]string{
		sandbox.BadRequest: "UPSTREAM_INVALID_RESPONSE", sandbox.Unavailable: "UPSTREAM_UNAVAILABLE", sandbox.WrongID: "UPSTREAM_INVALID_RESPONSE", sandbox.NotFound: "",
	} {
		for query, want := range map[string]string{
			`{ avatarGroup(id: "group_monica") { name defaultVoice { name } } }`: `{"avatarGroup":{"defaultVoice":null,"name":"Monica"}}`,
			`{ avatarLook(id: "monica_sofa") { lookId defaultVoice { name } } }`: `{"avatarLook":{"defaultVoice":null,"lookId":"monica_sofa"}}`,
			`{ avatarLook(id: "monica_sofa") { lookId group { name } } }`:        `{"avatarLook":{"group":null,"lookId":"monica_sofa"}}`,
		} {
			a.QueueFaults(sandbox.OK, fault)
			if out := a.do(t, query, nil); out.codes() != code || out.dataJSON(t) != want {
				t.Errorf("%s: %s", fault, out.Body)
			}
		}
	}
	// An id that the caller sent is one.
	id := voiceGlobalID("unknown")
	for _, query := range []string{`{ voice(id: "unknown") { name } }`, `{ node(id: "` + id + `") { id } }`, `{ nodes(ids: ["` + id + `"]) { id } }`} {
		a.QueueFaults(sandbox.BadRequest)
		if out := a.do(t, query, nil); out.codes() != "BAD_USER_INPUT" || !strings.Contains(out.Errors[0].Message, "`id") {
			t.Errorf("%s: %s", query, out.Body)
		}
	}
}

func TestEmptyOrInvalidReferenceCostsNoCall(t *testing.T) {
	a := newAPI(t, sandbox.Options{})
	for _, id := range []*string{nil, new(""), new("a/b"), new("..")} {
		a.AddGroups(sandbox.Group{ID: "silent", Name: "Silent", DefaultVoiceID: id, CreatedAt: 1})
		a.AddLooks(sandbox.Look{ID: "orphan", Name: "Orphan", GroupID: id, DefaultVoiceID: id, CreatedAt: 1})
		a.expectCalls(t, 2, func() {
			out := a.mustDo(t, `{ avatarGroup(id: "silent") { defaultVoice { name } } avatarLook(id: "orphan") { group { name } defaultVoice { name } } }`, nil)
			if out.dataJSON(t) != `{"avatarGroup":{"defaultVoice":null},"avatarLook":{"defaultVoice":null,"group":null}}` {
				t.Error(out.Body)
			}
		})
	}
}
