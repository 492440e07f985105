package cached

import (
	"context"

	"heygen-graphql/heygen"
)

var groupResource = resource[heygen.GroupID, heygen.AvatarGroup, heygen.AvatarGroupsParams]{
	listEndpoint: heygen.EndpointListAvatarGroups, itemEndpoint: heygen.EndpointGetAvatarGroup,
	fetchPage: (*heygen.Client).ListAvatarGroups, fetchItem: (*heygen.Client).AvatarGroup,
	listItemsComplete: true,
	pageToken:         func(p heygen.AvatarGroupsParams) string { return p.Token },
	publicList:        func(p heygen.AvatarGroupsParams) bool { return p.Ownership == heygen.Public },
	onPage:            storeOwnership,
	records:           func(s *shared) *records[heygen.AvatarGroup] { return &s.groupRecords },
	id:                func(g *heygen.AvatarGroup) heygen.GroupID { return g.ID },
	inProgress:        func(g *heygen.AvatarGroup) bool { return inTraining(g.Status) },
	previewURLs:       func(g *heygen.AvatarGroup) []**string { return []**string{&g.PreviewImageURL, &g.PreviewVideoURL} },
}

// ListAvatarGroups returns one page.
func (c *Client) ListAvatarGroups(ctx context.Context, p heygen.AvatarGroupsParams) (heygen.Page[heygen.AvatarGroup], error) {
	return groupResource.page(ctx, c, p)
}

// AvatarGroup returns one group.
func (c *Client) AvatarGroup(ctx context.Context, id heygen.GroupID) (heygen.AvatarGroup, error) {
	return groupResource.item(ctx, c, id)
}

var lookResource = resource[heygen.LookID, heygen.AvatarLook, heygen.AvatarLooksParams]{
	listEndpoint: heygen.EndpointListAvatarLooks, itemEndpoint: heygen.EndpointGetAvatarLook,
	fetchPage: (*heygen.Client).ListAvatarLooks, fetchItem: (*heygen.Client).AvatarLook,
	listItemsComplete: true,
	records:           func(s *shared) *records[heygen.AvatarLook] { return &s.lookRecords },
	pageToken:         func(p heygen.AvatarLooksParams) string { return p.Token },
	publicList:        func(p heygen.AvatarLooksParams) bool { return p.Ownership == heygen.Public },
	id:                func(l *heygen.AvatarLook) heygen.LookID { return l.ID },
	inProgress:        func(l *heygen.AvatarLook) bool { return inTraining(l.Status) },
	previewURLs:       func(l *heygen.AvatarLook) []**string { return []**string{&l.PreviewImageURL, &l.PreviewVideoURL} },
}

// ListAvatarLooks returns one page.
func (c *Client) ListAvatarLooks(ctx context.Context, p heygen.AvatarLooksParams) (heygen.Page[heygen.AvatarLook], error) {
	return lookResource.page(ctx, c, p)
}

// AvatarLook returns one look.
func (c *Client) AvatarLook(ctx context.Context, id heygen.LookID) (heygen.AvatarLook, error) {
	return lookResource.item(ctx, c, id)
}

// inTraining depends on the status alone: a preview URL that is missing may be
// missing for good.
func inTraining(status *heygen.TrainingStatus) bool {
	return status != nil && (*status == heygen.Processing || *status == heygen.PendingConsent)
}
