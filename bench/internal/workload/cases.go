package workload

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"heygen-graphql/bench/internal/upstream"
)

// pageCase requests the first groups after a position.
func pageCase(c *upstream.Catalogue, after, first int) Case {
	return Case{
		After:  after,
		Target: upstream.PageAfter(after, first),
		Want: func() any {
			edges := []any{}
			for i := after; i < min(after+first, c.Len()); i++ {
				edges = append(edges, map[string]any{"cursor": Opaque, "node": tenFieldValues(c.Group(i))})
			}
			return map[string]any{"avatarGroups": map[string]any{"edges": edges, "pageInfo": pageInfo(after+first < c.Len())}}
		},
	}
}

func distinctCases(c *upstream.Catalogue, random *rand.Rand, pages int) []Case {
	var cases []Case
	for _, i := range random.Perm(pages) {
		cases = append(cases, pageCase(c, (i+1)*50, 50))
	}
	return cases
}

func nestedCases(c *upstream.Catalogue, random *rand.Rand) []Case {
	var cases []Case
	for _, i := range random.Perm(c.Len() / 50) {
		after := i * 50
		cases = append(cases, Case{After: after, Want: func() any {
			nodes := []any{}
			for i := after; i < min(after+50, c.Len()); i++ {
				nodes = append(nodes, nestedFields(c, i))
			}
			return map[string]any{"avatarGroups": map[string]any{"nodes": nodes, "pageInfo": pageInfo(after+50 < c.Len())}}
		}})
	}
	return cases
}

// groupCases requests more groups than there are clients, each once per cycle.
func groupCases(c *upstream.Catalogue, random *rand.Rand) []Case {
	var cases []Case
	for _, i := range random.Perm(c.Len())[:2000] {
		id := c.Group(i).ID
		cases = append(cases, Case{
			Variables: map[string]any{"id": id},
			Target:    "/v3/avatars/" + id,
			Want:      func() any { return map[string]any{"avatarGroup": tenFieldValues(c.Group(i))} },
		})
	}
	return cases
}

func aliasesDocument() string {
	var document strings.Builder
	document.WriteString("query Aliases(")
	for i := range 10 {
		fmt.Fprintf(&document, "$id%d: ID! ", i)
	}
	document.WriteString(") {")
	for i := range 20 {
		fmt.Fprintf(&document, " group%d: avatarGroup(id: $id%d) { id name gender previewImageUrl }", i, i%10)
	}
	document.WriteString(" }")
	return document.String()
}

// aliasCases returns n cases that share no id.
func aliasCases(c *upstream.Catalogue, random *rand.Rand, n int) []Case {
	positions := random.Perm(c.Len())
	cases := make([]Case, n)
	for i := range cases {
		ten := positions[i*10 : i*10+10]
		variables := map[string]any{}
		for k, position := range ten {
			variables[fmt.Sprintf("id%d", k)] = c.Group(position).ID
		}
		cases[i] = Case{Variables: variables, Want: func() any {
			data := map[string]any{}
			for alias := range 20 {
				g := tenFieldValues(c.Group(ten[alias%10]))
				data[fmt.Sprintf("group%d", alias)] = pick(g, "id", "name", "gender", "previewImageUrl")
			}
			return data
		}}
	}
	return cases
}
