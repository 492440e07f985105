package graph_test

import (
	"fmt"
	"strings"
	"testing"

	"heygen-graphql/graph"
	"heygen-graphql/heygen/sandbox"
)

func requestedCost(t testing.TB, query string, variables map[string]any) int {
	t.Helper()
	n, err := graph.RequestedCost(query, variables)
	if err != nil {
		t.Fatalf("%v: %.300s", err, query)
	}
	return n
}

// All requested items exist, and each link leads to a different object, so that no
// call can be saved.
func TestCostIsExactWithoutSharedItems(t *testing.T) {
	a := newAPI(t, sandbox.Options{})
	for i := range 60 { // groups with a look and a voice of their own, before all others
		group, voice := fmt.Sprintf("g%02d", i), fmt.Sprintf("v%02d", i)
		a.AddGroups(sandbox.Group{ID: group, Name: "New", Ownership: sandbox.Private, CreatedAt: 2e9, DefaultVoiceID: &voice})
		a.AddLooks(sandbox.Look{ID: "l" + group, Name: "New", GroupID: &group, AvatarType: "photo_avatar", Ownership: sandbox.Private, CreatedAt: 2e9, DefaultVoiceID: &voice})
		a.AddVoices(sandbox.Voice{ID: voice, Name: "New", CreatedAt: 2e9})
	}
	for query, cost := range map[string]int{
		`{ __typename __schema { queryType { name } } }`:                                                                                                                                                                              0,
		`{ avatarGroups(first: 0) { pageInfo { hasNextPage } } }`:                                                                                                                                                                     1,
		`{ avatarGroups { nodes { id } } }`:                                                                                                                                                                                           1,
		`{ avatarGroups(first: 50) { edges { cursor node { name } } nodes { id } } }`:                                                                                                                                                 1,
		`{ avatarGroups(first: 51) { nodes { id } } avatarLooks(first: 100) { nodes { id } } voices(first: 100) { nodes { id } } }`:                                                                                                   5,
		`{ avatarGroup(id: "g00") { id } avatarLook(id: "lg01") { id } voice(id: "v02") { id createdAt status } }`:                                                                                                                    3,
		`{ a: avatarGroup(id: "g00") { id } b: avatarGroup(id: "g00") { name } c: avatarGroup(id: "a/b") { id } }`:                                                                                                                    1,
		`{ nodes(ids: ["` + groupGlobalID("g00") + `", "` + groupGlobalID("g01") + `", "` + groupGlobalID("g00") + `"]) { id } }`:                                                                                                     2,
		`{ nodes(ids: ["` + groupGlobalID("g00") + `", "` + lookGlobalID("lg01") + `"]) { ...on AvatarLook { group { id } } } }`:                                                                                                      3,
		`{ avatarLook(id: "lg00") { group { name } defaultVoice { status } } }`:                                                                                                                                                       3,
		`{ avatarLooks(first: 30, ownership: PRIVATE) { nodes { group { name } } } }`:                                                                                                                                                 31,
		`{ avatarLooks(groupId: "g03") { nodes { group { defaultVoice { name } } } } }`:                                                                                                                                               3,
		`{ avatarGroups(first: 60, ownership: PRIVATE) { nodes { looks(first: 1) { nodes { lookId } } } } }`:                                                                                                                          62,
		`{ avatarGroups(first: 60, ownership: PRIVATE) { nodes { looks(first: 1) { nodes { group { name } } } } } }`:                                                                                                                  62,
		`{ avatarGroups(first: 50, ownership: PRIVATE) { edges { node { looks(first: 1) { edges { node { defaultVoice { name } } } } } } } }`:                                                                                         101,
		`{ voices(first: 7) { nodes { name status createdAt failureMessage } } }`:                                                                                                                                                     8,
		`{ voices(first: 7) { edges { node { ...on Voice { supportInteractiveAvatar } } } } }`:                                                                                                                                        8,
		`{ a: avatarGroups(first: 101) { nodes { looks { nodes { id } } } } voices(first: 1, last: 1) { nodes { status } } }`:                                                                                                         0,
		`query($no: Boolean = false) { avatarGroups { nodes { id looks @include(if: $no) { nodes { id } } } } ... @skip(if: true) { voices { nodes { id } } } }`:                                                                      1,
		`{ ...F avatarGroups(first: 3, ownership: PRIVATE) { nodes { name looks(first: 1) { nodes { id } } } } } fragment F on Query { avatarGroups(first: 3, ownership: PRIVATE) { nodes { looks(first: 1) { nodes { name } } } } }`: 4,
	} {
		if n := requestedCost(t, query, nil); n != cost {
			t.Errorf("%s: cost %d, want %d", query, n, cost)
		}
		a.expectCalls(t, cost, func() {
			if out := a.do(t, query, nil); out.Data == nil {
				t.Errorf("%s: %.300s", query, out.Body)
			}
		})
	}
}

// Typical queries, some of whose calls may turn out to be unnecessary.
func TestCostIsUpperBoundWithSharedItems(t *testing.T) {
	for query, cost := range map[string]int{
		// The looks of a group of unknown ownership may be requested twice.
		`{ avatarGroup(id: "group_monica") { name looks(first: 3) { nodes { lookId } } defaultVoice { name } } }`:          4,
		`{ avatarGroups(first: 50) { nodes { looks(first: 2) { nodes { defaultVoice { name } } } } } }`:                    201,
		`{ avatarGroups(first: 50, ownership: PUBLIC) { nodes { looks(first: 2) { nodes { defaultVoice { name } } } } } }`: 151,
		`{ avatarGroups(first: 50, ownership: PUBLIC) { nodes { looks(first: 3) { nodes { lookId } } } } }`:                51,
		`{ a: avatarGroups { nodes { id } } b: avatarGroups(first: 60) { nodes { id } } }`:                                 3,
		`{ avatarGroups(first: 20, after: "c") { nodes { id } } voices(first: 0, after: "c") { nodes { id } } }`:           9,
		// The fragment is merged with other selections in one of its two spreads only.
		`{ a: avatarGroup(id: "a") { ...F looks(first: 1) { nodes { defaultVoice { name } } } } b: avatarGroup(id: "b") { ...F } } fragment F on AvatarGroup { looks(first: 1) { nodes { id } } }`: 7,
		`{ a: avatarGroup(id: "a") { ...F } b: avatarGroup(id: "b") { ...F looks(first: 1) { nodes { defaultVoice { name } } } } } fragment F on AvatarGroup { looks(first: 1) { nodes { id } } }`: 7,
		`{ avatarGroups(last: 20) { nodes { id } } voices(before: "c") { nodes { id } } }`:                                                                                                         80,
		`{ avatarGroup(id: "a") { looks(first: 100) { nodes { group { looks(first: 100) { nodes { group { looks(first: 100) { nodes { id } } } } } } } } } }`:                                      10,
	} {
		if n := requestedCost(t, query, nil); n != cost {
			t.Errorf("%s: cost %d, want %d", query, n, cost)
		}
	}
}

// Each level doubles the paths; the depth admits no more levels. A list costs its pages
// and the fallback call of a group without looks.
func TestCostOfDoublingFragmentsIsThatOfAllPaths(t *testing.T) {
	const levels = 6
	var query strings.Builder
	query.WriteString(`{ avatarGroup(id: "a") { ...F0 } }`)
	for i := range levels {
		fmt.Fprintf(&query, ` fragment F%d on AvatarGroup { a: looks(first: 100) { nodes { group { ...F%d } } } b: looks(first: 99) { nodes { group { ...F%d } } } }`, i, i+1, i+1)
	}
	fmt.Fprintf(&query, ` fragment F%d on AvatarGroup { name }`, levels)
	const lists = 2 * (1<<levels - 1)
	if n := requestedCost(t, query.String(), nil); n != 1+3*lists {
		t.Errorf("cost %d", n)
	}
	// The same with fields that are merged.
	query.Reset()
	query.WriteString(`{ avatarGroup(id: "a") { ...F0 ...G0 } }`)
	for i := range levels {
		for _, f := range []string{"F", "G"} {
			fmt.Fprintf(&query, ` fragment %s%d on AvatarGroup { a: looks(first: 50) { nodes { group { ...F%d ...G%d } } } b: looks(first: 50) { nodes { group { ...F%d ...G%d } } } }`, f, i, i+1, i+1, i+1, i+1)
		}
	}
	fmt.Fprintf(&query, ` fragment F%d on AvatarGroup { name } fragment G%d on AvatarGroup { name }`, levels, levels)
	if n := requestedCost(t, query.String(), nil); n != 1+2*lists {
		t.Errorf("cost %d", n)
	}
}

// The bounds of package relay are reached.
func TestCursorSearchReachesItsCost(t *testing.T) {
	a := newAPI(t, sandbox.Options{TokenKind: sandbox.PageNumbers})
	cursors := a.groupPage(t, vars{"first": 60}).cursors
	for i := range 160 { // moves each edge by three pages and a bit
		a.AddGroups(sandbox.Group{ID: fmt.Sprintf("new%d", i), Name: "New", CreatedAt: 3e9})
	}
	after := `{ avatarGroups(first: 45, after: "` + cursors[38] + `") { nodes { id } } }`
	if n := requestedCost(t, after, nil); n != 5 {
		t.Errorf("%s: cost %d, want 5", after, n)
	}
	a.expectCalls(t, 5, func() { a.mustDo(t, after, nil) })
	last := `{ avatarLooks(last: 1) { nodes { id } } }` // of some 7,000
	if n := requestedCost(t, last, nil); n != 40 {
		t.Errorf("%s: cost %d, want 40", last, n)
	}
	a.expectCalls(t, 40, func() {
		if out := a.do(t, last, nil); out.codes() != "PAGINATION_TOO_DEEP" {
			t.Error(out.Body)
		}
	})
}

func TestOperationBeyondMaxCostIsRejected(t *testing.T) {
	query := func(groups int) string {
		return fmt.Sprintf(`query Q { avatarGroups(first: %d) { nodes { looks(first: 4) { nodes { defaultVoice { name } } } } } }`, groups)
	}
	if e := graph.CheckCost(query(100), graph.Limits{}); e != nil {
		t.Error(e)
	}
	e := graph.CheckCost(query(100), graph.Limits{Cost: 601})
	if e == nil || e.Extensions["code"] != "QUERY_TOO_COMPLEX" || len(e.Locations) != 1 ||
		e.Message != "The query is too complex: it may need 602 calls to HeyGen, and the limit is 601 (MAX_COST)." {
		t.Errorf("%+v", e)
	}
	if e := graph.CheckCost(query(100), graph.Limits{Cost: 602}); e != nil {
		t.Error(e)
	}
}

// TestEveryResolverHasCost fails if a new resolver is not listed in cost_fields.go, unless
// it makes no call.
func TestEveryResolverHasCost(t *testing.T) {
	queries := map[string]string{ // a query, and the field that must add to its cost
		"AvatarGroup.DefaultVoice":         `{ avatarGroup(id: "a") { %s } } / defaultVoice { id }`,
		"AvatarGroup.Looks":                `{ avatarGroup(id: "a") { %s } } / looks { nodes { id } }`,
		"AvatarGroup.Ownership":            `{ avatarGroup(id: "a") { %s } } / ownership`,
		"AvatarGroupConnection.Facets":     `{ avatarGroups { __typename %s } } / facets { gender { count } }`,
		"AvatarGroupConnection.TotalCount": `{ avatarGroups { __typename %s } } / totalCount`,
		"AvatarLookConnection.TotalCount":  `{ avatarLooks { __typename %s } } / totalCount`,
		"VoiceConnection.Facets":           `{ voices { __typename %s } } / facets { gender { count } }`,
		"VoiceConnection.TotalCount":       `{ voices { __typename %s } } / totalCount`,
		"AvatarLook.DefaultVoice":          `{ avatarLook(id: "a") { %s } } / defaultVoice { id }`,
		"AvatarLook.Group":                 `{ avatarLook(id: "a") { %s } } / group { id }`,
		"Query.AvatarGroup":                `{ %s } / avatarGroup(id: "a") { id }`,
		"Query.AvatarGroups":               `{ %s } / avatarGroups { nodes { id } }`,
		"Query.AvatarLook":                 `{ %s } / avatarLook(id: "a") { id }`,
		"Query.AvatarLooks":                `{ %s } / avatarLooks { nodes { id } }`,
		"Query.Node":                       `{ %s } / node(id: "` + groupGlobalID("a") + `") { id }`,
		"Query.Nodes":                      `{ %s } / nodes(ids: "` + groupGlobalID("a") + `") { id }`,
		"Query.Voice":                      `{ %s } / voice(id: "a") { id }`,
		"Query.Voices":                     `{ %s } / voices { nodes { id } }`,

		"Voice.CreatedAt":                `{ voices(first: 1) { nodes { %s } } } / createdAt`,
		"Voice.FailureMessage":           `{ voices(first: 1) { nodes { %s } } } / failureMessage`,
		"Voice.Status":                   `{ voices(first: 1) { nodes { %s } } } / status`,
		"Voice.SupportInteractiveAvatar": `{ voices(first: 1) { nodes { %s } } } / supportInteractiveAvatar`,
	}
	makesNoCall := map[string]bool{"AvatarGroup.Ownership": true}
	for _, query := range []string{`subscription { avatarGroupChanged(id: "a") { id } }`, `subscription { avatarLookChanged(id: "a") { id } }`} {
		if n := requestedCost(t, query, nil); n != 1 {
			t.Errorf("%s: the cost is %d", query, n)
		}
	}
	for _, name := range resolverNames() {
		if strings.HasPrefix(name, "Subscription.") {
			continue // each needs exactly one root field
		}
		query, field, _ := strings.Cut(queries[name], " / ")
		if field == "" {
			t.Errorf("%s has no query", name)
			continue
		}
		if without, with := requestedCost(t, fmt.Sprintf(query, "__typename"), nil), requestedCost(t, fmt.Sprintf(query, field), nil); with > without == makesNoCall[name] {
			t.Errorf("%s: the cost is %d with it, %d without", name, with, without)
		}
	}
}
