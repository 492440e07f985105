package graph

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"heygen-graphql/graph/document"
	"heygen-graphql/graph/document/complexity"
	"heygen-graphql/graph/errcode"
	"heygen-graphql/graph/internal/plan"
	"heygen-graphql/graph/loader"
	"heygen-graphql/graph/model"
)

// Limits bound one document and the operation of it that runs. A field that is zero
// means its default. A document or operation that exceeds a limit is rejected before
// anything is done for it; the message names the setting.
type Limits struct {
	// Limits bound the source of the document, whatever its variables.
	complexity.Limits
	// IDs is the maximum number of ids in all fields of an operation. Each can cost a
	// call to HeyGen, or an error of 200 bytes. Default 500.
	IDs int
	// Cost is the maximum number of calls to HeyGen that an operation may need if
	// nothing is cached; see [requestedCost]. Default 1,000: within its 30 s an
	// operation can make 800 calls of 300 ms, eight at once, and it mostly needs fewer
	// than its bound.
	Cost int
}

// DefaultLimits are the limits of a server that sets no others.
var DefaultLimits = Limits{Limits: complexity.DefaultLimits, IDs: 500, Cost: 1_000}

// withDefaults returns the limits with defaults in place of zeros.
func (l Limits) withDefaults() Limits {
	return Limits{
		Limits: l.Limits.WithDefaults(),
		IDs:    cmp.Or(l.IDs, DefaultLimits.IDs),
		Cost:   cmp.Or(l.Cost, DefaultLimits.Cost),
	}
}

// defaultMaxRequestBytes is the maximum length of a POST body unless Options set another.
const defaultMaxRequestBytes = 1 << 20

// prepared is what is known of an operation before it is executed.
type prepared struct {
	rootIDs []model.GlobalID // of the nodes that the root fields fetch, each once, in response order
	cost    int              // maximum number of upstream calls; 0: not computed
}

// prepare checks the variables, the ids and the cost of an operation before anything
// is executed. It replaces the operation by its merged form.
func (h *handler) prepare(doc *document.Document[plan.Cache], op *graphql.OperationContext) (p prepared, err *gqlerror.Error) {
	if err := h.documents.CheckVariables(op); err != nil {
		return p, err
	}
	op.Operation = h.documents.MergedOperation(doc, op.Operation, op.Variables)
	ids := requestedIDs(op)
	if err := h.Limits.checkIDs(ids); err != nil {
		return p, err
	}
	for i := range ids {
		ids[i].parse()
	}
	p.rootIDs = distinctIDs(ids)
	p.cost = requestedCost(op, ids, len(p.rootIDs), h.CatalogueMaxItems)
	return p, h.Limits.checkCost(op, p.cost)
}

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

// The bounds of one response.
const (
	// maxResponseItems is the maximum number of items of all lists: looks have groups,
	// which have looks, and each item takes some 10 KB to write.
	maxResponseItems = 10_000
	// maxResponseValues is the maximum number of values in lists. A value takes some
	// 2 µs and 300 bytes to write; 100 groups with every field of their own, of their
	// voice and of three looks have 7,000.
	maxResponseValues = 250_000
)

var errTooManyItems = &Error{
	Code:    errcode.QueryTooComplex,
	Message: fmt.Sprintf("The lists of one operation may return at most %d items, all fields together; an empty list counts as one. Request fewer at a time.", maxResponseItems),
}

var errTooManyValues = &Error{
	Code:    errcode.QueryTooComplex,
	Message: fmt.Sprintf("The lists of one operation may return at most %d values, all fields together. Request fewer items or fields at a time.", maxResponseValues),
}

// addItems counts items of lists in the response. It returns an error if there are
// too many.
func (s *operationScope) addItems(n int) error {
	if s.itemCount.Add(int64(n)) > maxResponseItems {
		return errTooManyItems
	}
	return nil
}

// addValues counts the values of a list's items in the response. It returns an error
// if there are too many.
func (s *operationScope) addValues(ctx context.Context, items int) error {
	field := graphql.GetFieldContext(ctx).Field
	if s.valueCount.Add(int64(items)*int64(s.widths.of(field))) > maxResponseValues {
		return errTooManyValues
	}
	return nil
}

// selectionWidth returns the number of values that a merged selection set produces for
// one object, without those in further lists, which are counted themselves. On an
// interface it is the sum over its object types.
func selectionWidth(set ast.SelectionSet) (n int) {
	for _, selection := range set {
		switch s := selection.(type) {
		case *ast.Field:
			n++
			if !strings.HasSuffix(s.Definition.Type.Name(), "Connection") {
				n += selectionWidth(s.SelectionSet)
			}
		case *ast.InlineFragment:
			n += selectionWidth(s.SelectionSet)
		}
	}
	return n
}

// selectionWidths caches the widths of an operation's lists by field.
type selectionWidths struct{ loader.Memo[*ast.Field, int] }

func (w *selectionWidths) of(f graphql.CollectedField) int {
	n, _ := w.Do(context.Background(), f.Field, func() (int, error) { return selectionWidth(f.SelectionSet), nil })
	return n
}
