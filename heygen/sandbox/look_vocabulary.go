package sandbox

import (
	"slices"
	"strings"

	"heygen-graphql/heygen/sandbox/internal/rng"
)

var settings = []string{
	"office", "sofa", "street", "kitchen", "studio", "garden", "library", "café", "classroom", "workshop", "beach", "rooftop",
	"train", "market", "blue suit", "red coat", "grey jumper", "white shirt", "rain jacket", "apron", "evening dress",
	"sitting", "standing", "walking", "close-up", "upper body", "from the side", "podcast", "news desk", "whiteboard",
}

var tags = []string{"business", "casual", "indoor", "outdoor", "formal", "friendly", "education", "healthcare", "retail", "travel", "new"}

var shapes = []struct {
	orientation string
	sizes       [][2]int // width and height
}{
	{"portrait", [][2]int{{1080, 1920}, {720, 1280}}},
	{"portrait", [][2]int{{1080, 1920}}},
	{"landscape", [][2]int{{1920, 1080}, {1280, 720}}},
	{"landscape", [][2]int{{1920, 1080}}},
	{"square", [][2]int{{1024, 1024}, {1080, 1080}}},
}

var generations = []string{"avatar_iii", "avatar_iv", "avatar_v"}

// words are none to four tags, or not there at all.
func words(d *rng.SplitMix64, l *Look) (chosen []string) {
	if rng.Chance(d, 80, 1000) {
		l.Absent = append(l.Absent, "tags")
		return nil
	}
	for range d.IntN(5) {
		if tag := rng.Pick(d, tags...); !slices.Contains(chosen, tag) {
			chosen = append(chosen, tag)
		}
	}
	return chosen
}

// engines are those of one generation or of several that follow each other, or not there at all.
func engines(d *rng.SplitMix64, l *Look) []string {
	if rng.Chance(d, 80, 1000) {
		l.Absent = append(l.Absent, "supported_api_engines")
		return nil
	}
	from := d.IntN(len(generations))
	return slices.Clone(generations[from : from+1+d.IntN(len(generations)-from)])
}

// lookID is 32 hexadecimal digits most of the time. The others can be read, and a few have to be escaped in a path. Each has
// enough hexadecimal digits to be the only one.
func lookID(d *rng.SplitMix64, name, setting string) string {
	id := rng.HexID(d)
	first, _, _ := strings.Cut(name, " ")
	readable := func(c rune) bool { return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' }
	if first == "" || strings.ContainsFunc(first, func(c rune) bool { return !readable(c) }) {
		first = "avatar"
	}
	place, _, _ := strings.Cut(setting, " ")
	switch n := d.IntN(1000); {
	case n < 880:
		return id
	case n < 940:
		return first + "_" + strings.ReplaceAll(place, "é", "e") + "_" + id[:10]
	case n < 985:
		return strings.ToLower(first) + "-" + id[:10]
	default:
		return first + rng.Pick(d, " in ", " @ ", "+", "?look=") + setting + " #" + id[:8]
	}
}
