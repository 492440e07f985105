package catalogue_test

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"sync"
	"testing"

	"heygen-graphql/heygen"
	"heygen-graphql/heygen/catalogue"
)

var (
	firstNames = []string{"Monica", "Mónica", "Tomas", "André", "Vivian", "Noémie", "Богдан", "Captain Romy", "איתן", "زياد", "美玲", "Mohamed", "Molly", "Søren", "Zoë", "Harmon", "Ann", "ひまり"}
	lastNames  = []string{"", "García", "in a blue suit", "News Desk", "Doctor", "Teacher – outdoors", "Sofa", "2"}
)

// realisticGroups returns n groups as HeyGen lists them.
func realisticGroups(n int) []*heygen.AvatarGroup {
	random := rand.New(rand.NewPCG(1, 2))
	groups := make([]*heygen.AvatarGroup, n)
	for i := range groups {
		id := fmt.Sprintf("%016x%016x", random.Uint64(), random.Uint64())
		name := firstNames[random.IntN(len(firstNames))] + " " + lastNames[random.IntN(len(lastNames))]
		if i%2 == 0 {
			name = fmt.Sprintf("%s %d", name, random.IntN(n))
		}
		groups[i] = &heygen.AvatarGroup{
			ID: heygen.GroupID(id), Name: name, Gender: new([]string{"female", "Man", ""}[i%3]),
			PreviewImageURL: new("https://files2.heygen.ai/avatar/v3/" + id + "/preview_target.webp"),
			DefaultVoiceID:  new(heygen.VoiceID(id[8:] + id[:8])), Status: new(drawnStatuses[i%5]),
			LooksCount: random.IntN(300), CreatedAt: unix(1_700_000_000 + random.Int64N(50_000_000)),
		}
	}
	return groups
}

// selectAll computes all that an index computes when it is first used.
func selectAll(groups *catalogue.Groups) {
	for _, field := range []catalogue.GroupOrderField{catalogue.GroupName, catalogue.GroupCreatedAt, catalogue.GroupLooksCount} {
		groups.Select(catalogue.GroupQuery{Order: &catalogue.GroupOrder{Field: field}})
	}
}

// allocated returns the number of bytes of memory that the result of create takes.
func allocated(create func() any) int {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	value := create()
	runtime.GC()
	runtime.GC() // pools drop their contents after the second one
	runtime.ReadMemStats(&after)
	runtime.KeepAlive(value)
	return int(after.HeapAlloc) - int(before.HeapAlloc)
}

func TestIndexTakesLessThanAKibibyteAGroup(t *testing.T) {
	selectAll(catalogue.NewGroups(realisticGroups(10))) // loads the tables of x/text
	const n = 6000
	var items []*heygen.AvatarGroup
	ofItems := allocated(func() any { items = realisticGroups(n); return items })
	size := 0
	ofIndex := allocated(func() any {
		groups := catalogue.NewGroups(items)
		size = groups.Size()
		selectAll(groups)
		return groups
	})
	t.Logf("%d bytes a group, its items take %d, Size is %d a group", ofIndex/n, ofItems/n, size/n)
	if ofIndex > n*512 {
		t.Errorf("the index takes %d bytes a group, want at most 512", ofIndex/n)
	}
	if total := ofItems + ofIndex; size < total || size > total*5/4 {
		t.Errorf("Size is %d, the index and its items take %d", size, total)
	}
}

func TestSizeIncludesLooksAndVoices(t *testing.T) {
	const n = 2000
	size := 0
	ofLooks := allocated(func() any {
		looks := make([]*heygen.AvatarLook, n)
		for i, g := range realisticGroups(n) {
			looks[i] = &heygen.AvatarLook{
				ID: heygen.LookID(g.ID), Name: g.Name, AvatarType: heygen.PhotoAvatar, GroupID: new(g.ID), Gender: g.Gender, PreviewImageURL: g.PreviewImageURL,
				Tags: []string{"Red Dress", fmt.Sprintf("ÜBER %d %d", i, i%7)}, SupportedAPIEngines: []string{"avatar_iv"},
				ImageWidth: new(1000 + i), ImageHeight: new(2000 + i), Error: &heygen.TrainingError{Code: "c", Message: g.Name},
			}
		}
		index := catalogue.NewLooks(looks)
		size = index.Size()
		return index
	})
	if size < ofLooks || size > ofLooks*3/2 {
		t.Errorf("looks: Size is %d, want a little more than %d", size, ofLooks)
	}
	ofVoices := allocated(func() any {
		voices := make([]*heygen.Voice, n)
		for i, g := range realisticGroups(n) {
			voices[i] = voice(string(g.ID), g.Name, fmt.Sprint("language ", i%40), "female")
			voices[i].Details = &heygen.VoiceDetails{Status: new(heygen.VoiceComplete), FailureMessage: new(g.Name), CreatedAt: new(g.CreatedAt), SupportInteractiveAvatar: new(true)}
		}
		index := catalogue.NewVoices(voices)
		size = index.Size()
		for _, field := range []catalogue.VoiceOrderField{catalogue.VoiceName, catalogue.VoiceLanguage} {
			index.Select(catalogue.VoiceQuery{Order: &catalogue.VoiceOrder{Field: field}})
		}
		return index
	})
	if size < ofVoices || size > ofVoices*3/2 {
		t.Errorf("voices: Size is %d, want a little more than %d", size, ofVoices)
	}
}

func TestIndexIsSafeForConcurrentUse(t *testing.T) {
	groups := catalogue.NewGroups(realisticGroups(300))
	sequential := catalogue.NewGroups(realisticGroups(300))
	search := parse(t, "m")
	var wg sync.WaitGroup
	for i := range 16 {
		query := catalogue.GroupQuery{Order: &catalogue.GroupOrder{
			Field:     []catalogue.GroupOrderField{catalogue.GroupName, catalogue.GroupCreatedAt, catalogue.GroupLooksCount}[i%3],
			Direction: []catalogue.Direction{catalogue.Ascending, catalogue.Descending}[i%2],
		}}
		if i%4 == 0 {
			query.Search = search
		}
		want := sequential.Select(query)
		wg.Go(func() {
			selection := groups.Select(query)
			if selection.Len() != want.Len() {
				t.Errorf("%d groups, want %d", selection.Len(), want.Len())
				return
			}
			for i := range selection.Len() {
				before, through, ok := selection.Locate(want.AppendKey(nil, i))
				if selection.Item(i).ID != want.Item(i).ID || before != i || through != i+1 || !ok {
					t.Errorf("group %d differs", i)
				}
			}
			groups.Facets(query)
			if groups.Size() != sequential.Size() {
				t.Error("the size differs")
			}
		})
	}
	wg.Wait()
}
