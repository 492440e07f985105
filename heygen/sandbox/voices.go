package sandbox

import (
	"slices"
	"strings"
)

// Voice is a voice as the sandbox keeps it: what HeyGen sends of it in a list and alone, which are two shapes, and Engines,
// which HeyGen filters by and never sends. A nil pointer is sent as null.
type Voice struct {
	ID       string
	Name     string    // "" is sent as null by a voice fetched alone; so are the next two
	Language string    // by its English name
	Gender   string    // HeyGen sets no list of values
	Type     Ownership // "" is Public; sent only in a list
	Engines  []string

	SupportPause             bool
	SupportLocale            bool    // sent only in a list
	SupportInteractiveAvatar *bool   // sent only alone; nil: left out, never null
	PreviewAudioURL          *string // one that starts with / is served under the sandbox's public URL
	Status                   *string // sent only alone, as is all below
	FailureMessage           *string // null unless Status is failed
	CreatedAt                float64 // Unix seconds; it also settles the order of the list
	CreatedAtUnknown         bool    // CreatedAt is sent as null

	// Absent names, by their JSON keys, those of the null fields that are left out of the answer instead.
	Absent []string
}

func (v Voice) position() position { return position{v.CreatedAt, v.ID} }
func (v Voice) belongsTo() *string { return nil }
func (v Voice) clone() Voice {
	v.SupportInteractiveAvatar, v.PreviewAudioURL = clone(v.SupportInteractiveAvatar), clone(v.PreviewAudioURL)
	v.Status, v.FailureMessage = clone(v.Status), clone(v.FailureMessage)
	v.Engines, v.Absent = slices.Clone(v.Engines), slices.Clone(v.Absent)
	return v
}

// listedVoice is a voice as a list has it.
type listedVoice struct {
	ID              string    `json:"voice_id"`
	Name            string    `json:"name"`
	Language        string    `json:"language"`
	Gender          string    `json:"gender"`
	PreviewAudioURL **string  `json:"preview_audio_url,omitempty"`
	SupportPause    bool      `json:"support_pause"`
	SupportLocale   bool      `json:"support_locale"`
	Type            Ownership `json:"type"`
}

func (v Voice) listed(l links) listedVoice {
	return listedVoice{
		ID: v.ID, Name: v.Name, Language: v.Language, Gender: v.Gender, Type: v.Type,
		SupportPause: v.SupportPause, SupportLocale: v.SupportLocale,
		PreviewAudioURL: nullable(v.Absent, "preview_audio_url", l.whole(v.PreviewAudioURL, false)),
	}
}

// singleVoice is a voice as it is sent alone.
type singleVoice struct {
	ID                       string    `json:"voice_id"`
	Name                     **string  `json:"name,omitempty"`
	Language                 **string  `json:"language,omitempty"`
	Gender                   **string  `json:"gender,omitempty"`
	PreviewAudioURL          **string  `json:"preview_audio_url,omitempty"`
	Status                   **string  `json:"status,omitempty"`
	FailureMessage           **string  `json:"failure_message,omitempty"`
	CreatedAt                **float64 `json:"created_at,omitempty"`
	SupportPause             bool      `json:"support_pause"`
	SupportInteractiveAvatar *bool     `json:"support_interactive_avatar,omitempty"`
}

func (v Voice) alone(l links) singleVoice {
	created := &v.CreatedAt
	if v.CreatedAtUnknown {
		created = nil
	}
	return singleVoice{
		ID: v.ID, SupportPause: v.SupportPause, SupportInteractiveAvatar: v.SupportInteractiveAvatar,
		Name:            nullable(v.Absent, "name", orNull(v.Name)),
		Language:        nullable(v.Absent, "language", orNull(v.Language)),
		Gender:          nullable(v.Absent, "gender", orNull(v.Gender)),
		PreviewAudioURL: nullable(v.Absent, "preview_audio_url", l.whole(v.PreviewAudioURL, false)),
		Status:          nullable(v.Absent, "status", v.Status),
		FailureMessage:  nullable(v.Absent, "failure_message", v.FailureMessage),
		CreatedAt:       nullable(v.Absent, "created_at", created),
	}
}

func orNull(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}

// listVoices answers GET /v3/voices. Unlike ownership, type has a documented default. The words of the other filters are in
// no list, so that none of them is wrong.
func (s *Sandbox) listVoices(r *request) (any, *refusal) {
	kind, refused := oneOf(r.query, "type", "type must be public or private.", Public, Private)
	if refused != nil {
		return nil, refused
	}
	if kind == "" {
		kind = Public
	}
	asked, refused := s.askedPage(r.query, binding("voices", r.query, "type", "engine", "language", "gender"), 100)
	if refused != nil {
		return nil, refused
	}

	fits := func(name string, values ...string) bool {
		return !r.query.Has(name) || slices.ContainsFunc(values, func(v string) bool { return strings.EqualFold(v, r.query.Get(name)) })
	}
	wanted := func(v *Voice) bool {
		return v.Type == kind && fits("engine", v.Engines...) && fits("language", v.Language) && fits("gender", v.Gender)
	}
	s.mu.RLock()
	defer s.mu.RUnlock()
	return cut(s.voices.all(), asked, wanted, func(e *entry[Voice]) any { return s.voiceNow(e, r.now).listed(r.links) }), nil
}

// oneVoice answers GET /v3/voices/{id}.
func (s *Sandbox) oneVoice(r *request) (any, *refusal) {
	return single(s, &s.voices, r, voiceNotFound("There is no voice with this id."),
		func(e *entry[Voice]) any { return s.voiceNow(e, r.now).alone(r.links) })
}
