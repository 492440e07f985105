package cached

import (
	"context"

	"heygen-graphql/heygen"
)

var groups = resource[heygen.GroupID, heygen.AvatarGroup]{
	list: heygen.EndpointListAvatarGroups, one: heygen.EndpointGetAvatarGroup, alike: true,
	id:       func(g *heygen.AvatarGroup) heygen.GroupID { return g.ID },
	training: func(g *heygen.AvatarGroup) bool { return inTraining(g.Status) },
	urls:     func(g *heygen.AvatarGroup) []*string { return []*string{g.PreviewImageURL, g.PreviewVideoURL} },
}

// ListAvatarGroups gives one page.
func (c *Client) ListAvatarGroups(ctx context.Context, p heygen.AvatarGroupsParams) (heygen.Page[heygen.AvatarGroup], error) {
	return page(ctx, c, groups, p, p.Token, p.Ownership == heygen.Public, c.heygen.ListAvatarGroups)
}

// AvatarGroup gives one group.
func (c *Client) AvatarGroup(ctx context.Context, id heygen.GroupID) (heygen.AvatarGroup, error) {
	return one(ctx, c, groups, id, c.heygen.AvatarGroup)
}

var looks = resource[heygen.LookID, heygen.AvatarLook]{
	list: heygen.EndpointListAvatarLooks, one: heygen.EndpointGetAvatarLook, alike: true,
	id:       func(l *heygen.AvatarLook) heygen.LookID { return l.ID },
	training: func(l *heygen.AvatarLook) bool { return inTraining(l.Status) },
	urls:     func(l *heygen.AvatarLook) []*string { return []*string{l.PreviewImageURL, l.PreviewVideoURL} },
}

// ListAvatarLooks gives one page.
func (c *Client) ListAvatarLooks(ctx context.Context, p heygen.AvatarLooksParams) (heygen.Page[heygen.AvatarLook], error) {
	return page(ctx, c, looks, p, p.Token, p.Ownership == heygen.Public, c.heygen.ListAvatarLooks)
}

// AvatarLook gives one look.
func (c *Client) AvatarLook(ctx context.Context, id heygen.LookID) (heygen.AvatarLook, error) {
	return one(ctx, c, looks, id, c.heygen.AvatarLook)
}

// inTraining goes by the status alone. A preview that is missing may be missing
// for good.
func inTraining(status *heygen.TrainingStatus) bool {
	return status != nil && (*status == heygen.Processing || *status == heygen.PendingConsent)
}
