package heygen

import (
	"slices"

	"heygen-graphql/internal/jsonscan"
)

// Each resource has its keys here, in HeyGen's order, and a function that reads
// their values in that order.

var (
	groupKeys = jsonscan.Keys("id", "name", "gender", "preview_image_url", "preview_video_url", "looks_count", "default_voice_id",
		"consent_status", "status", "error", "created_at")
	lookKeys = jsonscan.Keys("id", "name", "avatar_type", "group_id", "gender", "tags", "supported_api_engines", "preview_image_url",
		"preview_video_url", "image_width", "image_height", "preferred_orientation", "default_voice_id", "status", "error")
	trainingErrorKeys = jsonscan.Keys("code", "message")
	voiceKeys         = jsonscan.Keys("voice_id", "name", "language", "gender", "preview_audio_url", "support_pause")
	voiceDetailKeys   = slices.Concat(voiceKeys, jsonscan.Keys("status", "failure_message", "created_at", "support_interactive_avatar"))
)

func (avatarGroupWire) fastFields() ([]string, func(*jsonscan.FieldReader) AvatarGroup) {
	return groupKeys, readGroup
}

func (avatarLookWire) fastFields() ([]string, func(*jsonscan.FieldReader) AvatarLook) {
	return lookKeys, readLook
}

func (voiceListWire) fastFields() ([]string, func(*jsonscan.FieldReader) Voice) {
	return voiceKeys, readVoice
}

func (voiceDetailWire) fastFields() ([]string, func(*jsonscan.FieldReader) Voice) {
	return voiceDetailKeys, readVoiceWithDetails
}

func readGroup(r *jsonscan.FieldReader) AvatarGroup {
	g := AvatarGroup{
		ID:              GroupID(r.ReadNonEmptyString()),
		Name:            r.ReadString(),
		Gender:          r.ReadOptionalString(),
		PreviewImageURL: r.ReadOptionalString(),
		PreviewVideoURL: r.ReadOptionalString(),
		LooksCount:      r.ReadCount(),
		DefaultVoiceID:  (*VoiceID)(r.ReadOptionalString()),
		ConsentStatus:   r.ReadOptionalString(),
		Status:          (*TrainingStatus)(r.ReadOptionalString()),
		Error:           jsonscan.Optional(r, readTrainingError),
		CreatedAt:       readTime(r),
	}
	r.Expect(g.normalize())
	return g
}

func readLook(r *jsonscan.FieldReader) AvatarLook {
	l := AvatarLook{
		ID:                   LookID(r.ReadNonEmptyString()),
		Name:                 r.ReadString(),
		AvatarType:           AvatarType(r.ReadString()),
		GroupID:              (*GroupID)(r.ReadOptionalString()),
		Gender:               r.ReadOptionalString(),
		Tags:                 r.ReadStrings(),
		SupportedAPIEngines:  r.ReadStrings(),
		PreviewImageURL:      r.ReadOptionalString(),
		PreviewVideoURL:      r.ReadOptionalString(),
		ImageWidth:           jsonscan.Optional(r, (*jsonscan.FieldReader).ReadCount),
		ImageHeight:          jsonscan.Optional(r, (*jsonscan.FieldReader).ReadCount),
		PreferredOrientation: (*Orientation)(r.ReadOptionalString()),
		DefaultVoiceID:       (*VoiceID)(r.ReadOptionalString()),
		Status:               (*TrainingStatus)(r.ReadOptionalString()),
		Error:                jsonscan.Optional(r, readTrainingError),
	}
	r.Expect(l.normalize())
	return l
}

// readTrainingError reads an object of which decode.go requires no field.
func readTrainingError(r *jsonscan.FieldReader) (e TrainingError) {
	var values [2]jsonscan.Value
	if !r.ReadObject(trainingErrorKeys, values[:]) {
		return e
	}
	for i, field := range []*string{&e.Code, &e.Message} {
		if values[i].Present() {
			*field = r.StringOf(values[i])
		}
	}
	return e
}

func readVoice(r *jsonscan.FieldReader) Voice {
	v := readVoiceFields(r)
	r.Expect(v.normalize())
	return v
}

func readVoiceFields(r *jsonscan.FieldReader) Voice {
	return Voice{
		ID:              VoiceID(r.ReadNonEmptyString()),
		Name:            r.ReadOptionalString(),
		Language:        r.ReadOptionalString(),
		Gender:          r.ReadOptionalString(),
		PreviewAudioURL: r.ReadOptionalString(),
		SupportPause:    r.ReadBool(),
	}
}

func readVoiceWithDetails(r *jsonscan.FieldReader) Voice {
	v := readVoiceFields(r)
	v.Details = &VoiceDetails{
		Status:                   (*VoiceStatus)(r.ReadOptionalString()),
		FailureMessage:           r.ReadOptionalString(),
		CreatedAt:                jsonscan.Optional(r, readTime),
		SupportInteractiveAvatar: jsonscan.Optional(r, (*jsonscan.FieldReader).ReadBool),
	}
	r.Expect(v.normalize())
	return v
}

func readTime(r *jsonscan.FieldReader) (t UnixTime) {
	v := r.Next()
	r.Expect(v.Kind == jsonscan.Number && t.UnmarshalJSON(r.Raw(v)) == nil)
	return t
}
