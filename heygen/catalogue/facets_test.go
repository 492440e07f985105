package catalogue_test

import (
	"fmt"
	"strings"
	"testing"

	"heygen-graphql/heygen"
	"heygen-graphql/heygen/catalogue"
)

func formatGenders(counts []catalogue.GenderCount) string {
	var s strings.Builder
	for _, c := range counts {
		fmt.Fprintf(&s, "%s:%d ", c.Value, c.Count)
	}
	return s.String()
}

func formatStatuses(counts []catalogue.TrainingStatusCount) string {
	var s strings.Builder
	for _, c := range counts {
		value := heygen.TrainingStatus("none")
		if c.Value != nil {
			value = *c.Value
		}
		fmt.Fprintf(&s, "%s:%d ", value, c.Count)
	}
	return s.String()
}

func TestGroupFacetsCountWithoutTheirOwnFilter(t *testing.T) {
	groups := catalogue.NewGroups(filteredGroups)
	for _, test := range []struct {
		name           string
		filter         catalogue.GroupFilter
		gender, status string
	}{
		{"nothing", catalogue.GroupFilter{},
			"female:2 male:1 other:1 unknown:1 ", "processing:1 completed:1 failed:1 unknown:1 none:1 "},
		{"a gender", catalogue.GroupFilter{Gender: []heygen.Gender{heygen.Female}},
			"female:2 male:1 other:1 unknown:1 ", "completed:1 failed:1 "},
		{"a status", catalogue.GroupFilter{Status: []heygen.TrainingStatus{heygen.Processing}},
			"male:1 ", "processing:1 completed:1 failed:1 unknown:1 none:1 "},
		{"both", catalogue.GroupFilter{Gender: []heygen.Gender{heygen.Female}, Status: []heygen.TrainingStatus{heygen.Processing, heygen.Failed}},
			"female:1 male:1 ", "completed:1 failed:1 "},
		{"looks", catalogue.GroupFilter{MinLooksCount: new(3)},
			"female:2 unknown:1 ", "completed:1 failed:1 none:1 "},
		{"everything", catalogue.GroupFilter{MinLooksCount: new(100)}, "", ""},
	} {
		facets := groups.Facets(catalogue.GroupQuery{Filter: test.filter})
		if got := formatGenders(facets.Gender); got != test.gender {
			t.Errorf("filter by %s: gender %s, want %s", test.name, got, test.gender)
		}
		if got := formatStatuses(facets.Status); got != test.status {
			t.Errorf("filter by %s: status %s, want %s", test.name, got, test.status)
		}
		if facets.Gender == nil || facets.Status == nil {
			t.Errorf("filter by %s: a facet is nil", test.name)
		}
	}
}

func TestGroupFacetsCountMatchesOfTheSearch(t *testing.T) {
	groups := catalogue.NewGroups([]*heygen.AvatarGroup{
		{ID: "a", Name: "Ann", Gender: new("f")}, {ID: "b", Name: "Bob", Gender: new("m")}, {ID: "c", Name: "Anna"}, {ID: "d", Name: "Andy"},
	})
	facets := groups.Facets(catalogue.GroupQuery{Search: parse(t, "an")})
	if got := formatGenders(facets.Gender) + formatStatuses(facets.Status); got != "unknown:2 female:1 none:3 " {
		t.Errorf("facets %s", got)
	}
}

func TestVoiceFacetsAreSortedByFrequencyThenValue(t *testing.T) {
	voices := catalogue.NewVoices([]*heygen.Voice{
		voice("a", "Ann", "Zulu", "male"), voice("b", "Bob", "", "woman"), voice("c", "Anna", "Español", "female"),
		voice("d", "Zoe", "Zulu", "f"), voice("e", "Ava", "Åland", ""), voice("f", "Art", "", "x"), voice("g", "Ada", "English", "m"),
	})
	format := func(counts []catalogue.StringCount) string {
		var s strings.Builder
		for _, c := range counts {
			value := "none"
			if c.Value != nil {
				value = *c.Value
			}
			fmt.Fprintf(&s, "%s:%d ", value, c.Count)
		}
		return s.String()
	}
	for search, want := range map[string][2]string{
		"":    {"Zulu:2 none:2 Åland:1 English:1 Español:1 ", "female:3 male:2 other:1 unknown:1 "},
		"a":   {"Åland:1 English:1 Español:1 Zulu:1 none:1 ", "male:2 female:1 other:1 unknown:1 "},
		"xyz": {"", ""},
	} {
		if got := format(voices.Languages(parse(t, search))); got != want[0] {
			t.Errorf("search %q: languages %s, want %s", search, got, want[0])
		}
		if got := formatGenders(voices.Genders(parse(t, search))); got != want[1] {
			t.Errorf("search %q: genders %s, want %s", search, got, want[1])
		}
	}
}
