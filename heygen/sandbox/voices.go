package sandbox

import (
	"slices"
	"strings"
	"time"
)

// Voice is a voice of the sandbox: the fields of HeyGen's two formats, in a list and single, and Engines, by which HeyGen
// filters but which it never sends. A nil pointer is sent as null.
type Voice struct {
	ID       string
	Name     string    // a single voice with "" sends null; likewise the next two
	Language string    // its English name
	Gender   string    // HeyGen documents no list of values
	Type     Ownership // "" is Public; sent only in a list
	Engines  []string

	SupportPause             bool
	SupportLocale            bool    // sent only in a list
	SupportInteractiveAvatar *bool   // sent only by a single voice; nil: left out, never null
	PreviewAudioURL          *string // a path that starts with / is served under the sandbox's public URL
	Status                   *string // this and all below are sent only by a single voice
	FailureMessage           *string // null unless Status is failed
	CreatedAt                float64 // Unix seconds; also orders the list
	CreatedAtUnknown         bool    // CreatedAt is sent as null

	// Absent lists, by JSON key, the null fields that are left out of the response.
	Absent []string
}

func (v Voice) position() position { return position{v.CreatedAt, v.ID} }
func (v Voice) groupID() *string   { return nil }
func (v Voice) clone() Voice {
	v.SupportInteractiveAvatar, v.PreviewAudioURL = clonePointer(v.SupportInteractiveAvatar), clonePointer(v.PreviewAudioURL)
	v.Status, v.FailureMessage = clonePointer(v.Status), clonePointer(v.FailureMessage)
	v.Engines, v.Absent = slices.Clone(v.Engines), slices.Clone(v.Absent)
	return v
}

// Voices returns a copy of all voices, public and private, in list order, as Groups does of groups.
func (s *Sandbox) Voices() []Voice {
	s.mu.RLock()
	defer s.mu.RUnlock()
	now := time.Now()
	return cloneAll(s.voices.all(nil), func(e *entry[Voice]) Voice { return s.voiceAt(e, now) })
}

// wireListedVoice is the wire format of a voice in a list.
type wireListedVoice struct {
	ID              string    `json:"voice_id"`
	Name            string    `json:"name"`
	Language        string    `json:"language"`
	Gender          string    `json:"gender"`
	PreviewAudioURL **string  `json:"preview_audio_url,omitempty"`
	SupportPause    bool      `json:"support_pause"`
	SupportLocale   bool      `json:"support_locale"`
	Type            Ownership `json:"type"`
}

func (v Voice) wireListed(urls urlBuilder) wireListedVoice {
	return wireListedVoice{
		ID: v.ID, Name: v.Name, Language: v.Language, Gender: v.Gender, Type: v.Type,
		SupportPause: v.SupportPause, SupportLocale: v.SupportLocale,
		PreviewAudioURL: nullable(v.Absent, "preview_audio_url", urls.absolute(v.PreviewAudioURL, false)),
	}
}

// wireVoice is the wire format of a single voice.
type wireVoice struct {
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

func (v Voice) wire(urls urlBuilder) wireVoice {
	created := &v.CreatedAt
	if v.CreatedAtUnknown {
		created = nil
	}
	return wireVoice{
		ID: v.ID, SupportPause: v.SupportPause, SupportInteractiveAvatar: v.SupportInteractiveAvatar,
		Name:            nullable(v.Absent, "name", nullIfEmpty(v.Name)),
		Language:        nullable(v.Absent, "language", nullIfEmpty(v.Language)),
		Gender:          nullable(v.Absent, "gender", nullIfEmpty(v.Gender)),
		PreviewAudioURL: nullable(v.Absent, "preview_audio_url", urls.absolute(v.PreviewAudioURL, false)),
		Status:          nullable(v.Absent, "status", v.Status),
		FailureMessage:  nullable(v.Absent, "failure_message", v.FailureMessage),
		CreatedAt:       nullable(v.Absent, "created_at", created),
	}
}

func nullIfEmpty(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// listVoices handles GET /v3/voices. Unlike ownership, type has a documented default. HeyGen documents no list of values for
// the other filters, so that none is invalid.
func (s *Sandbox) listVoices(r *request) (any, *apiError) {
	kind, apiErr := enumParam(r.query, "type", "type must be public or private.", Public, Private)
	if apiErr != nil {
		return nil, apiErr
	}
	if kind == "" {
		kind = Public
	}
	req, apiErr := s.parsePageRequest(r.query, tokenScope("voices", r.query, "type", "engine", "language", "gender"), 100)
	if apiErr != nil {
		return nil, apiErr
	}

	matchesParam := func(name string, values ...string) bool {
		return !r.query.Has(name) || slices.ContainsFunc(values, func(v string) bool { return strings.EqualFold(v, r.query.Get(name)) })
	}
	matches := func(v *Voice) bool {
		return v.Type == kind && matchesParam("engine", v.Engines...) && matchesParam("language", v.Language) && matchesParam("gender", v.Gender)
	}
	s.mu.RLock()
	defer s.mu.RUnlock()
	return slicePage(&s.voices, s.voices.all, req, matches, func(e *entry[Voice]) any { return s.voiceAt(e, r.now).wireListed(r.urls) })
}

// getVoice handles GET /v3/voices/{id}.
func (s *Sandbox) getVoice(r *request) (any, *apiError) {
	return getOne(s, &s.voices, r, voiceNotFound("There is no voice with this id."),
		func(e *entry[Voice]) any { return s.voiceAt(e, r.now).wire(r.urls) })
}
