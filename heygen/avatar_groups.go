package heygen

import (
	"context"
	"iter"
)

// AvatarGroup is a character, such as "Monica". Its looks (outfits, poses) are
// what videos are made with. A nil pointer is HeyGen's null or absent field.
type AvatarGroup struct {
	ID              GroupID         `json:"id"`
	Name            string          `json:"name"`
	Gender          *string         `json:"gender"` // free text: female, Woman, …
	PreviewImageURL *string         `json:"preview_image_url"`
	PreviewVideoURL *string         `json:"preview_video_url"`
	LooksCount      int             `json:"looks_count"`
	DefaultVoiceID  *VoiceID        `json:"default_voice_id"` // the voice may be gone; nil for an empty one, too
	ConsentStatus   *string         `json:"consent_status"`   // no documented values; nil: consent is not required
	Status          *TrainingStatus `json:"status"`           // documented for private groups
	Error           *TrainingError  `json:"error"`            // when Status is failed; nil for one that says nothing, too
	CreatedAt       UnixTime        `json:"created_at"`
}

// AvatarGroupsParams choose a page of avatar groups.
type AvatarGroupsParams struct {
	Ownership Ownership // empty: both
	Limit     int       // 1 to [MaxPageSize]; 0: HeyGen's default, 20
	Token     string    // a page's NextToken, with the same Ownership and Limit; empty: the first page
}

const (
	EndpointListAvatarGroups = "GET /v3/avatars"
	EndpointGetAvatarGroup   = "GET /v3/avatars/{group_id}"
)

// ListAvatarGroups gives one page. With a Token that HeyGen no longer takes
// the error is [ErrBadRequest].
func (c *Client) ListAvatarGroups(ctx context.Context, p AvatarGroupsParams) (Page[AvatarGroup], error) {
	query := newListParameters(p.Limit, MaxPageSize, p.Token)
	query.setEnum("ownership", string(p.Ownership), string(Public), string(Private))
	return getPage[AvatarGroup, avatarGroupWire](ctx, c, EndpointListAvatarGroups, query)
}

// AllAvatarGroups walks the whole list from p.Token on, page after page. It
// stops at the first error, which comes with a zero group.
func (c *Client) AllAvatarGroups(ctx context.Context, p AvatarGroupsParams) iter.Seq2[AvatarGroup, error] {
	return iterate(ctx, EndpointListAvatarGroups, p.Token, func(ctx context.Context, token string) (Page[AvatarGroup], error) {
		p := p // the sequence may be walked by several at once
		p.Token = token
		return c.ListAvatarGroups(ctx, p)
	})
}

// AvatarGroup gives one group. A group that does not exist, or not for this
// key, is [ErrNotFound]; an id that is not [GroupID.Valid] is
// [ErrInvalidArgument].
func (c *Client) AvatarGroup(ctx context.Context, id GroupID) (AvatarGroup, error) {
	return getOne[GroupID, AvatarGroup, avatarGroupWire](ctx, c, EndpointGetAvatarGroup, id, func(g AvatarGroup) GroupID { return g.ID })
}

// avatarGroupWire shadows what HeyGen marks as required.
type avatarGroupWire struct {
	AvatarGroup
	ID         *GroupID  `json:"id"`
	Name       *string   `json:"name"`
	LooksCount *count    `json:"looks_count"`
	CreatedAt  *UnixTime `json:"created_at"`
}

func (w avatarGroupWire) value() (AvatarGroup, error) {
	if w.ID == nil || *w.ID == "" || w.Name == nil || w.LooksCount == nil || w.CreatedAt == nil {
		return AvatarGroup{}, errShape
	}
	g := w.AvatarGroup
	g.ID, g.Name, g.LooksCount, g.CreatedAt = *w.ID, *w.Name, int(*w.LooksCount), *w.CreatedAt
	g.DefaultVoiceID, g.Error = nonEmpty(g.DefaultVoiceID), g.Error.orNil()
	return g, nil
}
