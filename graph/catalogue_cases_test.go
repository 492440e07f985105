package graph_test

import (
	"cmp"
	"fmt"
	"slices"
	"testing"

	"heygen-graphql/heygen/sandbox"
)

// catalogueConnections are connections that are searched, filtered or sorted: selections from
// a list that is read as a whole.
var catalogueConnections = []*connectionCase{
	{
		name: "groups by search", field: "avatarGroups", filter: `search: "A"`, id: "groupId", pageSize: 50, catalogue: true,
		ids: func(a *api) []string { return idsOf(searchGroups(a.Groups(), "A"), groupID) },
		add: addTwin, remove: groupConnection.remove,
	},
	{
		name: "groups by filter", field: "avatarGroups", filter: `filter: {gender: [FEMALE, OTHER], status: COMPLETED}`, id: "groupId", pageSize: 50, catalogue: true,
		ids: func(a *api) []string {
			return idsOf(filterItems(a.Groups(), func(g sandbox.Group) bool {
				return groupStatus(g) == "COMPLETED" && (groupGender(g) == "FEMALE" || groupGender(g) == "OTHER")
			}), groupID)
		},
		add: addTwin, remove: groupConnection.remove,
	},
	{
		name: "groups by name", field: "avatarGroups", filter: `orderBy: {field: NAME}`, id: "groupId", pageSize: 50, catalogue: true,
		ids: func(a *api) []string { return idsInOrder(a.Groups(), groupID, compareGroupNames) },
		add: addTwin, remove: groupConnection.remove,
	},
	{
		name: "private groups by time", field: "avatarGroups", filter: `ownership: PRIVATE, orderBy: {field: CREATED_AT, direction: DESC}`, id: "groupId", pageSize: 50, catalogue: true,
		ids: func(a *api) []string {
			return descendingIDs(privateGroups(a.Groups()), groupID, func(a, b sandbox.Group) int { return cmp.Compare(a.CreatedAt, b.CreatedAt) })
		},
		add: addTwin, remove: groupConnection.remove,
	},
	{
		name: "private groups by number of looks", field: "avatarGroups", filter: `ownership: PRIVATE, orderBy: {field: LOOKS_COUNT, direction: ASC}`, id: "groupId", pageSize: 50, catalogue: true,
		ids: func(a *api) []string {
			return idsInOrder(privateGroups(a.Groups()), groupID, func(a, b sandbox.Group) int { return a.LooksCount - b.LooksCount })
		},
		add: addTwin, remove: groupConnection.remove,
	},
	{
		name: "looks of a group by search and filter", parent: `avatarGroup(id: "` + groupGlobalID(groupWithManyLooks) + `")`, field: "looks",
		filter: `search: "In", filter: {readiness: [READY], tags: ["INDOOR", "casual"]}`, id: "lookId", pageSize: 50, extraCalls: 1, catalogue: true,
		ids: func(a *api) []string {
			looks := filterItems(a.Looks(), func(l sandbox.Look) bool {
				return l.GroupID != nil && *l.GroupID == groupWithManyLooks && isReady(l) && (slices.Contains(l.Tags, "indoor") || slices.Contains(l.Tags, "casual"))
			})
			return idsOf(searchNaively(looks, "In", func(l sandbox.Look) (string, []string) { return l.Name, l.Tags }), lookID)
		},
		add: func(a *api, id string, createdAt float64) {
			a.AddLooks(sandbox.Look{ID: id, Name: "New", GroupID: new(groupWithManyLooks), Tags: []string{"indoor"}, CreatedAt: createdAt})
		},
		remove: removeLooks,
	},
	{
		name: "voices by search", field: "voices", filter: `search: "ç"`, id: "voiceId", pageSize: 100, catalogue: true,
		ids: func(a *api) []string { return idsOf(searchVoices(publicVoices(a.Voices()), "ç"), voiceID) },
		add: addVoiceC, remove: (*api).removeVoices,
	},
	{
		name: "voices by language", field: "voices", filter: `orderBy: {field: LANGUAGE}`, id: "voiceId", pageSize: 100, catalogue: true,
		ids: func(a *api) []string {
			return idsInOrder(publicVoices(a.Voices()), voiceID, func(a, b sandbox.Voice) int {
				return cmp.Or(compareNaively(a.Language, b.Language), compareNaively(a.Name, b.Name))
			})
		},
		add: addVoiceC, remove: (*api).removeVoices,
	},
}

func isReady(l sandbox.Look) bool {
	if l.Status == nil {
		return l.Error == nil
	}
	return *l.Status == "completed" && expectedURL(l.PreviewImageURL, l.AvatarType) != nil && expectedRatio(l.ImageWidth, l.ImageHeight) != nil
}

// addTwin adds a group that is in all lists of groups.
func addTwin(a *api, id string, createdAt float64) {
	a.AddGroups(sandbox.Group{ID: id, Name: "New A", Gender: new("Woman"), Status: new("completed"), Ownership: sandbox.Private, CreatedAt: createdAt})
}

func addVoiceC(a *api, id string, createdAt float64) {
	a.AddVoices(sandbox.Voice{ID: id, Name: "New C", Language: "English", CreatedAt: createdAt})
}

func TestSearchFindsWhatNaiveSearchFinds(t *testing.T) {
	a := newCachedAPI(t, sandbox.Options{})
	groups, voices, found := a.Groups(), publicVoices(a.Voices()), 0
	for _, search := range []string{
		"mon", "MONICA", "Mónica", "mönìcä", "jose", "o", "ø", "Łuk", "đ", "STRASSE", "new desk", "desk n", "News, D", "1", "2", "10", "coach 1", "美", "玲 美", "ひま", "さくら", "ハ", "성", "수아", "Δ", "σ",
		"ф", "É", "é", "ё", "יו", "أ", "كت", "क", "ம", "ส", "a a", "the", "zz", "l a", "🎬", "️", "dr. m", "s's",
	} {
		for l, want := range map[*connectionCase][]string{
			{field: "avatarGroups", id: "groupId"}: idsOf(searchGroups(groups, search), groupID),
			{field: "voices", id: "voiceId"}:       idsOf(searchVoices(voices, search), voiceID),
		} {
			l.filter = fmt.Sprintf("search: %q", search)
			if len(naiveWords(search)) == 0 {
				continue // the whole list
			}
			found += len(want)
			if got := l.fetchPage(t, a, vars{"first": 100}).ids; !slices.Equal(got, want[:min(100, len(want))]) {
				t.Errorf("%s(%s): %v, want %v", l.field, l.filter, got, want)
			}
		}
	}
	if found < 300 {
		t.Errorf("only %d items", found)
	}
}

// Each page is requested from a list that has changed since: an item that was read, one that
// was not and the item of the cursor have been removed, and two added.
func TestCataloguePagingNeitherRepeatsNorLosesItems(t *testing.T) {
	for _, l := range catalogueConnections {
		t.Run(l.name, func(t *testing.T) {
			t.Parallel()
			for _, forward := range []bool{true, false} {
				a := newAPI(t, sandbox.Options{})
				want := l.ids(a)
				if !forward {
					slices.Reverse(want)
				}
				want = want[:min(len(want), 40)]
				var got []string
				added, cursor := map[string]bool{}, any(nil)
				for page := 0; len(got) < len(want); page++ {
					arguments := vars{"first": 7, "after": cursor}
					if !forward {
						arguments = vars{"last": 7, "before": cursor}
					}
					c := l.fetchPage(t, a, arguments)
					cursor = c.end
					if !forward {
						cursor = c.start
						slices.Reverse(c.ids)
					}
					got = append(got, filterItems(c.ids, func(id string) bool { return !added[id] })...)
					if len(c.ids) < 7 {
						break
					}
					l.remove(a, c.ids[2])
					l.remove(a, c.ids[6])
					if i := len(got) + 2; i < len(want) {
						l.remove(a, want[i])
						want = slices.Delete(want, i, i+1)
					}
					for i := range 2 {
						id := fmt.Sprintf("%cnew%d", "az"[i], page)
						l.add(a, id, []float64{1, 3e9}[i])
						added[id] = true
					}
				}
				if n := min(len(got), len(want)); n < 15 || !slices.Equal(got[:n], want[:n]) {
					t.Errorf("forward %v: %d items\n got %v\nwant %v", forward, n, got, want)
				}
			}
		})
	}
}

// A selection from a catalogue has no bound of 40 pages.
func TestLastPageOfSearchedListIsBeyond40Pages(t *testing.T) {
	a := newAPI(t, sandbox.Options{})
	a.AddGroups(manyItems(2_400, func(id string, createdAt float64) sandbox.Group {
		return sandbox.Group{ID: id, Name: "New A", Ownership: sandbox.Private, CreatedAt: createdAt}
	})...)
	pages := (len(a.Groups()) + 49) / 50
	if pages <= 60 {
		t.Fatalf("%d pages", pages)
	}
	for _, l := range catalogueConnections[:3] {
		ids := l.ids(a)
		a.expectCalls(t, pages, func() {
			if c := l.fetchPage(t, a, vars{"last": 2}); !slices.Equal(c.ids, ids[len(ids)-2:]) || c.next || !c.previous {
				t.Errorf("%s: %+v", l.name, c)
			}
		})
	}
}
