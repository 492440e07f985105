package graph

import (
	"fmt"

	"github.com/99designs/gqlgen/graphql"

	"heygen-graphql/graph/document"
	"heygen-graphql/heygen"
	"heygen-graphql/heygen/catalogue"
)

// cataloguePages returns the maximum number of pages of a catalogue.
func (e *estimator) cataloguePages(pageSize int) int {
	return (e.catalogueMaxItems + pageSize - 1) / pageSize
}

// rootCatalogues returns the calls for the catalogue of a root field, unless it needs none or
// another root field needs the same. filters are the arguments by which HeyGen filters.
func (e *estimator) rootCatalogues(f graphql.CollectedField, pageSize int, filters ...string) int {
	if !e.selectsFromCatalogue(f) && !selectsCounts(f) {
		return 0
	}
	return e.catalogueOnce(f, pageSize, filters...)
}

// voiceCatalogues returns the calls for the catalogues of a voices field. Each facet needs
// the list without the filter by its own field.
func (e *estimator) voiceCatalogues(f graphql.CollectedField) int {
	calls := 0
	if e.selectsFromCatalogue(f) || selectsField(f, "totalCount") {
		calls = e.catalogueOnce(f, heygen.MaxVoicesPageSize, "type", "language", "gender", "engine")
	}
	for part := range document.MergedFields(f.Selections, f.Definition.Type.Name()) {
		if part.Name != "facets" {
			continue
		}
		for facet := range document.MergedFields(part.Selections, part.Definition.Type.Name()) {
			switch facet.Name {
			case "language":
				calls += e.catalogueOnce(f, heygen.MaxVoicesPageSize, "type", "", "gender", "engine")
			case "gender":
				calls += e.catalogueOnce(f, heygen.MaxVoicesPageSize, "type", "language", "", "engine")
			}
		}
	}
	return calls
}

// catalogueOnce returns the calls for a catalogue, or 0 if it is counted already.
func (e *estimator) catalogueOnce(f graphql.CollectedField, pageSize int, filters ...string) int {
	args := f.ArgumentMap(e.op.Variables)
	key := f.Name
	for _, filter := range filters {
		key += fmt.Sprintf(" %q", fmt.Sprint(args[filter]))
	}
	if e.catalogues[key] {
		return 0
	}
	e.catalogues[key] = true
	return e.cataloguePages(pageSize)
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
	for _, value := range filter {
		if list, isList := value.([]any); value != nil && (!isList || len(list) > 0) {
			return true
		}
	}
	return false
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
