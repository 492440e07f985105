package main

import "net/url"

// group is one line of the catalogue: a group as HeyGen sends it, and what HeyGen keeps to itself: its ownership, and the
// type of its looks.
type group struct {
	Ownership       string         `json:"ownership"`
	AvatarType      string         `json:"avatar_type"`
	ID              string         `json:"id"`
	Name            string         `json:"name"`
	Gender          field[string]  `json:"gender,omitzero"`
	PreviewImageURL field[string]  `json:"preview_image_url,omitzero"`
	PreviewVideoURL field[string]  `json:"preview_video_url,omitzero"`
	LooksCount      int            `json:"looks_count"`
	DefaultVoiceID  field[string]  `json:"default_voice_id,omitzero"`
	ConsentStatus   field[string]  `json:"consent_status,omitzero"`
	Status          field[string]  `json:"status,omitzero"`
	Error           field[failure] `json:"error,omitzero"`
	CreatedAt       float64        `json:"created_at"`
}

type failure struct {
	Code    string `json:"code"`
	Message string `json:"message"`
}

// field is a nullable field in one of its three states: a value, null, or (the zero field) not there at all.
type field[T any] []*T

func value[T any](v T) field[T] { return field[T]{&v} }
func null[T any]() field[T]     { return field[T]{nil} }
func (f field[T]) IsZero() bool { return len(f) == 0 }

// isNull tells whether a client finds nothing: null, or no key.
func (f field[T]) isNull() bool { return len(f) == 0 || f[0] == nil }

// MarshalJSON is only asked for a field that is there.
func (f field[T]) MarshalJSON() ([]byte, error) { return marshal(f[0]) }

// The sandbox draws both pictures and plays each sample itself, and puts its own address before these paths when it serves
// them.
func imagePath(id string) string  { return "/portraits/" + url.PathEscape(id) + ".svg" }
func videoPath(id string) string  { return "/previews/" + url.PathEscape(id) + ".svg" }
func samplePath(id string) string { return "/samples/" + url.PathEscape(id) + ".wav" }
