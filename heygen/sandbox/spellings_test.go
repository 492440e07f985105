package sandbox_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestGroupNamesCoverWhatSearchesGetWrong(t *testing.T) {
	lines := readCatalogue(t)
	names := tally(lines, "name")
	containsAny := func(chars string) func(string) bool {
		return func(name string) bool { return strings.ContainsAny(name, chars) }
	}
	for what, is := range map[string]func(string) bool{
		"the name Monica or a part of it": func(name string) bool { return strings.Contains(strings.ToLower(name), "monica") },
		"one name in several cases":       func(name string) bool { return strings.EqualFold(name, "nova") },
		"a number":                        func(name string) bool { return strings.HasPrefix(name, "Avatar ") },
		"a hyphen":                        containsAny("-"),
		"an apostrophe":                   containsAny("'’"),
		"a letter with a stroke":          containsAny("ØøŁłĐđĦħ"),
		"a sharp s":                       containsAny("ß"),
		"a ligature":                      containsAny("ÆæŒœﬁ"),
		"the first letter Å":              func(name string) bool { return strings.HasPrefix(name, "Å") || strings.HasPrefix(name, "A\u030a") },
		"a composition of two code points": func(name string) bool {
			return strings.ContainsFunc(name, func(c rune) bool { return c == '\u0301' || c == '\u030a' })
		},
		"a symbol": func(name string) bool {
			return strings.ContainsFunc(name, func(c rune) bool { return unicode.Is(unicode.So, c) })
		},
		"several ideographs": func(name string) bool {
			return strings.ContainsFunc(name, func(c rune) bool { return unicode.Is(unicode.Han, c) }) && utf8.RuneCountInString(name) > 2
		},
		"letters of another width": func(name string) bool {
			return strings.ContainsFunc(name, func(c rune) bool { return 0xff00 <= c && c <= 0xffef })
		},
	} {
		n := 0
		for name := range names {
			if is(name) {
				n++
			}
		}
		if n < 2 {
			t.Errorf("%d names have %s", n, what)
		}
	}
	for _, name := range []string{"Monica", "Grace"} {
		if names[name] < 2 {
			t.Errorf("%d groups have the name %s, want several", names[name], name)
		}
	}
	for _, pair := range [][2]string{{"محمد", "مُحَمَّد"}, {"Avatar 2", "Avatar 10"}, {"Jean-Luc", "Jean Luc"}, {"Weiß", "Weiss"}} {
		if names[pair[0]] == 0 || names[pair[1]] == 0 {
			t.Errorf("not both of %q", pair)
		}
	}
	if n := countIf(lines, func(l record) bool { return utf8.RuneCountInString(l.str("name")) > 200 }); n == 0 {
		t.Error("no name is very long")
	}
	if n := countIf(lines, func(l record) bool {
		return l.str("name") != "" && !strings.ContainsFunc(l.str("name"), unicode.IsLetter)
	}); n == 0 {
		t.Error("every name has a letter")
	}
}
