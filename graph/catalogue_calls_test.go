package graph_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"heygen-graphql/graph"
	"heygen-graphql/heygen"
	"heygen-graphql/heygen/sandbox"
)

// The number of upstream calls of searches across operations: each page of HeyGen's once.
func TestSearchesReadEachPageOnceWhileFresh(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newCachedAPI(t, sandbox.Options{Latency: 10 * time.Millisecond})
		a.RemoveGroups(groupsInTraining(a)...) // whose entries are fresh for seconds
		pages, voicePages := (len(a.Groups())+49)/50, (len(publicVoices(a.Voices()))+99)/100
		search := func(arguments string) func() {
			return func() {
				a.mustDo(t, `{ avatarGroups(`+arguments+`) { nodes { id } totalCount facets { gender { count } } } }`, nil)
			}
		}
		a.expectCalls(t, pages, search(`search: "m"`))
		for _, arguments := range []string{`search: "m"`, `search: "mo"`, `search: "moni", first: 100`, `filter: {gender: FEMALE}`, `orderBy: {field: NAME}, last: 100`, `search: "a", orderBy: {field: CREATED_AT}`} {
			a.expectCalls(t, 0, search(arguments))
		}
		a.expectCalls(t, 0, func() {
			if n := a.readAllGroups(t); n != len(a.Groups()) {
				t.Errorf("%d groups", n)
			}
		})
		a.expectCalls(t, voicePages, func() {
			a.mustDo(t, `{ voices(search: "c") { nodes { id } totalCount facets { language { count } } } }`, nil)
		})
		a.expectCalls(t, 0, func() { a.mustDo(t, `{ voices(orderBy: {field: LANGUAGE}, last: 100) { nodes { id } } }`, nil) })
		<-time.After(2 * time.Minute) // stale: served, and refreshed once in the background
		a.expectCalls(t, pages, func() {
			search(`search: "mon"`)()
			search(`search: "moni"`)()
			synctest.Wait()
			<-time.After(time.Second)
		})
		a.expectCalls(t, 0, search(`search: "monic"`))
		a.Close()
	})
}

func TestSearchAfterPagingThroughListMakesNoCall(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newCachedAPI(t, sandbox.Options{})
		a.expectCalls(t, (len(a.Groups())+49)/50, func() { a.readAllGroups(t) })
		a.expectCalls(t, 0, func() {
			a.mustDo(t, `{ avatarGroups(search: "mon") { totalCount nodes { name } } b: avatarGroups { facets { gender { count } } } }`, nil)
		})
		a.Close()
	})
}

func TestConcurrentSearchesShareOneWalk(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newCachedAPI(t, sandbox.Options{Latency: 100 * time.Millisecond})
		pages, voicePages := (len(a.Groups())+49)/50, (len(publicVoices(a.Voices()))+99)/100
		searchAtOnce := func(field string) func() {
			return func() {
				var wg sync.WaitGroup
				for i := range 100 {
					wg.Go(func() {
						a.mustDo(t, fmt.Sprintf(`{ %s(search: %q, first: %d) { nodes { name } totalCount } }`, field, "monica"[:1+i%6], i), nil)
					})
				}
				wg.Wait()
			}
		}
		a.expectCalls(t, pages, searchAtOnce("avatarGroups"))
		a.expectCalls(t, voicePages, searchAtOnce("voices"))
		a.expectCalls(t, 0, searchAtOnce("avatarGroups"))
		a.Close()
	})
}

// Searches that differ from each other cost the pages of the list once for each refresh.
func TestHourOfSearchesCostsPagesTimesRefreshes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newCachedAPI(t, sandbox.Options{})
		for _, g := range a.Groups() { // a status that may change is fresh for a shorter time
			if g.Status != nil && *g.Status != "completed" && *g.Status != "failed" {
				a.RemoveGroups(g.ID)
			}
		}
		public := 0
		for _, g := range a.Groups() {
			if g.Ownership != sandbox.Private {
				public++
			}
		}
		const refreshes = 60 // one a minute, the first walk included
		a.expectCalls(t, (public+49)/50*refreshes, func() {
			for round := range 120 { // every 30 s, a different 25th of 100 clients
				var clients sync.WaitGroup
				for client := round % 25; client < 100; client += 25 {
					clients.Go(func() {
						out := a.mustDo(t, fmt.Sprintf(`{ avatarGroups(ownership: PUBLIC, search: "m", first: %d) { totalCount nodes { name client%d: groupId } } }`, round%50, client), nil)
						if n := out.Data["avatarGroups"].(vars)["totalCount"].(float64); n < 20 {
							t.Error(out.Body)
						}
					})
				}
				clients.Wait()
				<-time.After(30 * time.Second)
			}
		})
		a.Close()
	})
}

// What the walk has read is cached item by item, as from any list.
func TestFoundGroupIsFetchedByIDWithoutCall(t *testing.T) {
	a := newCachedAPI(t, sandbox.Options{})
	out := a.mustDo(t, `{ avatarGroups(search: "monica") { nodes { id name } } }`, nil)
	found := nodesOf(out, "avatarGroups")
	a.expectCalls(t, 0, func() {
		for _, group := range found {
			if node := a.mustDo(t, `query($id: ID!) { node(id: $id) { ... on AvatarGroup { name } } }`, vars{"id": group["id"]}).Data["node"].(vars); node["name"] != group["name"] {
				t.Errorf("%v, want %v", node, group)
			}
		}
	})
	if len(found) < 2 {
		t.Error(out.Body)
	}
	b := newAPI(t, sandbox.Options{}) // in one operation, links to a found group cost nothing
	b.expectCalls(t, (len(b.Groups())+49)/50+2, func() {
		b.mustDo(t, `{ avatarGroups(search: "monica", first: 2) { nodes { looks(first: 2) { nodes { group { name } } } } } }`, nil)
	})
}

func TestFoundGroupHasOwnershipOfItsList(t *testing.T) {
	for name, newAPI := range map[string]func(testing.TB, sandbox.Options, ...func(*heygen.Options, *graph.Options)) *api{"uncached": newAPI, "cached": newCachedAPI} {
		for _, selection := range []string{`search: "a"`, `orderBy: {field: NAME}`, `filter: {minLooksCount: 1}`} {
			a := newAPI(t, sandbox.Options{})
			out := a.mustDo(t, `{ avatarGroups(ownership: PRIVATE, first: 9, `+selection+`) { nodes { ownership looks(first: 1) { nodes { group { ownership } } } } } }`, nil)
			if n := len(nodesOf(out, "avatarGroups")); n == 0 || strings.Count(out.Body, `"ownership":"PRIVATE"`) < n || strings.Contains(out.Body, `"ownership":null`) {
				t.Errorf("%s, %s: %s", name, selection, out.Body)
			}
		}
	}
}

// A count reads pages that no field lists. Whether it has done so before the ownership of
// another group is resolved is not determined, so it does not make it known.
func TestCountDoesNotMakeOwnershipKnown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newAPI(t, sandbox.Options{Latency: 10 * time.Millisecond})
		const counted, look = "more0004", "look_of_it"
		a.AddGroups(manyItems(60, func(id string, createdAt float64) sandbox.Group {
			return sandbox.Group{ID: id, Name: "New", Ownership: sandbox.Private, CreatedAt: 3e9 + createdAt}
		})...)
		a.AddLooks(sandbox.Look{ID: look, Name: "L", GroupID: new(counted), Ownership: sandbox.Private})
		// The second page, which has the group, is read in the second round of calls, and the
		// group's ownership resolved after the third.
		out := a.mustDo(t, `query($look: ID!) { avatarGroups(ownership: PRIVATE, first: 3) { totalCount nodes { ownership } } avatarLook(id: $look) { group { looks(first: 1) { nodes { group { groupId ownership } } } } } }`, vars{"look": look})
		if got := out.dataJSON(t); strings.Count(got, `"ownership":"PRIVATE"`) != 3 || !strings.Contains(got, `{"groupId":"more0004","ownership":null}`) {
			t.Error(got)
		}
		a.Close()
	})
}
