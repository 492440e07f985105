package upstream

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
)

// Group is an avatar group as HeyGen writes it. What may be null is a pointer.
type Group struct {
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
	CreatedAt       int64          `json:"created_at"` // Unix time in seconds
}

// TrainingError says why a training failed.
type TrainingError struct {
	Code    string `json:"code"`
	Message string `json:"message"`
}

var (
	names   = []string{"Monica", "Zoë", "Tomas", "Daphne", "Annelise", "Brandon", "Kayla", "Joonas", "Renée", "Silas"}
	epithet = []string{"", " in a suit", " at the desk", " outdoors", " (professional)", " – casual"}
	genders = []string{"female", "female", "male", "male", "Woman", "male", "female", "Man", "Woman", "male"}
)

// groupAt is the group at a place of every catalogue that is long enough: a
// smaller catalogue is the beginning of a larger one.
func groupAt(i int) Group {
	id := hexOf("group", i)
	g := Group{
		ID: id, Name: names[i%len(names)] + epithet[i/3%len(epithet)], Gender: &genders[i%len(genders)],
		PreviewImageURL: new(fmt.Sprintf("https://files2.heygen.ai/avatar/v3/%s_%05d/preview_target.webp", id, i)),
		PreviewVideoURL: new(fmt.Sprintf("https://files2.heygen.ai/avatar/v3/%s_%05d/preview_video_target.mp4", id, i)),
		LooksCount:      looksOf(i),
		DefaultVoiceID:  new(voiceID(i * 7 % Voices)),
		CreatedAt:       1711382400 + int64(i)*977,
	}
	// None is in training: that is asked for anew every few seconds by whoever
	// keeps answers, and what is measured would depend on the time.
	switch i % 16 {
	case 2, 6, 10: // one's own, from a photo: the address is signed
		g.PreviewImageURL = new(fmt.Sprintf("https://files2.heygen.ai/talking_photo/%s/%s.WEBP?Expires=4102444800&Signature=%s~_", id, hexOf("photo", i), hexOf("signature", i)))
		g.ConsentStatus, g.Status = new("approved"), new("completed")
	case 7:
		g.Status, g.Error = new("failed"), &TrainingError{Code: "low_resolution", Message: "The footage is smaller than 720p."}
		g.PreviewVideoURL = nil
	case 9:
		g.Gender = nil
	case 13:
		g.DefaultVoiceID, g.Status = nil, new("completed")
	}
	return g
}

func hexOf(kind string, i int) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s %d", kind, i))
	return hex.EncodeToString(sum[:16])
}
