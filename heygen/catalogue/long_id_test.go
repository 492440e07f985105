package catalogue_test

import (
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
	"testing"

	"heygen-graphql/graph/relay"
	"heygen-graphql/heygen"
	"heygen-graphql/heygen/catalogue"
)

// pagedIDs returns the ids of a selection in pages of 7, forward or backward.
func pagedIDs[T any](t *testing.T, selection *catalogue.Selection[T], backward bool, id func(*T) string) (ids []string) {
	t.Helper()
	codec, size := relay.NewCodec(""), 7
	args := relay.Args{First: &size}
	if backward {
		args = relay.Args{Last: &size}
	}
	for range selection.Len() + 1 {
		page, err := relay.ConnectSorted(codec, "test", relay.Sorted[*T](selection), args)
		if err != nil {
			t.Fatal(err)
		}
		var onPage []string
		for _, edge := range page.Edges {
			onPage = append(onPage, id(edge.Node))
		}
		if backward {
			ids, args.Before = slices.Concat(onPage, ids), page.PageInfo.StartCursor()
		} else {
			ids, args.After = slices.Concat(ids, onPage), page.PageInfo.EndCursor()
		}
		if !page.PageInfo.HasNextPage && !backward || !page.PageInfo.HasPreviousPage && backward {
			return ids
		}
	}
	t.Fatal("the pages do not end")
	return nil
}

// longIDs returns n distinct ids of 5,000 bytes in descending order. They differ at their
// start, or else only at their end.
func longIDs(n int, atStart bool) []string {
	ids := make([]string, n)
	for i := range ids {
		number, rest := fmt.Sprintf("%03d", n-i), strings.Repeat("x", 4_997)
		if ids[i] = rest + number; atStart {
			ids[i] = number + rest
		}
	}
	return ids
}

// pagedByOrder returns the ids of items that are equal but for their ids, by the name of an
// order, in pages of a selection in it. The last of the items repeats the first id.
func pagedByOrder(t *testing.T, ids []string, backward bool) map[string][]string {
	t.Helper()
	var groups []*heygen.AvatarGroup
	var looks []*heygen.AvatarLook
	var voices []*heygen.Voice
	for _, id := range append(slices.Clone(ids), ids[0]) {
		groups = append(groups, &heygen.AvatarGroup{ID: heygen.GroupID(id), Name: "Ann"})
		looks = append(looks, &heygen.AvatarLook{ID: heygen.LookID(id), Name: "Ann"})
		voices = append(voices, voice(id, "Ann", "English", ""))
	}
	search := parse(t, "ann")
	byGroup := func(order *catalogue.GroupOrder) []string {
		selection := catalogue.NewGroups(groups).Select(catalogue.GroupQuery{Search: search, Order: order})
		return pagedIDs(t, selection, backward, func(g *heygen.AvatarGroup) string { return string(g.ID) })
	}
	byVoice := func(order *catalogue.VoiceOrder) []string {
		selection := catalogue.NewVoices(voices).Select(catalogue.VoiceQuery{Search: search, Order: order})
		return pagedIDs(t, selection, backward, func(v *heygen.Voice) string { return string(v.ID) })
	}
	return map[string][]string{
		"groups in HeyGen's order": byGroup(nil),
		"looks in HeyGen's order": pagedIDs(t, catalogue.NewLooks(looks).Select(catalogue.LookQuery{Search: search}), backward,
			func(l *heygen.AvatarLook) string { return string(l.ID) }),
		"voices in HeyGen's order": byVoice(nil),
		"groups by name":           byGroup(&catalogue.GroupOrder{Field: catalogue.GroupName}),
		"groups by time":           byGroup(&catalogue.GroupOrder{Field: catalogue.GroupCreatedAt}),
		"groups by looks":          byGroup(&catalogue.GroupOrder{Field: catalogue.GroupLooksCount}),
		"voices by name":           byVoice(&catalogue.VoiceOrder{Field: catalogue.VoiceName}),
		"voices by language":       byVoice(&catalogue.VoiceOrder{Field: catalogue.VoiceLanguage}),
	}
}

func TestItemsWithLongIDsAreFoundSortedAndPaged(t *testing.T) {
	for _, backward := range []bool{false, true} {
		ids := longIDs(40, true)
		ascending := slices.Sorted(slices.Values(ids))
		for order, got := range pagedByOrder(t, ids, backward) {
			want := ascending
			if strings.HasSuffix(order, "in HeyGen's order") {
				want = ids
			}
			if !slices.Equal(got, want) {
				t.Errorf("%s, backward %t: %d ids, not the %d in order", order, backward, len(got), len(want))
			}
		}
	}
}

func TestLongIDsThatDifferAtTheirEndAreDistinct(t *testing.T) {
	ids := longIDs(40, false)
	forward, backward := pagedByOrder(t, ids, false), pagedByOrder(t, ids, true)
	slices.Sort(ids)
	for order, got := range forward {
		if !slices.Equal(got, backward[order]) {
			t.Errorf("%s: the order depends on the direction of the pages", order)
		}
		if slices.Sort(got); !slices.Equal(got, ids) {
			t.Errorf("%s: %d ids, want each of %d once", order, len(got), len(ids))
		}
	}
}

func TestKeyOfARemovedItemWithALongIDIsFound(t *testing.T) {
	var groups []*heygen.AvatarGroup
	for _, id := range longIDs(30, false) {
		groups = append(groups, &heygen.AvatarGroup{ID: heygen.GroupID(id), Name: "Ann"})
	}
	query := catalogue.GroupQuery{Search: parse(t, "ann")}
	key := catalogue.NewGroups(groups).Select(query).AppendKey(nil, 20)
	before, through, ok := catalogue.NewGroups(slices.Concat(groups[:20], groups[21:])).Select(query).Locate(key)
	if before != 20 || through != 20 || !ok {
		t.Errorf("the key is at %d to %d, %t", before, through, ok)
	}
}

// The longest key is one of LANGUAGE: it holds two strings and an id.
func TestLongestKeyFitsIntoACursor(t *testing.T) {
	const length = 9_000
	longest := 0
	for _, character := range []string{"a", "é", "美", "😀", "\u0301"} {
		for _, start := range []string{"", "b", "bb", "bbb"} { // so that the limits are within a character
			long := start + strings.Repeat(character, length)
			for _, id := range []string{long, long[:512], long[:513]} {
				voices := catalogue.NewVoices([]*heygen.Voice{voice("a", "Ann", "English", ""), voice(id, long, long, ""), voice(id+"c", long, long, "")})
				selection := voices.Select(catalogue.VoiceQuery{Order: &catalogue.VoiceOrder{Field: catalogue.VoiceLanguage, Direction: catalogue.Descending}})
				for i := range selection.Len() {
					key := selection.AppendKey(nil, i)
					longest = max(longest, len(key))
					if before, through, ok := selection.Locate(key); before != i || through != i+1 || !ok {
						t.Errorf("%q, an id of %d bytes: the key of item %d is at %d to %d, %t", character, len(id), i, before, through, ok)
					}
				}
			}
		}
	}
	if longest < 2*1024+512 || longest > relay.MaxKeyLength {
		t.Errorf("the longest key has %d bytes, want at most %d", longest, relay.MaxKeyLength)
	}
}

func TestKeysWithTooLongFieldsAreMalformed(t *testing.T) {
	groups := catalogue.NewGroups([]*heygen.AvatarGroup{{ID: "a", CreatedAt: unix(0)}, {ID: "b", CreatedAt: unix(0)}})
	byName := groups.Select(catalogue.GroupQuery{Order: &catalogue.GroupOrder{Field: catalogue.GroupName}})
	appendString := func(key string, length int) string {
		return string(binary.AppendUvarint([]byte(key), uint64(length))) + strings.Repeat("x", length)
	}
	nameKey := func(name, id int) string { // kind, number, name, no language, id
		return appendString(appendString("\x01\x00", name)+"\x00", id)
	}
	for _, test := range []struct {
		name      string
		selection *catalogue.Selection[heygen.AvatarGroup]
		key       string
		ok        bool
	}{
		{"longest name and id", byName, nameKey(1024, 512), true},
		{"too long name", byName, nameKey(1025, 512), false},
		{"too long id", byName, nameKey(1024, 513), false},
		{"longest id in HeyGen's order", groups.Select(catalogue.GroupQuery{}), appendString("\x00\x00\x00", 512) + "\x00", true},
		{"too long id in HeyGen's order", groups.Select(catalogue.GroupQuery{}), appendString("\x00\x00\x00", 513) + "\x00", false},
	} {
		if _, _, ok := test.selection.Locate([]byte(test.key)); ok != test.ok {
			t.Errorf("%s: %t", test.name, ok)
		}
	}
}
