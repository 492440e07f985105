package graph_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"heygen-graphql/heygen/sandbox"
)

func TestOperationMayHaveAtMost500IDs(t *testing.T) {
	a := newAPI(t, sandbox.Options{})
	ids := make([]string, 100)
	for i := range ids {
		ids[i] = "bad"
	}
	query := func(nodes, single int) string {
		var b strings.Builder
		b.WriteString("query($ids: [ID!]!) { ...F } fragment F on Query {")
		for i := range nodes {
			fmt.Fprintf(&b, " n%d: nodes(ids: $ids) { id }", i)
		}
		for i := range single {
			field := []string{"avatarGroup", "avatarLook", "voice"}[i%3]
			fmt.Fprintf(&b, ` a%d: %s(id: "/") { id } b%d: node(id: "/") { id }`, i, field, i)
		}
		return b.String() + " }"
	}
	a.expectCalls(t, 0, func() {
		for _, q := range []string{query(150, 0), query(6, 0), query(5, 1), query(4, 51), strings.Replace(query(5, 0), "...F", `...F x: node(id: "/") { id }`, 1)} {
			out := a.do(t, q, vars{"ids": ids})
			if out.codes() != "BAD_USER_INPUT" || !strings.Contains(out.Errors[0].Message, "at most 500 ids") || out.Data != nil || len(out.Errors[0].Locations) != 1 {
				t.Errorf("%.80s: %.300s", q, out.Body)
			}
		}
		for _, q := range []string{query(5, 0), query(4, 50), strings.Replace(query(5, 0), "...F", `...F x: node(id: "/") @skip(if: true) { id }`, 1)} {
			if out := a.do(t, q, vars{"ids": ids}); out.Data == nil || len(out.Errors) != 500 || len(out.Body) > 200_000 {
				t.Errorf("%.80s: %.300s", q, out.Body)
			}
		}
	})
}

// A batch starts without delay once it has the expected number of ids.
func TestExpectedIDsAreCountedInEveryArgumentForm(t *testing.T) {
	id := groupGlobalID("group_monica")
	synctest.Test(t, func(t *testing.T) {
		a := newAPI(t, sandbox.Options{Latency: 100 * time.Millisecond})
		for query, value := range map[string]any{
			`query($v: [ID!]!) { nodes(ids: $v) { id } }`:                                    id,
			`query($v: [ID!]!) { nodes(ids: $v) { __typename } }`:                            []string{id, id},
			`query($v: [ID!] = "` + id + `") { nodes(ids: $v) { id } }`:                      nil,
			`query($v: [ID!] = ["` + id + `"]) { nodes(ids: $v) { id } }`:                    nil,
			`query($v: ID!) { nodes(ids: [$v]) { id } node(id: $v) {id} }`:                   id,
			`query($v: ID!) { nodes(ids: [$v, $v]) { id } }`:                                 id,
			`query($v: ID!) { avatarGroup(id: $v) { id } }`:                                  12,
			`query($v: ID!) { avatarLook(id: $v) { id } voice(id: $v) { id } }`:              "no_such_id",
			`query($v: [ID!]!) { nodes(ids: "` + id + `") { id } n: nodes(ids: $v) { id } }`: []string{}, // adds none
		} {
			variables := vars{"v": value}
			if value == nil {
				variables = nil
			}
			start := time.Now()
			if a.mustDo(t, query, variables); time.Since(start) != 100*time.Millisecond {
				t.Errorf("%s took %v", query, time.Since(start))
			}
		}
		a.Close()
	})
}

// nestedLooksQuery returns a document that selects the group of a look, the looks of
// that group, and so on. Each level has three times as many looks.
func nestedLooksQuery(levels int) string {
	query := "name"
	for range levels {
		query = "group { looks(first: 3) { nodes { " + query + " } } }"
	}
	return `{ avatarLook(id: "monica_office") { ` + query + ` } }`
}

func TestResponseItemsAreBounded(t *testing.T) {
	a := newAPI(t, sandbox.Options{}, withHighLimits)
	a.expectCalls(t, 3, func() { a.mustDo(t, nestedLooksQuery(7), nil) }) // 3,279 looks
	a.expectCalls(t, 3, func() {
		out := a.do(t, nestedLooksQuery(13), nil) // 2.4 million
		if len(out.Errors) == 0 || len(out.Errors) > 1_001 || len(out.Body) > 5<<20 {
			t.Fatalf("%d errors in %d bytes", len(out.Errors), len(out.Body))
		}
		for _, e := range out.Errors[:min(len(out.Errors), 1_000)] { // their number depends on which branches are resolved first
			if e.Extensions["code"] != "QUERY_TOO_COMPLEX" || !strings.Contains(e.Message, "at most 10000 items") || e.Path[len(e.Path)-1] != "looks" {
				t.Fatalf("%+v", e)
			}
		}
	})
	// Empty lists count, too, and only the first 1,000 errors are returned.
	for _, leaf := range []string{"first: 0", "first: 101", "avatarType: PHOTO_AVATAR"} {
		var query strings.Builder
		for i := range 25 {
			fmt.Fprintf(&query, " a%d: looks(%s) { nodes { name } }", i, leaf)
		}
		out := a.do(t, `query($id: ID!) { avatarGroup(id: $id) { looks(first: 100) { nodes { group { looks(first: 60) { nodes { group { `+query.String()+` } } } } } } } }`, vars{"id": groupGlobalID(groupWithManyLooks)})
		if n := len(out.Errors); n != 1_001 || len(out.Body) > 8<<20 {
			t.Fatalf("%s: %d errors in %d bytes", leaf, n, len(out.Body))
		}
		if first, last := out.Errors[0], out.Errors[1_000]; first.Path == nil || last.Path != nil || !strings.Contains(last.Message, "More errors were left out") || last.Extensions["code"] != "QUERY_TOO_COMPLEX" {
			t.Errorf("%s: %+v, %+v", leaf, first, last)
		}
	}
	// Lists that are small enough each exceed the limit together.
	a.expectCalls(t, 2, func() {
		var query strings.Builder
		for i := range 110 {
			fmt.Fprintf(&query, " a%d: avatarGroups(first: 100) { nodes { id } }", i)
		}
		out := a.do(t, "{"+query.String()+"}", nil)
		lists := 0
		for _, list := range out.Data {
			if list != nil {
				lists++
			}
		}
		if lists < 95 || lists > 100 || lists+len(out.Errors) != 110 {
			t.Errorf("%d lists, %d errors", lists, len(out.Errors))
		}
	})
}
