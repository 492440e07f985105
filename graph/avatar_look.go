package graph

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"unicode/utf8"

	"heygen-graphql/graph/errcode"
	"heygen-graphql/graph/loader"
	"heygen-graphql/graph/model"
	"heygen-graphql/graph/relay"
	"heygen-graphql/heygen"
	"heygen-graphql/heygen/catalogue"
)

var avatarLookNode = newNodeType(model.TypeAvatarLook, "avatarLook",
	func(s *operationScope) *loader.Loader[heygen.LookID, *heygen.AvatarLook] { return s.looks })

// listAvatarLooks resolves Query.avatarLooks.
func (r *Resolver) listAvatarLooks(ctx context.Context, args relay.Args, groupID *string, avatarType *heygen.AvatarType, ownership *heygen.Ownership) (*relay.Connection[*heygen.AvatarLook], error) {
	params := heygen.AvatarLooksParams{Limit: heygen.MaxPageSize, AvatarType: deref(avatarType), Ownership: deref(ownership)}
	if groupID != nil {
		id, err := parseID[heygen.GroupID](model.TypeAvatarGroup, "groupId", *groupID)
		if err != nil {
			return nil, err
		}
		params.GroupID = id
	}
	s := operationScopeFrom(ctx)
	source := lookSource("avatarLooks", params)
	source.page = func(ctx context.Context, token string) (relay.UpstreamPage[*heygen.AvatarLook], error) {
		params := params
		params.Token = token
		return s.lookPages.load(ctx, s, params)
	}
	c, err := resolveConnection(ctx, r, source, args)
	switch {
	case groupID != nil && errors.Is(err, heygen.ErrNotFound):
		return nil, nil // the group does not exist
	case err != nil:
		return nil, err
	}
	setCounts(c, args, lookCounts{count: countItems(func(ctx context.Context) (*catalogue.Looks, error) {
		return s.lookCatalogues.load(ctx, s, params)
	})})
	return c, nil
}

// lookCounts are the counts of a list of looks, which has no facets.
type lookCounts = listCounts[struct{}]

// listLooksOfGroup resolves AvatarGroup.looks.
func (r *Resolver) listLooksOfGroup(ctx context.Context, args relay.Args, group *heygen.AvatarGroup, avatarType *heygen.AvatarType, search *string, filter *catalogue.LookFilter) (*relay.Connection[*heygen.AvatarLook], error) {
	params := heygen.AvatarLooksParams{Limit: heygen.MaxPageSize, GroupID: group.ID, AvatarType: deref(avatarType)}
	query, err := parseLookQuery(search, filter)
	if err != nil {
		return nil, err
	}
	var c *relay.Connection[*heygen.AvatarLook]
	if query.IsZero() {
		c, err = r.listPlainLooksOfGroup(ctx, args, group, params)
	} else {
		c, err = r.selectLooksOfGroup(ctx, args, group, params, query)
	}
	switch {
	case errors.Is(err, heygen.ErrNotFound):
		return nil, nil // the group has been deleted since
	case err != nil:
		return nil, err
	}
	return c, nil
}

// listPlainLooksOfGroup resolves AvatarGroup.looks in HeyGen's order, page by page.
func (r *Resolver) listPlainLooksOfGroup(ctx context.Context, args relay.Args, group *heygen.AvatarGroup, params heygen.AvatarLooksParams) (*relay.Connection[*heygen.AvatarLook], error) {
	s := operationScopeFrom(ctx)
	source := lookSource("AvatarGroup.looks", params)
	source.page = looksWithOwnershipFallback(s, group, params)
	c, err := resolveConnection(ctx, r, source, args)
	if err != nil {
		return nil, err
	}
	counts := lookCounts{count: countItems(func(ctx context.Context) (*catalogue.Looks, error) { return s.looksOfGroup(ctx, group, params) })}
	// HeyGen's looks_count can be older than the page, and 0 if HeyGen did not send it.
	if n := group.LooksCount; params.AvatarType == "" && n > 0 && n >= minLength(c) {
		counts.total = &n
	}
	setCounts(c, args, counts)
	return c, nil
}

// minLength returns the minimum length of the list that a page is from.
func minLength[T any](c *relay.Connection[T]) int {
	n := len(c.Edges)
	for _, more := range []bool{c.PageInfo.HasPreviousPage, c.PageInfo.HasNextPage} {
		if more {
			n++
		}
	}
	return n
}

// selectLooksOfGroup resolves AvatarGroup.looks with a search or a filter.
func (r *Resolver) selectLooksOfGroup(ctx context.Context, args relay.Args, group *heygen.AvatarGroup, params heygen.AvatarLooksParams, query catalogue.LookQuery) (*relay.Connection[*heygen.AvatarLook], error) {
	scope := cursorScope("AvatarGroup.looks", params.Limit, url.Values{
		"group_id": {string(params.GroupID)}, "avatar_type": {string(params.AvatarType)}, "search": {query.Search.String()}, "filter": {query.Filter.String()},
	})
	c, total, err := resolveSelection(ctx, r, scope, args, func() (*catalogue.Selection[heygen.AvatarLook], error) {
		looks, err := operationScopeFrom(ctx).looksOfGroup(ctx, group, params)
		if err != nil {
			return nil, err
		}
		return looks.Select(query), nil
	})
	if err != nil {
		return nil, err
	}
	c.Counts = &lookCounts{total: &total}
	return c, nil
}

// maxTags and maxTagLength bound the tags of a filter.
const maxTags, maxTagLength = 100, 100

func parseLookQuery(search *string, filter *catalogue.LookFilter) (query catalogue.LookQuery, err error) {
	if query.Search, err = parseSearch(search); err != nil || filter == nil {
		return query, err
	}
	query.Filter = *filter
	if len(filter.Tags) > maxTags || slices.ContainsFunc(filter.Tags, func(tag string) bool { return utf8.RuneCountInString(tag) > maxTagLength }) {
		return query, &Error{Code: errcode.BadUserInput, Message: fmt.Sprintf("`filter.tags` must have at most %d tags of at most %d characters.", maxTags, maxTagLength)}
	}
	return query, nil
}

// lookSource returns what all lists of looks share.
func lookSource(field string, p heygen.AvatarLooksParams) listSource[heygen.AvatarLook] {
	return listSource[heygen.AvatarLook]{
		endpoint: heygen.EndpointListAvatarLooks,
		scope: cursorScope(field, p.Limit, url.Values{
			"group_id": {string(p.GroupID)}, "avatar_type": {string(p.AvatarType)}, "ownership": {string(p.Ownership)},
		}),
		id: func(l *heygen.AvatarLook) string { return string(l.ID) },
	}
}

// isOfGroup reports whether a list is that of one group, which HeyGen may not have.
func isOfGroup(p heygen.AvatarLooksParams) bool { return p.GroupID != "" }
