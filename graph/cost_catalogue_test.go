package graph_test

import (
	"fmt"
	"strings"
	"testing"

	"heygen-graphql/graph"
	"heygen-graphql/heygen/sandbox"
)

// A catalogue costs as many pages as it may have, 100 of groups and 50 of voices, once for
// the root fields of an operation that need it.
func TestCatalogueCostsItsPagesOnce(t *testing.T) {
	for query, cost := range map[string]int{
		`{ avatarGroups(search: "a") { nodes { id } } }`:                                                                                                      100,
		`{ avatarGroups(search: "a", last: 100) { nodes { id } totalCount facets { gender { count } } } }`:                                                    100,
		`{ avatarGroups(first: 60) { nodes { id } totalCount } }`:                                                                                             2 + 100,
		`{ a: avatarGroups(search: "a") { nodes { id } } b: avatarGroups(orderBy: {field: NAME}) { totalCount } }`:                                            100,
		`{ a: avatarGroups(search: "a") { nodes { id } } b: avatarGroups { facets { status { count } } } }`:                                                   100 + 1,
		`{ a: avatarGroups(search: "a") { nodes { id } } b: avatarGroups(search: "a", ownership: PRIVATE) { __typename } }`:                                   200,
		`{ avatarGroups { ...F } } fragment F on AvatarGroupConnection { ... { totalCount @include(if: true) } facets @skip(if: true) { gender { count } } }`: 101,
		`{ avatarGroups { totalCount @skip(if: true) } }`:                                                                                                     1,
		`{ avatarGroups(search: " ", filter: {gender: [], minLooksCount: 0}, orderBy: null) { nodes { id } } }`:                                               1,
		`{ avatarGroups(last: 1, filter: {minLooksCount: -1}) { nodes { id } } }`:                                                                             40,
		`{ avatarGroups(search: "a", first: 101) { nodes { id } } }`:                                                                                          0,
		// The first is rejected without a call, but the second is not.
		`{ a: avatarGroups(search: "a", first: 101) { nodes { id } } b: avatarGroups(search: "a") { nodes { id } } }`: 100,
		`{ a: voices(orderBy: {field: NAME}, last: -1) { nodes { id } } b: voices { facets { gender { count } } } }`:  1 + 50,

		`{ voices(search: "a") { nodes { id } totalCount facets { language { count } gender { count } } } }`:                            50,
		`{ voices(language: "English") { totalCount facets { gender { count } } } }`:                                                    1 + 50,
		`{ voices(language: "English") { totalCount facets { language { count } gender { count } } } }`:                                 1 + 50 + 50,
		`{ voices(language: "English", gender: "x") { facets { l: language { count } ... { language { value } gender { count } } } } }`: 1 + 50 + 50,
		`{ a: voices(search: "a", type: PRIVATE) { nodes { id } } b: voices(search: "a", engine: "x") { nodes { id } } }`:               100,
		`{ a: voices(search: "a", language: "<nil>") { nodes { id } } b: voices(search: "a") { nodes { id } } }`:                        100,

		`{ avatarLooks { totalCount } }`: 1 + 100,
		`{ a: avatarLooks(groupId: "a") { totalCount } b: avatarLooks(groupId: "b") { totalCount } }`: 2 + 80,
		// The looks of a group: at most 40 pages, and one more call if they may be private.
		`{ avatarGroup(id: "a") { looks { totalCount } } }`:                                                       3,
		`{ avatarGroup(id: "a") { looks(avatarType: PHOTO_AVATAR) { totalCount } } }`:                             3 + 40,
		`{ avatarGroup(id: "a") { looks(search: "a") { nodes { id } totalCount } } }`:                             2 + 40,
		`{ avatarGroup(id: "a") { looks(filter: {tags: []}) { nodes { id } totalCount } } }`:                      3,
		`{ avatarGroups(first: 3, ownership: PUBLIC) { nodes { looks(filter: {tags: "a"}) { nodes { id } } } } }`: 1 + 3*40,
	} {
		if n := requestedCost(t, query, nil); n != cost {
			t.Errorf("%s: cost %d, want %d", query, n, cost)
		}
	}
}

func TestLargestCatalogueReachesItsCost(t *testing.T) {
	a := newAPI(t, sandbox.Options{})
	a.AddGroups(manyItems(5_000-len(a.Groups()), func(id string, createdAt float64) sandbox.Group {
		return sandbox.Group{ID: id, Name: "New", CreatedAt: createdAt}
	})...)
	const query = `{ avatarGroups(search: "new") { totalCount } }`
	a.expectCalls(t, requestedCost(t, query, nil), func() { a.mustDo(t, query, nil) })
	a.AddGroups(sandbox.Group{ID: "one more", Name: "New", CreatedAt: 1})
	a.expectCalls(t, requestedCost(t, query, nil), func() {
		if out := a.do(t, query, nil); out.codes() != "CATALOGUE_TOO_LARGE" {
			t.Error(out.Body)
		}
	})
}

func TestCatalogueForEachOfManyParentsIsTooComplex(t *testing.T) {
	query := func(groups int) string {
		return fmt.Sprintf(`{ avatarGroups(first: %d, ownership: PUBLIC) { nodes { looks(search: "a") { totalCount } } } }`, groups)
	}
	if e := graph.CheckCost(query(24), graph.Limits{}); e != nil {
		t.Error(e)
	}
	a := newAPI(t, sandbox.Options{})
	a.expectCalls(t, 0, func() {
		out := a.do(t, query(25), nil)
		if out.codes() != "QUERY_TOO_COMPLEX" || out.Errors[0].Message != "The query is too complex: it may need 1001 calls to HeyGen, and the limit is 1000 (MAX_COST)." {
			t.Error(out.Body)
		}
	})
	var lists strings.Builder // 22 of them cost 902 calls, the groups 100
	for i := range 22 {
		fmt.Fprintf(&lists, ` l%d: avatarLooks(groupId: "g%d") { totalCount }`, i, i)
	}
	a.expectCalls(t, 0, func() {
		if out := a.do(t, `{ avatarGroups(search: "a") { nodes { id } }`+lists.String()+` }`, nil); out.codes() != "QUERY_TOO_COMPLEX" {
			t.Error(out.Body)
		}
	})
}
