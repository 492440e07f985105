package graph_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"heygen-graphql/heygen/sandbox"
)

// get sends a document in a GET request.
func (a *api) get(t testing.TB, query string) response {
	t.Helper()
	return a.send(t, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/graphql?query="+url.QueryEscape(query), nil))
}

// The number of upstream calls across several operations.
func TestFreshEntriesCauseNoCalls(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newCachedAPI(t, sandbox.Options{Latency: 100 * time.Millisecond})
		groups := groupConnection.ids(a)
		var first response
		a.expectCalls(t, 1, func() { first = a.mustDo(t, `{ avatarGroups(first: 50) { nodes { id } } }`, nil) })
		a.expectCalls(t, 0, func() {
			if again := a.mustDo(t, `{ avatarGroups(first: 50) { nodes { id } } }`, nil); again.Body != first.Body {
				t.Error("the same operation has another response")
			}
			a.mustDo(t, `{ avatarGroups(first: 7) { edges { cursor node { name } } } }`, nil)
			a.mustDo(t, twentyAliasesQuery("avatarGroup", "AvatarGroup", groups[:10]), nil)
		})
		a.expectCalls(t, 10, func() { a.mustDo(t, twentyAliasesQuery("avatarGroup", "AvatarGroup", groups[100:110]), nil) })
		a.expectCalls(t, 0, func() { a.mustDo(t, twentyAliasesQuery("avatarGroup", "AvatarGroup", groups[100:110]), nil) })
		a.expectCalls(t, 2, func() { a.mustDo(t, monicaQuery, nil) }) // the list has cached the group
		a.expectCalls(t, 0, func() { a.mustDo(t, monicaQuery, nil) })
		a.expectCalls(t, 0, func() {
			a.mustDo(t, `{ avatarLook(id: "monica_sofa") { name group { name looks { nodes { name } } } } }`, nil)
		})
		a.Close()
	})
}

const monicaQuery = `{ avatarGroup(id: "group_monica") { name looks(first: 3) { nodes { lookId readiness { state } } } defaultVoice { name } } }`

func TestPagesOfTenShareUpstreamPagesOfFifty(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newCachedAPI(t, sandbox.Options{})
		var names []string
		a.expectCalls(t, 16, func() { // 764 groups
			for after := any(nil); ; {
				out := a.mustDo(t, `query($after: String) { avatarGroups(first: 10, after: $after) { nodes { groupId } pageInfo { endCursor hasNextPage } } }`, vars{"after": after})
				for _, node := range nodesOf(out, "avatarGroups") {
					names = append(names, node["groupId"].(string))
				}
				info := out.Data["avatarGroups"].(vars)["pageInfo"].(vars)
				if after = info["endCursor"]; info["hasNextPage"] != true {
					break
				}
			}
		})
		if want := groupConnection.ids(a); strings.Join(names, " ") != strings.Join(want, " ") {
			t.Errorf("%d groups of %d", len(names), len(want))
		}
		a.Close()
	})
}

func TestConcurrentClientsMakeNoAdditionalCalls(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, query := range []string{
			`{ avatarGroups(first: 50) { nodes { id } } }`,
			`{ avatarGroups(first: 100) { nodes { id } } }`,
			`{ avatarGroups(last: 1) { nodes { id } } }`,
			monicaQuery,
			twentyAliasesQuery("avatarLook", "AvatarLook", lookIDsOf(groupWithManyLooks, "")(newAPI(t, sandbox.Options{}))),
			`{ avatarGroups(first: 20) { nodes { looks(first: 3) { nodes { name } } } } }`,
			`{ avatarGroup(id: "no_such_id") { name } }`,
		} {
			calls := map[int]int{}
			for _, clients := range []int{1, 100} {
				a := newCachedAPI(t, sandbox.Options{Latency: 100 * time.Millisecond})
				bodies := make([]string, clients)
				var wg sync.WaitGroup
				for i := range bodies {
					wg.Go(func() { bodies[i] = a.mustDo(t, query, nil).Body })
				}
				wg.Wait()
				calls[clients] = len(a.Calls())
				for _, body := range bodies {
					if body != bodies[0] {
						t.Errorf("%s has different responses", query)
					}
				}
				a.Close()
			}
			if calls[1] == 0 || calls[100] != calls[1] {
				t.Errorf("%s: %d calls for one client, %d for a hundred", query, calls[1], calls[100])
			}
		}
	})
}

// Every client reads all groups, page by page, every ten minutes of an hour, each at its
// own time. A page is fresh for ten minutes, so it is fetched six times, whatever the
// number of clients.
func TestCallsPerHourDoNotDependOnClients(t *testing.T) {
	for _, clients := range []int{1, 10, 100} {
		synctest.Test(t, func(t *testing.T) {
			caching := cacheOptions()
			caching.Fresh = 10 * time.Minute
			a := buildAPI(t, sandbox.Options{}, caching)
			a.RemoveGroups(groupsInTraining(a)...) // whose entries are fresh for seconds
			groups := len(a.Groups())
			pages := (groups + 49) / 50
			if groups < 600 {
				t.Fatalf("%d groups", groups)
			}
			var wg sync.WaitGroup
			for i := range clients {
				wg.Go(func() {
					<-time.After(time.Duration(i) * 10 * time.Minute / time.Duration(clients))
					for start := time.Now(); ; <-time.After(10 * time.Minute) {
						if time.Since(start) >= time.Hour {
							return
						}
						if count := a.readAllGroups(t); count != groups {
							t.Errorf("read %d groups of %d", count, groups)
						}
					}
				})
			}
			<-time.After(time.Hour - 1)
			synctest.Wait()
			if calls := len(a.Calls()); calls != pages*6 {
				t.Errorf("%d clients caused %d calls, want %d pages six times", clients, calls, pages)
			}
			wg.Wait()
			a.Close()
		})
	}
}

// readAllGroups reads all groups page by page, and returns their number.
func (a *api) readAllGroups(t testing.TB) (count int) {
	t.Helper()
	for after, more := any(nil), true; more; {
		out := a.mustDo(t, `query($after: String) { avatarGroups(first: 50, after: $after) { nodes { id } pageInfo { endCursor hasNextPage } } }`, vars{"after": after})
		info := out.Data["avatarGroups"].(vars)["pageInfo"].(vars)
		after, more = info["endCursor"], info["hasNextPage"] == true
		count += len(nodesOf(out, "avatarGroups"))
	}
	return count
}

func groupsInTraining(a *api) (ids []string) {
	for _, group := range a.Groups() {
		if group.Status != nil && (*group.Status == "processing" || *group.Status == "pending_consent") {
			ids = append(ids, group.ID)
		}
	}
	return ids
}

func TestSharedCallIsCancelledWithItsLastCaller(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newCachedAPI(t, sandbox.Options{Latency: time.Hour})
		requestFor := func(cancelAfter time.Duration) func() {
			ctx, cancel := context.WithCancel(t.Context())
			time.AfterFunc(cancelAfter, cancel)
			r := httptest.NewRequestWithContext(ctx, "GET", "/graphql?query="+url.QueryEscape(`{avatarGroups{nodes{id}}}`), nil)
			return func() { a.ServeHTTP(httptest.NewRecorder(), r) }
		}
		start := time.Now()
		var wg sync.WaitGroup
		wg.Go(requestFor(2 * time.Second))
		wg.Go(requestFor(3 * time.Second))
		<-time.After(2500 * time.Millisecond)
		if got := a.InFlight(); got != 1 {
			t.Errorf("%d calls in flight, want one for both", got)
		}
		wg.Wait()
		synctest.Wait()
		if got := a.InFlight(); got != 0 || time.Since(start) != 3*time.Second {
			t.Errorf("%d calls in flight after %v", got, time.Since(start))
		}
		a.Close()
	})
}

// Operations succeed, and cause the calls of a server without a cache.
func TestZeroCacheBytesDisablesCaching(t *testing.T) {
	caching := cacheOptions()
	caching.MaxBytes = 0
	a := buildAPI(t, sandbox.Options{}, caching)
	for range 2 {
		a.expectCalls(t, 1, func() { a.mustDo(t, `{ avatarGroups { nodes { id } } }`, nil) })
		a.expectCalls(t, 3, func() { a.mustDo(t, monicaQuery, nil) })
		a.expectCalls(t, 10, func() { a.mustDo(t, twentyAliasesQuery("avatarGroup", "AvatarGroup", groupConnection.ids(a)), nil) })
	}
	if out := a.get(t, `{ avatarGroups(ownership: PUBLIC) { nodes { id } } }`); out.Header.Get("Cache-Control") != "public, no-cache" || out.Header.Get("Age") != "0" {
		t.Error(out.Header)
	}
}

func TestResponseHasAgeAndCacheControl(t *testing.T) {
	const (
		voices  = `voices(first: 3) { nodes { name } }`
		public  = `avatarLooks(first: 1, ownership: PUBLIC) { nodes { name } }`
		private = `avatarLooks(first: 1, avatarType: PHOTO_AVATAR) { nodes { name } }`
	)
	synctest.Test(t, func(t *testing.T) {
		a := newCachedAPI(t, sandbox.Options{})
		a.RemoveLooks(looksInTraining(a)...)
		for _, step := range []struct {
			after        time.Duration
			query        string
			post         bool
			age          string
			cacheControl string
		}{
			{0, `{ ` + voices + ` }`, false, "0", "public, max-age=60"},
			{9500 * time.Millisecond, `{ ` + voices + ` }`, false, "9", "public, max-age=59"}, // 50 s are left
			{500 * time.Millisecond, `{ ` + voices + ` ` + public + ` }`, false, "10", "public, max-age=60"},
			{0, `{ ` + public + ` }`, false, "0", "public, max-age=60"},
			{0, `{ ` + voices + ` ` + private + ` }`, false, "10", "private, max-age=60"},
			{0, `{ ` + voices + ` }`, true, "10", "no-store"},
			{0, `{ ` + voices + ` avatarGroup(id: "a/b") { name } }`, false, "10", "no-store"},                   // an error
			{0, `{ ` + voices + ` avatarGroup(id: "no_such_id") { name } }`, false, "10", "private, max-age=20"}, // cached for 10 s as not found
			{0, `{ ` + private + ` ` + voices + ` }`, false, "10", "private, max-age=60"},
			{0, `{ __typename }`, false, "", "public, no-cache"},
			{0, `{ __typename }`, true, "", "no-store"},
			{0, `{ nonsense }`, false, "", "no-store"},
			{49500 * time.Millisecond, `{ ` + voices + ` }`, false, "59", "public, no-cache"}, // less than a second is left
			{time.Second, `{ ` + voices + ` }`, false, "60", "public, no-cache"},              // stale, and revalidated in the background
			{0, `{ ` + voices + ` }`, false, "0", "public, max-age=60"},
		} {
			<-time.After(step.after)
			do := a.get
			if step.post {
				do = func(t testing.TB, query string) response { return a.do(t, query, nil) }
			}
			out := do(t, step.query)
			synctest.Wait()
			if got := out.Header.Get("Age"); got != step.age || out.Header.Get("Cache-Control") != step.cacheControl {
				t.Errorf("%s: Age %q, Cache-Control %q; want %q, %q", step.query, got, out.Header.Get("Cache-Control"), step.age, step.cacheControl)
			}
			if !strings.Contains(out.Header.Get("Vary"), "Accept") {
				t.Error(out.Header)
			}
		}
		a.Close()
	})
}

// looksInTraining returns the ids of the looks whose status will change.
func looksInTraining(a *api) (ids []string) {
	for _, look := range a.Looks() {
		if look.Status != nil && (*look.Status == "processing" || *look.Status == "pending_consent") {
			ids = append(ids, look.ID)
		}
	}
	return ids
}
