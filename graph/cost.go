package graph

import (
	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"heygen-graphql/graph/document/complexity"
	"heygen-graphql/graph/model"
)

// requestedCost bounds the calls to HeyGen that a validated operation makes when
// nothing is known yet, retries apart. HeyGen's pages are taken to be full, but for
// a list's last one. What @skip and @include leave out costs nothing.
//
// Ids of root fields count once for the whole operation; every other fetch and
// list counts for itself, though the operation makes one call of what is alike.
func requestedCost(op *graphql.OperationContext, ids []idsOfField, expected map[string]int) int {
	c := &coster{op: op, known: map[costKey]cost{}}
	total := 0
	for _, n := range expected {
		total = complexity.Add(total, n)
	}
	for _, of := range ids {
		for _, id := range of.ids {
			total = complexity.Add(total, c.of(of.field, object{typeName: id.Type}).sum())
		}
	}
	for _, field := range graphql.CollectFields(op, op.Operation.SelectionSet, []string{"Query"}) {
		total = complexity.Add(total, c.field(field, object{typeName: "Query"}).sum())
	}
	return total
}

// refuseCost tells if an operation of such a cost may need more calls than are allowed.
func (l Limits) refuseCost(op *graphql.OperationContext, cost int) *gqlerror.Error {
	return complexity.Exceeded(complexity.Limit{
		Measured: complexity.Measurement{Value: cost, Position: op.Operation.Position},
		Max:      l.withDefaults().Cost,
		Format:   "may need %s calls to HeyGen",
		Setting:  "MAX_COST",
	})
}

// givenID reads the id of a root field that fetches by id, and tells whether it
// will be fetched.
func givenID(field, text string) (id model.GlobalID, ok bool) {
	id, err := model.ParseID(text)
	own := nodeTypeOfField(field) // nil for node and nodes, which take global ids of every type
	if own != nil && id.Type == "" {
		id.Type = own.name
	}
	t := nodeTypeNamed(id.Type)
	return id, err == nil && t != nil && (own == nil || t == own) && t.valid(id.ID)
}

// object is what is known of an object before it is there.
type object struct {
	typeName string
	group    knownGroup // of a look: what is known of the group that it belongs to
	listed   bool       // a voice without its details, or a group of which its list tells the ownership
}

// knownGroup is what the looks of a list have in common.
type knownGroup int

const (
	anyGroup    knownGroup = iota // each may be of another
	oneGroup                      // all are of one, which the operation may have to fetch
	theirsGroup                   // all are of the group that the list hangs from
)

// cost is calls for each object, and those that the objects of one list share.
type cost struct{ each, shared int }

func (c cost) add(o cost) cost {
	return cost{complexity.Add(c.each, o.each), complexity.Add(c.shared, o.shared)}
}
func (c cost) sum() int { return complexity.Add(c.each, c.shared) }

// coster adds up what the selections of an operation cost.
type coster struct {
	op    *graphql.OperationContext
	known map[costKey]cost
	looks int // at selection sets
}

type costKey struct {
	field  any // *ast.Field: the only one of its name in the answer
	object object
}

// maxLooks bounds the selection sets that are looked at. A set is known by the
// field that it belongs to; where several fields of one name are merged it is
// worked out again, and fragments could make more of these than ever end. Of
// 5,000 fields none can have more, as each stands for at least one.
const maxLooks = 20_000

// of is the cost of what a field selects of one object.
func (c *coster) of(field graphql.CollectedField, o object) (total cost) {
	if len(field.Selections) == 0 {
		return cost{}
	}
	merged := len(field.Selections) != len(field.SelectionSet)
	key := costKey{field.Field, o}
	if known, ok := c.known[key]; ok && !merged {
		return known
	}
	if c.looks++; c.looks > maxLooks {
		return cost{each: complexity.Saturated}
	}
	details := false
	for _, f := range graphql.CollectFields(c.op, field.Selections, implemented(o.typeName)) {
		if o.typeName == model.TypeVoice && o.listed && ofVoiceAlone(f.Name) {
			details = true // one call brings all of them
			continue
		}
		total = total.add(c.field(f, o))
	}
	if details {
		total.each = complexity.Add(total.each, 1)
	}
	if !merged {
		c.known[key] = total
	}
	return total
}

// implemented names what a fragment on an object may be on, as gqlgen has it.
func implemented(typeName string) []string {
	if nodeTypeNamed(typeName) != nil {
		return []string{typeName, "Node"}
	}
	return []string{typeName}
}
