package heygen

import (
	"context"
	"iter"
)

// AvatarLook is an outfit, pose or style of a character. Its id is the avatar_id with
// which HeyGen makes a video. A nil pointer is a null or absent field, or one of an
// unexpected shape, such as a number for a string. Name, Gender, Tags and the error's
// message are without leading and trailing white space.
type AvatarLook struct {
	ID                   LookID          `json:"id"`
	Name                 string          `json:"name"`                  // empty if HeyGen sends none
	AvatarType           AvatarType      `json:"avatar_type"`           // empty if HeyGen sends none
	GroupID              *GroupID        `json:"group_id"`              // nil for an empty id, too
	Gender               *string         `json:"gender"`                // any string: female, Woman, …
	Tags                 []string        `json:"tags"`                  // never nil; without elements that are empty or no strings
	SupportedAPIEngines  []string        `json:"supported_api_engines"` // as Tags
	PreviewImageURL      *string         `json:"preview_image_url"`     // signed for photo avatars, and then valid for some days
	PreviewVideoURL      *string         `json:"preview_video_url"`
	ImageWidth           *int            `json:"image_width"`  // pixels
	ImageHeight          *int            `json:"image_height"` // pixels
	PreferredOrientation *Orientation    `json:"preferred_orientation"`
	DefaultVoiceID       *VoiceID        `json:"default_voice_id"` // the voice may no longer exist; nil for an empty id, too
	Status               *TrainingStatus `json:"status"`           // nil: unknown, as for HeyGen's presets
	Error                *TrainingError  `json:"error"`            // if Status is failed; nil for an empty error, too
}

// AspectRatio returns the width of the look's image divided by its height. It returns nil if
// either is unknown or 0, as they are before the image is there.
func (l AvatarLook) AspectRatio() *float64 {
	if l.ImageWidth == nil || l.ImageHeight == nil || *l.ImageWidth <= 0 || *l.ImageHeight <= 0 {
		return nil
	}
	return new(float64(*l.ImageWidth) / float64(*l.ImageHeight))
}

// AvatarType is how an avatar was made. HeyGen may add values, and has renamed one;
// unknown values are valid.
type AvatarType string

// The documented types.
const (
	StudioAvatar AvatarType = "studio_avatar"
	DigitalTwin  AvatarType = "digital_twin"
	PhotoAvatar  AvatarType = "photo_avatar"
)

// Orientation is the orientation of an image. HeyGen may add values; unknown values
// are valid.
type Orientation string

// The documented orientations.
const (
	Portrait  Orientation = "portrait"
	Landscape Orientation = "landscape"
	Square    Orientation = "square"
)

// AvatarLooksParams are the parameters of a page of looks.
type AvatarLooksParams struct {
	GroupID    GroupID    // empty: of all groups
	AvatarType AvatarType // empty: all
	Ownership  Ownership  // empty: both
	Limit      int        // 1 to [MaxPageSize]; 0: HeyGen's default, 20
	Token      string     // a page's NextToken, with the other parameters unchanged; empty: the first page
}

// Endpoints of looks, as in [Error] and [Call].
const (
	EndpointListAvatarLooks = "GET /v3/avatars/looks"
	EndpointGetAvatarLook   = "GET /v3/avatars/looks/{look_id}"
)

// ListAvatarLooks returns one page. It returns [ErrPageTokenRejected] if HeyGen no
// longer accepts the Token. HeyGen does not document whether an unknown group has an
// empty list or is [ErrNotFound].
func (c *Client) ListAvatarLooks(ctx context.Context, p AvatarLooksParams) (Page[AvatarLook], error) {
	query := newListParameters(p.Limit, MaxPageSize, p.Token)
	query.setString("group_id", string(p.GroupID))
	query.setEnum("avatar_type", string(p.AvatarType), string(StudioAvatar), string(DigitalTwin), string(PhotoAvatar))
	query.setEnum("ownership", string(p.Ownership), string(Public), string(Private))
	return getPage[AvatarLook, avatarLookWire](ctx, c, EndpointListAvatarLooks, query)
}

// AllAvatarLooks yields every look from p.Token on, page by page. It stops after the
// first error, which it yields with a zero look.
func (c *Client) AllAvatarLooks(ctx context.Context, p AvatarLooksParams) iter.Seq2[AvatarLook, error] {
	return iterate(ctx, EndpointListAvatarLooks, p.Token, func(ctx context.Context, token string) (Page[AvatarLook], error) {
		p := p // several goroutines may range over the sequence
		p.Token = token
		return c.ListAvatarLooks(ctx, p)
	})
}

// AvatarLook returns one look. It returns [ErrNotFound] if the look does not exist, or
// not for this key, and [ErrInvalidArgument] if the id is not [LookID.Valid].
func (c *Client) AvatarLook(ctx context.Context, id LookID) (AvatarLook, error) {
	return getOne[LookID, AvatarLook, avatarLookWire](ctx, c, EndpointGetAvatarLook, id, func(l AvatarLook) LookID { return l.ID })
}

type avatarLookWire struct{}

func (avatarLookWire) decode(d *itemDecoder) (l AvatarLook, ok bool) {
	d.fields(&l)
	l.normalize()
	return l, l.ID != ""
}

// normalize does what both decoders do to the fields. It reports whether the strings
// still have their memory.
func (l *AvatarLook) normalize() bool {
	var t textTrimmer
	t.trim(&l.Name)
	t.trim(l.Gender)
	l.Tags, l.SupportedAPIEngines = t.trimAll(l.Tags), withoutEmpty(l.SupportedAPIEngines)
	l.GroupID, l.DefaultVoiceID, l.Error = nonEmpty(l.GroupID), nonEmpty(l.DefaultVoiceID), l.Error.normalize(&t)
	return !t.copied
}
