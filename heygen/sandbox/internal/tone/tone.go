// Package tone synthesizes the sample of a voice, as WAV: a few notes, the same ones for the same id each time. It contains
// no speech, but two voices are audibly different.
//
//	wav := tone.Synthesize("5c3e9f1b7a2d4c60b8e1f7a94d20c6b3", "female")
package tone

import (
	"bytes"
	"encoding/binary"
	"math"
	"strings"

	"heygen-graphql/heygen/sandbox/internal/rng"
)

const (
	sampleRate    = 22050 // samples a second; half of a CD's, which is plenty for these notes
	notes         = 5
	noteSamples   = sampleRate * 3 / 10 // samples of one note: five of them are a second and a half, and 66 KB
	attackSamples = sampleRate / 100    // samples in which a note swells, and in which its end fades out: with fewer, either clicks
)

// scale is a pentatonic scale, in semitones: any sequence of its notes sounds well.
var scale = []float64{0, 2, 4, 7, 9, 12}

// Synthesize returns a complete file: PCM, 16 bits, mono. Gender, in any of HeyGen's spellings, selects the pitch.
func Synthesize(id, gender string) []byte {
	r := rng.New(id)

	root := rootFrequency(gender) * math.Pow(2, float64(r.IntN(7)-3)/12)
	samples := make([]int16, 0, notes*noteSamples)
	for n := range notes {
		step := scale[r.IntN(len(scale))]
		if n == notes-1 {
			step = 0 // end on the root
		}
		samples = appendNote(samples, root*math.Pow(2, step/12))
	}
	return encodeWAV(samples)
}

// rootFrequency returns the lowest note, in hertz, before the id shifts it by up to three semitones.
func rootFrequency(gender string) float64 {
	switch strings.ToLower(gender) {
	case "female", "woman":
		return 392 // G4
	case "male", "man":
		return 196 // G3
	default:
		return 294 // D4
	}
}

// appendNote appends a note that swells fast and dies away slowly, as on a glockenspiel.
func appendNote(samples []int16, hertz float64) []int16 {
	for i := range noteSamples {
		phase := 2 * math.Pi * hertz * float64(i) / sampleRate
		amplitude := math.Exp(-4*float64(i)/noteSamples) * min(1, float64(i)/attackSamples, float64(noteSamples-1-i)/attackSamples)
		wave := math.Sin(phase) + .3*math.Sin(2*phase) + .1*math.Sin(3*phase)
		samples = append(samples, int16(.5*math.MaxInt16*amplitude*wave))
	}
	return samples
}

// encodeWAV prepends the standard WAV header to the samples.
func encodeWAV(samples []int16) []byte {
	size := uint32(2 * len(samples)) // in bytes
	var out bytes.Buffer
	for _, part := range []any{
		[]byte("RIFF"), 36 + size, []byte("WAVE"),
		[]byte("fmt "), uint32(16), uint16(1 /* PCM */), uint16(1 /* channel */), uint32(sampleRate), uint32(2 * sampleRate), uint16(2), uint16(16),
		[]byte("data"), size, samples,
	} {
		_ = binary.Write(&out, binary.LittleEndian, part) // a Buffer never fails, and each part has a fixed size
	}
	return out.Bytes()
}
