package upstream

import "fmt"

// Look is a look as HeyGen encodes it. Nullable fields are pointers.
type Look struct {
	ID                   string         `json:"id"`
	Name                 string         `json:"name"`
	AvatarType           string         `json:"avatar_type"`
	GroupID              *string        `json:"group_id"`
	Gender               *string        `json:"gender"`
	Tags                 []string       `json:"tags"`
	SupportedAPIEngines  []string       `json:"supported_api_engines"`
	PreviewImageURL      *string        `json:"preview_image_url"`
	PreviewVideoURL      *string        `json:"preview_video_url"`
	ImageWidth           *int           `json:"image_width"`
	ImageHeight          *int           `json:"image_height"`
	PreferredOrientation *string        `json:"preferred_orientation"`
	DefaultVoiceID       *string        `json:"default_voice_id"`
	Status               *string        `json:"status"`
	Error                *TrainingError `json:"error"`
}

// looksCount returns the number of looks of the group at a position: 2 to 8.
func looksCount(i int) int { return 2 + i*5%7 }

var poses = []string{"front", "sofa", "office", "street", "kitchen", "studio", "garden", "stage"}

// lookAt returns a look of the group at a position.
func lookAt(group, i int) Look {
	g := groupAt(group)
	id := fmt.Sprintf("%s_%s_%d", g.ID[:12], poses[i], group)
	return Look{
		ID: id, Name: g.Name + ", " + poses[i], AvatarType: "studio_avatar", GroupID: &g.ID, Gender: g.Gender,
		Tags: []string{"NEW", poses[i]}, SupportedAPIEngines: []string{"avatar_iv", "avatar_iii"},
		PreviewImageURL: new(fmt.Sprintf("https://files2.heygen.ai/avatar/v3/%s/%s/preview_target.webp", g.ID, id)),
		PreviewVideoURL: new(fmt.Sprintf("https://files2.heygen.ai/avatar/v3/%s/%s/preview_video_target.mp4", g.ID, id)),
		ImageWidth:      new(1920), ImageHeight: new(1080), PreferredOrientation: new("landscape"), DefaultVoiceID: g.DefaultVoiceID,
	}
}
