package heygen

import (
	"context"
	"encoding/json"
	"iter"
)

// Voice is what a video can be spoken with. HeyGen tells of it in two shapes, in
// a list and alone, of which this is what both hold, and what the second adds. A
// nil pointer is HeyGen's null or absent field.
type Voice struct {
	ID              VoiceID `json:"voice_id"`
	Name            *string `json:"name"`
	Language        *string `json:"language"`
	Gender          *string `json:"gender"`            // free text
	PreviewAudioURL *string `json:"preview_audio_url"` // has been seen to start with s3://
	SupportPause    bool    `json:"support_pause"`

	// Details are told alone; nil in lists.
	Details *VoiceDetails `json:"details"`
}

// VoiceDetails are what HeyGen tells only of a voice that is fetched alone.
type VoiceDetails struct {
	Status                   *VoiceStatus `json:"status"`
	FailureMessage           *string      `json:"failure_message"` // when Status is failed
	CreatedAt                *UnixTime    `json:"created_at"`
	SupportInteractiveAvatar *bool        `json:"support_interactive_avatar"` // absent is documented as false, and is false here
}

// VoiceType tells HeyGen's voices from the account's own.
type VoiceType string

// The two types.
const (
	PublicVoice  VoiceType = "public"
	PrivateVoice VoiceType = "private"
)

// VoiceStatus says how far a voice is made. HeyGen may add values; they are
// carried as they come.
type VoiceStatus string

// The documented states of a voice.
const (
	VoiceProcessing VoiceStatus = "processing"
	VoiceComplete   VoiceStatus = "complete"
	VoiceFailed     VoiceStatus = "failed"
)

// MaxVoicesPageSize is the most voices that HeyGen gives in a page.
const MaxVoicesPageSize = 100

// VoicesParams choose a page of voices.
type VoicesParams struct {
	Type     VoiceType // empty: HeyGen's default, public
	Engine   string    // empty: all; HeyGen documents no values
	Language string    // empty: all; as Voice.Language has it
	Gender   string    // empty: all; as Voice.Gender has it
	Limit    int       // 1 to [MaxVoicesPageSize]; 0: HeyGen's default, 20
	Token    string    // a page's NextToken, with all else the same; empty: the first page
}

const (
	EndpointListVoices = "GET /v3/voices"
	EndpointGetVoice   = "GET /v3/voices/{voice_id}"
)

// ListVoices gives one page. With a Token that HeyGen no longer takes the error
// is [ErrBadRequest].
func (c *Client) ListVoices(ctx context.Context, p VoicesParams) (Page[Voice], error) {
	query := newListParameters(p.Limit, MaxVoicesPageSize, p.Token)
	query.setEnum("type", string(p.Type), string(PublicVoice), string(PrivateVoice))
	query.setString("engine", p.Engine)
	query.setString("language", p.Language)
	query.setString("gender", p.Gender)
	return getPage[Voice, voiceListWire](ctx, c, EndpointListVoices, query)
}

// AllVoices walks the whole list from p.Token on, page after page. It stops at
// the first error, which comes with a zero voice.
func (c *Client) AllVoices(ctx context.Context, p VoicesParams) iter.Seq2[Voice, error] {
	return iterate(ctx, EndpointListVoices, p.Token, func(ctx context.Context, token string) (Page[Voice], error) {
		p := p // the sequence may be walked by several at once
		p.Token = token
		return c.ListVoices(ctx, p)
	})
}

// Voice gives one voice with its Details. One that does not exist, or not for
// this key, is [ErrNotFound]; an id that is not [VoiceID.Valid] is
// [ErrInvalidArgument].
func (c *Client) Voice(ctx context.Context, id VoiceID) (Voice, error) {
	return getOne[VoiceID, Voice, voiceDetailWire](ctx, c, EndpointGetVoice, id, func(v Voice) VoiceID { return v.ID })
}

// voiceListWire shadows what HeyGen marks as required in both shapes. What it
// marks so in one of them may as well be missing.
type voiceListWire struct {
	Voice
	ID           *VoiceID        `json:"voice_id"`
	SupportPause *bool           `json:"support_pause"`
	Details      json.RawMessage `json:"details"` // HeyGen has no such field; should it add one, it is another
}

func (w voiceListWire) value() (Voice, error) {
	if w.ID == nil || *w.ID == "" || w.SupportPause == nil {
		return Voice{}, errShape
	}
	v := w.Voice
	v.ID, v.SupportPause = *w.ID, *w.SupportPause
	return v, nil
}

type voiceDetailWire struct {
	voiceListWire
	VoiceDetails
}

func (w voiceDetailWire) value() (Voice, error) {
	v, err := w.voiceListWire.value()
	if w.SupportInteractiveAvatar == nil {
		w.SupportInteractiveAvatar = new(bool)
	}
	v.Details = &w.VoiceDetails
	return v, err
}
