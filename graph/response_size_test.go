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
	var fields strings.Builder
	for i := range 249 {
		fmt.Fprintf(&fields, " n%d: name", i)
	}
	// Each spread counts as 249 values, though equal fields are merged in the response.
	fragment := ` fragment F on AvatarGroup {` + fields.String() + `}`
	for query, within := range map[string]bool{
		`{ avatarGroups(first: 100) { nodes {` + strings.Repeat(" ...F", 10) + ` } } }` + fragment:                                           true,  // 100 x 2,491
		`{ avatarGroups(first: 100) { nodes {` + strings.Repeat(" ...F", 11) + ` } } }` + fragment:                                           false, // 100 x 2,740
		`{ avatarGroups(first: 90) { edges { node {` + strings.Repeat(" ...F", 11) + ` } } } }` + fragment:                                   true,  // 90 x 2,741
		`{ avatarGroups(first: 100) { nodes { id } } avatarGroups(first: 100) { nodes {` + strings.Repeat(" ...F", 11) + ` } } }` + fragment: false, // merged
		`{ avatarGroups(first: 100) { nodes { looks(first: 3) { nodes { group {` + strings.Repeat(" ...F", 4) + ` } } } } } }` + fragment:    false, // some 280 x 998
		`{ avatarGroups(first: 100) { nodes { id ... on AvatarGroup { ... {` + strings.Repeat(" ...F", 11) + ` } } } } }` + fragment:         false,
		`{ avatarGroups(first: 0) { nodes {` + strings.Repeat(" ...F", 100) + ` } } }` + fragment:                                            true,
	} {
		out := a.do(t, query, nil)
		if within != (len(out.Errors) == 0) || !within && (!strings.Contains(out.codes(), "QUERY_TOO_COMPLEX") || !strings.Contains(out.Errors[0].Message, "at most 250000 values")) {
			t.Errorf("%.120s: %d errors, %.300s", query, len(out.Errors), out.Body)
		}
	}
}
