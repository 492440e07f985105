package graph

import (
	"context"
	"errors"
	"net/url"
	"strconv"

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

// listPage is a page as package relay walks over it.
type listPage[T any] struct {
	items []*T
	next  string
}

// page gives one of HeyGen's pages. ctx tells where in the answer it will stand.
func (l *lists[P, T]) page(ctx context.Context, op *operation, params P) (listPage[T], error) {
	return l.pages.get(ctx, params, func() (page listPage[T], err error) {
		turn := op.turns.queue(placeOf(ctx), true, nil)
		got, err := ask(op, turn, l.endpoint, func(ctx context.Context) (heygen.Page[T], error) {
			got, err := l.call(ctx, params)
			// Still in its turn: what it brings spares the calls that wait for theirs.
			page = l.read(params, got)
			return got, err
		})
		if err == nil && got.HasMore && got.NextToken == "" {
			op.log.Warn("HeyGen says that a list goes on, but not where: it ends here for callers", "endpoint", l.endpoint)
		}
		return page, err
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
	list := &relay.List[*T]{Scope: l.scope, Codec: r.Cursors, ID: l.id, Fetch: func(ctx context.Context, token string) ([]*T, string, error) {
		page, err := l.page(ctx, token)
		return page.items, page.next, l.refused(token, err)
	}}
	c, err := list.Connect(ctx, args)
	if err == nil {
		err = operationOf(ctx).gives(len(c.Edges))
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
		return &Error{Code: CursorExpired, Message: "HeyGen no longer knows the place where this list goes on. Begin anew, without a cursor.", Upstream: told}
	}
	if argument := l.given[told.Param]; argument != "" && told.Kind == heygen.ErrBadRequest {
		return &Error{Code: BadUserInput, Message: "HeyGen does not take this for `" + argument + "`.", Upstream: told}
	}
	return err
}
