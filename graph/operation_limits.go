package graph

import (
	"cmp"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"heygen-graphql/graph/document"
	"heygen-graphql/graph/document/complexity"
	"heygen-graphql/graph/internal/plan"
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
