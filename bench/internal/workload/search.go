package workload

import (
	"fmt"
	"math/rand/v2"

	"heygen-graphql/bench/internal/upstream"
)

// SearchPages returns a workload whose requests search for words that many groups have.
// Each response is a page of 50 groups, as that of [PlainPages].
func SearchPages(groups int) Workload {
	return Workload{
		Name: "search", Groups: groups, Document: searchDocument,
		cases: func(c *upstream.Catalogue, random *rand.Rand) []Case {
			var cases []Case
			for _, word := range frequentWords {
				for end := 1; end <= len(word); end++ {
					cases = append(cases, searchCase(c, word[:end]))
				}
			}
			random.Shuffle(len(cases), func(i, j int) { cases[i], cases[j] = cases[j], cases[i] })
			return cases
		},
	}
}

// PlainPages returns a workload that requests the first page of 50 groups with the document
// of [SearchPages]. Its search is blank, so it restricts nothing.
func PlainPages(groups int) Workload {
	return Workload{
		Name: "search-plain", Groups: groups, Document: searchDocument,
		cases: func(c *upstream.Catalogue, _ *rand.Rand) []Case { return []Case{searchCase(c, "")} },
	}
}

// SearchBox returns a workload whose requests are those of a search box in which a user
// types a name.
func SearchBox(groups int) Workload {
	return Workload{
		Name: "search-box", Groups: groups,
		Document: `query SearchBox($search: String) { avatarGroups(first: 10, search: $search) { nodes { groupId name previewImageUrl } totalCount } }`,
		cases: func(c *upstream.Catalogue, _ *rand.Rand) []Case {
			var cases []Case
			for _, search := range []string{"m", "mo", "mon", "moni"} {
				cases = append(cases, searchBoxCase(c, search))
			}
			return cases
		},
	}
}

// FirstSearch returns a workload of one request, whose response is short, but which needs
// the whole list.
func FirstSearch(groups int) Workload {
	return Workload{
		Name: "first-search", Groups: groups,
		Document: `query FirstSearch($search: String) { avatarGroups(first: 1, search: $search) { nodes { groupId name previewImageUrl } totalCount } }`,
		cases: func(c *upstream.Catalogue, _ *rand.Rand) []Case {
			first := searchBoxCase(c, "monica")
			want := first.Want
			first.Want = func() any {
				list := want().(map[string]any)["avatarGroups"].(map[string]any)
				list["nodes"] = list["nodes"].([]any)[:1]
				return map[string]any{"avatarGroups": list}
			}
			return []Case{first}
		},
	}
}

const searchDocument = `query Search($search: String) { avatarGroups(first: 50, search: $search) { edges { cursor node { ` + tenFields + ` } } pageInfo { hasNextPage endCursor } } }`

// frequentWords are words of which at least 50 of 700 names have each.
var frequentWords = []string{"monica", "zoe", "tomas", "daphne", "annelise", "brandon", "kayla", "joonas", "renee", "silas", "suit", "desk", "outdoors", "professional", "casual"}

func searchCase(c *upstream.Catalogue, search string) Case {
	return Case{
		Variables: map[string]any{"search": search},
		Want: func() any {
			found := foundGroups(c, search)
			edges := []any{}
			for _, i := range found[:min(50, len(found))] {
				edges = append(edges, map[string]any{"cursor": Opaque, "node": tenFieldValues(c.Group(i))})
			}
			return map[string]any{"avatarGroups": map[string]any{"edges": edges, "pageInfo": pageInfo(len(found) > 50)}}
		},
	}
}

func searchBoxCase(c *upstream.Catalogue, search string) Case {
	return Case{
		Variables: map[string]any{"search": search},
		Want: func() any {
			found := foundGroups(c, search)
			nodes := []any{}
			for _, i := range found[:min(10, len(found))] {
				nodes = append(nodes, pick(tenFieldValues(c.Group(i)), "groupId", "name", "previewImageUrl"))
			}
			return map[string]any{"avatarGroups": map[string]any{"nodes": nodes, "totalCount": float64(len(found))}}
		},
	}
}

// DistinctRequests returns n cases, no two with the same variables, so that the response to
// none of them is cached. Each has the result of a case in cases and does the same work: its
// search differs only in the spaces and tabs at its end. serial is the number of cases that
// were returned before; above 2²⁴ in all, they repeat.
func DistinctRequests(cases []Case, serial, n int) []Case {
	distinct := make([]Case, n)
	for i := range distinct {
		distinct[i] = cases[(serial+i)%len(cases)]
		distinct[i].Variables = map[string]any{"search": fmt.Sprint(distinct[i].Variables["search"], blanks(serial+i))}
	}
	return distinct
}

// blanks returns a number as 24 binary digits, which are spaces and tabs.
func blanks(n int) string {
	digits := make([]byte, 24)
	for i := range digits {
		digits[i] = " \t"[n>>i&1]
	}
	return string(digits)
}
