package workload

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"heygen-graphql/bench/internal/upstream"
)

// page is the page of so many groups behind a place.
func page(c *upstream.Catalogue, after, first int) Case {
	return Case{
		After:  after,
		Target: upstream.PageAfter(after, first),
		Want: func() any {
			edges := []any{}
			for i := after; i < min(after+first, c.Len()); i++ {
				edges = append(edges, map[string]any{"cursor": Opaque, "node": tenFieldsOf(c.Group(i))})
			}
			return map[string]any{"avatarGroups": map[string]any{"edges": edges, "pageInfo": pageInfo(after+first < c.Len())}}
		},
	}
}

func distinct(c *upstream.Catalogue, random *rand.Rand, pages int) []Case {
	var cases []Case
	for _, i := range random.Perm(pages) {
		cases = append(cases, page(c, (i+1)*50, 50))
	}
	return cases
}

func links(c *upstream.Catalogue, random *rand.Rand) []Case {
	var cases []Case
	for _, i := range random.Perm(c.Len() / 50) {
		after := i * 50
		cases = append(cases, Case{After: after, Want: func() any {
			nodes := []any{}
			for place := after; place < min(after+50, c.Len()); place++ {
				nodes = append(nodes, linksOf(c, place))
			}
			return map[string]any{"avatarGroups": map[string]any{"nodes": nodes, "pageInfo": pageInfo(after+50 < c.Len())}}
		}})
	}
	return cases
}

// single asks for more groups than clients, too, each of them once a turn.
func single(c *upstream.Catalogue, random *rand.Rand) []Case {
	var cases []Case
	for _, i := range random.Perm(c.Len())[:2000] {
		id := c.Group(i).ID
		cases = append(cases, Case{
			Variables: map[string]any{"id": id},
			Target:    "/v3/avatars/" + id,
			Want:      func() any { return map[string]any{"avatarGroup": tenFieldsOf(c.Group(i))} },
		})
	}
	return cases
}

func aliasesDocument() string {
	var text strings.Builder
	text.WriteString("query Aliases(")
	for i := range 10 {
		fmt.Fprintf(&text, "$id%d: ID! ", i)
	}
	text.WriteString(") {")
	for i := range 20 {
		fmt.Fprintf(&text, " group%d: avatarGroup(id: $id%d) { id name gender previewImageUrl }", i, i%10)
	}
	text.WriteString(" }")
	return text.String()
}

// aliases gives cases none of which has an id of another.
func aliases(c *upstream.Catalogue, random *rand.Rand, n int) []Case {
	places := random.Perm(c.Len())
	cases := make([]Case, n)
	for i := range cases {
		ten := places[i*10 : i*10+10]
		variables := map[string]any{}
		for k, place := range ten {
			variables[fmt.Sprintf("id%d", k)] = c.Group(place).ID
		}
		cases[i] = Case{Variables: variables, Want: func() any {
			data := map[string]any{}
			for alias := range 20 {
				g := tenFieldsOf(c.Group(ten[alias%10]))
				data[fmt.Sprintf("group%d", alias)] = only(g, "id", "name", "gender", "previewImageUrl")
			}
			return data
		}}
	}
	return cases
}
