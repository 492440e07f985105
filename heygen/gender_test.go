package heygen_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"heygen-graphql/heygen"
)

func TestGenderCategoryFollowsFreeText(t *testing.T) {
	for want, texts := range map[heygen.Gender][]string{
		heygen.Female:        {"female", "Female", "FEMALE", "woman", "Woman", "women", "f", "F", "girl", " female\n", "\u00a0Woman\u3000", "\ufefffemale\u200b", "lady", "Feminine"},
		heygen.Male:          {"male", "Male", "man", "Man", "men", "m", "M", "boy", "\tmale ", "Gentleman", "masculine"},
		heygen.UnknownGender: {"", " ", "\u00a0\u2003\n", "\u200b", "unknown", "Unknown", "unspecified", "UNSPECIFIED ", "n/a", "N/A"},
		heygen.OtherGender:   {"neutral", "Neutral", "non-binary", "other", "femalemale", "female/male", "fe male", "woman, adult", "x", "человек", "fm", "unknown gender"},
	} {
		for _, text := range texts {
			group, look, voice := heygen.AvatarGroup{Gender: &text}, heygen.AvatarLook{Gender: &text}, heygen.Voice{Gender: &text}
			for _, got := range []heygen.Gender{heygen.ClassifyGender(&text), group.GenderCategory(), look.GenderCategory(), voice.GenderCategory()} {
				if got != want {
					t.Errorf("%q is %s, want %s", text, got, want)
				}
			}
		}
	}
	for _, got := range []heygen.Gender{heygen.ClassifyGender(nil), heygen.AvatarGroup{}.GenderCategory(), heygen.AvatarLook{}.GenderCategory(), heygen.Voice{}.GenderCategory()} {
		if got != heygen.UnknownGender {
			t.Errorf("null is %s", got)
		}
	}
}

// The category does not depend on case or on surrounding white space, and it is one of four.
func TestGenderCategoryIgnoresCaseAndSurroundingSpace(t *testing.T) {
	known := map[heygen.Gender]bool{heygen.Female: true, heygen.Male: true, heygen.OtherGender: true, heygen.UnknownGender: true}
	space := rapid.StringOfN(rapid.SampledFrom([]rune(" \t\r\n\u00a0\u2003\u3000\u200b\u200d\ufeff")), 0, 4, -1)
	rapid.Check(t, func(r *rapid.T) {
		text := rapid.OneOf(
			rapid.SampledFrom([]string{"female", "woman", "women", "f", "girl", "male", "man", "men", "m", "boy", "unknown", "unspecified", "n/a", "neutral", "non-binary", ""}),
			rapid.StringMatching(`[a-zA-Z/ -]{0,10}`),
		).Draw(r, "text")
		want := heygen.ClassifyGender(&text)
		if !known[want] {
			r.Fatalf("%q is %q", text, want)
		}
		cased := []byte(text)
		for i := range cased {
			if upper := strings.ToUpper(text[i : i+1]); rapid.Bool().Draw(r, "upper") {
				cased[i] = upper[0]
			}
		}
		padded := space.Draw(r, "before") + string(cased) + space.Draw(r, "after")
		if got := heygen.ClassifyGender(&padded); got != want {
			r.Fatalf("%q is %s, but %q is %s", text, want, padded, got)
		}
	})
}
