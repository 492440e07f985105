package graph

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"github.com/99designs/gqlgen/graphql"
	"github.com/hashicorp/golang-lru/v2/simplelru"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"heygen-graphql/graph/caller"
	"heygen-graphql/graph/document"
	"heygen-graphql/graph/document/complexity"
	"heygen-graphql/graph/errcode"
	"heygen-graphql/graph/internal/plan"
	"heygen-graphql/graph/model"
	"heygen-graphql/graph/responsecache"
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

// limitRate counts the cost of an operation against the rate limit of its caller, before
// the response cache: which operations are cached is not the callers' to know. It returns
// the result of an operation that exceeds the limit, and false for one that may be
// executed. Operations that fetch nothing and those that will be rejected are free.
func (h *handler) limitRate(ctx context.Context, w http.ResponseWriter, op operation, from caller.Caller) (limited result, ok bool) {
	if h.RateLimiter == nil {
		return result{}, false
	}
	cost := h.rateCost(ctx, op)
	if cost == 0 {
		return result{}, false
	}
	limit := h.RateLimiter.Allow(ctx, from.ID, cost)
	if !limit.Allowed && cost > limit.Limit { // its state is not known: nothing was counted
		err := complexity.Exceeded(complexity.Limit{
			Measured: complexity.Measurement{Value: cost}, Max: limit.Limit, Format: "may need %s calls to HeyGen", Setting: "RATE_LIMIT_BURST",
		})
		return result{Response: documentErrorResponse(gqlerror.List{err})}, true
	}
	limit.SetHeaders(w.Header())
	if limit.Allowed {
		return result{}, false
	}
	h.warnSampled(&h.rateLimitLog, "rejecting operations: RATE_LIMITED", "a caller exceeds RATE_LIMIT")
	retryAfter := max(1, caller.CeilSeconds(limit.RetryAfter))
	w.Header().Set("Retry-After", strconv.Itoa(retryAfter))
	limited = errorResult(http.StatusTooManyRequests, errcode.RateLimited, fmt.Sprintf("Your rate limit is exceeded. Retry in %d s.", retryAfter))
	limited.GraphQL.Errors[0].Extensions["retryAfter"] = retryAfter
	limited.rejected = true
	return limited, true
}

// rateCost returns the cost of an operation for its caller's rate limit: at least 1, or 0
// if it is free. It remembers the cost, as a cached response takes less time than an
// estimate.
func (h *handler) rateCost(ctx context.Context, op operation) int {
	key := responsecache.Key(op.document.Hash, op.OperationName, op.RawVariables())
	if cost, ok := h.rateCosts.get(key); ok {
		return cost
	}
	op.DecodeVariables()
	ctx = graphql.StartOperationTrace(document.NewContext(ctx, op.document))
	opCtx, errs := h.executor.CreateOperationContext(ctx, &op.RawParams)
	if len(errs) > 0 {
		return 0
	}
	ready, err := h.prepare(op.document, opCtx)
	if err != nil {
		return 0
	}
	cost := 0
	for field := range document.MergedFields(opCtx.Operation.SelectionSet, "Query") {
		if !strings.HasPrefix(field.Name, "__") {
			cost = max(1, ready.cost)
		}
	}
	h.rateCosts.add(key, cost)
	return cost
}

// maxRateCosts is the maximum number of operations whose cost is remembered, 1 MB.
const maxRateCosts = 8192

// costCache remembers the cost of operations, by the key of their response.
type costCache struct {
	mu  sync.Mutex
	lru *simplelru.LRU[[32]byte, int]
}

func newCostCache() *costCache {
	lru, _ := simplelru.NewLRU[[32]byte, int](maxRateCosts, nil) // which fails for sizes that are not positive
	return &costCache{lru: lru}
}

func (c *costCache) get(key [32]byte) (cost int, ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.lru.Get(key)
}

func (c *costCache) add(key [32]byte, cost int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.lru.Add(key, cost)
}
