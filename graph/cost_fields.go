package graph

import (
	"github.com/99designs/gqlgen/graphql"

	"heygen-graphql/graph/document/complexity"
	"heygen-graphql/graph/model"
	"heygen-graphql/heygen"
)

// ofVoiceAlone tells the fields that HeyGen's lists of voices do not have.
func ofVoiceAlone(field string) bool {
	switch field {
	case "supportInteractiveAvatar", "status", "failureMessage", "createdAt":
		return true
	}
	return false
}

// field is what a field of an object costs with all that hangs from it. Root
// fields that fetch by id are counted apart.
func (c *coster) field(f graphql.CollectedField, of object) cost {
	switch of.typeName + "." + f.Name {
	case "Query.avatarGroups":
		return c.list(f, heygen.MaxPageSize, 0, object{typeName: model.TypeAvatarGroup, listed: c.given(f, "ownership")})
	case "Query.avatarLooks":
		o := object{typeName: model.TypeAvatarLook}
		if c.given(f, "groupId") {
			o.group = oneGroup
		}
		return c.list(f, heygen.MaxPageSize, 0, o)
	case "Query.voices":
		return c.list(f, heygen.MaxVoicesPageSize, 0, object{typeName: model.TypeVoice, listed: true})
	case "AvatarGroup.looks":
		again := 1 // as private, if the list is empty
		if of.listed {
			again = 0
		}
		return c.list(f, heygen.MaxPageSize, again, object{typeName: model.TypeAvatarLook, group: theirsGroup})
	case "AvatarGroup.defaultVoice", "AvatarLook.defaultVoice":
		return cost{each: complexity.Add(1, c.of(f, object{typeName: model.TypeVoice}).sum())}
	case "AvatarLook.group":
		inside := c.of(f, object{typeName: model.TypeAvatarGroup}).sum()
		switch of.group {
		case theirsGroup:
			return cost{shared: inside}
		case oneGroup:
			return cost{shared: complexity.Add(1, inside)}
		default:
			return cost{each: complexity.Add(1, inside)}
		}
	}
	return cost{}
}

// list is what a connection costs: its pages, again as many calls as are given,
// and what is selected of its items. All of it is for each object that it hangs from.
func (c *coster) list(f graphql.CollectedField, pageSize, again int, item object) cost {
	items, pages := c.pages(f, pageSize)
	if pages == 0 {
		return cost{}
	}
	var inside cost
	for _, part := range graphql.CollectFields(c.op, f.Selections, []string{item.typeName + "Connection"}) {
		switch part.Name {
		case "nodes":
			inside = inside.add(c.of(part, item))
		case "edges":
			for _, edge := range graphql.CollectFields(c.op, part.Selections, []string{item.typeName + "Edge"}) {
				if edge.Name == "node" {
					inside = inside.add(c.of(edge, item))
				}
			}
		}
	}
	calls := complexity.Add(complexity.Add(pages, again), complexity.Mul(items, inside.each))
	if items > 0 {
		calls = complexity.Add(calls, inside.shared)
	}
	return cost{each: calls}
}
