package workload

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"heygen-graphql/bench/internal/upstream"
)

// Workload is a kind of request.
type Workload struct {
	Name          string // one word, for flags
	Title         string // for people
	Groups        int    // in the catalogue
	CursorsNeeded int    // number of first groups whose cursors are needed
	Document      string
	REST          bool   // the upstream has an equivalent request
	NoCalls       bool   // does not call the upstream, so its delay has no effect
	Plain         string // if sent with a browser's Accept-Encoding: the same workload without one

	cases func(*upstream.Catalogue, *rand.Rand) []Case
}

// Case is one request.
type Case struct {
	Variables map[string]any
	After     int        // if not 0, the variable `after` is the cursor of the edge before this position
	Target    string     // of the equivalent request to the upstream
	Want      func() any // the expected data, for [Check]
}

// Cases returns the requests of a workload, the same at each call. The catalogue must
// have the workload's number of groups.
func (w Workload) Cases(c *upstream.Catalogue) []Case {
	return w.cases(c, rand.New(rand.NewPCG(1, 2)))
}

const tenFields = "id groupId name gender previewImageUrl looksCount defaultVoiceId consentStatus status createdAt"

const pageDocument = `query Page($after: String) { avatarGroups(first: 50, after: $after) { edges { cursor node { ` + tenFields + ` } } pageInfo { hasNextPage endCursor } } }`

// DistinctPages is the number of pages in workloads with distinct requests. It is far
// above the number of clients, as concurrent requests for the same page may be
// coalesced.
const DistinctPages = 600

// All returns the workloads in the order of the tables. pages is [DistinctPages], or
// less if reading that many cursors takes too long.
func All(pages int) []Workload {
	all := plainWorkloads(pages)
	for _, w := range all {
		if slices.Contains(pageWorkloads, w.Name) {
			all = append(all, w.fromBrowser())
		}
	}
	return all
}

// pageWorkloads have responses long enough to be compressed.
var pageWorkloads = []string{"page", "same-page", "random-cursor"}

// fromBrowser returns the workload with requests that accept compressed responses.
func (w Workload) fromBrowser() Workload {
	w.Plain = w.Name
	w.Name, w.Title = w.Name+"-browser", w.Title+", from a browser"
	return w
}

func plainWorkloads(pages int) []Workload {
	return []Workload{
		{
			Name: "page", Title: "a page of 50 with ten fields, distinct", Groups: 60_000, CursorsNeeded: pages * 50, Document: pageDocument, REST: true,
			cases: func(c *upstream.Catalogue, random *rand.Rand) []Case { return distinctCases(c, random, pages) },
		},
		{
			Name: "same-page", Title: "a page of 50 with ten fields, identical", Groups: 600, Document: pageDocument, REST: true,
			cases: func(c *upstream.Catalogue, _ *rand.Rand) []Case { return []Case{pageCase(c, 0, 50)} },
		},
		{
			Name: "random-cursor", Title: "the page of 50 after a random cursor", Groups: 600, CursorsNeeded: 600, Document: pageDocument,
			cases: func(c *upstream.Catalogue, random *rand.Rand) []Case {
				var cases []Case
				for _, after := range random.Perm(c.Len() - 1) {
					cases = append(cases, pageCase(c, after+1, 50))
				}
				return cases
			},
		},
		{
			Name: "aliases", Title: "20 aliases over 10 random ids, distinct", Groups: 60_000, Document: aliasesDocument(), cases: func(c *upstream.Catalogue, random *rand.Rand) []Case { return aliasCases(c, random, 300) },
		},
		{
			Name: "same-aliases", Title: "20 aliases over 10 ids, identical", Groups: 60_000, Document: aliasesDocument(), cases: func(c *upstream.Catalogue, random *rand.Rand) []Case { return aliasCases(c, random, 1) },
		},
		{
			Name: "group", Title: "one random group with ten fields", Groups: 60_000, REST: true,
			Document: `query Group($id: ID!) { avatarGroup(id: $id) { ` + tenFields + ` } }`, cases: groupCases,
		},
		{
			Name: "nested", Title: "a page of 50 with two looks and the voice of each", Groups: 600, CursorsNeeded: 600,
			Document: `query Nested($after: String) { avatarGroups(first: 50, after: $after) { nodes { groupId name looks(first: 2) { nodes { id name previewImageUrl } } defaultVoice { name language } } pageInfo { hasNextPage endCursor } } }`,
			cases:    nestedCases,
		},
		{
			Name: "typename", Title: "`{ __typename }`", Groups: 600, NoCalls: true, Document: `{ __typename }`,
			cases: func(*upstream.Catalogue, *rand.Rand) []Case {
				return []Case{{Want: func() any { return map[string]any{"__typename": "Query"} }}}
			},
		},
	}
}

// Scaling returns a workload that requests pages of pageSize from a catalogue. Each
// starts where a page of the upstream starts. There are as many distinct ones as the
// catalogue has, at most pages.
func Scaling(groups, pageSize, pages int) Workload {
	return Workload{
		Name: "scaling", Groups: groups, CursorsNeeded: min(groups, pages*50),
		Document: fmt.Sprintf(`query Scaling($after: String) { avatarGroups(first: %d, after: $after) { edges { cursor node { %s } } pageInfo { hasNextPage endCursor } } }`, pageSize, tenFields),
		cases: func(c *upstream.Catalogue, random *rand.Rand) []Case {
			var cases []Case
			for _, i := range random.Perm(min(groups/50, pages) - 2) {
				cases = append(cases, pageCase(c, (i+1)*50, pageSize))
			}
			return cases
		},
	}
}
