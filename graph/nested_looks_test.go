package graph_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"heygen-graphql/heygen"
	"heygen-graphql/heygen/sandbox"
)

// listLatency is what a page of looks takes at HeyGen.
const listLatency = 650 * time.Millisecond

// expense is the upstream calls of an operation, and its duration in their latency.
type expense struct{ calls, rounds int }

func (a *api) measure(f func()) expense {
	a.ResetCalls()
	start := time.Now()
	f()
	return expense{len(a.Calls()), int(time.Since(start) / listLatency)}
}

// fewLooks replaces the catalogue by one of the size of HeyGen's: 500 groups with 750
// looks, in the order of their groups or in another one.
func fewLooks(box *sandbox.Sandbox, sameOrder bool) {
	box.RemoveGroups("group_monica")
	var groups []sandbox.Group
	var looks []sandbox.Look
	for i := range 500 {
		g := sandbox.Group{ID: fmt.Sprintf("group%03d", i), Name: "Group", CreatedAt: float64(2_000_000_000 - i)}
		groups = append(groups, g)
		for n := range 1 + i%2 {
			l := sandbox.Look{ID: fmt.Sprintf("look%03d-%d", i, n), GroupID: &groups[i].ID, CreatedAt: g.CreatedAt}
			if !sameOrder {
				l.CreatedAt -= float64(i * 337 % 500)
			}
			looks = append(looks, l)
		}
	}
	box.AddGroups(groups...)
	box.AddLooks(looks...)
}

// bulkLooks reads pages of the looks of all groups, one after the other: a page has the
// token of the next. It stops at the end or, with counted, once it has seen as many looks
// of each group as the group's looksCount says.
func bulkLooks(ctx context.Context, client *heygen.Client, groups []heygen.AvatarGroup, counted bool) (map[heygen.GroupID][]heygen.LookID, error) {
	missing := map[heygen.GroupID]int{}
	for _, g := range groups {
		if g.LooksCount > 0 {
			missing[g.ID] = g.LooksCount
		}
	}
	looks := map[heygen.GroupID][]heygen.LookID{}
	for token := ""; ; {
		page, err := client.ListAvatarLooks(ctx, heygen.AvatarLooksParams{Limit: heygen.MaxPageSize, Token: token})
		if err != nil {
			return nil, err
		}
		for _, l := range page.Data {
			if l.GroupID == nil {
				continue
			}
			looks[*l.GroupID] = append(looks[*l.GroupID], l.ID)
			if n := missing[*l.GroupID]; n > 1 {
				missing[*l.GroupID] = n - 1
			} else {
				delete(missing, *l.GroupID)
			}
		}
		if token = page.NextToken; !page.HasMore || counted && len(missing) == 0 {
			return looks, nil
		}
	}
}

// bulkExpense returns what bulkLooks costs.
func (a *api) bulkExpense(t *testing.T, groups []heygen.AvatarGroup, counted bool) expense {
	return a.measure(func() {
		if _, err := bulkLooks(t.Context(), a.client, groups, counted); err != nil {
			t.Fatal(err)
		}
	})
}

// firstGroups returns the first page of groups, from HeyGen.
func (a *api) firstGroups(t *testing.T) []heygen.AvatarGroup {
	t.Helper()
	page, err := a.client.ListAvatarGroups(t.Context(), heygen.AvatarGroupsParams{Limit: heygen.MaxPageSize})
	if err != nil {
		t.Fatal(err)
	}
	return page.Data
}

// docs/design.md has these figures.
func TestLooksOfEachGroupTakeLessTimeThanAllBulkPages(t *testing.T) {
	for _, catalogue := range []struct {
		name    string
		options sandbox.Options
		prepare func(*sandbox.Sandbox)
		counted map[int]int // by the number of groups, the bulk pages until as many looks were seen as counted
		all     int         // all bulk pages
	}{
		{"sandbox", sandbox.Options{}, func(*sandbox.Sandbox) {}, map[int]int{5: 1, 20: 4, 50: 8}, 177},
		{"750 looks in the order of groups", sandbox.Options{GroupCount: 1}, func(s *sandbox.Sandbox) { fewLooks(s, true) }, map[int]int{5: 1, 20: 1, 50: 2}, 15},
		{"750 looks in another order", sandbox.Options{GroupCount: 1}, func(s *sandbox.Sandbox) { fewLooks(s, false) }, map[int]int{5: 4, 20: 6, 50: 9}, 15},
	} {
		for first, counted := range catalogue.counted {
			t.Run(fmt.Sprintf("%s, %d groups", catalogue.name, first), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					catalogue.options.Latency = listLatency
					a := newCachedAPI(t, catalogue.options)
					catalogue.prepare(a.Sandbox)
					a.mustDo(t, `{ avatarGroups(first: 50) { nodes { name } } }`, nil)
					each := a.measure(func() {
						a.mustDo(t, fmt.Sprintf(`{ avatarGroups(first: %d) { nodes { name looks(first: 3) { nodes { lookId } } } } }`, first), nil)
					})
					groups := a.firstGroups(t)[:first]
					got := []expense{each, a.bulkExpense(t, groups, true), a.bulkExpense(t, groups, false)}
					want := []expense{{first, (first + 7) / 8}, {counted, counted}, {catalogue.all, catalogue.all}}
					if !slices.Equal(got, want) || each.rounds >= catalogue.all {
						t.Errorf("each group, bulk pages as counted, all bulk pages: %v, want %v", got, want)
					}
					a.Close()
				})
			})
		}
	}
}

// A look that is added after its group was read displaces an older one. Pages
// that end as soon as looksCount is reached then miss a look that always existed.
func TestBulkPagesUntilLooksCountCanMissLook(t *testing.T) {
	a := newAPI(t, sandbox.Options{GroupCount: 1})
	fewLooks(a.Sandbox, true)
	groups := a.firstGroups(t)[:1]
	a.AddLooks(sandbox.Look{ID: "new", GroupID: new(string(groups[0].ID)), CreatedAt: 2_000_000_001})
	for i := range heygen.MaxPageSize - 1 { // the older look is on the second page
		a.AddLooks(sandbox.Look{ID: fmt.Sprint("other", i), CreatedAt: 2_000_000_001})
	}
	bulk, err := bulkLooks(t.Context(), a.client, groups, true)
	if err != nil {
		t.Fatal(err)
	}
	own, err := a.client.ListAvatarLooks(t.Context(), heygen.AvatarLooksParams{GroupID: groups[0].ID})
	if err != nil {
		t.Fatal(err)
	}
	if got := bulk[groups[0].ID]; !slices.Equal(got, []heygen.LookID{"new"}) || len(own.Data) != 2 {
		t.Errorf("bulk pages have %v, the group has %d looks", got, len(own.Data))
	}
}
