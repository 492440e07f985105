package graph

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"github.com/hashicorp/golang-lru/v2/simplelru"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"heygen-graphql/graph/caller"
	"heygen-graphql/graph/document"
	"heygen-graphql/graph/document/complexity"
	"heygen-graphql/graph/errcode"
	"heygen-graphql/graph/responsecache"
)

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
	_, opCtx, ready, errs := op.prepare(ctx)
	if len(errs) > 0 {
		return 0
	}
	cost := 0
	for field := range document.MergedFields(opCtx.Operation.SelectionSet, rootTypeName(opCtx)) {
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
