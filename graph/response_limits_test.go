package graph_test

import (
	"fmt"
	"strings"
	"testing"

	"heygen-graphql/heygen/sandbox"
)

// A response with few items may have many values.
func TestResponseValuesAreLimited(t *testing.T) {
	a := newAPI(t, sandbox.Options{}, withHighLimits)
	var fragments strings.Builder // each of 249 fields
	for f := range 11 {
		fragments.WriteString(fmt.Sprintf(" fragment F%d on AvatarGroup {", f))
		for i := range 249 {
			fragments.WriteString(fmt.Sprintf(" n%d_%d: name", f, i))
		}
		fragments.WriteString(" }")
	}
	spread := func(n int) string { // n fragments, and skips the others
		var s strings.Builder
		for i := range 11 {
			if i < n {
				s.WriteString(fmt.Sprintf(" ...F%d", i))
			} else {
				s.WriteString(fmt.Sprintf(" ...F%d @skip(if: true)", i))
			}
		}
		return s.String()
	}
	lists := func(n int) string { // n lists of 100 x 249 values; a longer selection set takes gqlgen the square of the time
		var s strings.Builder
		for i := range n {
			fmt.Fprintf(&s, " l%d: avatarGroups(first: 100) { nodes { ...F0 } }", i)
		}
		return "{" + s.String() + " avatarGroups(first: 0) { nodes {" + spread(0) + " } } }"
	}
	for query, within := range map[string]bool{
		lists(10): true,  // 249,000
		lists(11): false, // 273,900
		`{ avatarGroups(first: 100) { nodes {` + strings.Repeat(spread(3), 5) + ` } } }`:                         true,  // 100 x 747, merged
		`{ avatarGroups(first: 100) { nodes {` + spread(11) + ` } } }`:                                           false, // 100 x 2,740
		`{ avatarGroups(first: 100) { edges { node {` + spread(11) + ` } } } }`:                                  false,
		`{ avatarGroups(first: 100) { nodes { id } } avatarGroups(first: 100) { nodes {` + spread(11) + ` } } }`: false, // merged
		`{ avatarGroups(first: 100) { nodes { looks(first: 3) { nodes { group {` + spread(4) + ` } } } } } }`:    false, // some 280 x 998
		`{ avatarGroups(first: 100) { nodes { id ... on AvatarGroup { ... {` + spread(11) + ` } } } } }`:         false,
		`{ avatarGroups(first: 0) { nodes {` + spread(11) + ` } } }`:                                             true,
	} {
		query += fragments.String()
		out := a.do(t, query, nil)
		if within != (len(out.Errors) == 0) || !within && (!strings.Contains(out.codes(), "QUERY_TOO_COMPLEX") || !strings.Contains(out.Errors[0].Message, "at most 250000 values")) {
			t.Errorf("%.120s: %d errors, %.300s", query, len(out.Errors), out.Body)
		}
	}
}
