package catalogue_test

import (
	"errors"
	"strings"
	"testing"

	"heygen-graphql/heygen"
	"heygen-graphql/heygen/catalogue"
)

func parse(t testing.TB, s string) catalogue.Search {
	t.Helper()
	search, err := catalogue.ParseSearch(s)
	if err != nil {
		t.Fatal(err)
	}
	return search
}

// named returns groups with these names, whose ids are in the same order.
func named(names ...string) []*heygen.AvatarGroup {
	groups := make([]*heygen.AvatarGroup, len(names))
	for i, name := range names {
		groups[i] = &heygen.AvatarGroup{ID: heygen.GroupID(rune('a' + i)), Name: name}
	}
	return groups
}

func selectedNames(s *catalogue.Selection[heygen.AvatarGroup]) []string {
	names := make([]string, s.Len())
	for i := range names {
		names[i] = s.Item(i).Name
	}
	return names
}

func TestSearchMatchesPrefixesOfWords(t *testing.T) {
	names := []string{"Monica", "Mónica García", "Dr. Harmon", "佐々木美玲", "ササキ ミレイ", "Søren 2", "수아", "Star ⭐", "O'Neil"}
	groups := catalogue.NewGroups(named(names...))
	for search, want := range map[string][]string{
		"monica":        {"Monica", "Mónica García"},
		"MÓN":           {"Monica", "Mónica García"},
		"gar mon":       {"Mónica García"},
		"garcia m":      {"Mónica García"},
		"m m m":         {"Monica", "Mónica García"},
		"onica":         {},
		"harm":          {"Dr. Harmon"},
		"dr harmon":     {"Dr. Harmon"},
		"美玲":            {"佐々木美玲"}, // inside a name without spaces
		"木佐":            {"佐々木美玲"},
		"美 蓮":           {},
		"ミレ":            {"ササキ ミレイ"},
		"ﾐﾚ":            {"ササキ ミレイ"},
		"ササ":            {"ササキ ミレイ"},
		"レイ":            {},
		"soren":         {"Søren 2"},
		"2":             {"Søren 2"},
		"수":             {"수아"},
		"⭐":             {"Star ⭐"},
		"neil":          {"O'Neil"},
		"monica nobody": {},
		"!!":            names,
		"":              names,
		" \u00a0\n":     names,
	} {
		got := selectedNames(groups.Select(catalogue.GroupQuery{Search: parse(t, search)}))
		if strings.Join(got, "/") != strings.Join(want, "/") {
			t.Errorf("search %q: %q, want %q", search, got, want)
		}
	}
}

func TestSearchRanksWholeNameThenNamePrefixThenWordPrefix(t *testing.T) {
	groups := catalogue.NewGroups(named("Dr. Ann", "Anna", "Ann", "Ann Lee", "ÁNN", "Lee Ann", "Bob"))
	for search, want := range map[string]string{
		"ann":     "Ann/ÁNN/Anna/Ann Lee/Dr. Ann/Lee Ann",
		"ann l":   "Ann Lee/Lee Ann",
		"lee ann": "Lee Ann/Ann Lee",
	} {
		if got := strings.Join(selectedNames(groups.Select(catalogue.GroupQuery{Search: parse(t, search)})), "/"); got != want {
			t.Errorf("search %q: %s, want %s", search, got, want)
		}
	}
	byName := groups.Select(catalogue.GroupQuery{Search: parse(t, "ann"), Order: &catalogue.GroupOrder{Field: catalogue.GroupName}})
	if got := strings.Join(selectedNames(byName), "/"); got != "Ann/ÁNN/Ann Lee/Anna/Dr. Ann/Lee Ann" {
		t.Errorf("an order does not replace the rank: %s", got)
	}
}

func TestSearchHasLimits(t *testing.T) {
	for search, valid := range map[string]bool{
		strings.Repeat("a", 100):                    true,
		"  " + strings.Repeat("é", 100) + "\n":      true, // characters, without those around
		strings.Repeat("a", 101):                    false,
		strings.Repeat(" ", 200):                    true,
		"a b c d e f g h":                           true,
		"a b c d e f g h i":                         false,
		"a a a a a a a a a":                         false,
		"a-b-c-d-e-f-g-h-i":                         false,
		"寿限無寿限無五劫の擦り切れ":                             true, // people do not count ideographs as words
		"寿 限 無 寿 限 無 五 劫 の":                         false,
		strings.Repeat("!", 101):                    false,
		"a " + strings.Repeat("! ", 20) + " b c d!": true,
	} {
		_, err := catalogue.ParseSearch(search)
		if valid {
			if err != nil {
				t.Errorf("%q: %v", search, err)
			}
			continue
		}
		reason, ok := errors.AsType[*catalogue.SearchError](err)
		if !ok || reason.Reason != "`search` must have at most 100 characters and 8 words." {
			t.Errorf("%q: %v", search, err)
		}
	}
}

func TestSearchHasCanonicalForm(t *testing.T) {
	for _, equal := range [][]string{{"Mónica  García", "monica garcia", " MONICA-GARCIA "}, {"", "  ", "!!", "-"}} {
		for _, s := range equal {
			if got, want := parse(t, s).String(), parse(t, equal[0]).String(); got != want {
				t.Errorf("%q: %q, want %q", s, got, want)
			}
		}
	}
	for _, different := range [][2]string{{"anna lee", "lee anna"}, {"ab", "a b"}, {"anna", "anna anna"}} { // ranked otherwise
		if parse(t, different[0]).String() == parse(t, different[1]).String() {
			t.Errorf("%q have the same form", different)
		}
	}
	if !parse(t, "!!").IsZero() || parse(t, "a").IsZero() {
		t.Error("IsZero is wrong")
	}
}

func TestLookSearchIncludesTags(t *testing.T) {
	looks := catalogue.NewLooks([]*heygen.AvatarLook{
		{ID: "1", Name: "Portrait", Tags: []string{"Red Dress", "Büro"}},
		{ID: "2", Name: "Red", Tags: []string{}},
		{ID: "3", Name: "Blue", Tags: []string{"sofa"}},
	})
	for search, want := range map[string]string{"red": "21", "dress port": "1", "buro": "1", "so": "3", "red sofa": "", "": "123"} {
		selection, got := looks.Select(catalogue.LookQuery{Search: parse(t, search)}), ""
		for i := range selection.Len() {
			got += string(selection.Item(i).ID)
		}
		if got != want {
			t.Errorf("search %q: %q, want %q", search, got, want)
		}
	}
}
