package sandbox

import (
	"slices"
	"time"
)

// Group is an avatar group of the sandbox: HeyGen's fields, Ownership, by which HeyGen filters but which it never sends, and
// the avatar type of its looks, which is sent with each look. A nil pointer is sent as null.
type Group struct {
	ID         string
	Name       string
	Ownership  Ownership // "" is Public
	AvatarType string    // "" is StudioAvatar for a public group, DigitalTwin for a private one

	Gender          *string // HeyGen documents no list of values
	PreviewImageURL *string // a path that starts with / is served under the sandbox's public URL
	PreviewVideoURL *string // likewise
	LooksCount      int     // the number of its looks; Add generates the missing ones
	DefaultVoiceID  *string
	ConsentStatus   *string        // null: no consent is needed
	Status          *string        // null: never trained
	Error           *TrainingError // null unless Status is failed
	CreatedAt       float64        // Unix seconds, sent with their fraction

	// Absent lists, by JSON key, the null fields that are left out of the response. HeyGen may do either.
	Absent []string
}

// TrainingError is the reason why a training failed.
type TrainingError struct {
	Code    string `json:"code"`
	Message string `json:"message"`
}

// Ownership is the owner of a group, a look or a voice.
type Ownership string

const (
	Public  Ownership = "public"  // HeyGen's own, the same for every customer
	Private Ownership = "private" // the customer's
)

func (g Group) position() position { return position{g.CreatedAt, g.ID} }
func (g Group) groupID() *string   { return nil }
func (g Group) clone() Group {
	g.Gender, g.Status, g.ConsentStatus = clonePointer(g.Gender), clonePointer(g.Status), clonePointer(g.ConsentStatus)
	g.PreviewImageURL, g.PreviewVideoURL = clonePointer(g.PreviewImageURL), clonePointer(g.PreviewVideoURL)
	g.DefaultVoiceID, g.Error = clonePointer(g.DefaultVoiceID), clonePointer(g.Error)
	g.Absent = slices.Clone(g.Absent)
	return g
}

// Groups returns a copy of all groups, public and private, in list order: newest first, those of one second by id. URLs of
// the catalogue are paths that start with /, and unsigned. Statuses are current.
func (s *Sandbox) Groups() []Group {
	s.mu.RLock()
	defer s.mu.RUnlock()
	now := time.Now()
	return cloneAll(s.groups.all(nil), func(e *entry[Group]) Group { return s.groupAt(e, now) })
}

// wireGroup is the wire format of a group, its keys in the order of HeyGen's documentation. Of two pointers, an outer nil
// leaves the key out, and an inner nil is null.
type wireGroup struct {
	ID              string          `json:"id"`
	Name            string          `json:"name"`
	Gender          **string        `json:"gender,omitempty"`
	PreviewImageURL **string        `json:"preview_image_url,omitempty"`
	PreviewVideoURL **string        `json:"preview_video_url,omitempty"`
	LooksCount      int             `json:"looks_count"`
	DefaultVoiceID  **string        `json:"default_voice_id,omitempty"`
	ConsentStatus   **string        `json:"consent_status,omitempty"`
	Status          **string        `json:"status,omitempty"`
	Error           **TrainingError `json:"error,omitempty"`
	CreatedAt       float64         `json:"created_at"`
}

// wire returns the wire format of the group, with absolute URLs.
func (g Group) wire(urls urlBuilder) wireGroup {
	signed := g.AvatarType == PhotoAvatar
	return wireGroup{
		ID: g.ID, Name: g.Name, LooksCount: g.LooksCount, CreatedAt: g.CreatedAt,
		Gender:          nullable(g.Absent, "gender", g.Gender),
		PreviewImageURL: nullable(g.Absent, "preview_image_url", urls.absolute(g.PreviewImageURL, signed)),
		PreviewVideoURL: nullable(g.Absent, "preview_video_url", urls.absolute(g.PreviewVideoURL, signed)),
		DefaultVoiceID:  nullable(g.Absent, "default_voice_id", g.DefaultVoiceID),
		ConsentStatus:   nullable(g.Absent, "consent_status", g.ConsentStatus),
		Status:          nullable(g.Absent, "status", g.Status),
		Error:           nullable(g.Absent, "error", g.Error),
	}
}

func nullable[T any](absent []string, key string, value *T) **T {
	if value == nil && slices.Contains(absent, key) {
		return nil
	}
	return &value
}

// listGroups handles GET /v3/avatars.
func (s *Sandbox) listGroups(r *request) (any, *apiError) {
	ownership, apiErr := s.ownershipParam(r.query)
	if apiErr != nil {
		return nil, apiErr
	}
	req, apiErr := s.parsePageRequest(r.query, tokenScope("avatars", r.query, "ownership"), 50)
	if apiErr != nil {
		return nil, apiErr
	}
	s.mu.RLock()
	defer s.mu.RUnlock()
	return slicePage(&s.groups, s.groups.all, req, func(g *Group) bool { return ownership == "" || g.Ownership == ownership },
		func(e *entry[Group]) any { return s.groupAt(e, r.now).wire(r.urls) })
}

// getGroup handles GET /v3/avatars/{id}.
func (s *Sandbox) getGroup(r *request) (any, *apiError) {
	return getOne(s, &s.groups, r, groupNotFound(),
		func(e *entry[Group]) any { return s.groupAt(e, r.now).wire(r.urls) })
}
