package heygen

import (
	"context"
	"iter"
)

// AvatarGroup is a character, such as "Monica". Videos are made with its looks
// (outfits, poses). A nil pointer is a null or absent field, or one of an unexpected
// shape, such as a number for a string. Name, Gender and the error's message are without
// leading and trailing white space.
type AvatarGroup struct {
	ID              GroupID         `json:"id"`
	Name            string          `json:"name"`   // empty if HeyGen sends none
	Gender          *string         `json:"gender"` // any string: female, Woman, …
	PreviewImageURL *string         `json:"preview_image_url"`
	PreviewVideoURL *string         `json:"preview_video_url"`
	LooksCount      int             `json:"looks_count"`      // 0 if HeyGen sends none, or no integer from 0 to 2^31-1
	DefaultVoiceID  *VoiceID        `json:"default_voice_id"` // the voice may no longer exist; nil for an empty id, too
	ConsentStatus   *string         `json:"consent_status"`   // no documented values; nil: consent is not required
	Status          *TrainingStatus `json:"status"`           // documented for private groups
	Error           *TrainingError  `json:"error"`            // if Status is failed; nil for an empty error, too
	CreatedAt       UnixTime        `json:"created_at"`       // zero if HeyGen sends none, or no time
}

// AvatarGroupsParams are the parameters of a page of avatar groups.
type AvatarGroupsParams struct {
	Ownership Ownership // empty: both
	Limit     int       // 1 to [MaxPageSize]; 0: HeyGen's default, 20
	Token     string    // a page's NextToken, with the same Ownership and Limit; empty: the first page
}

// Endpoints of avatar groups, as in [Error] and [Call].
const (
	EndpointListAvatarGroups = "GET /v3/avatars"
	EndpointGetAvatarGroup   = "GET /v3/avatars/{group_id}"
)

// ListAvatarGroups returns one page. It returns [ErrPageTokenRejected] if HeyGen no
// longer accepts the Token.
func (c *Client) ListAvatarGroups(ctx context.Context, p AvatarGroupsParams) (Page[AvatarGroup], error) {
	query := newListParameters(p.Limit, MaxPageSize, p.Token)
	query.setEnum("ownership", string(p.Ownership), string(Public), string(Private))
	return getPage[AvatarGroup, avatarGroupWire](ctx, c, EndpointListAvatarGroups, query)
}

// AllAvatarGroups yields every group from p.Token on, page by page. It stops after the
// first error, which it yields with a zero group.
func (c *Client) AllAvatarGroups(ctx context.Context, p AvatarGroupsParams) iter.Seq2[AvatarGroup, error] {
	return iterate(ctx, EndpointListAvatarGroups, p.Token, func(ctx context.Context, token string) (Page[AvatarGroup], error) {
		p := p // several goroutines may range over the sequence
		p.Token = token
		return c.ListAvatarGroups(ctx, p)
	})
}

// AvatarGroup returns one group. It returns [ErrNotFound] if the group does not exist,
// or not for this key, and [ErrInvalidArgument] if the id is not [GroupID.Valid].
func (c *Client) AvatarGroup(ctx context.Context, id GroupID) (AvatarGroup, error) {
	return getOne[GroupID, AvatarGroup, avatarGroupWire](ctx, c, EndpointGetAvatarGroup, id, func(g AvatarGroup) GroupID { return g.ID })
}

type avatarGroupWire struct{}

func (avatarGroupWire) decode(d *itemDecoder) (g AvatarGroup, ok bool) {
	d.fields(&g)
	g.normalize()
	return g, g.ID != ""
}

// normalize does what both decoders do to the fields. It reports whether the strings
// still have their memory.
func (g *AvatarGroup) normalize() bool {
	var t textTrimmer
	t.trim(&g.Name)
	t.trim(g.Gender)
	g.DefaultVoiceID, g.Error = nonEmpty(g.DefaultVoiceID), g.Error.normalize(&t)
	return !t.copied
}
