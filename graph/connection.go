package graph

import (
	"context"
	"errors"
	"net/url"
	"strconv"

	"heygen-graphql/graph/errcode"
	"heygen-graphql/graph/relay"
	"heygen-graphql/heygen"
)

// lists reads HeyGen's lists of one resource for an operation, each page once:
// two lists share their pages where HeyGen is asked the same. P are the
// parameters of a page, its token among them.
type lists[P comparable, T any] struct {
	endpoint string
	call     func(context.Context, P) (heygen.Page[T], error)
	seen     func(P, *T) // is told every item; may be nil
	pages    memo[P, listPage[T]]
}

func newLists[P comparable, T any](endpoint string, call func(context.Context, P) (heygen.Page[T], error), seen func(P, *T)) *lists[P, T] {
	return &lists[P, T]{endpoint: endpoint, call: call, seen: seen}
}

// listPage is a page as package relay walks over it.
type listPage[T any] struct {
	items []*T
	next  string
}

// page gives one of HeyGen's pages. ctx tells where in the answer it will stand;
// of several places, the one that was asked from first counts.
func (l *lists[P, T]) page(ctx context.Context, op *operation, params P) (listPage[T], error) {
	return l.pages.get(ctx, params, func() (listPage[T], error) {
		turn := op.turns.queue(placeOf(ctx), true, nil)
		return ask(op, turn, func(ctx context.Context) (listPage[T], error) {
			page, err := l.call(ctx, params)
			if err != nil {
				return listPage[T]{}, err
			}
			if page.HasMore && page.NextToken == "" {
				op.log().Warn("HeyGen reports more items but no next token, ending the list here", "endpoint", l.endpoint)
			}
			return l.read(params, page), nil // still in its turn: it spares calls that wait for theirs
		})
	})
}

func (l *lists[P, T]) read(params P, p heygen.Page[T]) listPage[T] {
	items := make([]*T, len(p.Data))
	for i := range p.Data {
		items[i] = &p.Data[i]
		if l.seen != nil {
			l.seen(params, items[i])
		}
	}
	return listPage[T]{items, p.NextToken}
}

// listing is one list with its filters, as a field pages through it.
type listing[T any] struct {
	scope string // names the field and the filters: cursors of others are refused
	id    func(*T) string
	page  func(ctx context.Context, token string) (listPage[T], error)

	// given are the arguments by which callers filter in words of their own, by
	// the names that HeyGen has for them.
	given map[string]string
}

func scopeOf(field string, limit int, filters url.Values) string {
	return field + " limit=" + strconv.Itoa(limit) + " " + filters.Encode()
}

// connect gives the page of a connection that the arguments ask for.
func connect[T any](ctx context.Context, r *Resolver, l listing[T], args relay.Args) (*relay.Connection[*T], error) {
	op := operationOf(ctx)
	list := &relay.List[*T]{Scope: l.scope, Codec: r.Cursors, ID: l.id, Fetch: func(ctx context.Context, token string) ([]*T, string, error) {
		page, err := l.page(ctx, token)
		return page.items, page.next, l.refused(token, err)
	}}
	// Before HeyGen is asked for what cannot be given. A list counts as one item
	// at least: it takes as much to write.
	err := op.gives(1)
	var c *relay.Connection[*T]
	if err == nil {
		c, err = list.Connect(ctx, args)
	}
	if err == nil {
		err = op.gives(max(len(c.Edges)-1, 0))
	}
	if err == nil {
		err = op.fills(ctx, len(c.Edges))
	}
	if err != nil {
		return nil, err
	}
	return c, nil
}

// refused sorts the error of a call: what HeyGen does not take may be the
// caller's to mend.
func (l listing[T]) refused(token string, err error) error {
	told, ok := errors.AsType[*heygen.Error](err)
	if !ok || told.Kind != heygen.ErrBadRequest && told.Kind != heygen.ErrNotFound {
		return err
	}
	if token != "" {
		return &Error{Code: errcode.CursorExpired, Message: "HeyGen no longer knows the place where this list goes on. Begin anew, without a cursor if one was given.", Upstream: told}
	}
	if argument := l.given[told.Param]; argument != "" && told.Kind == heygen.ErrBadRequest {
		return &Error{Code: errcode.BadUserInput, Message: "HeyGen does not take this for `" + argument + "`.", Upstream: told}
	}
	return err
}
