package gqlgen

import (
	"encoding/base64"
	"strings"
	"time"

	"heygen-graphql/bench/internal/gqlgen/model"
)

// group, look and voice are HeyGen's JSON objects. Each converts to a generated model.

type group struct {
	ID              string  `json:"id"`
	Name            string  `json:"name"`
	Gender          *string `json:"gender"`
	PreviewImageURL *string `json:"preview_image_url"`
	PreviewVideoURL *string `json:"preview_video_url"`
	LooksCount      int32   `json:"looks_count"`
	DefaultVoiceID  *string `json:"default_voice_id"`
	ConsentStatus   *string `json:"consent_status"`
	Status          *string `json:"status"`
	Error           *struct {
		Code    string `json:"code"`
		Message string `json:"message"`
	} `json:"error"`
	CreatedAt int64 `json:"created_at"`
}

func (g group) model() *model.AvatarGroup {
	m := &model.AvatarGroup{
		ID: globalID("AvatarGroup", g.ID), GroupID: g.ID, Name: g.Name, Gender: g.Gender,
		PreviewImageURL: g.PreviewImageURL, PreviewVideoURL: g.PreviewVideoURL, LooksCount: g.LooksCount,
		DefaultVoiceID: g.DefaultVoiceID, ConsentStatus: g.ConsentStatus, CreatedAt: time.Unix(g.CreatedAt, 0).UTC(),
	}
	if g.Status != nil {
		m.Status = new(model.TrainingStatus(strings.ToUpper(*g.Status)))
	}
	if g.Error != nil {
		m.Error = &model.TrainingError{Code: g.Error.Code, Message: g.Error.Message}
	}
	return m
}

type look struct {
	ID              string  `json:"id"`
	Name            string  `json:"name"`
	PreviewImageURL *string `json:"preview_image_url"`
	PreviewVideoURL *string `json:"preview_video_url"`
}

func (l look) model() *model.AvatarLook {
	return &model.AvatarLook{ID: globalID("AvatarLook", l.ID), LookID: l.ID, Name: l.Name, PreviewImageURL: l.PreviewImageURL, PreviewVideoURL: l.PreviewVideoURL}
}

type voice struct {
	ID              string  `json:"voice_id"`
	Name            *string `json:"name"`
	Language        *string `json:"language"`
	Gender          *string `json:"gender"`
	PreviewAudioURL *string `json:"preview_audio_url"`
	SupportPause    bool    `json:"support_pause"`
}

func (v voice) model() *model.Voice {
	return &model.Voice{
		ID: globalID("Voice", v.ID), VoiceID: v.ID, Name: v.Name, Language: v.Language, Gender: v.Gender,
		PreviewAudioURL: v.PreviewAudioURL, SupportPause: v.SupportPause,
	}
}

func globalID(kind, id string) string {
	return base64.RawURLEncoding.EncodeToString([]byte(kind + ":" + id))
}
