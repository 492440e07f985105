package sandbox

import (
	"net/url"
	"slices"
	"strings"
)

// Group is an avatar group as the sandbox keeps it: HeyGen's fields, and Ownership, which HeyGen filters by and never sends.
// A nil pointer is sent as null.
type Group struct {
	ID        string
	Name      string
	Ownership Ownership // "" is Public

	Gender          *string // HeyGen sets no list of values
	PreviewImageURL *string // one that starts with / is served under the sandbox's public URL
	PreviewVideoURL *string // likewise
	LooksCount      int
	DefaultVoiceID  *string
	ConsentStatus   *string     // null: nobody has to consent
	Status          *string     // null: never trained
	Error           *GroupError // null unless Status is failed
	CreatedAt       float64     // Unix seconds; a fraction is sent as one

	// Absent names, by their JSON keys, those of the null fields that are left out of the answer instead. HeyGen may
	// do either.
	Absent []string
}

// GroupError is why training failed.
type GroupError struct {
	Code    string `json:"code"`
	Message string `json:"message"`
}

// Ownership is whose a group is.
type Ownership string

const (
	Public  Ownership = "public"  // HeyGen's own, the same for everybody
	Private Ownership = "private" // the customer's
)

func (g Group) position() position { return position{g.CreatedAt, g.ID} }

// wireGroup is a group as it is sent, its keys in the order of HeyGen's documentation. Of the two pointers, an outer nil
// leaves the key out, and an inner one is null.
type wireGroup struct {
	ID              string       `json:"id"`
	Name            string       `json:"name"`
	Gender          **string     `json:"gender,omitempty"`
	PreviewImageURL **string     `json:"preview_image_url,omitempty"`
	PreviewVideoURL **string     `json:"preview_video_url,omitempty"`
	LooksCount      int          `json:"looks_count"`
	DefaultVoiceID  **string     `json:"default_voice_id,omitempty"`
	ConsentStatus   **string     `json:"consent_status,omitempty"`
	Status          **string     `json:"status,omitempty"`
	Error           **GroupError `json:"error,omitempty"`
	CreatedAt       float64      `json:"created_at"`
}

// wire gives the group as it is sent, with its URLs made whole.
func (g Group) wire(base string) wireGroup {
	whole := func(path *string) *string {
		if path != nil && strings.HasPrefix(*path, "/") {
			return new(base + *path)
		}
		return path
	}
	return wireGroup{
		ID: g.ID, Name: g.Name, LooksCount: g.LooksCount, CreatedAt: g.CreatedAt,
		Gender:          nullable(g, "gender", g.Gender),
		PreviewImageURL: nullable(g, "preview_image_url", whole(g.PreviewImageURL)),
		PreviewVideoURL: nullable(g, "preview_video_url", whole(g.PreviewVideoURL)),
		DefaultVoiceID:  nullable(g, "default_voice_id", g.DefaultVoiceID),
		ConsentStatus:   nullable(g, "consent_status", g.ConsentStatus),
		Status:          nullable(g, "status", g.Status),
		Error:           nullable(g, "error", g.Error),
	}
}

func nullable[T any](g Group, key string, value *T) **T {
	if value == nil && slices.Contains(g.Absent, key) {
		return nil
	}
	return &value
}

// listGroups answers GET /v3/avatars.
func (s *Sandbox) listGroups(r *request) (any, *refusal) {
	var wanted Ownership
	if r.query.Has("ownership") {
		wanted = Ownership(r.query.Get("ownership"))
		if wanted != Public && wanted != Private {
			return nil, invalid("ownership", "ownership must be public or private.")
		}
	}
	binding := "avatars?" + url.Values{"ownership": {string(wanted)}}.Encode()
	asked, refused := s.askedPage(r.query, binding, 50)
	if refused != nil {
		return nil, refused
	}

	if wanted == "" && s.options.OmittedIsPublic {
		wanted = Public // a token stays one of a list without ownership
	}
	s.mu.RLock()
	defer s.mu.RUnlock()
	return cut(s.groups, asked, func(g Group) bool { return wanted == "" || g.Ownership == wanted },
		func(g Group) any { return g.wire(r.base) }), nil
}

// oneGroup answers GET /v3/avatars/{id}.
func (s *Sandbox) oneGroup(r *request) (any, *refusal) {
	g, ok := s.group(r.id)
	if !ok {
		return nil, notFound("avatar_not_found", "There is no avatar group with this id.")
	}
	return one{g.wire(r.base)}, nil
}

// noLooks answers GET /v3/avatars/looks for as long as there are none.
func (s *Sandbox) noLooks(*request) (any, *refusal) {
	return nil, notFound("resource_not_found", "This sandbox has no looks.")
}
