package graph

import (
	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"heygen-graphql/graph/document"
	"heygen-graphql/graph/document/complexity"
	"heygen-graphql/graph/model"
)

// requestedCost computes the query cost: an upper bound of the calls to HeyGen that a merged
// operation makes if nothing is cached, without retries. The cost of a subscription is that
// of one event. HeyGen's pages are assumed
// to be full, except the last one of a list, and its numbers of looks to be right. What @skip and @include leave out costs
// nothing.
//
// Ids and catalogues of root fields count once for the whole operation; every other fetch
// and list counts on its own, though the operation makes identical calls once. A catalogue
// counts with as many items as it may have.
func requestedCost(op *graphql.OperationContext, ids []idArguments, rootCalls, catalogueMaxItems int) int {
	e := &estimator{op: op, catalogueMaxItems: catalogueMaxItems, memo: map[memoKey]cost{}, catalogues: map[string]bool{}}
	total := rootCalls
	for _, argument := range ids {
		for _, id := range argument.ids {
			total = complexity.Add(total, e.selections(argument.field, object{typeName: id.Type}).sum())
		}
	}
	root := rootTypeName(op)
	for field := range document.MergedFields(op.Operation.SelectionSet, root) {
		total = complexity.Add(total, e.field(field, object{typeName: root}).sum())
	}
	return total
}

// rootTypeName returns the type that has the root fields of an operation.
func rootTypeName(op *graphql.OperationContext) string {
	if op.Operation.Operation == ast.Subscription {
		return "Subscription"
	}
	return "Query"
}

// checkCost returns an error if a cost exceeds the limit.
func (l Limits) checkCost(op *graphql.OperationContext, callCount int) *gqlerror.Error {
	return complexity.Exceeded(complexity.Limit{
		Measured: complexity.Measurement{Value: callCount, Position: op.Operation.Position},
		Max:      l.withDefaults().Cost, Format: "may need %s calls to HeyGen", Setting: "MAX_COST",
	})
}

// object is what is known of an object before it is fetched.
type object struct {
	typeName string
	group    groupSharing // of a look: what is known of its group
	fromList bool         // a voice without its details, or a group whose list filters by ownership
}

// groupSharing says what the looks of a list have in common.
type groupSharing int

const (
	groupPerItem  groupSharing = iota // each may have another group
	groupShared                       // all have one group, which the operation may have to fetch
	groupIsParent                     // the group is the parent object of the list
)

// cost is the number of calls for each object, and of those that the objects of a
// list share.
type cost struct{ each, shared int }

func (c cost) add(o cost) cost {
	return cost{complexity.Add(c.each, o.each), complexity.Add(c.shared, o.shared)}
}
func (c cost) sum() int { return complexity.Add(c.each, c.shared) }

// estimator adds up the costs of an operation's selections.
type estimator struct {
	op                *graphql.OperationContext
	catalogueMaxItems int
	memo              map[memoKey]cost
	catalogues        map[string]bool // of root fields, those that are counted
}

// memoKey identifies what a field of the merged operation selects of an object.
type memoKey struct {
	field  *ast.Field
	object object
}

// selections returns the cost of what a field selects of one object.
func (e *estimator) selections(field graphql.CollectedField, o object) (total cost) {
	if len(field.Selections) == 0 {
		return cost{}
	}
	key := memoKey{field.Field, o}
	if known, ok := e.memo[key]; ok {
		return known
	}
	details := false
	for f := range document.MergedFields(field.Selections, o.typeName) {
		if o.typeName == model.TypeVoice && o.fromList && isVoiceDetail(f.Name) {
			details = true // one call fetches all of them
			continue
		}
		total = total.add(e.field(f, o))
	}
	if details {
		total.each = complexity.Add(total.each, 1)
	}
	e.memo[key] = total
	return total
}
