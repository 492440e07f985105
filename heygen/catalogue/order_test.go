package catalogue_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"heygen-graphql/heygen"
	"heygen-graphql/heygen/catalogue"
)

func TestNamesAreSortedAsPeopleExpect(t *testing.T) {
	want := []string{
		"", "(old)", "2 Friends", "007 Club", "10 Friends", // numbers by value
		"aaron", "Aaron", "Abby", "Ann B", "Annabel", "Åsa", "Ašta", "Avatar", "Avatar 2", "Avatar 10", "Avatar 010 b",
		"Ben", "eda", "Éda", "Edb", "Ludo", "Łukasz", "Søren", "Zoe", "Zoë", "Zora",
		"Άννα", "Богдан", "אריאל", "أحمد", "زياد", "수아", "ひまり", "子轩", "李",
	}
	byBytes := slices.Clone(want)
	slices.Sort(byBytes)
	groups := catalogue.NewGroups(named(byBytes...))
	order := catalogue.GroupOrder{Field: catalogue.GroupName}
	if got := selectedNames(groups.Select(catalogue.GroupQuery{Order: &order})); !slices.Equal(got, want) {
		t.Errorf("ascending:\n%q, want\n%q", got, want)
	}
	order.Direction = catalogue.Descending
	slices.Reverse(want)
	if got := selectedNames(groups.Select(catalogue.GroupQuery{Order: &order})); !slices.Equal(got, want) {
		t.Errorf("descending:\n%q, want\n%q", got, want)
	}
}

func unix(seconds int64) heygen.UnixTime { return heygen.UnixTime{Time: time.Unix(seconds, 0).UTC()} }

func groupIDs(s *catalogue.Selection[heygen.AvatarGroup]) string {
	var ids strings.Builder
	for i := range s.Len() {
		ids.WriteString(string(s.Item(i).ID))
	}
	return ids.String()
}

func TestOrdersBreakTiesByID(t *testing.T) {
	groups := catalogue.NewGroups([]*heygen.AvatarGroup{
		{ID: "d", Name: "Ann", LooksCount: 2, CreatedAt: unix(20)},
		{ID: "a", Name: "Ann", LooksCount: 10, CreatedAt: unix(-5)},
		{ID: "c", Name: "Bob", LooksCount: 2, CreatedAt: unix(20)},
		{ID: "b", Name: "", LooksCount: 2}, // created at an unknown time: 1970, as the API returns it
	})
	for _, test := range []struct {
		field     catalogue.GroupOrderField
		ascending string
	}{
		{catalogue.GroupName, "badc"},
		{catalogue.GroupCreatedAt, "abcd"},
		{catalogue.GroupLooksCount, "bcda"},
	} {
		order := catalogue.GroupOrder{Field: test.field}
		if got := groupIDs(groups.Select(catalogue.GroupQuery{Order: &order})); got != test.ascending {
			t.Errorf("%s: %s, want %s", test.field, got, test.ascending)
		}
		order.Direction = catalogue.Ascending
		if got := groupIDs(groups.Select(catalogue.GroupQuery{Order: &order})); got != test.ascending {
			t.Errorf("%s ascending: %s, want %s", test.field, got, test.ascending)
		}
		descending := []byte(test.ascending)
		slices.Reverse(descending)
		order.Direction = catalogue.Descending
		if got := groupIDs(groups.Select(catalogue.GroupQuery{Order: &order})); got != string(descending) {
			t.Errorf("%s descending: %s, want %s", test.field, got, descending)
		}
	}
}

func voice(id, name, language, gender string) *heygen.Voice {
	v := &heygen.Voice{ID: heygen.VoiceID(id)}
	for _, field := range []struct {
		to    **string
		value string
	}{{&v.Name, name}, {&v.Language, language}, {&v.Gender, gender}} {
		if field.value != "" {
			*field.to = new(field.value)
		}
	}
	return v
}

func voiceIDs(s *catalogue.Selection[heygen.Voice]) string {
	var ids strings.Builder
	for i := range s.Len() {
		ids.WriteString(string(s.Item(i).ID))
	}
	return ids.String()
}

func TestVoicesAreOrderedByNameOrLanguage(t *testing.T) {
	voices := catalogue.NewVoices([]*heygen.Voice{
		voice("a", "Zoe", "English", ""),
		voice("b", "", "English", ""),
		voice("c", "Åsa", "Español", ""),
		voice("d", "Ben", "", ""),
		voice("e", "Ben", "english", ""),
	})
	for _, test := range []struct {
		order  *catalogue.VoiceOrder
		search string
		want   string
	}{
		{nil, "", "abcde"},
		{&catalogue.VoiceOrder{Field: catalogue.VoiceName}, "", "bcdea"},
		{&catalogue.VoiceOrder{Field: catalogue.VoiceName, Direction: catalogue.Descending}, "", "aedcb"},
		{&catalogue.VoiceOrder{Field: catalogue.VoiceLanguage}, "", "debac"},
		{&catalogue.VoiceOrder{Field: catalogue.VoiceLanguage, Direction: catalogue.Descending}, "be", "ed"},
		{nil, "as", "c"},
	} {
		selection := voices.Select(catalogue.VoiceQuery{Search: parse(t, test.search), Order: test.order})
		if got := voiceIDs(selection); got != test.want {
			t.Errorf("%v %q: %s, want %s", test.order, test.search, got, test.want)
		}
	}
}

func TestIndexContainsOnlyTheFirstItemOfAnID(t *testing.T) {
	groups := catalogue.NewGroups([]*heygen.AvatarGroup{{ID: "a", Name: "First"}, {ID: "b"}, {ID: "a", Name: "Second"}})
	if got := selectedNames(groups.Select(catalogue.GroupQuery{})); groups.Len() != 2 || !slices.Equal(got, []string{"First", ""}) {
		t.Errorf("%d groups: %q", groups.Len(), got)
	}
}

func TestNamesThatAreEqualForAKibibyteAreInTheOrderOfIDs(t *testing.T) {
	long := strings.Repeat("é", 600) // its 1,024th byte is within a character
	groups := catalogue.NewGroups([]*heygen.AvatarGroup{{ID: "b", Name: long + "a"}, {ID: "a", Name: long + "b"}, {ID: "c", Name: "a"}})
	selection := groups.Select(catalogue.GroupQuery{Order: &catalogue.GroupOrder{Field: catalogue.GroupName}})
	if got := groupIDs(selection); got != "cab" {
		t.Errorf("order %s, want cab", got)
	}
	for i := range selection.Len() {
		key := selection.AppendKey(nil, i)
		if before, through, ok := selection.Locate(key); !ok || before != i || through != i+1 || len(key) > 1100 {
			t.Errorf("the key of item %d, of %d bytes, is at %d to %d, %t", i, len(key), before, through, ok)
		}
	}
}

func ExampleGroups_Select() {
	groups := catalogue.NewGroups([]*heygen.AvatarGroup{
		{ID: "1", Name: "Mónica García"}, {ID: "2", Name: "Harmon"}, {ID: "3", Name: "Monica"},
	})
	search, err := catalogue.ParseSearch("monica")
	if err != nil {
		fmt.Println(err)
		return
	}
	selection := groups.Select(catalogue.GroupQuery{Search: search})
	for i := range selection.Len() {
		fmt.Println(selection.Item(i).Name)
	}
	// Output:
	// Monica
	// Mónica García
}
