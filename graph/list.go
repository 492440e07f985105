package graph

import (
	"context"
	"errors"
	"net/url"
	"strconv"

	"heygen-graphql/graph/relay"
	"heygen-graphql/heygen"
)

// listing is one of HeyGen's lists, with its filters, as an operation reads it.
type listing[T any] struct {
	endpoint string
	scope    string // names the list and its filters: cursors of others are refused
	pages    *pages[T]
	id       func(*T) string
	page     func(ctx context.Context, token string) (heygen.Page[T], error)
	seen     func(*T) // is told every item; may be nil

	// given are the arguments by which callers filter in words of their own, by
	// the names that HeyGen has for them.
	given map[string]string
}

// scopeOf names a list. Its filters stand in it as they are sent, so that two
// lists share a scope only if HeyGen is asked the same.
func scopeOf(field string, limit int, filters url.Values) string {
	return field + " limit=" + strconv.Itoa(limit) + " " + filters.Encode()
}

// pageOf names a page within an operation.
type pageOf struct{ scope, token string }

// pages are the pages of one resource that an operation has read. Connections
// over the same list share them.
type pages[T any] = memo[pageOf, listPage[T]]

// listPage is a page as package relay walks over it.
type listPage[T any] struct {
	items []*T
	next  string
}

// connect gives the page of a connection that the arguments ask for.
func connect[T any](ctx context.Context, r *Resolver, l listing[T], args relay.Args) (*relay.Connection[*T], error) {
	op := operationOf(ctx)
	list := &relay.List[*T]{Scope: l.scope, Codec: r.Cursors, ID: l.id, Fetch: func(ctx context.Context, token string) ([]*T, string, error) {
		page, err := l.pages.get(ctx, pageOf{l.scope, token}, func() (listPage[T], error) { return l.fetch(ctx, op, token) })
		return page.items, page.next, err
	}}
	return list.Connect(ctx, args)
}

// fetch gets one of HeyGen's pages.
func (l listing[T]) fetch(ctx context.Context, op *operation, token string) (page listPage[T], err error) {
	turn := op.turns.queue(placeOf(ctx), true, nil)
	got, err := ask(op, turn, l.endpoint, func(ctx context.Context) (heygen.Page[T], error) {
		got, err := l.page(ctx, token)
		// Still in its turn: what it brings spares the calls that wait for theirs.
		page = l.read(got)
		return got, err
	})
	if err != nil {
		return listPage[T]{}, l.refused(token, err)
	}
	if got.HasMore && got.NextToken == "" {
		op.log.Warn("HeyGen says that a list goes on, but not where: it ends here for callers", "endpoint", l.endpoint)
	}
	return page, nil
}

func (l listing[T]) read(p heygen.Page[T]) listPage[T] {
	items := make([]*T, len(p.Data))
	for i := range p.Data {
		items[i] = &p.Data[i]
		if l.seen != nil {
			l.seen(items[i])
		}
	}
	return listPage[T]{items, p.NextToken}
}

// refused sorts the error of a call: what HeyGen does not take may be the
// caller's to mend.
func (l listing[T]) refused(token string, err error) error {
	told, ok := errors.AsType[*heygen.Error](err)
	if !ok || told.Kind != heygen.ErrBadRequest {
		return err
	}
	if token != "" {
		return &Error{Code: CursorExpired, Message: "HeyGen no longer knows the place where this list goes on. Begin anew, without a cursor.", Upstream: told}
	}
	if argument := l.given[told.Param]; argument != "" {
		return &Error{Code: BadUserInput, Message: "HeyGen does not take this for `" + argument + "`.", Upstream: told}
	}
	return err
}
