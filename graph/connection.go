package graph

import (
	"context"
	"errors"
	"net/url"
	"strconv"
	"sync/atomic"

	"heygen-graphql/graph/loader"
	"heygen-graphql/graph/relay"
	"heygen-graphql/heygen"
)

// pageLoader loads the pages of HeyGen's lists of one resource for an operation,
// each once: two fields share a page if its parameters are equal. P are the
// parameters of a page, including its token.
type pageLoader[P comparable, T any] struct {
	call      func(context.Context, P) (heygen.Page[T], error)
	onItem    func(*T)     // called for every item; may be nil
	mayBeGone func(P) bool // whether the list is that of another resource, which HeyGen may not have; may be nil
	pages     loader.Memo[P, relay.UpstreamPage[*T]]
}

// load returns a page. Its position in the response is that of the field in ctx; of
// several fields, the first that loads the page counts.
func (l *pageLoader[P, T]) load(ctx context.Context, s *operationScope, params P) (relay.UpstreamPage[*T], error) {
	return l.pages.Do(ctx, params, func() (relay.UpstreamPage[*T], error) {
		return l.loadAgain(ctx, s, params)
	})
}

// loadAgain returns a page that HeyGen is called for even if the operation has loaded it.
func (l *pageLoader[P, T]) loadAgain(ctx context.Context, s *operationScope, params P) (relay.UpstreamPage[*T], error) {
	ticket := s.scheduler.Enqueue(loader.PositionOf(ctx), true, nil)
	causedByCaller := func(e *heygen.Error) bool { return l.causedByCaller(ctx, params, e) }
	return callUpstream(s.ctx, s, ticket, causedByCaller, func(ctx context.Context) (relay.UpstreamPage[*T], error) {
		page, err := l.call(ctx, params)
		if err != nil {
			return relay.UpstreamPage[*T]{}, err
		}
		return l.read(page), nil // while it has the slot: priming makes queued calls obsolete
	})
}

// causedByCaller reports whether an error of a page is about what the caller of the field
// in ctx sent.
func (l *pageLoader[P, T]) causedByCaller(ctx context.Context, params P, e *heygen.Error) bool {
	return e.Kind == heygen.ErrNotFound && l.mayBeGone != nil && l.mayBeGone(params) || listErrorCausedByCaller(ctx, e)
}

func (l *pageLoader[P, T]) read(page heygen.Page[T]) relay.UpstreamPage[*T] {
	items := make([]*T, len(page.Data))
	for i := range page.Data {
		items[i] = &page.Data[i]
		if l.onItem != nil {
			l.onItem(items[i])
		}
	}
	return relay.UpstreamPage[*T]{Items: items, HasMore: page.HasMore, NextToken: page.NextToken}
}

// listSource is one of HeyGen's lists with its filters, as a field pages through it.
type listSource[T any] struct {
	endpoint string
	scope    string // names the field and the filters: cursors of another scope are rejected
	id       func(*T) string
	page     func(ctx context.Context, token string) (relay.UpstreamPage[*T], error)
}

func cursorScope(field string, limit int, filters url.Values) string {
	return field + " limit=" + strconv.Itoa(limit) + " " + filters.Encode()
}

// resolveConnection returns the page of a connection that the arguments select.
func resolveConnection[T any](ctx context.Context, r *Resolver, source listSource[T], args relay.Args) (*relay.Connection[*T], error) {
	s := operationScopeFrom(ctx)
	var deadEnd atomic.Bool // logged
	list := &relay.List[*T]{Scope: source.scope, Codec: r.Cursors, ID: source.id, Fetch: func(ctx context.Context, token string) (relay.UpstreamPage[*T], error) {
		page, err := source.page(ctx, token)
		if page.IsDeadEnd(token) {
			deadEnd.Store(true)
			s.logBrokenList(source.endpoint, "more items, but no token for them")
		}
		return page, classifyListError(ctx, err)
	}}
	c, err := countedConnection(ctx, s, func() (*relay.Connection[*T], error) { return list.Connect(ctx, args) })
	switch {
	case errors.Is(err, relay.ErrCycle):
		s.logBrokenList(source.endpoint, "the tokens lead back to an earlier page")
	case errors.Is(err, relay.ErrDeadEnd) && !deadEnd.Load():
		s.logBrokenList(source.endpoint, "too many empty pages")
	}
	return c, err
}

// countedConnection returns the connection that connect returns, unless the lists of the
// operation have too many items or values.
func countedConnection[T any](ctx context.Context, s *operationScope, connect func() (*relay.Connection[*T], error)) (*relay.Connection[*T], error) {
	// Before HeyGen is called for what cannot be returned. An empty list counts as one
	// item: it takes as much to write.
	err := s.addItems(1)
	var c *relay.Connection[*T]
	if err == nil {
		c, err = connect()
	}
	if err == nil {
		err = s.addItems(max(len(c.Edges)-1, 0))
	}
	if err == nil {
		err = s.addValues(ctx, len(c.Edges))
	}
	if err != nil {
		return nil, err
	}
	return c, nil
}
