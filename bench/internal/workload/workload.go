package workload

import (
	"fmt"
	"math/rand/v2"

	"heygen-graphql/bench/internal/upstream"
)

// Workload is one kind of request.
type Workload struct {
	Name     string // one word, for flags
	Title    string // for people
	Groups   int    // how long the catalogue is
	Walk     int    // how many of its first groups a cursor is needed of
	Document string
	REST     bool // the same can be asked of the upstream itself
	Idle     bool // the upstream is not called: its delay is of no matter

	cases func(*upstream.Catalogue, *rand.Rand) []Case
}

// Case is one request.
type Case struct {
	Variables map[string]any
	After     int        // its variable `after` is the cursor of the edge in front of this place, if it is not 0
	Target    string     // of the same in the upstream
	Want      func() any // the answer's data, as [Check] takes it
}

// Cases gives the requests of a workload, the same ones each time. The catalogue must
// be as long as the workload has it.
func (w Workload) Cases(c *upstream.Catalogue) []Case {
	return w.cases(c, rand.New(rand.NewPCG(1, 2)))
}

const tenFields = "id groupId name gender previewImageUrl looksCount defaultVoiceId consentStatus status createdAt"

const pageDocument = `query Page($after: String) { avatarGroups(first: 50, after: $after) { edges { cursor node { ` + tenFields + ` } } pageInfo { hasNextPage endCursor } } }`

// Pages is how many pages of the upstream are asked for where they shall differ: far
// more than clients, as what is asked for at the same moment may share a call.
const Pages = 600

// All are the workloads, in the order of the tables, with as many different pages:
// [Pages], or fewer where reading that many cursors takes too long.
func All(pages int) []Workload {
	return []Workload{
		{
			Name: "page", Title: "a page of 50 with ten fields, distinct", Groups: 60_000, Walk: pages * 50, Document: pageDocument, REST: true,
			cases: func(c *upstream.Catalogue, random *rand.Rand) []Case { return distinct(c, random, pages) },
		},
		{
			Name: "same-page", Title: "a page of 50 with ten fields, identical", Groups: 600, Document: pageDocument, REST: true,
			cases: func(c *upstream.Catalogue, _ *rand.Rand) []Case { return []Case{page(c, 0, 50)} },
		},
		{
			Name: "random-cursor", Title: "the page of 50 after a random cursor", Groups: 600, Walk: 600, Document: pageDocument,
			cases: func(c *upstream.Catalogue, random *rand.Rand) []Case {
				var cases []Case
				for _, after := range random.Perm(c.Len() - 1) {
					cases = append(cases, page(c, after+1, 50))
				}
				return cases
			},
		},
		{
			Name: "aliases", Title: "20 aliases over 10 random ids, distinct", Groups: 60_000, Document: aliasesDocument(), cases: func(c *upstream.Catalogue, random *rand.Rand) []Case { return aliases(c, random, 300) },
		},
		{
			Name: "same-aliases", Title: "20 aliases over 10 ids, identical", Groups: 60_000, Document: aliasesDocument(), cases: func(c *upstream.Catalogue, random *rand.Rand) []Case { return aliases(c, random, 1) },
		},
		{
			Name: "group", Title: "one random group with ten fields", Groups: 60_000, REST: true,
			Document: `query Group($id: ID!) { avatarGroup(id: $id) { ` + tenFields + ` } }`, cases: single,
		},
		{
			Name: "links", Title: "a page of 50 with two looks and the voice of each", Groups: 600, Walk: 600,
			Document: `query Links($after: String) { avatarGroups(first: 50, after: $after) { nodes { groupId name looks(first: 2) { nodes { id name previewImageUrl } } defaultVoice { name language } } pageInfo { hasNextPage endCursor } } }`,
			cases:    links,
		},
		{
			Name: "typename", Title: "`{ __typename }`", Groups: 600, Idle: true, Document: `{ __typename }`,
			cases: func(*upstream.Catalogue, *rand.Rand) []Case {
				return []Case{{Want: func() any { return map[string]any{"__typename": "Query"} }}}
			},
		},
	}
}

// Growth are pages of so many of a list of so many, each from where one of the
// upstream's begins, and as many different ones as there are, at most pages.
func Growth(groups, first, pages int) Workload {
	return Workload{
		Name: "growth", Groups: groups, Walk: min(groups, pages*50),
		Document: fmt.Sprintf(`query Growth($after: String) { avatarGroups(first: %d, after: $after) { edges { cursor node { %s } } pageInfo { hasNextPage endCursor } } }`, first, tenFields),
		cases: func(c *upstream.Catalogue, random *rand.Rand) []Case {
			var cases []Case
			for _, i := range random.Perm(min(groups/50, pages) - 2) {
				cases = append(cases, page(c, (i+1)*50, first))
			}
			return cases
		},
	}
}
