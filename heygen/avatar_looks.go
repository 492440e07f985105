package heygen

import (
	"context"
	"iter"
	"slices"
)

// AvatarLook is an outfit, pose or style of a character. Its id is what a video
// is made with: HeyGen's avatar_id. A nil pointer is HeyGen's null or absent field.
type AvatarLook struct {
	ID                   LookID          `json:"id"`
	Name                 string          `json:"name"`
	AvatarType           AvatarType      `json:"avatar_type"`
	GroupID              *GroupID        `json:"group_id"` // nil for an empty one, too
	Gender               *string         `json:"gender"`   // free text: female, Woman, …
	Tags                 []string        `json:"tags"`     // never nil
	SupportedAPIEngines  []string        `json:"supported_api_engines"`
	PreviewImageURL      *string         `json:"preview_image_url"` // signed for photo avatars, and then good for some days
	PreviewVideoURL      *string         `json:"preview_video_url"`
	ImageWidth           *int            `json:"image_width"`  // pixels
	ImageHeight          *int            `json:"image_height"` // pixels
	PreferredOrientation *Orientation    `json:"preferred_orientation"`
	DefaultVoiceID       *VoiceID        `json:"default_voice_id"` // the voice may be gone; nil for an empty one, too
	Status               *TrainingStatus `json:"status"`           // nil: HeyGen does not say, as for its presets
	Error                *TrainingError  `json:"error"`            // when Status is failed; nil for one that says nothing, too
}

// AvatarType is how an avatar was made. HeyGen may add values, and has renamed
// one; they are carried as they come.
type AvatarType string

// The documented types.
const (
	StudioAvatar AvatarType = "studio_avatar"
	DigitalTwin  AvatarType = "digital_twin"
	PhotoAvatar  AvatarType = "photo_avatar"
)

// Orientation is the shape of a picture. HeyGen may add values; they are
// carried as they come.
type Orientation string

// The documented orientations.
const (
	Portrait  Orientation = "portrait"
	Landscape Orientation = "landscape"
	Square    Orientation = "square"
)

// AvatarLooksParams choose a page of looks.
type AvatarLooksParams struct {
	GroupID    GroupID    // empty: of all groups
	AvatarType AvatarType // empty: all
	Ownership  Ownership  // empty: both
	Limit      int        // 1 to [MaxPageSize]; 0: HeyGen's default, 20
	Token      string     // a page's NextToken, with all else the same; empty: the first page
}

const (
	EndpointListAvatarLooks = "GET /v3/avatars/looks"
	EndpointGetAvatarLook   = "GET /v3/avatars/looks/{look_id}"
)

// ListAvatarLooks gives one page. With a Token that HeyGen no longer takes the
// error is [ErrBadRequest]. Whether an unknown group has an empty list or is
// [ErrNotFound] HeyGen does not say.
func (c *Client) ListAvatarLooks(ctx context.Context, p AvatarLooksParams) (Page[AvatarLook], error) {
	query := newListParameters(p.Limit, MaxPageSize, p.Token)
	query.setString("group_id", string(p.GroupID))
	query.setEnum("avatar_type", string(p.AvatarType), string(StudioAvatar), string(DigitalTwin), string(PhotoAvatar))
	query.setEnum("ownership", string(p.Ownership), string(Public), string(Private))
	return getPage[AvatarLook, avatarLookWire](ctx, c, EndpointListAvatarLooks, query)
}

// AllAvatarLooks walks the whole list from p.Token on, page after page. It
// stops at the first error, which comes with a zero look.
func (c *Client) AllAvatarLooks(ctx context.Context, p AvatarLooksParams) iter.Seq2[AvatarLook, error] {
	return iterate(ctx, EndpointListAvatarLooks, p.Token, func(ctx context.Context, token string) (Page[AvatarLook], error) {
		p := p // the sequence may be walked by several at once
		p.Token = token
		return c.ListAvatarLooks(ctx, p)
	})
}

// AvatarLook gives one look. One that does not exist, or not for this key, is
// [ErrNotFound]; an id that is not [LookID.Valid] is [ErrInvalidArgument].
func (c *Client) AvatarLook(ctx context.Context, id LookID) (AvatarLook, error) {
	return getOne[LookID, AvatarLook, avatarLookWire](ctx, c, EndpointGetAvatarLook, id, func(l AvatarLook) LookID { return l.ID })
}

// avatarLookWire shadows what HeyGen marks as required, and whole numbers.
type avatarLookWire struct {
	AvatarLook
	ID          *LookID     `json:"id"`
	Name        *string     `json:"name"`
	AvatarType  *AvatarType `json:"avatar_type"`
	ImageWidth  *count      `json:"image_width"`
	ImageHeight *count      `json:"image_height"`
}

func (w avatarLookWire) value() (AvatarLook, error) {
	if w.ID == nil || *w.ID == "" || w.Name == nil || w.AvatarType == nil {
		return AvatarLook{}, errShape
	}
	l := w.AvatarLook
	l.ID, l.Name, l.AvatarType = *w.ID, *w.Name, *w.AvatarType
	l.ImageWidth, l.ImageHeight = (*int)(w.ImageWidth), (*int)(w.ImageHeight)
	l.Tags, l.SupportedAPIEngines = withoutEmpty(l.Tags), withoutEmpty(l.SupportedAPIEngines)
	l.GroupID, l.DefaultVoiceID, l.Error = nonEmpty(l.GroupID), nonEmpty(l.DefaultVoiceID), l.Error.orNil()
	return l, nil
}

// words is a list of texts without those that are empty or null; never nil.
func withoutEmpty(values []string) []string {
	if values == nil {
		return []string{}
	}
	return slices.DeleteFunc(values, func(value string) bool { return value == "" })
}
