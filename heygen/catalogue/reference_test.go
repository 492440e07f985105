package catalogue_test

import (
	"cmp"
	"fmt"
	"slices"
	"sort"
	"strings"
	"testing"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
	"pgregory.net/rapid"

	"heygen-graphql/heygen"
	"heygen-graphql/heygen/catalogue"
)

// The reference folds only the characters that the generators draw.
var (
	referenceFold = strings.NewReplacer("A", "a", "B", "b", "É", "e", "é", "e", "e\u0301", "e", "ø", "o", "ß", "ss", "美", " 美 ", "玲", " 玲 ", "-", " ", "!", " ")
	drawnRunes    = []rune("aaAbBeéÉøoßs012  -!美玲")
)

func referenceWords(s string) []string { return strings.Fields(referenceFold.Replace(s)) }

func referenceMatches(name, search string) bool {
	for _, word := range referenceWords(search) {
		if !slices.ContainsFunc(referenceWords(name), func(w string) bool { return strings.HasPrefix(w, word) }) {
			return false
		}
	}
	return true
}

func referenceRank(name, search string) int {
	name, search = strings.Join(referenceWords(name), " "), strings.Join(referenceWords(search), " ")
	switch {
	case search == "" || name == search:
		return 0
	case strings.HasPrefix(name, search):
		return 1
	default:
		return 2
	}
}

func referenceStatus(s heygen.TrainingStatus) heygen.TrainingStatus {
	switch s {
	case heygen.Processing, heygen.PendingConsent, heygen.Completed, heygen.Failed:
		return s
	}
	return catalogue.UnknownTrainingStatus
}

func referenceFilter(g *heygen.AvatarGroup, f catalogue.GroupFilter) bool {
	if len(f.Gender) > 0 && !slices.Contains(f.Gender, g.GenderCategory()) {
		return false
	}
	if len(f.Status) > 0 && (g.Status == nil || !slices.ContainsFunc(f.Status, func(s heygen.TrainingStatus) bool {
		return referenceStatus(s) == referenceStatus(*g.Status)
	})) {
		return false
	}
	if f.HasDefaultVoice != nil && *f.HasDefaultVoice != (g.DefaultVoiceID != nil && *g.DefaultVoiceID != "") {
		return false
	}
	if f.HasPreviewImage != nil && *f.HasPreviewImage != (g.PreviewImageURL != nil && heygen.IsHTTPURL(*g.PreviewImageURL)) {
		return false
	}
	if f.MinLooksCount != nil && g.LooksCount < *f.MinLooksCount {
		return false
	}
	if f.CreatedFrom != nil && g.CreatedAt.Before(f.CreatedFrom.Time) {
		return false
	}
	return f.CreatedBefore == nil || g.CreatedAt.Before(f.CreatedBefore.Time)
}

func referenceSelect(groups []*heygen.AvatarGroup, search string, f catalogue.GroupFilter, o *catalogue.GroupOrder) []string {
	var selected []*heygen.AvatarGroup
	for _, g := range groups {
		if referenceMatches(g.Name, search) && referenceFilter(g, f) {
			selected = append(selected, g)
		}
	}
	names := collate.New(language.Und, collate.Numeric)
	sort.SliceStable(selected, func(i, j int) bool {
		a, b := selected[i], selected[j]
		if o == nil {
			return referenceRank(a.Name, search) < referenceRank(b.Name, search)
		}
		c := 0
		switch o.Field {
		case catalogue.GroupName:
			c = names.CompareString(a.Name, b.Name)
		case catalogue.GroupCreatedAt:
			c = a.CreatedAt.Compare(b.CreatedAt.Time)
		case catalogue.GroupLooksCount:
			c = cmp.Compare(a.LooksCount, b.LooksCount)
		}
		if c == 0 {
			c = cmp.Compare(a.ID, b.ID)
		}
		if o.Direction == catalogue.Descending {
			return c > 0
		}
		return c < 0
	})
	ids := make([]string, len(selected))
	for i, g := range selected {
		ids[i] = string(g.ID)
	}
	return ids
}

func optionalOf[T any](values ...T) *rapid.Generator[*T] {
	return rapid.OneOf(rapid.Just[*T](nil), rapid.Map(rapid.SampledFrom(values), func(v T) *T { return &v }))
}

var (
	drawnStatuses = []heygen.TrainingStatus{heygen.Processing, heygen.PendingConsent, heygen.Completed, heygen.Failed, catalogue.UnknownTrainingStatus, "queued"}
	drawnGenders  = []heygen.Gender{heygen.Female, heygen.Male, heygen.OtherGender, heygen.UnknownGender}
)

// drawGroup draws a group without an id.
func drawGroup(t *rapid.T) *heygen.AvatarGroup {
	return &heygen.AvatarGroup{
		Name:            drawName.Draw(t, "name"),
		Gender:          optionalOf("f", "man", "robot", "").Draw(t, "gender"),
		Status:          optionalOf(drawnStatuses...).Draw(t, "status"),
		DefaultVoiceID:  optionalOf[heygen.VoiceID]("voice", "..").Draw(t, "voice"),
		PreviewImageURL: optionalOf("https://example.com/a.webp", "s3://a").Draw(t, "preview"),
		LooksCount:      rapid.IntRange(0, 4).Draw(t, "looks"),
		CreatedAt:       unix(int64(rapid.IntRange(0, 6).Draw(t, "created"))),
	}
}

var drawName = rapid.StringOfN(rapid.RuneFrom(drawnRunes), 0, 6, -1)

func drawFilter(t *rapid.T) catalogue.GroupFilter {
	f := catalogue.GroupFilter{
		HasDefaultVoice: optionalOf(true, false).Draw(t, "hasDefaultVoice"),
		HasPreviewImage: optionalOf(true, false).Draw(t, "hasPreviewImage"),
		MinLooksCount:   optionalOf(-1, 0, 1, 3).Draw(t, "minLooksCount"),
		CreatedFrom:     optionalOf(unix(0), unix(2)).Draw(t, "createdFrom"),
		CreatedBefore:   optionalOf(unix(4), unix(6)).Draw(t, "createdBefore"),
	}
	f.Gender = rapid.SliceOfN(rapid.SampledFrom(drawnGenders), 0, 3).Draw(t, "gender")
	f.Status = rapid.SliceOfN(rapid.SampledFrom(drawnStatuses), 0, 3).Draw(t, "status")
	switch rapid.IntRange(0, 3).Draw(t, "restrictions") { // more than one field leaves few groups
	case 0:
		return catalogue.GroupFilter{}
	case 1:
		return catalogue.GroupFilter{Gender: f.Gender, Status: f.Status}
	case 2:
		return catalogue.GroupFilter{HasDefaultVoice: f.HasDefaultVoice, MinLooksCount: f.MinLooksCount}
	}
	return f
}

func drawOrder(t *rapid.T) *catalogue.GroupOrder {
	if rapid.IntRange(0, 2).Draw(t, "ordered") == 0 {
		return nil
	}
	return &catalogue.GroupOrder{
		Field:     rapid.SampledFrom([]catalogue.GroupOrderField{catalogue.GroupName, catalogue.GroupCreatedAt, catalogue.GroupLooksCount}).Draw(t, "field"),
		Direction: rapid.SampledFrom([]catalogue.Direction{"", catalogue.Ascending, catalogue.Descending}).Draw(t, "direction"),
	}
}

func TestSelectionEqualsTheReference(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 150).Draw(t, "n")
		groups := make([]*heygen.AvatarGroup, n)
		for i, number := range rapid.Permutation(slices.Collect(upTo(n))).Draw(t, "ids") {
			groups[i] = drawGroup(t)
			groups[i].ID = heygen.GroupID(fmt.Sprintf("%03d", number))
		}
		index := catalogue.NewGroups(groups)
		for range 8 { // an order sorts once for all of them
			input := rapid.StringOfN(rapid.RuneFrom(drawnRunes), 0, 4, -1).Draw(t, "search")
			search, err := catalogue.ParseSearch(input)
			if err != nil {
				t.Fatal(err)
			}
			filter, order := drawFilter(t), drawOrder(t)
			selection := index.Select(catalogue.GroupQuery{Search: search, Filter: filter, Order: order})
			got := make([]string, selection.Len())
			for i := range got {
				got[i] = string(selection.Item(i).ID)
				key := selection.AppendKey(nil, i)
				if before, through, ok := selection.Locate(key); !ok || before != i || through != i+1 {
					t.Fatalf("the key of item %d is at %d to %d, %t", i, before, through, ok)
				}
			}
			if want := referenceSelect(groups, input, filter, order); !slices.Equal(got, want) {
				t.Fatalf("search %q, filter {%s}, order %v:\n%q, want\n%q", input, filter, order, got, want)
			}
			referenceFacets(t, index, groups, input, filter)
		}
	})
}

func upTo(n int) func(func(int) bool) {
	return func(yield func(int) bool) {
		for i := 0; i < n && yield(i); i++ {
		}
	}
}

// referenceFacets compares the facets with the numbers of groups that the reference selects.
func referenceFacets(t *rapid.T, index *catalogue.Groups, groups []*heygen.AvatarGroup, input string, filter catalogue.GroupFilter) {
	search, _ := catalogue.ParseSearch(input)
	facets := index.Facets(catalogue.GroupQuery{Search: search, Filter: filter})
	for _, gender := range drawnGenders {
		f := filter
		f.Gender = []heygen.Gender{gender}
		want := len(referenceSelect(groups, input, f, nil))
		i := slices.IndexFunc(facets.Gender, func(c catalogue.GenderCount) bool { return c.Value == gender })
		if want == 0 != (i < 0) || i >= 0 && facets.Gender[i].Count != want {
			t.Fatalf("search %q, filter {%s}: gender %v, want %d %s", input, filter, facets.Gender, want, gender)
		}
	}
	for _, status := range drawnStatuses[:5] {
		f := filter
		f.Status = []heygen.TrainingStatus{status}
		want := len(referenceSelect(groups, input, f, nil))
		i := slices.IndexFunc(facets.Status, func(c catalogue.TrainingStatusCount) bool { return c.Value != nil && *c.Value == status })
		if want == 0 != (i < 0) || i >= 0 && facets.Status[i].Count != want {
			t.Fatalf("search %q, filter {%s}: status %s, want %d %s", input, filter, formatStatuses(facets.Status), want, status)
		}
	}
}
