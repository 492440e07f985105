package upstream

import "fmt"

// Voices is how many voices there are: groups share them.
const Voices = 100

// Voice is a voice as HeyGen writes one that is fetched alone. What may be null
// is a pointer.
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

func voiceID(i int) string { return hexOf("voice", i) }

var languages = []string{"English", "German", "Français", "Spanish", "Chinese", "Finnish"}

func voiceAt(i int) Voice {
	v := Voice{
		ID: voiceID(i), Name: new(fmt.Sprintf("%s – %s", names[i%len(names)], []string{"Calm", "Lively", "Warm"}[i%3])),
		Language: &languages[i%len(languages)], Gender: &genders[i%len(genders)],
		PreviewAudioURL: new(fmt.Sprintf("https://files2.heygen.ai/voice/%s/preview.mp3", voiceID(i))),
		SupportPause:    i%4 != 0, Status: new("complete"), CreatedAt: new(1700000000 + int64(i)*86_400), SupportInteractiveAvatar: new(i%2 == 0),
	}
	if i%10 == 3 {
		v.Language = nil
	}
	return v
}
