package main

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"heygen-graphql/heygen/sandbox/internal/rng"
)

const (
	publicVoices  = 320
	privateVoices = 20

	demoVoiceID = "5c3e9f1b7a2d4c60b8e1f7a94d20c6b3"
)

// voice is a line of voices.json: the fields of both of HeyGen's formats, the engines, by which it filters but which it never
// sends, and the time that orders the list, as created_at may be null.
type voice struct {
	Type                     string           `json:"type"`
	ID                       string           `json:"voice_id"`
	Name                     string           `json:"name"`
	Language                 string           `json:"language"`
	Gender                   string           `json:"gender"`
	Engines                  []string         `json:"engines"`
	SupportPause             bool             `json:"support_pause"`
	SupportLocale            bool             `json:"support_locale"`
	SupportInteractiveAvatar optional[bool]   `json:"support_interactive_avatar,omitzero"` // never null
	PreviewAudioURL          optional[string] `json:"preview_audio_url,omitzero"`
	Status                   optional[string] `json:"status,omitzero"`
	FailureMessage           optional[string] `json:"failure_message,omitzero"`
	CreatedAt                optional[int]    `json:"created_at,omitzero"`
	ListedAt                 int              `json:"listed_at"`
}

var moods = []string{"Calm", "Bright", "Newscast", "Warm", "Lively", "Storyteller", "Soft", "Serious", "Cheerful", "Deep"}

// generateVoices returns all voices in list order.
func generateVoices() []voice {
	r := rand.New(rand.NewPCG(4, 1711382400))
	persons := people()
	r.Shuffle(len(persons), func(i, j int) { persons[i], persons[j] = persons[j], persons[i] })

	voices := []voice{demoVoice()}
	at := newestTime - day
	for i := range publicVoices - 1 {
		// A library imported at once is larger than the largest page, so that a client pages from a time to the same time.
		if i < 130 || i > 250 {
			at -= r.IntN(9 * day)
		}
		voices = append(voices, publicVoice(r, persons[i], at))
	}
	for i := range privateVoices {
		voices = append(voices, clonedVoice(r, persons[publicVoices+i], i))
	}
	slices.SortFunc(voices, func(a, b voice) int {
		return cmp.Or(cmp.Compare(b.ListedAt, a.ListedAt), cmp.Compare(a.ID, b.ID))
	})
	return voices
}

// demoVoice is the voice of the group that documentation shows.
func demoVoice() voice {
	return voice{
		Type: "public", ID: demoVoiceID, Name: "Monica – Calm", Language: "English", Gender: "female",
		Engines: []string{"starfish", "classic"}, SupportPause: true, SupportLocale: true,
		SupportInteractiveAvatar: value(true),
		PreviewAudioURL:          value(samplePath(demoVoiceID)),
		Status:                   value("complete"),
		FailureMessage:           null[string](),
		CreatedAt:                value(newestTime),
		ListedAt:                 newestTime,
	}
}

func publicVoice(r *rand.Rand, p person, at int) voice {
	id := voiceID(r, p.name)
	v := voice{
		Type: "public", ID: id, Name: p.name + " – " + rng.Pick(r, moods...), Language: rng.Pick(r, p.languages...), Gender: voiceGender(r, p),
		Engines:      rng.Pick(r, []string{"starfish"}, []string{"classic"}, []string{"starfish", "classic"}),
		SupportPause: rng.Chance(r, 80, 100), SupportLocale: rng.Chance(r, 40, 100),
		PreviewAudioURL: nullable(r, 10, samplePath(id)),
		Status:          nullable(r, 25, "complete"),
		FailureMessage:  nullable(r, 100, ""),
		CreatedAt:       nullable(r, 15, at),
		ListedAt:        at,
	}
	if rng.Chance(r, 8, 100) {
		v.PreviewAudioURL = value("s3://voices/" + id + ".wav") // a leaked URL inside HeyGen
	}
	if !rng.Chance(r, 25, 100) {
		v.SupportInteractiveAvatar = value(rng.Chance(r, 60, 100))
	}
	return v
}

// clonedVoice generates a customer's cloned voice. Its status is never null.
func clonedVoice(r *rand.Rand, p person, n int) voice {
	v := publicVoice(r, p, newestTime-7200-r.IntN(400*day))
	v.Type, v.Name, v.Status = "private", p.name+"'s voice", value("complete")
	switch n % 5 {
	case 1:
		v.Status, v.PreviewAudioURL = value("processing"), null[string]()
	case 3:
		v.Status, v.PreviewAudioURL = value("failed"), null[string]()
		v.FailureMessage = value(rng.Pick(r, "The recording is shorter than 30 seconds.", "More than one person speaks in the recording.",
			"The recording is too noisy to learn from."))
	}
	return v
}

// voiceGender spells the gender of a voice in several ways. It is never null in a list.
func voiceGender(r *rand.Rand, p person) string {
	switch {
	case rng.Chance(r, 4, 100):
		return rng.Pick(r, "unknown", "neutral", "Neutral")
	case p.woman:
		return rng.Pick(r, "female", "female", "female", "Female", "woman")
	}
	return rng.Pick(r, "male", "male", "male", "Male", "man")
}

// voiceID returns hexadecimal digits nineteen times out of twenty. Most other ids are readable, and a few need escaping.
func voiceID(r *rand.Rand, name string) string {
	n, hexadecimal, number := r.IntN(1000), rng.HexID(r), r.IntN(9000)+1000
	switch word := strings.ToLower(name); {
	case n < 950 || !isASCII(name):
		return hexadecimal
	case n < 982:
		return fmt.Sprintf("%s-voice-%d", word, number)
	default:
		return fmt.Sprintf("%s #%d", word, number)
	}
}
