package graph

import (
	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// defaultMaxRequestBytes is the maximum length of a POST body unless Options set another.
const defaultMaxRequestBytes = 1 << 20

// prepared is what is known of an operation before it is executed.
type prepared struct {
	expectedKeys map[string]int // distinct ids of root fields, by the type of the node
	cost         int            // maximum number of upstream calls; 0: not computed
}

// prepare checks the variables, the ids and the cost of an operation before anything
// is executed.
func (h *handler) prepare(op *graphql.OperationContext) (p prepared, err *gqlerror.Error) {
	if err := h.documents.CheckVariables(op); err != nil {
		return p, err
	}
	ids := requestedIDs(op)
	if err := h.Limits.checkIDs(ids); err != nil {
		return p, err
	}
	for i := range ids {
		ids[i].parse()
	}
	p.expectedKeys = expectedIDs(ids)
	p.cost = requestedCost(op, ids, p.expectedKeys)
	return p, h.Limits.checkCost(op, p.cost)
}
