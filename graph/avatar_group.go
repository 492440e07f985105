package graph

import (
	"context"
	"errors"
	"strconv"

	"heygen-graphql/graph/model"
	"heygen-graphql/graph/relay"
	"heygen-graphql/heygen"
)

// groupID reads the id of a group in either form.
func groupID(argument, text string) (heygen.GroupID, error) {
	id, err := model.ParseID(model.AvatarGroupType, text)
	if err != nil {
		return "", wrongID(argument, err.Error())
	}
	return validGroupID(argument, id)
}

func validGroupID(argument, id string) (heygen.GroupID, error) {
	if key := heygen.GroupID(id); key.Valid() {
		return key, nil
	}
	return "", wrongID(argument, "no id of HeyGen's looks like this")
}

func wrongID(argument, reason string) error {
	return &Error{Code: BadUserInput, Message: "`" + argument + "` cannot be used: " + reason + "."}
}

// fetchGroup asks for one group. One that does not exist is nil, and no error.
func (op *operation) fetchGroup(upstream Upstream) func(context.Context, heygen.GroupID) (*heygen.AvatarGroup, error) {
	return func(_ context.Context, id heygen.GroupID) (*heygen.AvatarGroup, error) {
		group, err := ask(op, "GET /v3/avatars/{group_id}", func(ctx context.Context) (heygen.AvatarGroup, error) {
			return upstream.AvatarGroup(ctx, id)
		})
		switch {
		case errors.Is(err, heygen.ErrNotFound):
			return nil, nil
		case errors.Is(err, heygen.ErrBadRequest): // it says something about the id, the only thing sent
			return nil, idRefused(err)
		case err != nil:
			return nil, err
		}
		return &group, nil
	}
}

func idRefused(err error) error {
	told, _ := errors.AsType[*heygen.Error](err)
	return &Error{Code: BadUserInput, Message: "HeyGen does not take this for an id.", Upstream: told}
}

// avatarGroups is the list that the field of this name pages through.
func (r *Resolver) avatarGroups(ctx context.Context, ownership *heygen.Ownership) *relay.List[*heygen.AvatarGroup] {
	op := operationOf(ctx)
	// The largest page for every first: places in pages, which cursors name,
	// depend on the size, and so do HeyGen's tokens for all we know.
	params := heygen.AvatarGroupsParams{Limit: heygen.MaxPageSize}
	if ownership != nil {
		params.Ownership = *ownership
	}
	scope := "avatarGroups limit=" + strconv.Itoa(params.Limit) + " ownership=" + string(params.Ownership)
	call := func(ctx context.Context, token string) (heygen.Page[heygen.AvatarGroup], error) {
		params := params
		params.Token = token
		return r.HeyGen.ListAvatarGroups(ctx, params)
	}
	return &relay.List[*heygen.AvatarGroup]{
		Scope: scope,
		Codec: r.Cursors,
		ID:    func(g *heygen.AvatarGroup) string { return string(g.ID) },
		Fetch: fetchPage(op, &op.groupPages, "GET /v3/avatars", scope, call, func(g *heygen.AvatarGroup) { op.groups.prime(g.ID, g) }),
	}
}
