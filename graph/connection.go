package graph

import (
	"context"
	"errors"
	"net/url"
	"strconv"

	"heygen-graphql/graph/errcode"
	"heygen-graphql/graph/loader"
	"heygen-graphql/graph/relay"
	"heygen-graphql/heygen"
)

// pageLoader loads the pages of HeyGen's lists of one resource for an operation,
// each once: two fields share a page if its parameters are equal. P are the
// parameters of a page, including its token.
type pageLoader[P comparable, T any] struct {
	endpoint string
	call     func(context.Context, P) (heygen.Page[T], error)
	onItem   func(P, *T) // called for every item; may be nil
	pages    loader.Memo[P, upstreamPage[T]]
}

func newPageLoader[P comparable, T any](endpoint string, call func(context.Context, P) (heygen.Page[T], error), onItem func(P, *T)) *pageLoader[P, T] {
	return &pageLoader[P, T]{endpoint: endpoint, call: call, onItem: onItem}
}

// upstreamPage is a HeyGen page as package relay walks it.
type upstreamPage[T any] struct {
	items     []*T
	nextToken string
}

// load returns a page. Its position in the response is that of the field in ctx; of
// several fields, the first that loads the page counts.
func (l *pageLoader[P, T]) load(ctx context.Context, s *operationScope, params P) (upstreamPage[T], error) {
	return l.pages.Do(ctx, params, func() (upstreamPage[T], error) {
		ticket := s.scheduler.Enqueue(loader.PositionOf(ctx), true, nil)
		return callUpstream(s.ctx, s, ticket, func(ctx context.Context) (upstreamPage[T], error) {
			page, err := l.call(ctx, params)
			if err != nil {
				return upstreamPage[T]{}, err
			}
			if page.HasMore && page.NextToken == "" {
				s.log().Warn("HeyGen reports more items but no next token, ending the list here", "endpoint", l.endpoint)
			}
			return l.read(params, page), nil // while it has the slot: priming makes queued calls obsolete
		})
	})
}

func (l *pageLoader[P, T]) read(params P, page heygen.Page[T]) upstreamPage[T] {
	items := make([]*T, len(page.Data))
	for i := range page.Data {
		items[i] = &page.Data[i]
		if l.onItem != nil {
			l.onItem(params, items[i])
		}
	}
	return upstreamPage[T]{items, page.NextToken}
}

// listSource is one of HeyGen's lists with its filters, as a field pages through it.
type listSource[T any] struct {
	scope string // names the field and the filters: cursors of another scope are rejected
	id    func(*T) string
	page  func(ctx context.Context, token string) (upstreamPage[T], error)

	// filterArguments are the arguments with free text that the caller filters by, by
	// the names of HeyGen's parameters.
	filterArguments map[string]string
}

func cursorScope(field string, limit int, filters url.Values) string {
	return field + " limit=" + strconv.Itoa(limit) + " " + filters.Encode()
}

// resolveConnection returns the page of a connection that the arguments select.
func resolveConnection[T any](ctx context.Context, r *Resolver, source listSource[T], args relay.Args) (*relay.Connection[*T], error) {
	s := operationScopeFrom(ctx)
	list := &relay.List[*T]{Scope: source.scope, Codec: r.Cursors, ID: source.id, Fetch: func(ctx context.Context, token string) ([]*T, string, error) {
		page, err := source.page(ctx, token)
		return page.items, page.nextToken, source.classifyListError(token, err)
	}}
	// Before HeyGen is called for what cannot be returned. An empty list counts as one
	// item: it takes as much to write.
	err := s.addItems(1)
	var c *relay.Connection[*T]
	if err == nil {
		c, err = list.Connect(ctx, args)
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

// classifyListError maps HeyGen's rejection of what the caller sent, a cursor or a
// filter, to CURSOR_EXPIRED or BAD_USER_INPUT.
func (l listSource[T]) classifyListError(token string, err error) error {
	e, ok := errors.AsType[*heygen.Error](err)
	if !ok || e.Kind != heygen.ErrBadRequest && e.Kind != heygen.ErrNotFound {
		return err
	}
	if token != "" {
		return &Error{Code: errcode.CursorExpired, Message: "HeyGen no longer accepts the position at which this list continues: the cursor, if one was sent, has expired. Start again without a cursor.", UpstreamError: e}
	}
	if argument := l.filterArguments[e.Param]; argument != "" && e.Kind == heygen.ErrBadRequest {
		return &Error{Code: errcode.BadUserInput, Message: "HeyGen rejects this value of `" + argument + "`.", UpstreamError: e}
	}
	return err
}
