package graph

import (
	"context"
	"fmt"
	"slices"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"heygen-graphql/graph/errcode"
	"heygen-graphql/graph/model"
)

// What one request may hold, whatever [Limits] say.
const (
	maxNodes = 100     // ids in one nodes field
	maxItems = 10_000  // of all lists in one answer: looks have groups, which have looks, and each item takes some 10 KB to write
	maxBody  = 1 << 20 // bytes of a POST, unless Options say otherwise

	maxFieldErrors = 1_000 // of an answer
)

// MutateOperationContext refuses operations before anything is executed.
func (h *handler) MutateOperationContext(ctx context.Context, op *graphql.OperationContext) *gqlerror.Error {
	if e := wrongVariable(h.schema, op.Operation, op.Variables); e != nil {
		return e
	}
	if e := wrongNull(op); e != nil {
		return e
	}
	ids := requestedIDs(op)
	if e := h.Limits.refuseIDs(ids); e != nil {
		return e
	}
	for i := range ids {
		ids[i].read()
	}
	x := exchangeOf(ctx)
	x.expected = expectedIDs(ids)
	x.cost = requestedCost(op, ids, x.expected)
	return h.Limits.refuseCost(op, x.cost)
}

// refuseIDs tells if an operation gives too many ids.
func (l Limits) refuseIDs(ids []idsOfField) *gqlerror.Error {
	total := 0
	for _, of := range ids {
		if of.field.Name == "nodes" && len(of.texts) > maxNodes {
			return errcode.New(of.field.Position, errcode.BadUserInput, fmt.Sprintf("`ids` must hold at most %d ids.", maxNodes))
		}
		if total += len(of.texts); total > l.IDs {
			return errcode.New(of.field.Position, errcode.BadUserInput, fmt.Sprintf("`id` and `ids` must hold at most %d ids in one operation (MAX_IDS), all fields together.", l.IDs))
		}
	}
	return nil
}

var errTooManyItems = &Error{
	Code:    errcode.QueryTooComplex,
	Message: fmt.Sprintf("The lists of one operation may give at most %d items, all fields together; an empty one counts as one. Ask for fewer at a time.", maxItems),
}

// gives counts the items of a list into the answer. Too many are an error.
func (op *operation) gives(items int) error {
	if op.given.Add(int64(items)) > maxItems {
		return errTooManyItems
	}
	return nil
}

// errUntold stands for the errors of an answer that are more than it tells: they
// are not made, as hundreds of thousands would take gigabytes. gqlgen copies errors,
// so that these are told by their rule.
var errUntold = &gqlerror.Error{Message: "left out", Rule: "TooManyErrors"}

// sorted puts the errors of an answer in order, and bounds them.
func sorted(errs gqlerror.List) gqlerror.List {
	all := len(errs)
	errs = slices.DeleteFunc(errs, func(e *gqlerror.Error) bool { return e.Rule == errUntold.Rule })
	slices.SortStableFunc(errs, byPlace)
	if all <= maxFieldErrors {
		return errs
	}
	return append(errs[:min(len(errs), maxFieldErrors)], &gqlerror.Error{
		Message:    fmt.Sprintf("More errors are left out: an answer tells at most %d.", maxFieldErrors),
		Extensions: map[string]any{"code": string(errcode.QueryTooComplex)},
	})
}

// idsOfField are the ids that a root field fetches by, as they will be executed.
type idsOfField struct {
	field graphql.CollectedField
	texts []string
	ids   []model.GlobalID // those that will be fetched, each once; there after read
}

// read reads the texts. What is no id is refused when its field is.
func (f *idsOfField) read() {
	for _, text := range f.texts { // 100 at most
		if id, ok := givenID(f.field.Name, text); ok && !slices.Contains(f.ids, id) {
			f.ids = append(f.ids, id)
		}
	}
}

// requestedIDs gives those of all root fields: after fragments, @skip, @include and
// variables.
func requestedIDs(op *graphql.OperationContext) (ids []idsOfField) {
	for _, field := range graphql.CollectFields(op, op.Operation.SelectionSet, []string{"Query"}) {
		argument := ""
		switch {
		case field.Name == "node" || nodeTypeOfField(field.Name) != nil:
			argument = "id"
		case field.Name == "nodes":
			argument = "ids"
		default:
			continue
		}
		ids = append(ids, idsOfField{field: field, texts: texts(field.ArgumentMap(op.Variables)[argument])})
	}
	return ids
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

// expectedIDs counts, for each type of node, the distinct ids by which the root
// fields of an operation will fetch.
func expectedIDs(ids []idsOfField) map[string]int {
	if len(ids) == 0 {
		return nil
	}
	distinct := map[model.GlobalID]bool{}
	counts := map[string]int{}
	for _, of := range ids {
		for _, id := range of.ids {
			if !distinct[id] {
				distinct[id] = true
				counts[id.Type]++
			}
		}
	}
	return counts
}
