package graph

import (
	"context"
	"fmt"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"heygen-graphql/graph/model"
	"heygen-graphql/heygen"
)

// What one request may hold.
const (
	maxNodes  = 100     // ids in one nodes field
	maxIDs    = 500     // ids in all fields that fetch by id: each can cost a call to HeyGen, or an error of 200 bytes
	maxTokens = 2_000   // of a document; validation takes time by their square
	maxBody   = 1 << 20 // bytes of a POST
	maxErrors = 5       // of a document that does not validate
	maxText   = 500     // characters of such an error
)

// MutateOperationContext refuses operations before anything is executed.
func (h *handler) MutateOperationContext(_ context.Context, op *graphql.OperationContext) *gqlerror.Error {
	if e := wrongVariable(h.schema, op.Operation, op.Variables); e != nil {
		return e
	}
	if e := wrongNull(op); e != nil {
		return e
	}
	return tooManyIDs(op)
}

func tooManyIDs(op *graphql.OperationContext) *gqlerror.Error {
	total := 0
	for field, ids := range requestedIDs(op) {
		if field.Name == "nodes" && len(ids) > maxNodes {
			return refused(field.Position, BadUserInput, fmt.Sprintf("`ids` must hold at most %d ids.", maxNodes))
		}
		if total += len(ids); total > maxIDs {
			return refused(field.Position, BadUserInput, fmt.Sprintf("`id` and `ids` must hold at most %d ids in one operation, all fields together.", maxIDs))
		}
	}
	return nil
}

// requestedIDs gives the ids of each root field that fetches by id, as they
// will be executed: after fragments, @skip, @include and variables.
func requestedIDs(op *graphql.OperationContext) func(yield func(graphql.CollectedField, []string) bool) {
	return func(yield func(graphql.CollectedField, []string) bool) {
		for _, field := range graphql.CollectFields(op, op.Operation.SelectionSet, []string{"Query"}) {
			var ids []string
			switch field.Name {
			case "node", "avatarGroup":
				ids = texts(field.ArgumentMap(op.Variables)["id"])
			case "nodes":
				ids = texts(field.ArgumentMap(op.Variables)["ids"])
			default:
				continue
			}
			if !yield(field, ids) {
				return
			}
		}
	}
}

// texts reads an ID argument, or a list of them; GraphQL takes a single value for a list.
func texts(value any) []string {
	list := graphql.CoerceList(value)
	ids := make([]string, len(list))
	for i, v := range list {
		ids[i], _ = model.UnmarshalID(v) // what is no id stays in the count, and is refused later
	}
	return ids
}

// expectedIDs counts the distinct groups that an operation will fetch by id.
func expectedIDs(op *graphql.OperationContext) int {
	distinct := map[heygen.GroupID]bool{}
	for field, ids := range requestedIDs(op) {
		for _, text := range ids {
			if _, err := model.ParseGlobalID(text); err != nil && field.Name != "avatarGroup" {
				continue // refused without a fetch
			}
			if id, err := groupID("", text); err == nil {
				distinct[id] = true
			}
		}
	}
	return len(distinct)
}
