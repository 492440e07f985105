package graph

import (
	"fmt"

	"github.com/99designs/gqlgen/graphql"

	"heygen-graphql/graph/document"
	"heygen-graphql/graph/document/complexity"
	"heygen-graphql/graph/model"
	"heygen-graphql/graph/relay"
	"heygen-graphql/heygen"
	"heygen-graphql/heygen/catalogue"
)

// isVoiceDetail reports whether HeyGen's lists of voices lack a field.
func isVoiceDetail(field string) bool {
	switch field {
	case "supportInteractiveAvatar", "status", "failureMessage", "createdAt":
		return true
	}
	return false
}

// field returns the cost of a field with everything below it. Root fields that fetch
// by id are counted elsewhere.
func (e *estimator) field(f graphql.CollectedField, parent object) cost {
	switch parent.typeName + "." + f.Name {
	case "Query.avatarGroups":
		item := object{typeName: model.TypeAvatarGroup, fromList: e.hasArgument(f, "ownership")}
		catalogues := func() int { return e.rootCatalogues(f, e.cataloguePages(heygen.MaxPageSize), "ownership") }
		return e.list(f, listCalls{pageSize: heygen.MaxPageSize, catalogues: catalogues}, item)
	case "Query.avatarLooks":
		o := object{typeName: model.TypeAvatarLook}
		if e.hasArgument(f, "groupId") {
			o.group = groupShared
		}
		catalogues := func() int {
			return e.rootCatalogues(f, e.lookCataloguePages(o.group == groupShared), "groupId", "avatarType", "ownership")
		}
		return e.list(f, listCalls{pageSize: heygen.MaxPageSize, catalogues: catalogues}, o)
	case "Query.voices":
		catalogues := func() int { return e.voiceCatalogues(f) }
		return e.list(f, listCalls{pageSize: heygen.MaxVoicesPageSize, catalogues: catalogues}, object{typeName: model.TypeVoice, fromList: true})
	case "AvatarGroup.looks":
		fallbackCalls := 1 // as private, if the list is empty
		if parent.fromList {
			fallbackCalls = 0
		}
		catalogues := func() int {
			if e.selectsFromCatalogue(f) || e.hasArgument(f, "avatarType") && selectsCounts(f) { // all looks of a group are counted without a call
				return e.lookCataloguePages(true)
			}
			return 0
		}
		return e.list(f, listCalls{pageSize: heygen.MaxPageSize, fallback: fallbackCalls, catalogues: catalogues}, object{typeName: model.TypeAvatarLook, group: groupIsParent})
	case "AvatarGroup.defaultVoice", "AvatarLook.defaultVoice":
		return cost{each: complexity.Add(1, e.selections(f, object{typeName: model.TypeVoice}).sum())}
	case "AvatarLook.group":
		inside := e.selections(f, object{typeName: model.TypeAvatarGroup}).sum()
		switch parent.group {
		case groupIsParent:
			return cost{shared: inside}
		case groupShared:
			return cost{shared: complexity.Add(1, inside)}
		default:
			return cost{each: complexity.Add(1, inside)}
		}
	}
	return cost{}
}

// listCalls are the calls for a connection, without what is selected of its items.
type listCalls struct {
	pageSize int
	fallback int // beyond those for its pages
	// catalogues returns those for its catalogue, and for others that it needs, unless they
	// are counted already. It is called once its arguments are known to be valid.
	catalogues func() int
}

// list returns the cost of a connection for each parent object: its pages or its
// catalogue, and what is selected of its items.
func (e *estimator) list(f graphql.CollectedField, source listCalls, item object) cost {
	items, pages := e.pages(f, source.pageSize)
	if pages == 0 {
		return cost{}
	}
	if e.selectsFromCatalogue(f) {
		pages = 0
	}
	var inside cost
	for part := range document.MergedFields(f.Selections, item.typeName+"Connection") {
		switch part.Name {
		case "nodes":
			inside = inside.add(e.selections(part, item))
		case "edges":
			for edge := range document.MergedFields(part.Selections, item.typeName+"Edge") {
				if edge.Name == "node" {
					inside = inside.add(e.selections(edge, item))
				}
			}
		}
	}
	calls := complexity.Add(pages+source.catalogues()+source.fallback, complexity.Mul(items, inside.each))
	if items > 0 {
		calls = complexity.Add(calls, inside.shared)
	}
	return cost{each: calls}
}

// pages returns upper bounds of the items that a connection returns, and of HeyGen
// pages that are fetched for them. Both are 0 if its arguments are invalid.
func (e *estimator) pages(f graphql.CollectedField, pageSize int) (items, pages int) {
	args := f.ArgumentMap(e.op.Variables)
	first, last := args["first"], args["last"]
	requested := first
	if first == nil {
		requested = last
	}
	items = relay.DefaultPageSize
	if requested != nil {
		n, err := model.UnmarshalInt(requested)
		if err != nil || n < 0 || n > relay.MaxPageSize || first != nil && last != nil {
			return 0, 0
		}
		items = n
	}
	full := (items + pageSize - 1) / pageSize
	switch {
	case last != nil || args["before"] != nil: // may have to walk the list to its end, or to the edge that it stops before
		return items, relay.MaxPages
	case args["after"] != nil:
		return items, 1 + relay.MaxLookahead + full // from the middle of the last page that was searched
	default:
		return items, max(full, 1)
	}
}

// hasArgument reports whether a field has an argument that is not null.
func (e *estimator) hasArgument(f graphql.CollectedField, argument string) bool {
	return f.ArgumentMap(e.op.Variables)[argument] != nil
}

// cataloguePages returns the maximum number of pages of a catalogue.
func (e *estimator) cataloguePages(pageSize int) int {
	return (e.catalogueMaxItems + pageSize - 1) / pageSize
}

// lookCataloguePages returns the maximum number of pages of a catalogue of looks.
func (e *estimator) lookCataloguePages(ofOneGroup bool) int {
	pages := e.cataloguePages(heygen.MaxPageSize)
	if ofOneGroup {
		pages = min(pages, catalogue.MaxLookPages)
	}
	return pages
}

// rootCatalogues returns the calls for the catalogue of a root field, unless it needs none or
// another root field needs the same. filters are the arguments by which HeyGen filters.
func (e *estimator) rootCatalogues(f graphql.CollectedField, pages int, filters ...string) int {
	if !e.selectsFromCatalogue(f) && !selectsCounts(f) {
		return 0
	}
	return e.catalogueOnce(f, pages, filters...)
}

// voiceCatalogues returns the calls for the catalogues of a voices field. Each facet needs
// the list without the filter by its own field.
func (e *estimator) voiceCatalogues(f graphql.CollectedField) int {
	calls, pages := 0, e.cataloguePages(heygen.MaxVoicesPageSize)
	if e.selectsFromCatalogue(f) || selectsField(f, "totalCount") {
		calls = e.catalogueOnce(f, pages, "type", "language", "gender", "engine")
	}
	for part := range document.MergedFields(f.Selections, f.Definition.Type.Name()) {
		if part.Name != "facets" {
			continue
		}
		for facet := range document.MergedFields(part.Selections, part.Definition.Type.Name()) {
			switch facet.Name {
			case "language":
				calls += e.catalogueOnce(f, pages, "type", "", "gender", "engine")
			case "gender":
				calls += e.catalogueOnce(f, pages, "type", "language", "", "engine")
			}
		}
	}
	return calls
}

// catalogueOnce returns the calls for a catalogue, or 0 if it is counted already.
func (e *estimator) catalogueOnce(f graphql.CollectedField, pages int, filters ...string) int {
	args := f.ArgumentMap(e.op.Variables)
	values := make([]any, len(filters))
	for i, filter := range filters {
		values[i] = args[filter]
	}
	key := fmt.Sprintf("%s %#v", f.Name, values) // strings are quoted: none equals null
	if e.catalogues[key] {
		return 0
	}
	e.catalogues[key] = true
	return pages
}

// selectsFromCatalogue reports whether a connection is a selection from a catalogue: its
// list is searched, filtered or sorted.
func (e *estimator) selectsFromCatalogue(f graphql.CollectedField) bool {
	args := f.ArgumentMap(e.op.Variables)
	if args["orderBy"] != nil {
		return true
	}
	if text, ok := args["search"].(string); ok {
		if search, err := catalogue.ParseSearch(text); err != nil || !search.IsZero() {
			return true
		}
	}
	filter, _ := args["filter"].(map[string]any)
	for name, value := range filter {
		if restricts(name, value) {
			return true
		}
	}
	return false
}

// restricts reports whether a field of a filter restricts anything. Without restrictions the
// list is a plain one.
func restricts(name string, value any) bool {
	if list, isList := value.([]any); value == nil || isList && len(list) == 0 {
		return false
	}
	if name == "minLooksCount" {
		n, err := model.UnmarshalInt(value)
		return err == nil && n > 0
	}
	return true
}

// selectsCounts reports whether totalCount or facets of a connection are selected.
func selectsCounts(f graphql.CollectedField) bool {
	return selectsField(f, "totalCount") || selectsField(f, "facets")
}

// selectsField reports whether a field of a connection is selected.
func selectsField(f graphql.CollectedField, name string) bool {
	for part := range document.MergedFields(f.Selections, f.Definition.Type.Name()) {
		if part.Name == name {
			return true
		}
	}
	return false
}
