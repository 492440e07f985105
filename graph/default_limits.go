package graph

import (
	"cmp"

	"heygen-graphql/graph/document/complexity"
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
