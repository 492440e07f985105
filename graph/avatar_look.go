package graph

import (
	"context"
	"errors"
	"net/url"

	"heygen-graphql/graph/loader"
	"heygen-graphql/graph/model"
	"heygen-graphql/graph/relay"
	"heygen-graphql/heygen"
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
	if groupID != nil && errors.Is(err, heygen.ErrNotFound) {
		return nil, nil // the group does not exist
	}
	return c, err
}

// listLooksOfGroup resolves AvatarGroup.looks.
func (r *Resolver) listLooksOfGroup(ctx context.Context, args relay.Args, group *heygen.AvatarGroup, avatarType *heygen.AvatarType) (*relay.Connection[*heygen.AvatarLook], error) {
	params := heygen.AvatarLooksParams{Limit: heygen.MaxPageSize, GroupID: group.ID, AvatarType: deref(avatarType)}
	source := lookSource("AvatarGroup.looks", params)
	source.page = looksWithOwnershipFallback(operationScopeFrom(ctx), group, params)
	c, err := resolveConnection(ctx, r, source, args)
	if errors.Is(err, heygen.ErrNotFound) {
		return nil, nil // the group has been deleted since
	}
	return c, err
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
