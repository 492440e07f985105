package catalogue_test

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"heygen-graphql/heygen"
	"heygen-graphql/heygen/catalogue"
)

// listOrder is the order in which a simulated HeyGen lists groups.
type listOrder string

const (
	newestFirst listOrder = "newest first"
	byID        listOrder = "by id"
	unspecified listOrder = "unspecified"
)

// changingList is a list of groups that changes between the pages of a client.
type changingList struct {
	order  listOrder
	groups []*heygen.AvatarGroup
	added  int
}

// add adds a group at the position that the order of the list has for it.
func (l *changingList) add(t *rapid.T) {
	group := drawGroup(t)
	group.ID = heygen.GroupID(fmt.Sprintf("%02d-%d", rapid.IntRange(0, 99).Draw(t, "id"), l.added))
	l.added++
	at := rapid.IntRange(0, len(l.groups)).Draw(t, "at")
	l.groups = slices.Insert(l.groups, at, group)
	switch l.order {
	case newestFirst:
		slices.SortStableFunc(l.groups, func(a, b *heygen.AvatarGroup) int {
			return cmp.Or(b.CreatedAt.Compare(a.CreatedAt.Time), cmp.Compare(a.ID, b.ID))
		})
	case byID:
		slices.SortStableFunc(l.groups, func(a, b *heygen.AvatarGroup) int { return cmp.Compare(a.ID, b.ID) })
	}
}

// change makes a random change. The groups of an index are immutable: it replaces them.
func (l *changingList) change(t *rapid.T) {
	if len(l.groups) == 0 {
		l.add(t)
		return
	}
	i := rapid.IntRange(0, len(l.groups)-1).Draw(t, "i")
	group := *l.groups[i]
	switch rapid.SampledFrom([]string{"add", "remove", "remove many", "rename", "train", "add looks"}).Draw(t, "change") {
	case "add":
		l.add(t)
	case "remove":
		l.groups = slices.Delete(slices.Clone(l.groups), i, i+1)
	case "remove many":
		l.groups = slices.Delete(slices.Clone(l.groups), i, min(len(l.groups), i+rapid.IntRange(1, 16).Draw(t, "number")))
	case "rename":
		group.Name = drawName.Draw(t, "name")
		l.replace(i, &group)
	case "train":
		group.Status = new(rapid.SampledFrom(drawnStatuses).Draw(t, "status"))
		l.replace(i, &group)
	case "add looks":
		group.LooksCount++
		l.replace(i, &group)
	}
}

func (l *changingList) replace(i int, group *heygen.AvatarGroup) {
	l.groups = slices.Clone(l.groups)
	l.groups[i] = group
}

// TestWalkByKeysIsExactWhileTheListChanges walks forward or backward by the key of the last
// item. A group that was in the selection all the time, with the same position in the order,
// must occur exactly once.
func TestWalkByKeysIsExactWhileTheListChanges(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := &changingList{order: rapid.SampledFrom([]listOrder{newestFirst, byID, unspecified}).Draw(t, "list")}
		for range rapid.IntRange(0, 60).Draw(t, "n") {
			list.add(t)
		}
		input := rapid.SampledFrom([]string{"", "", "a", "ab", "e"}).Draw(t, "search")
		search, err := catalogue.ParseSearch(input)
		if err != nil {
			t.Fatal(err)
		}
		query := catalogue.GroupQuery{Search: search, Order: drawOrder(t)}
		if rapid.Bool().Draw(t, "filtered") {
			query.Filter.Status = []heygen.TrainingStatus{heygen.Completed, heygen.Failed}
		}
		backward := rapid.Bool().Draw(t, "backward")

		// sortValue is what must not change for a group to keep its position.
		sortValue := func(g *heygen.AvatarGroup) string {
			if query.Order == nil {
				return fmt.Sprint(referenceRank(g.Name, input))
			}
			return fmt.Sprint(map[catalogue.GroupOrderField]any{
				catalogue.GroupName: g.Name, catalogue.GroupCreatedAt: g.CreatedAt, catalogue.GroupLooksCount: g.LooksCount,
			}[query.Order.Field])
		}
		stayed := map[heygen.GroupID]string{} // sort values of groups that have been selected all the time
		for s, i := catalogue.NewGroups(list.groups).Select(query), 0; i < s.Len(); i++ {
			stayed[s.Item(i).ID] = sortValue(s.Item(i))
		}
		seen := map[heygen.GroupID]int{}
		var key []byte
		var beside []*heygen.AvatarGroup // the groups from which the key was made
		for {
			selection := catalogue.NewGroups(list.groups).Select(query)
			selected := map[heygen.GroupID]string{}
			for i := range selection.Len() {
				selected[selection.Item(i).ID] = sortValue(selection.Item(i))
			}
			for id, value := range stayed {
				if now, ok := selected[id]; !ok || now != value {
					delete(stayed, id)
				}
			}
			low, high := 0, selection.Len()
			if key != nil {
				before, through, ok := selection.Locate(key)
				removed := query.Order == nil && !list.hasAny(beside)
				switch {
				case removed && (!ok || list.order == unspecified):
					return // expired, or in a list that is in some order by chance
				case !ok:
					t.Fatalf("the key cannot be found in %d groups", len(list.groups))
				case before > through || through > before+1 || through > selection.Len():
					t.Fatalf("the key is at %d to %d of %d", before, through, selection.Len())
				case backward:
					high = before
				default:
					low = through
				}
			}
			if low >= high {
				break
			}
			n := min(high-low, rapid.IntRange(1, 7).Draw(t, "page"))
			if backward {
				low, key = high-n, selection.AppendKey(nil, high-n)
			} else {
				high, key = low+n, selection.AppendKey(nil, low+n-1)
			}
			last := high - 1
			if backward {
				last = low
			}
			at := slices.Index(list.groups, selection.Item(last))
			beside = slices.Clone(list.groups[max(0, at-8):min(len(list.groups), at+4)]) // add inserts in place
			for i := low; i < high; i++ {
				seen[selection.Item(i).ID]++
			}
			for range rapid.IntRange(0, 3).Draw(t, "changes") {
				list.change(t)
			}
		}
		for id := range stayed {
			if seen[id] != 1 {
				t.Fatalf("group %s occurred %d times", id, seen[id])
			}
		}
	})
}

// hasAny reports whether one of some groups is in the list, however it has changed.
func (l *changingList) hasAny(groups []*heygen.AvatarGroup) bool {
	return slices.ContainsFunc(l.groups, func(g *heygen.AvatarGroup) bool {
		return slices.ContainsFunc(groups, func(other *heygen.AvatarGroup) bool { return g.ID == other.ID })
	})
}

func keyOf(t testing.TB, groups []*heygen.AvatarGroup, i int) []byte {
	t.Helper()
	return catalogue.NewGroups(groups).Select(catalogue.GroupQuery{}).AppendKey(nil, i)
}

// unordered returns groups in an order that is neither that of their ids nor of their times.
func unordered(n int) []*heygen.AvatarGroup {
	groups := make([]*heygen.AvatarGroup, n)
	for i := range groups {
		groups[i] = &heygen.AvatarGroup{ID: heygen.GroupID(fmt.Sprintf("id-%02d", i*37%100)), CreatedAt: unix(int64(i * 53 % 100))}
	}
	return groups
}

func TestKeyOfRemovedItemIsBesideItsNearestNeighbor(t *testing.T) {
	groups := unordered(40)
	key := keyOf(t, groups, 20)
	for _, test := range []struct {
		name     string
		removed  [2]int // from, to
		position int    // -1: expired
	}{
		{"itself", [2]int{20, 21}, 20},
		{"with the neighbors after it", [2]int{20, 40}, 20},
		{"with all but the farthest neighbor before it", [2]int{13, 30}, 13},
		{"with all neighbors before it", [2]int{12, 21}, 12},
		{"with all but the farthest neighbor after it", [2]int{0, 23}, 0},
		{"with all its neighbors", [2]int{12, 24}, -1},
		{"with all others", [2]int{0, 40}, 0},
	} {
		remaining := slices.Delete(slices.Clone(groups), test.removed[0], test.removed[1])
		before, through, ok := catalogue.NewGroups(remaining).Select(catalogue.GroupQuery{}).Locate(key)
		if ok != (test.position >= 0) || ok && (before != test.position || through != test.position) {
			t.Errorf("removed %s: %d to %d, %t, want %d", test.name, before, through, ok, test.position)
		}
	}
}

func TestKeyWithoutNeighborsIsComparedInASortedList(t *testing.T) {
	for name, compare := range map[string]func(a, b *heygen.AvatarGroup) int{
		"newest first": func(a, b *heygen.AvatarGroup) int {
			return cmp.Or(b.CreatedAt.Compare(a.CreatedAt.Time), cmp.Compare(a.ID, b.ID))
		},
		"by id":            func(a, b *heygen.AvatarGroup) int { return cmp.Compare(a.ID, b.ID) },
		"by id descending": func(a, b *heygen.AvatarGroup) int { return cmp.Compare(b.ID, a.ID) },
	} {
		groups := unordered(60)
		slices.SortFunc(groups, compare)
		key := keyOf(t, groups, 30)
		remaining := slices.Delete(slices.Clone(groups), 15, 45)
		before, through, ok := catalogue.NewGroups(remaining).Select(catalogue.GroupQuery{}).Locate(key)
		if !ok || before != 15 || through != 15 {
			t.Errorf("%s: %d to %d, %t", name, before, through, ok)
		}
	}
}

func TestKeyOfItemThatMatchesNoLongerMarksItsPosition(t *testing.T) {
	groups := named("Ann", "Dr. Ann", "Anna", "Mr. Ann", "Bob", "Sir Ann")
	query := catalogue.GroupQuery{Search: parse(t, "ann")}
	key := catalogue.NewGroups(groups).Select(query).AppendKey(nil, 3) // Mr. Ann, of the last rank
	for name, want := range map[string][2]int{
		"Mr. Ann":  {3, 4},
		"Mr. Bob":  {3, 3}, // filtered out
		"Ann":      {4, 4}, // now of a better rank, before its old position
		"Sir Anna": {3, 4},
	} {
		renamed := slices.Clone(groups)
		renamed[3] = &heygen.AvatarGroup{ID: groups[3].ID, Name: name}
		before, through, ok := catalogue.NewGroups(renamed).Select(query).Locate(key)
		if !ok || before != want[0] || through != want[1] {
			t.Errorf("renamed to %s: %d to %d, %t, want %v", name, before, through, ok, want)
		}
	}
}

func TestTruncatedAndExtendedKeysAreMalformed(t *testing.T) {
	groups := catalogue.NewGroups(unordered(30))
	voices := catalogue.NewVoices([]*heygen.Voice{voice("a", "Ann", "English", ""), voice("b", "Bob", "", "")})
	check := func(name string, key []byte, locate func(key []byte) (int, int, bool)) {
		for n := range key {
			if _, _, ok := locate(key[:n]); ok {
				t.Errorf("%s: the first %d bytes of %d were accepted", name, n, len(key))
			}
		}
		if _, _, ok := locate(append(slices.Clone(key), 0)); ok {
			t.Errorf("%s: a trailing byte was accepted", name)
		}
		if _, _, ok := locate(key); !ok {
			t.Errorf("%s: the key itself was not accepted", name)
		}
	}
	selections := map[string]*catalogue.Selection[heygen.AvatarGroup]{"HeyGen": groups.Select(catalogue.GroupQuery{})}
	for _, field := range []catalogue.GroupOrderField{catalogue.GroupName, catalogue.GroupCreatedAt, catalogue.GroupLooksCount} {
		selections[string(field)] = groups.Select(catalogue.GroupQuery{Order: &catalogue.GroupOrder{Field: field}})
	}
	for name, s := range selections {
		key := s.AppendKey(nil, 15)
		check(name, key, s.Locate)
		for other, s := range selections {
			if _, _, ok := s.Locate(key); ok != (other == name) {
				t.Errorf("order %s: a key of order %s: %t", other, name, ok)
			}
		}
	}
	byLanguage := voices.Select(catalogue.VoiceQuery{Order: &catalogue.VoiceOrder{Field: catalogue.VoiceLanguage}})
	check("language", byLanguage.AppendKey(nil, 1), byLanguage.Locate)
}

func TestKeysAreAppended(t *testing.T) {
	selection := catalogue.NewGroups(unordered(3)).Select(catalogue.GroupQuery{})
	if key := selection.AppendKey([]byte("prefix"), 1); !strings.HasPrefix(string(key), "prefix") || !bytes.Equal(key[6:], selection.AppendKey(nil, 1)) {
		t.Errorf("key %q", key)
	}
}

func FuzzLocate(f *testing.F) {
	groups := catalogue.NewGroups(unordered(30))
	selections := []*catalogue.Selection[heygen.AvatarGroup]{
		groups.Select(catalogue.GroupQuery{}),
		groups.Select(catalogue.GroupQuery{Filter: catalogue.GroupFilter{CreatedFrom: new(unix(50))}}),
		groups.Select(catalogue.GroupQuery{Order: &catalogue.GroupOrder{Field: catalogue.GroupName}}),
		groups.Select(catalogue.GroupQuery{Order: &catalogue.GroupOrder{Field: catalogue.GroupCreatedAt, Direction: catalogue.Descending}}),
		catalogue.NewGroups(nil).Select(catalogue.GroupQuery{}),
	}
	for _, s := range selections[:4] {
		f.Add(s.AppendKey(nil, 5))
	}
	badRank := selections[0].AppendKey(nil, 5)
	badRank[1] = 9
	f.Add(badRank)
	f.Add([]byte{})
	f.Add([]byte("\x01\x00\x05Ann 2\x00\x02id"))
	f.Add([]byte("\x00\x00\x00\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"))
	f.Fuzz(func(t *testing.T, key []byte) {
		for _, s := range selections {
			before, through, ok := s.Locate(key)
			if !ok && (before != 0 || through != 0) || before < 0 || through < before || through > before+1 || through > s.Len() {
				t.Errorf("%q is at %d to %d of %d, %t", key, before, through, s.Len(), ok)
			}
			if through > before && !bytes.Equal(s.AppendKey(nil, before), key) && !bytes.Contains(key, []byte(s.Item(before).ID)) {
				t.Errorf("%q was found at another item", key)
			}
		}
	})
}
