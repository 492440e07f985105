package main

import "net/url"

// group is a line of catalogue.json: a group as HeyGen sends it, with its ownership and the avatar type of its looks, which
// HeyGen does not send with it.
type group struct {
	Ownership       string            `json:"ownership"`
	AvatarType      string            `json:"avatar_type"`
	ID              string            `json:"id"`
	Name            string            `json:"name"`
	Gender          optional[string]  `json:"gender,omitzero"`
	PreviewImageURL optional[string]  `json:"preview_image_url,omitzero"`
	PreviewVideoURL optional[string]  `json:"preview_video_url,omitzero"`
	LooksCount      int               `json:"looks_count"`
	DefaultVoiceID  optional[string]  `json:"default_voice_id,omitzero"`
	ConsentStatus   optional[string]  `json:"consent_status,omitzero"`
	Status          optional[string]  `json:"status,omitzero"`
	Error           optional[failure] `json:"error,omitzero"`
	CreatedAt       float64           `json:"created_at"`
}

type failure struct {
	Code    string `json:"code"`
	Message string `json:"message"`
}

// optional is a nullable field in one of its three states: a value, null, or (the zero field) absent.
type optional[T any] []*T

func value[T any](v T) optional[T] { return optional[T]{&v} }
func null[T any]() optional[T]     { return optional[T]{nil} }
func (f optional[T]) IsZero() bool { return len(f) == 0 }

// isNull reports whether the field is null or absent.
func (f optional[T]) isNull() bool { return len(f) == 0 || f[0] == nil }

// MarshalJSON is called only for a field that is present.
func (f optional[T]) MarshalJSON() ([]byte, error) { return marshal(f[0]) }

// The sandbox generates pictures and samples itself, and prefixes these paths with its own URL.
func imagePath(id string) string  { return "/portraits/" + url.PathEscape(id) + ".svg" }
func videoPath(id string) string  { return "/previews/" + url.PathEscape(id) + ".svg" }
func samplePath(id string) string { return "/samples/" + url.PathEscape(id) + ".wav" }
