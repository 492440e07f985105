package sandbox

import (
	"iter"
	"slices"
	"time"
)

// Look is a look of an avatar group: HeyGen's fields, and two that HeyGen never sends, Ownership and CreatedAt. A nil
// pointer is sent as null.
type Look struct {
	ID         string
	Name       string
	GroupID    *string   // nil: a look without a group
	Ownership  Ownership // "" is Public
	AvatarType string    // "" is StudioAvatar

	Gender               *string
	PreviewImageURL      *string // a path that starts with / is served under the sandbox's public URL
	PreviewVideoURL      *string // likewise
	DefaultVoiceID       *string
	Tags                 []string // never null; nil is sent as []
	SupportedAPIEngines  []string // likewise
	ImageWidth           *int
	ImageHeight          *int
	PreferredOrientation *string
	Status               *string
	Error                *TrainingError // null unless Status is failed
	CreatedAt            float64        // Unix seconds; never sent, orders the list

	// Absent lists, by JSON key, the null fields that are left out of the response, and tags and supported_api_engines if
	// they are to be left out when empty.
	Absent []string
}

// HeyGen's avatar types.
const (
	StudioAvatar = "studio_avatar" // a presenter filmed by HeyGen
	DigitalTwin  = "digital_twin"  // trained from footage
	PhotoAvatar  = "photo_avatar"  // made from a picture; its preview URLs are signed
)

func (l Look) position() position { return position{l.CreatedAt, l.ID} }
func (l Look) groupID() *string   { return l.GroupID }
func (l Look) clone() Look {
	l.GroupID, l.Gender, l.Status, l.DefaultVoiceID = clonePointer(l.GroupID), clonePointer(l.Gender), clonePointer(l.Status), clonePointer(l.DefaultVoiceID)
	l.PreviewImageURL, l.PreviewVideoURL = clonePointer(l.PreviewImageURL), clonePointer(l.PreviewVideoURL)
	l.ImageWidth, l.ImageHeight = clonePointer(l.ImageWidth), clonePointer(l.ImageHeight)
	l.PreferredOrientation, l.Error = clonePointer(l.PreferredOrientation), clonePointer(l.Error)
	l.Tags, l.SupportedAPIEngines, l.Absent = slices.Clone(l.Tags), slices.Clone(l.SupportedAPIEngines), slices.Clone(l.Absent)
	return l
}

// Looks returns a copy of all looks in list order, as Groups does of groups.
func (s *Sandbox) Looks() []Look {
	now := time.Now()
	s.replaceShortLivedLooks(now)
	s.mu.RLock()
	defer s.mu.RUnlock()
	return cloneAll(s.looks.all(nil), func(e *entry[Look]) Look { return s.lookAt(e, now) })
}

// wireLook is the wire format of a look, as wireGroup is of a group.
type wireLook struct {
	ID                   string          `json:"id"`
	Name                 string          `json:"name"`
	AvatarType           string          `json:"avatar_type"`
	GroupID              **string        `json:"group_id,omitempty"`
	Gender               **string        `json:"gender,omitempty"`
	PreviewImageURL      **string        `json:"preview_image_url,omitempty"`
	PreviewVideoURL      **string        `json:"preview_video_url,omitempty"`
	DefaultVoiceID       **string        `json:"default_voice_id,omitempty"`
	Tags                 *[]string       `json:"tags,omitempty"`
	SupportedAPIEngines  *[]string       `json:"supported_api_engines,omitempty"`
	ImageWidth           **int           `json:"image_width,omitempty"`
	ImageHeight          **int           `json:"image_height,omitempty"`
	PreferredOrientation **string        `json:"preferred_orientation,omitempty"`
	Status               **string        `json:"status,omitempty"`
	Error                **TrainingError `json:"error,omitempty"`
}

// wire returns the wire format of the look, with absolute URLs.
func (l Look) wire(urls urlBuilder) wireLook {
	signed := l.AvatarType == PhotoAvatar
	return wireLook{
		ID: l.ID, Name: l.Name, AvatarType: l.AvatarType,
		GroupID:              nullable(l.Absent, "group_id", l.GroupID),
		Gender:               nullable(l.Absent, "gender", l.Gender),
		PreviewImageURL:      nullable(l.Absent, "preview_image_url", urls.absolute(l.PreviewImageURL, signed)),
		PreviewVideoURL:      nullable(l.Absent, "preview_video_url", urls.absolute(l.PreviewVideoURL, signed)),
		DefaultVoiceID:       nullable(l.Absent, "default_voice_id", l.DefaultVoiceID),
		Tags:                 arrayOrAbsent(l.Absent, "tags", l.Tags),
		SupportedAPIEngines:  arrayOrAbsent(l.Absent, "supported_api_engines", l.SupportedAPIEngines),
		ImageWidth:           nullable(l.Absent, "image_width", l.ImageWidth),
		ImageHeight:          nullable(l.Absent, "image_height", l.ImageHeight),
		PreferredOrientation: nullable(l.Absent, "preferred_orientation", l.PreferredOrientation),
		Status:               nullable(l.Absent, "status", l.Status),
		Error:                nullable(l.Absent, "error", l.Error),
	}
}

// arrayOrAbsent returns [] for no values: HeyGen documents no null for an array.
func arrayOrAbsent(absent []string, key string, values []string) *[]string {
	if len(values) > 0 {
		return &values
	}
	if slices.Contains(absent, key) {
		return nil
	}
	return &[]string{}
}

// listLooks handles GET /v3/avatars/looks.
func (s *Sandbox) listLooks(r *request) (any, *apiError) {
	ownership, apiErr := s.ownershipParam(r.query)
	if apiErr != nil {
		return nil, apiErr
	}
	avatarType, apiErr := enumParam(r.query, "avatar_type", "avatar_type must be studio_avatar, digital_twin or photo_avatar.",
		StudioAvatar, DigitalTwin, PhotoAvatar)
	if apiErr != nil {
		return nil, apiErr
	}
	req, apiErr := s.parsePageRequest(r.query, tokenScope("looks", r.query, "group_id", "avatar_type", "ownership"), 50)
	if apiErr != nil {
		return nil, apiErr
	}

	s.mu.RLock()
	defer s.mu.RUnlock()
	all := s.looks.all
	if r.query.Has("group_id") {
		group := r.query.Get("group_id")
		if _, ok := s.groups.find(group); !ok && s.options.UnknownGroupIs404 {
			return nil, groupNotFound()
		}
		looks := s.looks.ofGroup(group)
		all = func(start *position) iter.Seq[*entry[Look]] { return entriesFrom(looks, start) }
	}
	matches := func(l *Look) bool {
		return (ownership == "" || l.Ownership == ownership) && (avatarType == "" || l.AvatarType == avatarType)
	}
	return slicePage(&s.looks, all, req, matches, func(e *entry[Look]) any { return s.lookAt(e, r.now).wire(r.urls) })
}

// getLook handles GET /v3/avatars/looks/{id}.
func (s *Sandbox) getLook(r *request) (any, *apiError) {
	return getOne(s, &s.looks, r, avatarNotFound("There is no look with this id."),
		func(e *entry[Look]) any { return s.lookAt(e, r.now).wire(r.urls) })
}
