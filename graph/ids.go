package graph

import (
	"fmt"
	"slices"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"heygen-graphql/graph/document"
	"heygen-graphql/graph/errcode"
	"heygen-graphql/graph/model"
)

const maxNodesIDs = 100 // of one nodes field

// idArguments are the ids of one root field, as they will be executed.
type idArguments struct {
	field  graphql.CollectedField
	values []string
	ids    []model.GlobalID // those that will be fetched, each once; set by parse
}

// parse parses the ids. What is not an id is rejected when its field is resolved.
func (a *idArguments) parse() {
	for _, value := range a.values { // 100 at most
		if id, ok := parseIDArgument(a.field.Name, value); ok && !slices.Contains(a.ids, id) {
			a.ids = append(a.ids, id)
		}
	}
}

// requestedIDs returns the ids of all root fields of a merged operation.
func requestedIDs(op *graphql.OperationContext) (ids []idArguments) {
	for field := range document.MergedFields(op.Operation.SelectionSet, rootTypeName(op)) {
		argument := ""
		switch {
		case field.Name == "node" || nodeTypeOfField(field.Name) != nil:
			argument = "id"
		case field.Name == "nodes":
			argument = "ids"
		default:
			continue
		}
		ids = append(ids, idArguments{field: field, values: idStrings(field.ArgumentMap(op.Variables)[argument])})
	}
	return ids
}

// idStrings returns the value of an ID argument, or of a list of them. A single value
// is coerced to a list.
func idStrings(value any) []string {
	list := graphql.CoerceList(value)
	ids := make([]string, len(list))
	for i, v := range list {
		ids[i], _ = model.UnmarshalID(v) // what is not an id is counted, and rejected later
	}
	return ids
}

// parseIDArgument parses the id of a root field that fetches by id, and reports
// whether it will be fetched.
func parseIDArgument(field, value string) (id model.GlobalID, ok bool) {
	id, err := model.ParseID(value)
	own := nodeTypeOfField(field) // nil for node and nodes, which accept global ids of every type
	if own != nil && id.Type == "" {
		id.Type = own.name
	}
	t := nodeTypeNamed(id.Type)
	return id, err == nil && t != nil && (own == nil || t == own) && t.valid(id.ID)
}

// distinctIDs returns the ids that the root fields of an operation will fetch, each
// once, in response order.
func distinctIDs(ids []idArguments) (distinct []model.GlobalID) {
	seen := map[model.GlobalID]bool{}
	for _, argument := range ids {
		for _, id := range argument.ids {
			if !seen[id] {
				seen[id] = true
				distinct = append(distinct, id)
			}
		}
	}
	return distinct
}

// checkIDs returns an error if an operation has too many ids.
func (l Limits) checkIDs(ids []idArguments) *gqlerror.Error {
	total := 0
	for _, argument := range ids {
		if argument.field.Name == "nodes" && len(argument.values) > maxNodesIDs {
			return errcode.New(argument.field.Position, errcode.BadUserInput, fmt.Sprintf("`ids` must have at most %d ids.", maxNodesIDs))
		}
		if total += len(argument.values); total > l.IDs {
			return errcode.New(argument.field.Position, errcode.BadUserInput, fmt.Sprintf("`id` and `ids` must have at most %d ids in one operation (MAX_IDS), all fields together.", l.IDs))
		}
	}
	return nil
}
