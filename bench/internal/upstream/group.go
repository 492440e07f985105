package upstream

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
)

// Group is an avatar group as HeyGen encodes it. Nullable fields are pointers.
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

// TrainingError describes why a training failed.
type TrainingError struct {
	Code    string `json:"code"`
	Message string `json:"message"`
}

var (
	firstNames   = []string{"Monica", "Zoë", "Tomas", "Daphne", "Annelise", "Brandon", "Kayla", "Joonas", "Renée", "Silas"}
	nameSuffixes = []string{"", " in a suit", " at the desk", " outdoors", " (professional)", " – casual"}
	genders      = []string{"female", "female", "male", "male", "Woman", "male", "female", "Man", "Woman", "male"}
)

// groupAt returns the group at a position, the same in every catalogue: a shorter
// catalogue is a prefix of a longer one.
func groupAt(i int) Group {
	id := hexID("group", i)
	g := Group{
		ID: id, Name: firstNames[i%len(firstNames)] + nameSuffixes[i/3%len(nameSuffixes)], Gender: &genders[i%len(genders)],
		PreviewImageURL: new(fmt.Sprintf("https://files2.heygen.ai/avatar/v3/%s_%05d/preview_target.webp", id, i)),
		PreviewVideoURL: new(fmt.Sprintf("https://files2.heygen.ai/avatar/v3/%s_%05d/preview_video_target.mp4", id, i)),
		LooksCount:      looksCount(i),
		DefaultVoiceID:  new(voiceID(i * 7 % Voices)),
		CreatedAt:       1711382400 + int64(i)*977,
	}
	// No group is in training. A caching server refetches such a group every few
	// seconds, so the results would depend on the time.
	switch i % 16 {
	case 2, 6, 10: // private, from a photo: the user's name for it is unique, and the URL is signed
		g.Name += " " + strconv.Itoa(i)
		g.PreviewImageURL = new(fmt.Sprintf("https://files2.heygen.ai/talking_photo/%s/%s.WEBP?Expires=4102444800&Signature=%s~_", id, hexID("photo", i), hexID("signature", i)))
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

func hexID(kind string, i int) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s %d", kind, i))
	return hex.EncodeToString(sum[:16])
}
