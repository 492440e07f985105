package graph

import (
	"context"
	"errors"
	"net/url"

	"heygen-graphql/graph/model"
	"heygen-graphql/graph/relay"
	"heygen-graphql/heygen"
)

var avatarLookNode = newNodeType(model.TypeAvatarLook, "avatarLook",
	func(op *operation) *loader[heygen.LookID, *heygen.AvatarLook] { return op.looks })

// avatarLooks is the list behind the field of this name.
func (r *Resolver) avatarLooks(ctx context.Context, args relay.Args, groupID *string, avatarType *heygen.AvatarType, ownership *heygen.Ownership) (*relay.Connection[*heygen.AvatarLook], error) {
	params := heygen.AvatarLooksParams{Limit: heygen.MaxPageSize, AvatarType: orNone(avatarType), Ownership: orNone(ownership)}
	if groupID != nil {
		id, err := ownID[heygen.GroupID](model.TypeAvatarGroup, "groupId", *groupID)
		if err != nil {
			return nil, err
		}
		params.GroupID = id
	}
	op := operationOf(ctx)
	list := looks("avatarLooks", params)
	list.given = map[string]string{"group_id": "groupId"}
	list.page = func(ctx context.Context, token string) (listPage[heygen.AvatarLook], error) {
		params := params
		params.Token = token
		return op.lookLists.page(ctx, op, params)
	}
	c, err := connect(ctx, r, list, args)
	if groupID != nil && errors.Is(err, heygen.ErrNotFound) {
		return nil, nil // there is no such group
	}
	return c, err
}

// looksOfGroup is the list behind AvatarGroup.looks.
func (r *Resolver) looksOfGroup(ctx context.Context, args relay.Args, group *heygen.AvatarGroup, avatarType *heygen.AvatarType) (*relay.Connection[*heygen.AvatarLook], error) {
	params := heygen.AvatarLooksParams{Limit: heygen.MaxPageSize, GroupID: group.ID, AvatarType: orNone(avatarType)}
	list := looks("AvatarGroup.looks", params)
	list.page = looksOfOwnership(operationOf(ctx), group, params)
	c, err := connect(ctx, r, list, args)
	if errors.Is(err, heygen.ErrNotFound) {
		return nil, nil // the group has gone since
	}
	return c, err
}

// looks is what all lists of looks have in common.
func looks(field string, p heygen.AvatarLooksParams) listing[heygen.AvatarLook] {
	return listing[heygen.AvatarLook]{
		scope: scopeOf(field, p.Limit, url.Values{
			"group_id": {string(p.GroupID)}, "avatar_type": {string(p.AvatarType)}, "ownership": {string(p.Ownership)},
		}),
		id: func(l *heygen.AvatarLook) string { return string(l.ID) },
	}
}
