package graph_test

import (
	"testing"

	"heygen-graphql/heygen/sandbox"
)

func TestScratch(t *testing.T) {
	a := newAPI(t, sandbox.Options{})
	for _, q := range []string{
		`{ avatarGroups(search: "mon", first: 3) { totalCount nodes { name } pageInfo { endCursor hasNextPage } facets { gender { value count } status { value count } } } }`,
		`{ avatarGroups(first: 3) { totalCount nodes { name } facets { gender { value count } status { value count } } } }`,
		`{ avatarGroups(first: 3, orderBy: {field: NAME}, filter: {gender: FEMALE, status: [UNKNOWN, COMPLETED], minLooksCount: 3}) { totalCount nodes { name } } }`,
		`{ avatarGroups(first: 3, orderBy: {field: LOOKS_COUNT, direction: DESC}) { nodes { name looksCount looks(search: "red", filter: {orientation: [PORTRAIT]}) { totalCount nodes { name tags } } } } }`,
		`{ voices(search: "mon", first: 3) { totalCount nodes { name } facets { language { value count } gender { value count } } } }`,
		`{ avatarLooks(first: 1) { totalCount } avatarGroup(id: "group_monica") { looks(first: 2) { totalCount } a: looks(first: 1, avatarType: DIGITAL_TWIN) { totalCount } } }`,
	} {
		a.ResetCalls()
		out := a.do(t, q, nil)
		t.Logf("%d %.900s", len(a.Calls()), out.Body)
	}
}
