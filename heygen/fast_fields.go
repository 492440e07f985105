package heygen

import (
	"cmp"
	"slices"
)

// Each resource has here the names of its fields, as HeyGen orders them, and what
// reads them in that order.

var (
	groupNames = asSent("id", "name", "gender", "preview_image_url", "preview_video_url", "looks_count", "default_voice_id",
		"consent_status", "status", "error", "created_at")
	lookNames = asSent("id", "name", "avatar_type", "group_id", "gender", "tags", "supported_api_engines", "preview_image_url",
		"preview_video_url", "image_width", "image_height", "preferred_orientation", "default_voice_id", "status", "error")
	errorNames  = asSent("code", "message")
	voiceNames  = asSent("voice_id", "name", "language", "gender", "preview_audio_url", "support_pause")
	detailNames = asSent("status", "failure_message", "created_at", "support_interactive_avatar")
	loneNames   = slices.Concat(voiceNames, detailNames)
)

// asSent are names as they stand in a body: "id":
func asSent(names ...string) []string {
	for i := range names {
		names[i] = `"` + names[i] + `":`
	}
	return names
}

func (avatarGroupWire) quick() ([]string, func(*item) AvatarGroup) { return groupNames, (*item).group }
func (avatarLookWire) quick() ([]string, func(*item) AvatarLook)   { return lookNames, (*item).look }
func (listedVoice) quick() ([]string, func(*item) Voice)           { return voiceNames, (*item).voice }
func (loneVoice) quick() ([]string, func(*item) Voice)             { return loneNames, (*item).loneVoice }

func (r *item) group() AvatarGroup {
	return AvatarGroup{
		ID:              GroupID(r.id()),
		Name:            r.text(),
		Gender:          r.maybe(),
		PreviewImageURL: r.maybe(),
		PreviewVideoURL: r.maybe(),
		LooksCount:      r.whole(),
		DefaultVoiceID:  named((*VoiceID)(r.maybe())),
		ConsentStatus:   r.maybe(),
		Status:          (*TrainingStatus)(r.maybe()),
		Error:           optional(r, (*item).failure).told(),
		CreatedAt:       r.time(),
	}
}

func (r *item) look() AvatarLook {
	return AvatarLook{
		ID:                   LookID(r.id()),
		Name:                 r.text(),
		AvatarType:           AvatarType(r.text()),
		GroupID:              named((*GroupID)(r.maybe())),
		Gender:               r.maybe(),
		Tags:                 r.words(),
		SupportedAPIEngines:  r.words(),
		PreviewImageURL:      r.maybe(),
		PreviewVideoURL:      r.maybe(),
		ImageWidth:           optional(r, (*item).whole),
		ImageHeight:          optional(r, (*item).whole),
		PreferredOrientation: (*Orientation)(r.maybe()),
		DefaultVoiceID:       named((*VoiceID)(r.maybe())),
		Status:               (*TrainingStatus)(r.maybe()),
		Error:                optional(r, (*item).failure).told(),
	}
}

// failure stands in an object of its own. decode.go takes it without either field.
func (r *item) failure() (e TrainingError) {
	v := r.next()
	s := scanner{body: r.body, at: int(v.from)}
	if r.want(v.kind == anObject) {
		s.members(errorNames)
	}
	if r.want(!s.odd) && len(s.found) > 0 {
		for i, text := range []*string{&e.Code, &e.Message} {
			if s.found[i].there() {
				*text = r.cut(s.found[i])
			}
		}
	}
	return e
}

func (r *item) voice() Voice {
	return Voice{
		ID:              VoiceID(r.id()),
		Name:            r.maybe(),
		Language:        r.maybe(),
		Gender:          r.maybe(),
		PreviewAudioURL: r.maybe(),
		SupportPause:    r.truth(),
	}
}

func (r *item) loneVoice() Voice {
	v := r.voice()
	v.Details = &VoiceDetails{
		Status:                   (*VoiceStatus)(r.maybe()),
		FailureMessage:           r.maybe(),
		CreatedAt:                optional(r, (*item).time),
		SupportInteractiveAvatar: cmp.Or(optional(r, (*item).truth), new(bool)),
	}
	return v
}
