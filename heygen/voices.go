package heygen

import (
	"context"
	"iter"
)

// Voice is a voice for a video. HeyGen has two representations of it, in a list and by
// id. The fields are those of both; Details are those of the second alone. A nil
// pointer is a null or absent field, or one of an unexpected shape, such as a number for
// a string. Name, Language, Gender and the failure message are without leading and
// trailing white space.
type Voice struct {
	ID              VoiceID `json:"voice_id"`
	Name            *string `json:"name"`
	Language        *string `json:"language"`
	Gender          *string `json:"gender"`            // any string
	PreviewAudioURL *string `json:"preview_audio_url"` // has been seen to start with s3://
	SupportPause    bool    `json:"support_pause"`     // false if HeyGen sends none

	// Details are nil in lists.
	Details *VoiceDetails `json:"details"`
}

// VoiceDetails are the fields of a voice that is fetched by id.
type VoiceDetails struct {
	Status                   *VoiceStatus `json:"status"`
	FailureMessage           *string      `json:"failure_message"` // if Status is failed
	CreatedAt                *UnixTime    `json:"created_at"`
	SupportInteractiveAvatar *bool        `json:"support_interactive_avatar"` // HeyGen documents absent as false; it is false here
}

// VoiceType distinguishes HeyGen's voices from the account's own.
type VoiceType string

// The two types.
const (
	PublicVoice  VoiceType = "public"
	PrivateVoice VoiceType = "private"
)

// VoiceStatus is the state of a voice's creation. HeyGen may add values; unknown values
// are valid.
type VoiceStatus string

// The documented states of a voice.
const (
	VoiceProcessing VoiceStatus = "processing"
	VoiceComplete   VoiceStatus = "complete"
	VoiceFailed     VoiceStatus = "failed"
)

// MaxVoicesPageSize is the maximum number of voices in a page.
const MaxVoicesPageSize = 100

// VoicesParams are the parameters of a page of voices.
type VoicesParams struct {
	Type     VoiceType // empty: HeyGen's default, public
	Engine   string    // empty: all; HeyGen documents no values
	Language string    // empty: all; a value of Voice.Language
	Gender   string    // empty: all; a value of Voice.Gender
	Limit    int       // 1 to [MaxVoicesPageSize]; 0: HeyGen's default, 20
	Token    string    // a page's NextToken, with the other parameters unchanged; empty: the first page
}

// Endpoints of voices, as in [Error] and [Call].
const (
	EndpointListVoices = "GET /v3/voices"
	EndpointGetVoice   = "GET /v3/voices/{voice_id}"
)

// ListVoices returns one page. It returns [ErrPageTokenRejected] if HeyGen no longer
// accepts the Token.
func (c *Client) ListVoices(ctx context.Context, p VoicesParams) (Page[Voice], error) {
	query := newListParameters(p.Limit, MaxVoicesPageSize, p.Token)
	query.setEnum("type", string(p.Type), string(PublicVoice), string(PrivateVoice))
	query.setString("engine", p.Engine)
	query.setString("language", p.Language)
	query.setString("gender", p.Gender)
	return getPage[Voice, voiceListWire](ctx, c, EndpointListVoices, query)
}

// AllVoices yields every voice from p.Token on, page by page. It stops after the first
// error, which it yields with a zero voice.
func (c *Client) AllVoices(ctx context.Context, p VoicesParams) iter.Seq2[Voice, error] {
	return iterate(ctx, EndpointListVoices, p.Token, func(ctx context.Context, token string) (Page[Voice], error) {
		p := p // several goroutines may range over the sequence
		p.Token = token
		return c.ListVoices(ctx, p)
	})
}

// Voice returns one voice with its Details. It returns [ErrNotFound] if the voice does
// not exist, or not for this key, and [ErrInvalidArgument] if the id is not
// [VoiceID.Valid].
func (c *Client) Voice(ctx context.Context, id VoiceID) (Voice, error) {
	return getOne[VoiceID, Voice, voiceDetailWire](ctx, c, EndpointGetVoice, id, func(v Voice) VoiceID { return v.ID })
}

// voiceListWire is a voice in a list.
type voiceListWire struct{}

func (voiceListWire) decode(d *itemDecoder) (v Voice, ok bool) {
	d.fields(&v)
	v.normalize()
	return v, v.ID != ""
}

// voiceDetailWire is a voice that is fetched by id.
type voiceDetailWire struct{}

func (voiceDetailWire) decode(d *itemDecoder) (v Voice, ok bool) {
	v.Details = &VoiceDetails{}
	d.fields(&v)
	d.fields(v.Details)
	v.normalize()
	return v, v.ID != ""
}

// normalize does what both decoders do to the fields. It reports whether the strings
// still have their memory.
func (v *Voice) normalize() bool {
	var t textTrimmer
	t.trim(v.Name)
	t.trim(v.Language)
	t.trim(v.Gender)
	if v.Details != nil {
		t.trim(v.Details.FailureMessage)
		if v.Details.SupportInteractiveAvatar == nil {
			v.Details.SupportInteractiveAvatar = new(bool)
		}
	}
	return !t.copied
}
