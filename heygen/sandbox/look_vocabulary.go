package sandbox

import (
	"slices"
	"strings"

	"heygen-graphql/heygen/sandbox/internal/rng"
)

var scenes = []string{
	"office", "sofa", "street", "kitchen", "studio", "garden", "library", "café", "classroom", "workshop", "beach", "rooftop",
	"train", "market", "blue suit", "red coat", "grey jumper", "white shirt", "rain jacket", "apron", "evening dress",
	"sitting", "standing", "walking", "close-up", "upper body", "from the side", "podcast", "news desk", "whiteboard",
}

var lookTags = []string{"business", "casual", "indoor", "outdoor", "formal", "friendly", "education", "healthcare", "retail", "travel", "new"}

var imageFormats = []struct {
	orientation string
	sizes       [][2]int // width and height
}{
	{"portrait", [][2]int{{1080, 1920}, {720, 1280}}},
	{"portrait", [][2]int{{1080, 1920}}},
	{"landscape", [][2]int{{1920, 1080}, {1280, 720}}},
	{"landscape", [][2]int{{1920, 1080}}},
	{"square", [][2]int{{1024, 1024}, {1080, 1080}}},
}

var engineNames = []string{"avatar_iii", "avatar_iv", "avatar_v"}

// randomTags returns up to four tags, or leaves the key out.
func randomTags(r *rng.SplitMix64, l *Look) (selected []string) {
	if rng.Chance(r, 80, 1000) {
		l.Absent = append(l.Absent, "tags")
		return nil
	}
	for range r.IntN(5) {
		if tag := rng.Pick(r, lookTags...); !slices.Contains(selected, tag) {
			selected = append(selected, tag)
		}
	}
	return selected
}

// randomEngines returns one or several consecutive engine generations, or leaves the key out.
func randomEngines(r *rng.SplitMix64, l *Look) []string {
	if rng.Chance(r, 80, 1000) {
		l.Absent = append(l.Absent, "supported_api_engines")
		return nil
	}
	first := r.IntN(len(engineNames))
	return slices.Clone(engineNames[first : first+1+r.IntN(len(engineNames)-first)])
}

// newLookID returns 32 hexadecimal digits most of the time. Other ids are readable, and a few need escaping in a path. Each
// has enough hexadecimal digits to be unique, at its end.
func newLookID(r *rng.SplitMix64, g *Group, ordinal int, name, scene string) string {
	id := rng.HexID(r)
	if n := generatedNumber(g.ID); n > 0 && ordinal <= maxGeneratedLooks {
		id = generatedKey(n, ordinal) + id[8:]
	}
	firstName, _, _ := strings.Cut(name, " ")
	isLetter := func(c rune) bool { return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' }
	if firstName == "" || strings.ContainsFunc(firstName, func(c rune) bool { return !isLetter(c) }) {
		firstName = "avatar"
	}
	sceneWord, _, _ := strings.Cut(scene, " ")
	switch n := r.IntN(1000); {
	case n < 880:
		return id
	case n < 940:
		return firstName + "_" + strings.ReplaceAll(sceneWord, "é", "e") + "_" + id[:10]
	case n < 985:
		return strings.ToLower(firstName) + "-" + id[:10]
	default:
		return firstName + rng.Pick(r, " in ", " @ ", "+", "?look=") + scene + " #" + id[:8]
	}
}
