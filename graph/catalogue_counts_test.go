package graph_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"heygen-graphql/heygen/sandbox"
)

func TestTotalCountIsLengthOfEveryConnection(t *testing.T) {
	forEachConnection(t, sandbox.Options{}, func(t *testing.T, a *api, l *connectionCase) {
		want := float64(len(l.ids(a)))
		query := strings.Replace(l.query(), "edges {", "totalCount edges {", 1)
		for _, arguments := range []vars{{"first": 0}, {"first": 3}, {"last": 5}, {"first": 100}, {"after": l.fetchPage(t, a, vars{"first": 9}).end}} {
			if got := l.find(a.mustDo(t, query, arguments))["totalCount"]; got != want {
				t.Errorf("%v: %v, want %v", arguments, got, want)
			}
		}
	})
}

// A facet counts what would match without the filter by its own field.
func TestFacetsOfGroupsEqualNaiveCounts(t *testing.T) {
	a := newCachedAPI(t, sandbox.Options{})
	all := func(sandbox.Group) bool { return true }
	isFemale := func(g sandbox.Group) bool { return groupGender(g) == "FEMALE" }
	isDone := func(g sandbox.Group) bool { s := groupStatus(g); return s == "COMPLETED" || s == "UNKNOWN" }
	hasVoice := func(g sandbox.Group) bool { return g.DefaultVoiceID != nil }
	hasImage := func(g sandbox.Group) bool { return expectedURL(g.PreviewImageURL, g.AvatarType) != nil }
	isNew := func(g sandbox.Group) bool { return g.CreatedAt >= 1735689600 && g.CreatedAt < 1767225600 }
	for _, test := range []struct {
		arguments              string
		search                 string
		gender, status, others func(sandbox.Group) bool
	}{
		{``, "", all, all, all},
		{`(search: "a")`, "a", all, all, all},
		{`(search: "no such name")`, "no such name", all, all, all},
		{`(filter: {gender: FEMALE})`, "", isFemale, all, all},
		{`(filter: {status: [COMPLETED, UNKNOWN]}, orderBy: {field: NAME})`, "", all, isDone, all},
		{`(search: "ma", filter: {gender: FEMALE, status: [COMPLETED, UNKNOWN]})`, "ma", isFemale, isDone, all},
		{`(filter: {gender: FEMALE, hasDefaultVoice: true})`, "", isFemale, all, hasVoice},
		{`(filter: {hasDefaultVoice: false, hasPreviewImage: true})`, "", all, all, func(g sandbox.Group) bool { return !hasVoice(g) && hasImage(g) }},
		{`(filter: {hasPreviewImage: false})`, "", all, all, func(g sandbox.Group) bool { return !hasImage(g) }},
		{`(filter: {minLooksCount: 9, status: [COMPLETED, UNKNOWN]})`, "", all, isDone, func(g sandbox.Group) bool { return g.LooksCount >= 9 }},
		{`(filter: {createdFrom: "2025-01-01T00:00:00Z", createdBefore: "2026-01-01T01:00:00+01:00"})`, "", all, all, isNew},
		{`(ownership: PRIVATE, filter: {gender: FEMALE})`, "", isFemale, all, func(g sandbox.Group) bool { return g.Ownership == sandbox.Private }},
	} {
		found := filterItems(searchGroups(a.Groups(), test.search), test.others)
		out := a.mustDo(t, `{ avatarGroups`+test.arguments+` { totalCount facets { ... on AvatarGroupFacets { gender { value count } } status { value count } } } }`, nil)
		want := vars{
			"totalCount": float64(len(filterItems(found, func(g sandbox.Group) bool { return test.gender(g) && test.status(g) }))),
			"facets": vars{
				"gender": append([]any{}, naiveCounts(filterItems(found, test.status), groupGender, compareGenders)...),
				"status": append([]any{}, naiveCounts(filterItems(found, test.gender), groupStatus, compareStatuses)...),
			},
		}
		if diff := cmp.Diff(any(want), out.Data["avatarGroups"]); diff != "" {
			t.Errorf("%s: %s", test.arguments, diff)
		}
		if len(found) < 5 && test.search != "no such name" {
			t.Errorf("%s: only %d groups", test.arguments, len(found))
		}
	}
}

// HeyGen filters voices by language and gender: the facet of the same field counts the list
// without that filter.
func TestFacetsOfVoicesEqualNaiveCounts(t *testing.T) {
	a := newCachedAPI(t, sandbox.Options{})
	voices := publicVoices(a.Voices())
	is := func(language, gender string) func(sandbox.Voice) bool {
		return func(v sandbox.Voice) bool {
			return (language == "" || v.Language == language) && (gender == "" || strings.EqualFold(v.Gender, gender))
		}
	}
	for _, test := range []struct{ arguments, search, language, gender string }{
		{``, "", "", ""},
		{`(search: "c")`, "c", "", ""},
		{`(language: "English")`, "", "English", ""},
		{`(gender: "female", orderBy: {field: LANGUAGE})`, "", "", "female"},
		{`(language: "English", gender: "female", search: "c")`, "c", "English", "female"},
	} {
		for _, selection := range []string{`language { value count } gender { value count }`, `... on VoiceFacets { l: language { count value } } g: gender { value count }`} {
			out := a.mustDo(t, `{ voices`+test.arguments+` { totalCount facets { `+selection+` } } }`, nil)
			languages := naiveCounts(searchVoices(filterItems(voices, is("", test.gender)), test.search), voiceLanguage, compareNaively)
			genders := naiveCounts(searchVoices(filterItems(voices, is(test.language, "")), test.search), voiceGender, compareGenders)
			facets := vars{"language": languages, "gender": genders}
			if strings.Contains(selection, "l:") {
				facets = vars{"l": languages, "g": genders}
			}
			want := vars{"totalCount": float64(len(searchVoices(filterItems(voices, is(test.language, test.gender)), test.search))), "facets": facets}
			if diff := cmp.Diff(any(want), out.Data["voices"]); diff != "" {
				t.Errorf("%s: %s", test.arguments, diff)
			}
		}
	}
}

// The looks of a group that are not all in the page are counted by HeyGen's looks_count.
func TestLooksAreCountedWhereLooksCountIsWrong(t *testing.T) {
	a, _ := newFakeAPI(t)
	query := func(first int, arguments string) string {
		return fmt.Sprintf(`{ avatarGroup(id: %q) { looks(first: %d%s) { totalCount } } }`, groupWithManyLooks, first, arguments)
	}
	totalCount := func(a *api, query string) any {
		return a.mustDo(t, query, nil).Data["avatarGroup"].(vars)["looks"].(vars)["totalCount"]
	}
	if got := totalCount(a, query(5, "")); got != 300.0 {
		t.Errorf("%v looks", got)
	}
	for _, looksCount := range []string{``, `,"looks_count":0`, `,"looks_count":null`, `,"looks_count":"many"`, `,"looks_count":-3`, `,"looks_count":4`, `,"looks_count":5`} {
		a, u := newFakeAPI(t)
		u.set(func(r *http.Request) (int, string) {
			if r.URL.Path == "/v3/avatars/"+groupWithManyLooks {
				return 200, `{"data":{"id":"` + groupWithManyLooks + `","name":"Many","created_at":1` + looksCount + `}}`
			}
			return 0, ""
		})
		if got := totalCount(a, query(5, "")); got != 300.0 {
			t.Errorf("%s: %v, want 300", looksCount, got)
		}
		studio := len(lookIDsOf(groupWithManyLooks, "studio_avatar")(a))
		if got := totalCount(a, query(5, ", avatarType: STUDIO_AVATAR")); got != float64(studio) {
			t.Errorf("%s: %v studio looks, want %d", looksCount, got, studio)
		}
		if got := totalCount(a, query(5, `, search: "in"`)); got == nil || got == 0.0 {
			t.Errorf("%s: %v found looks", looksCount, got)
		}
	}
}

// countCalls returns operations and their numbers of calls without a cache between
// operations.
func countCalls(a *api) map[string]int {
	pages := func(items, pageSize int) int { return (items + pageSize - 1) / pageSize }
	groups, private := len(a.Groups()), len(privateGroups(a.Groups()))
	voicesWhere := func(condition func(sandbox.Voice) bool) int {
		return pages(len(filterItems(publicVoices(a.Voices()), condition)), 100)
	}
	isEnglish := func(v sandbox.Voice) bool { return v.Language == "English" }
	isFemale := func(v sandbox.Voice) bool { return strings.EqualFold(v.Gender, "female") }
	all, public, own := pages(groups, 50), pages(groups-private, 50), pages(private, 50)
	voices, english, female := voicesWhere(func(sandbox.Voice) bool { return true }), voicesWhere(isEnglish), voicesWhere(isFemale)
	const looks = 6 // of groupWithManyLooks
	return map[string]int{
		`{ avatarGroups(search: "mon") { nodes { name } } }`:                                                   all,
		`{ avatarGroups(filter: {gender: MALE}, first: 0) { pageInfo { hasNextPage } } }`:                      all,
		`{ avatarGroups(orderBy: {field: LOOKS_COUNT, direction: DESC}, last: 3) { nodes { name } } }`:         all,
		`{ avatarGroups { totalCount } }`:                                                                      all,
		`{ avatarGroups(first: 60) { nodes { id } totalCount facets { gender { count } status { value } } } }`: all,
		`{ avatarGroups(search: "mon") { totalCount facets { gender { count } } nodes { id } } }`:              all,
		`{ a: avatarGroups(search: "mon") { totalCount } b: avatarGroups { facets { status { count } } } c: avatarGroups(orderBy: {field: NAME}) { nodes { id } } d: avatarGroups(last: 100) { totalCount nodes { id } } e: avatarGroups(filter: {status: FAILED}) { totalCount } }`: all,
		`{ avatarGroups(ownership: PRIVATE, first: 100) { totalCount nodes { id } } }`:                                                                                                   own, // all are in the page
		`{ avatarGroups(ownership: PRIVATE, first: 100) { facets { gender { count } } nodes { id } } }`:                                                                                  own,
		`{ a: avatarGroups(search: "a") { totalCount } b: avatarGroups(search: "a", ownership: PRIVATE) { totalCount } c: avatarGroups(search: "a", ownership: PUBLIC) { totalCount } }`: all + own + public,

		`{ voices(search: "c") { nodes { id } totalCount facets { language { count } gender { count } } } }`: voices,
		`{ voices(first: 1) { totalCount } }`: voices,
		`{ voices(orderBy: {field: LANGUAGE}) { nodes { id } } b: voices { totalCount facets { language { value } } } }`: voices,
		`{ voices(language: "English") { nodes { id } totalCount } }`:                                                    english,
		`{ voices(language: "English") { totalCount facets { gender { count } } } }`:                                     english,
		// A facet needs the list without the filter by its own field.
		`{ voices(language: "English") { totalCount facets { language { count } } } }`:                                                 english + voices,
		`{ voices(language: "English", gender: "female", search: "c") { totalCount facets { language { count } gender { count } } } }`: 1 + english + female,

		`{ avatarGroup(id: "GROUP") { looks(first: 5) { totalCount } } }`:                                                                                                      2,
		`{ avatarGroup(id: "GROUP") { looks(first: 5, avatarType: STUDIO_AVATAR) { totalCount } } }`:                                                                           1 + looks,
		`{ avatarGroup(id: "GROUP") { looks(first: 5, search: "in") { totalCount nodes { id } } } }`:                                                                           1 + looks,
		`{ avatarGroup(id: "GROUP") { looks(first: 5, search: "in") { totalCount } b: looks(filter: {tags: "casual"}) { totalCount nodes { id } } c: looks { totalCount } } }`: 1 + looks,
		`{ avatarGroups(ownership: PRIVATE, first: 3) { nodes { looks(first: 1) { totalCount } } } }`:                                                                          1 + 3,
		`{ avatarLooks(groupId: "GROUP", first: 3) { totalCount nodes { id } } }`:                                                                                              looks,
		`{ avatarLooks(groupId: "group_monica") { totalCount } }`:                                                                                                              1, // in one page
	}
}

func TestCountsMakeDocumentedNumberOfCalls(t *testing.T) {
	a := newAPI(t, sandbox.Options{})
	for query, calls := range countCalls(a) {
		query = strings.ReplaceAll(query, "GROUP", groupWithManyLooks)
		a.ResetCalls()
		a.mustDo(t, query, nil)
		if got, cost := len(a.Calls()), requestedCost(t, query, nil); got != calls || cost < calls {
			t.Errorf("%d calls, want %d, at a cost of %d: %s", got, calls, cost, query)
		}
	}
}

// A catalogue is read through the cache's pages, and then cached.
func TestCachedCountsMakeCallsOnce(t *testing.T) {
	for query, calls := range countCalls(newAPI(t, sandbox.Options{})) {
		a := newCachedAPI(t, sandbox.Options{})
		query = strings.ReplaceAll(query, "GROUP", groupWithManyLooks)
		a.ResetCalls()
		first := a.mustDo(t, query, nil).Body
		if got := len(a.Calls()); got != calls {
			t.Errorf("%d calls, want %d: %s", got, calls, query)
		}
		a.expectCalls(t, 0, func() { // another operation, for which no response is cached
			if again := a.mustDo(t, strings.Replace(query, "{", "{ __typename ", 1), nil).Body; strings.Replace(again, `"__typename":"Query",`, "", 1) != first {
				t.Errorf("another response: %.300s\nwant %.300s", again, first)
			}
		})
	}
}

// Looks of all groups are some 7,000, more than a catalogue may have.
func TestCountOfAllLooksIsTooLarge(t *testing.T) {
	a := newAPI(t, sandbox.Options{})
	a.expectCalls(t, 100, func() {
		out := a.do(t, `{ avatarLooks(first: 2) { totalCount nodes { id } } }`, nil)
		if out.codes() != "CATALOGUE_TOO_LARGE" || len(nodesOf(out, "avatarLooks")) != 2 {
			t.Error(out.Body)
		}
	})
	if n := len(a.Looks()); n < 5_000 {
		t.Errorf("%d looks", n)
	}
	out := a.mustDo(t, `{ avatarLooks(ownership: PRIVATE, avatarType: PHOTO_AVATAR, first: 1) { totalCount } }`, nil)
	want := len(filterItems(a.Looks(), func(l sandbox.Look) bool { return l.Ownership == sandbox.Private && l.AvatarType == "photo_avatar" }))
	if got := out.Data["avatarLooks"].(vars)["totalCount"]; got != float64(want) {
		t.Errorf("%v, want %d", got, want)
	}
}

func TestItemsThatAreUnreadableAreNotCounted(t *testing.T) {
	for _, fault := range []sandbox.Fault{sandbox.BadItem, sandbox.ItemWithoutID} {
		a := newAPI(t, sandbox.Options{})
		first := a.Groups()[0]
		a.QueueFaults(fault)
		out := a.mustDo(t, `{ avatarGroups(orderBy: {field: CREATED_AT, direction: DESC}, first: 5) { totalCount nodes { groupId } } }`, nil)
		ids := fmt.Sprint(nodesOf(out, "avatarGroups"))
		if got := out.Data["avatarGroups"].(vars)["totalCount"]; got != float64(len(a.Groups())-1) || strings.Contains(ids, first.ID) {
			t.Errorf("%s: %v groups, %s", fault, got, ids)
		}
	}
}

// HeyGen has added values that this server does not know.
func TestUnknownValuesAreCountedAsUnknown(t *testing.T) {
	a := newAPI(t, sandbox.Options{})
	a.SetFaults(1, sandbox.UnknownEnum)
	out := a.mustDo(t, `{ avatarGroups(filter: {status: UNKNOWN}) { totalCount facets { status { value count } } } }`, nil)
	n := float64(len(a.Groups()))
	if diff := cmp.Diff(any(vars{"totalCount": n, "facets": vars{"status": []any{vars{"value": "UNKNOWN", "count": n}}}}), out.Data["avatarGroups"]); diff != "" {
		t.Error(diff)
	}
}
