package catalogue

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestFoldIgnoresCaseDiacriticsAndVariants(t *testing.T) {
	for s, want := range map[string]string{
		"Monica":     "monica",
		"ÅSA":        "asa",
		"Zoë":        "zoe",
		"Zoe\u0308":  "zoe", // decomposed
		"Søren":      "soren",
		"ŁUKASZ":     "lukasz",
		"Đorđe":      "dorde",
		"Guðrún":     "gudrun",
		"Ħ":          "h",
		"Ŧ":          "t",
		"ÆSIR":       "aesir",
		"Œuvre":      "oeuvre",
		"Þór":        "thor",
		"Straße":     "strasse",
		"IŞIL":       "isil",
		"ışıl":       "isil",
		"İpek":       "ipek",
		"Ｍｏｎｉｃａ":     "monica", // full-width
		"ﬁona":       "fiona",
		"ΟΔΥΣΣΕΎΣ":   "οδυσσευσ",
		"Ὀδυσσεύς":   "οδυσσευσ",
		"Фёдор":      "федор",
		"أحمد":       "احمد",
		"אָדָם":      "אדם",
		"が":          "か",
		"ﾓﾆｶ":        "モニカ", // half-width
		"Nguyễn":     "nguyen",
		"Avatar Ⅳ ②": "avatar iv 2",
	} {
		if got := fold(s); got != want {
			t.Errorf("fold(%q) = %q, want %q", s, got, want)
		}
	}
}

func TestFoldOfEveryCharacterIsStable(t *testing.T) {
	const last = 0x323AF // of the characters that Unicode assigns, but for tags and private use
	for r := range rune(last + 1) {
		if once := fold(string(r)); fold(once) != once {
			t.Errorf("fold(%U) = %q, folded again %q", r, once, fold(once))
		}
	}
}

func TestWordsAreSplitAsPeopleSeeThem(t *testing.T) {
	for s, want := range map[string][]string{
		"":                       nil,
		" - !":                   nil,
		"Monica":                 {"monica"},
		"Dr. Luca":               {"dr", "luca"},
		"Floyd – News Desk":      {"floyd", "news", "desk"},
		"Mary-Jane O'Neil (old)": {"mary", "jane", "o", "neil", "old"},
		"Anna | Business + Co":   {"anna", "business", "co"},
		"avatar_2":               {"avatar", "2"},
		"مـحـمد":                 {"محمد"},
		"Avatar2":                {"avatar2"},
		"美玲":                     {"美", "玲"},
		"佐々木 ひな":                 {"佐", "々", "木", "ひ", "な"},
		"AIモニカー2号":               {"ai", "モニカー", "2", "号"},
		"수아 김":                   {fold("수아"), fold("김")},
		"Star ⭐️ 👍🏽👍":            {"star", "⭐", "👍", "👍"},
		"अनिल कुमार":             {fold("अनिल"), fold("कुमार")},
		"มาลี":                   {fold("มาลี")},
	} {
		if got := slices.Collect(words(fold(s))); !slices.Equal(got, want) {
			t.Errorf("words of %q = %q, want %q", s, got, want)
		}
	}
}

func TestWordsOfJoinedWordsAreTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		folded := fold(rapid.StringOf(rapid.OneOf(rapid.RuneFrom([]rune("aB é-モーか美|👍2\u20dd\u0903")), rapid.Rune())).Draw(t, "s"))
		want := slices.Collect(words(folded))
		joined := joinWords(folded)
		if got := slices.Collect(words(joined)); !slices.Equal(got, want) {
			t.Fatalf("%q: words %q, of the joined %q: %q", folded, want, joined, got)
		}
		for _, word := range want {
			if strings.ContainsFunc(word, isSeparator) {
				t.Fatalf("%q contains a separator", word)
			}
		}
	})
}
