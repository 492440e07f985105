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
	func(op *operationScope) *loader.Loader[heygen.LookID, *heygen.AvatarLook] { return op.looks })

// avatarLooks is the list behind the field of this name.
func (r *Resolver) avatarLooks(ctx context.Context, args relay.Args, groupID *string, avatarType *heygen.AvatarType, ownership *heygen.Ownership) (*relay.Connection[*heygen.AvatarLook], error) {
	params := heygen.AvatarLooksParams{Limit: heygen.MaxPageSize, AvatarType: deref(avatarType), Ownership: deref(ownership)}
	if groupID != nil {
		id, err := parseID[heygen.GroupID](model.TypeAvatarGroup, "groupId", *groupID)
		if err != nil {
			return nil, err
		}
		params.GroupID = id
	}
	op := operationFrom(ctx)
	list := lookList("avatarLooks", params)
	list.filterArguments = map[string]string{"group_id": "groupId"}
	list.page = func(ctx context.Context, token string) (upstreamPage[heygen.AvatarLook], error) {
		params := params
		params.Token = token
		return op.lookPages.load(ctx, op, params)
	}
	c, err := resolveConnection(ctx, r, list, args)
	if groupID != nil && errors.Is(err, heygen.ErrNotFound) {
		return nil, nil // there is no such group
	}
	return c, err
}

// looksOfGroup is the list behind AvatarGroup.looks.
func (r *Resolver) looksOfGroup(ctx context.Context, args relay.Args, group *heygen.AvatarGroup, avatarType *heygen.AvatarType) (*relay.Connection[*heygen.AvatarLook], error) {
	params := heygen.AvatarLooksParams{Limit: heygen.MaxPageSize, GroupID: group.ID, AvatarType: deref(avatarType)}
	list := lookList("AvatarGroup.looks", params)
	list.page = looksWithOwnershipFallback(operationFrom(ctx), group, params)
	c, err := resolveConnection(ctx, r, list, args)
	if errors.Is(err, heygen.ErrNotFound) {
		return nil, nil // the group has gone since
	}
	return c, err
}

// looks is what all lists of looks have in common.
func lookList(field string, p heygen.AvatarLooksParams) listSource[heygen.AvatarLook] {
	return listSource[heygen.AvatarLook]{
		scope: cursorScope(field, p.Limit, url.Values{
			"group_id": {string(p.GroupID)}, "avatar_type": {string(p.AvatarType)}, "ownership": {string(p.Ownership)},
		}),
		id: func(l *heygen.AvatarLook) string { return string(l.ID) },
	}
}
