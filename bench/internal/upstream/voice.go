package upstream

import "fmt"

// Voices is the number of voices, which groups share.
const Voices = 100

// Voice is a voice as HeyGen encodes it in a response with a single voice. Nullable
// fields are pointers.
type Voice struct {
	ID                       string  `json:"voice_id"`
	Name                     *string `json:"name"`
	Language                 *string `json:"language"`
	Gender                   *string `json:"gender"`
	PreviewAudioURL          *string `json:"preview_audio_url"`
	SupportPause             bool    `json:"support_pause"`
	Status                   *string `json:"status"`
	FailureMessage           *string `json:"failure_message"`
	CreatedAt                *int64  `json:"created_at"` // Unix time in seconds
	SupportInteractiveAvatar *bool   `json:"support_interactive_avatar"`
}

func voiceID(i int) string { return hexID("voice", i) }

var languages = []string{"English", "German", "Français", "Spanish", "Chinese", "Finnish"}

func voiceAt(i int) Voice {
	v := Voice{
		ID: voiceID(i), Name: new(fmt.Sprintf("%s – %s", firstNames[i%len(firstNames)], []string{"Calm", "Lively", "Warm"}[i%3])),
		Language: &languages[i%len(languages)], Gender: &genders[i%len(genders)],
		PreviewAudioURL: new(fmt.Sprintf("https://files2.heygen.ai/voice/%s/preview.mp3", voiceID(i))),
		SupportPause:    i%4 != 0, Status: new("complete"), CreatedAt: new(1700000000 + int64(i)*86_400), SupportInteractiveAvatar: new(i%2 == 0),
	}
	if i%10 == 3 {
		v.Language = nil
	}
	return v
}
