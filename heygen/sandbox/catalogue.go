package sandbox

import (
	_ "embed"
	"encoding/json"
	"sync"
	"time"
)

//go:embed catalogue.json
var catalogueJSON []byte

//go:embed voices.json
var voicesJSON []byte

// The embedded catalogue, parsed once for all sandboxes. The returned indexes are read-only.
var (
	catalogueGroups = sync.OnceValue(func() *index[Group] { return parseCatalogue(catalogueJSON, parseGroup) })
	catalogueVoices = sync.OnceValue(func() *index[Voice] { return parseCatalogue(voicesJSON, parseVoice) })
)

// parseCatalogue panics if a file does not parse: it is part of the binary, and every test reads it.
func parseCatalogue[T resource[T]](file []byte, parse func(json.RawMessage) T) *index[T] {
	var lines []json.RawMessage
	mustUnmarshal(file, &lines)
	entries := make([]*entry[T], len(lines))
	for i, line := range lines {
		entries[i] = newEntry(parse(line), time.Time{})
	}
	return newIndex(entries)
}

func mustUnmarshal(data []byte, into any) {
	if err := json.Unmarshal(data, into); err != nil {
		panic(err)
	}
}

// missingKeys returns those of the keys that the JSON object lacks.
func missingKeys(line []byte, keys ...string) (names []string) {
	var present map[string]json.RawMessage
	mustUnmarshal(line, &present)
	for _, key := range keys {
		if _, ok := present[key]; !ok {
			names = append(names, key)
		}
	}
	return names
}

// parseGroup parses a line of catalogue.json: the wire format of a group, its ownership and the avatar type of its looks.
func parseGroup(line json.RawMessage) Group {
	var in struct {
		Ownership       Ownership      `json:"ownership"`
		AvatarType      string         `json:"avatar_type"`
		ID              string         `json:"id"`
		Name            string         `json:"name"`
		Gender          *string        `json:"gender"`
		PreviewImageURL *string        `json:"preview_image_url"`
		PreviewVideoURL *string        `json:"preview_video_url"`
		LooksCount      int            `json:"looks_count"`
		DefaultVoiceID  *string        `json:"default_voice_id"`
		ConsentStatus   *string        `json:"consent_status"`
		Status          *string        `json:"status"`
		Error           *TrainingError `json:"error"`
		CreatedAt       float64        `json:"created_at"`
	}
	mustUnmarshal(line, &in)
	return Group{
		ID: in.ID, Name: in.Name, Ownership: in.Ownership, AvatarType: in.AvatarType, Gender: in.Gender,
		PreviewImageURL: in.PreviewImageURL, PreviewVideoURL: in.PreviewVideoURL, LooksCount: in.LooksCount,
		DefaultVoiceID: in.DefaultVoiceID, ConsentStatus: in.ConsentStatus, Status: in.Status, Error: in.Error,
		CreatedAt: in.CreatedAt,
		Absent: missingKeys(line, "gender", "preview_image_url", "preview_video_url", "default_voice_id", "consent_status", "status",
			"error"),
	}
}

// parseVoice parses a line of voices.json: both wire formats, the engines, and the time that orders the list.
func parseVoice(line json.RawMessage) Voice {
	var in struct {
		Type                     Ownership `json:"type"`
		ID                       string    `json:"voice_id"`
		Name                     string    `json:"name"`
		Language                 string    `json:"language"`
		Gender                   string    `json:"gender"`
		Engines                  []string  `json:"engines"`
		SupportPause             bool      `json:"support_pause"`
		SupportLocale            bool      `json:"support_locale"`
		SupportInteractiveAvatar *bool     `json:"support_interactive_avatar"`
		PreviewAudioURL          *string   `json:"preview_audio_url"`
		Status                   *string   `json:"status"`
		FailureMessage           *string   `json:"failure_message"`
		CreatedAt                *float64  `json:"created_at"`
		ListedAt                 float64   `json:"listed_at"`
	}
	mustUnmarshal(line, &in)
	return Voice{
		ID: in.ID, Name: in.Name, Language: in.Language, Gender: in.Gender, Type: in.Type, Engines: in.Engines,
		SupportPause: in.SupportPause, SupportLocale: in.SupportLocale, SupportInteractiveAvatar: in.SupportInteractiveAvatar,
		PreviewAudioURL: in.PreviewAudioURL, Status: in.Status, FailureMessage: in.FailureMessage,
		CreatedAt: in.ListedAt, CreatedAtUnknown: in.CreatedAt == nil,
		Absent: missingKeys(line, "preview_audio_url", "status", "failure_message", "created_at"),
	}
}
