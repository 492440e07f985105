package graph_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"heygen-graphql/heygen/sandbox"
)

func TestAnOperationAsksForAtMost500IDsInAllItsFields(t *testing.T) {
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
			byID := []string{"avatarGroup", "avatarLook", "voice"}[i%3]
			fmt.Fprintf(&b, ` a%d: %s(id: "/") { id } b%d: node(id: "/") { id }`, i, byID, i)
		}
		return b.String() + " }"
	}
	a.cost(t, 0, func() {
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

// TestIDsAreForeseenHoweverTheyAreGiven: a batch of as many as were foreseen
// leaves at once, and waits for nobody.
func TestIDsAreForeseenHoweverTheyAreGiven(t *testing.T) {
	id := idOf("group_monica")
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
			`query($v: ID!) { avatarLook(id: $v) { id } voice(id: $v) { id } }`:              "nobody",
			`query($v: [ID!]!) { nodes(ids: "` + id + `") { id } n: nodes(ids: $v) { id } }`: []string{}, // none more
		} {
			variables := vars{"v": value}
			if value == nil {
				variables = nil
			}
			start := time.Now()
			if a.ok(t, query, variables); time.Since(start) != 100*time.Millisecond {
				t.Errorf("%s took %v", query, time.Since(start))
			}
		}
		a.Close()
	})
}
