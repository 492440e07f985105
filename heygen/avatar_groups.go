package heygen

import (
	"context"
	"iter"
	"math"
	"net/url"
	"strconv"
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
	DefaultVoiceID  *string         `json:"default_voice_id"`
	ConsentStatus   *string         `json:"consent_status"` // no documented values; nil: consent is not required
	Status          *TrainingStatus `json:"status"`         // documented for private groups
	Error           *TrainingError  `json:"error"`          // when Status is failed
	CreatedAt       UnixTime        `json:"created_at"`
}

// TrainingStatus says how far the training of an avatar is. HeyGen may add
// values; they are carried as they come.
type TrainingStatus string

// The documented training states.
const (
	Processing     TrainingStatus = "processing"
	PendingConsent TrainingStatus = "pending_consent"
	Completed      TrainingStatus = "completed"
	Failed         TrainingStatus = "failed"
)

// TrainingError says why a training failed. HeyGen documents both fields as
// present; the one that is absent all the same is empty, and an error without
// either is read as none.
type TrainingError struct {
	Code    string `json:"code"`
	Message string `json:"message"`
}

// Ownership tells HeyGen's preset avatars from the account's own.
type Ownership string

// The two kinds. The empty Ownership is documented as both.
const (
	Public  Ownership = "public"
	Private Ownership = "private"
)

// MaxPageSize is the most avatar groups that HeyGen gives in a page.
const MaxPageSize = 50

// AvatarGroupsParams choose a page of avatar groups.
type AvatarGroupsParams struct {
	Ownership Ownership // empty: both
	Limit     int       // 1 to [MaxPageSize]; 0: HeyGen's default, 20
	Token     string    // a page's NextToken, with the same Ownership and Limit; empty: the first page
}

const (
	listAvatarGroups = "GET /v3/avatars"
	getAvatarGroup   = "GET /v3/avatars/{group_id}"
)

// ListAvatarGroups gives one page. With a Token that HeyGen no longer takes
// the error is [ErrBadRequest].
func (c *Client) ListAvatarGroups(ctx context.Context, p AvatarGroupsParams) (Page[AvatarGroup], error) {
	query := url.Values{}
	switch p.Ownership {
	case "":
	case Public, Private:
		query.Set("ownership", string(p.Ownership))
	default:
		return Page[AvatarGroup]{}, &Error{Kind: ErrInvalidArgument, Endpoint: listAvatarGroups, Cause: "ownership is neither public nor private"}
	}
	if p.Limit < 0 || p.Limit > MaxPageSize {
		return Page[AvatarGroup]{}, &Error{Kind: ErrInvalidArgument, Endpoint: listAvatarGroups, Cause: "limit is not between 1 and 50"}
	}
	if p.Limit > 0 {
		query.Set("limit", strconv.Itoa(p.Limit))
	}
	if p.Token != "" {
		query.Set("token", p.Token)
	}
	a, err := c.get(ctx, listAvatarGroups, "/v3/avatars", query)
	if err != nil {
		return Page[AvatarGroup]{}, err
	}
	return decodePage[AvatarGroup, avatarGroupWire](c, listAvatarGroups, a)
}

// AllAvatarGroups walks the whole list from p.Token on, page after page. It
// stops at the first error, which comes with a zero group.
func (c *Client) AllAvatarGroups(ctx context.Context, p AvatarGroupsParams) iter.Seq2[AvatarGroup, error] {
	return all(ctx, listAvatarGroups, p.Token, func(ctx context.Context, token string) (Page[AvatarGroup], error) {
		p := p // the sequence may be walked by several at once
		p.Token = token
		return c.ListAvatarGroups(ctx, p)
	})
}

// AvatarGroup gives one group. A group that does not exist, or not for this
// key, is [ErrNotFound]; an id that is not [GroupID.Valid] is
// [ErrInvalidArgument].
func (c *Client) AvatarGroup(ctx context.Context, id GroupID) (AvatarGroup, error) {
	element, ok := id.element()
	if !ok {
		return AvatarGroup{}, &Error{Kind: ErrInvalidArgument, Endpoint: getAvatarGroup, Cause: "not an id"}
	}
	a, err := c.get(ctx, getAvatarGroup, "/v3/avatars/"+element, nil)
	if err != nil {
		return AvatarGroup{}, err
	}
	group, err := decodeOne[AvatarGroup, avatarGroupWire](c, getAvatarGroup, a)
	if err != nil {
		return AvatarGroup{}, err
	}
	if group.ID != id {
		return AvatarGroup{}, c.invalid(getAvatarGroup, a, "the answer is about another id")
	}
	return group, nil
}

// avatarGroupWire shadows what HeyGen marks as required.
type avatarGroupWire struct {
	AvatarGroup
	ID         *GroupID  `json:"id"`
	Name       *string   `json:"name"`
	LooksCount *float64  `json:"looks_count"` // 3.0 is an integer, too
	CreatedAt  *UnixTime `json:"created_at"`
}

func (w avatarGroupWire) value() (AvatarGroup, error) {
	if w.ID == nil || *w.ID == "" || w.Name == nil || w.LooksCount == nil || w.CreatedAt == nil ||
		*w.LooksCount != math.Trunc(*w.LooksCount) || *w.LooksCount < 0 || *w.LooksCount > math.MaxInt32 { // GraphQL's Int has 32 bits
		return AvatarGroup{}, errShape
	}
	g := w.AvatarGroup
	g.ID, g.Name, g.LooksCount, g.CreatedAt = *w.ID, *w.Name, int(*w.LooksCount), *w.CreatedAt
	if g.Error != nil && *g.Error == (TrainingError{}) { // {}: it says nothing
		g.Error = nil
	}
	return g, nil
}
