package graph_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"heygen-graphql/graph"
	"heygen-graphql/graph/relay"
	"heygen-graphql/heygen"
	"heygen-graphql/heygen/catalogue"
	"heygen-graphql/heygen/sandbox"
)

// withMaxItems limits the catalogues of an operation.
func withMaxItems(n int) func(*heygen.Options, *graph.Options) {
	return func(_ *heygen.Options, o *graph.Options) { o.CatalogueMaxItems = n }
}

// newAPIsWithMaxItems returns an api without a cache, and one with it.
func newAPIsWithMaxItems(t *testing.T, n int) map[string]*api {
	caching := cacheOptions()
	caching.CatalogueMaxItems = n
	return map[string]*api{"uncached": newAPI(t, sandbox.Options{}, withMaxItems(n)), "cached": buildAPI(t, sandbox.Options{}, caching, withMaxItems(n))}
}

func TestTooLargeCatalogueFailsItsFieldOnly(t *testing.T) {
	for name, a := range newAPIsWithMaxItems(t, 100) {
		english := len(connectionCases[7].ids(a))
		for query, want := range map[string]struct {
			errors int
			data   string
		}{
			`{ avatarGroups(first: 0, search: "mon") { nodes { id } } __typename }`:                                                      {1, `{"__typename":"Query","avatarGroups":null}`},
			`{ avatarGroups(first: 0, orderBy: {field: NAME}) { nodes { id } } __typename }`:                                             {1, `{"__typename":"Query","avatarGroups":null}`},
			`{ avatarGroups(first: 0) { totalCount facets { gender { count } } nodes { id } } }`:                                         {2, `{"avatarGroups":{"facets":null,"nodes":[],"totalCount":null}}`},
			`{ voices(first: 0) { totalCount nodes { id } } v: voices(language: "English") { totalCount } }`:                             {1, `{"v":{"totalCount":` + fmt.Sprint(english) + `},"voices":{"nodes":[],"totalCount":null}}`},
			`{ voices(first: 0, language: "English") { facets { language { count } } nodes { id } } }`:                                   {1, `{"voices":{"facets":null,"nodes":[]}}`},
			`{ avatarLooks(first: 0) { totalCount nodes { id } } }`:                                                                      {1, `{"avatarLooks":{"nodes":[],"totalCount":null}}`},
			`{ avatarGroups(first: 0, ownership: PRIVATE, search: "no such name") { totalCount nodes { id } } __typename }`:              {0, `{"__typename":"Query","avatarGroups":{"nodes":[],"totalCount":0}}`},
			`{ avatarGroup(id: "` + groupWithManyLooks + `") { looks(search: "in") { totalCount } b: looks(first: 0) { totalCount } } }`: {1, `{"avatarGroup":{"b":{"totalCount":300},"looks":null}}`},
		} {
			out := a.do(t, query, nil)
			if out.codes() != strings.TrimSpace(strings.Repeat("CATALOGUE_TOO_LARGE ", want.errors)) || out.dataJSON(t) != want.data {
				t.Errorf("%s: %s: %s", name, query, out.Body)
			}
			if want.errors > 0 && !strings.Contains(out.Errors[0].Message, "more than 100 items") {
				t.Errorf("%s: %s", name, out.Errors[0].Message)
			}
		}
	}
}

// The walk ends with the page after which the list is known to be too large.
func TestTooLargeCatalogueCausesCallsForMaxItems(t *testing.T) {
	for name, a := range newAPIsWithMaxItems(t, 100) {
		for i, calls := range []int{2, map[string]int{"uncached": 2, "cached": 0}[name]} {
			a.expectCalls(t, calls, func() {
				if out := a.do(t, `{ a: avatarGroups(search: "mon") { nodes { id } } b: avatarGroups(search: "x") { nodes { id } } c: avatarGroups { totalCount } }`, nil); out.codes() != "CATALOGUE_TOO_LARGE CATALOGUE_TOO_LARGE CATALOGUE_TOO_LARGE" {
					t.Errorf("%s, %d: %s", name, i, out.Body)
				}
			})
		}
	}
}

func TestSearchOfMoreThan40PagesOfLooksIsTooDeep(t *testing.T) {
	for name, a := range newAPIsWithMaxItems(t, 0) {
		a.AddLooks(manyItems(2_000, func(id string, createdAt float64) sandbox.Look {
			return sandbox.Look{ID: id, Name: "New", GroupID: new(groupWithManyLooks), CreatedAt: createdAt}
		})...)
		for field, data := range map[string]string{
			`avatarGroup(id: "` + groupWithManyLooks + `") { looks(search: "in") { totalCount } }`:                                     `{"avatarGroup":{"looks":null}}`,
			`avatarGroup(id: "` + groupWithManyLooks + `") { looks(first: 0, filter: {tags: "new"}) { totalCount } }`:                  `{"avatarGroup":{"looks":null}}`,
			`avatarGroup(id: "` + groupWithManyLooks + `") { looks(first: 0, avatarType: STUDIO_AVATAR) { nodes { id } totalCount } }`: `{"avatarGroup":{"looks":{"nodes":[],"totalCount":null}}}`,
			`avatarLooks(groupId: "` + groupWithManyLooks + `", first: 0) { nodes { id } totalCount }`:                                 `{"avatarLooks":{"nodes":[],"totalCount":null}}`,
		} {
			out := a.do(t, "{ "+field+" }", nil)
			if out.codes() != "PAGINATION_TOO_DEEP" || out.dataJSON(t) != data || !strings.Contains(out.Errors[0].Message, "40 HeyGen pages") {
				t.Errorf("%s: %s: %s", name, field, out.Body)
			}
		}
		if out := a.mustDo(t, `{ avatarGroup(id: "`+groupWithManyLooks+`") { looks(first: 5) { totalCount } } }`, nil); out.dataJSON(t) != `{"avatarGroup":{"looks":{"totalCount":2300}}}` {
			t.Errorf("%s: %s", name, out.Body)
		}
	}
}

func TestFailedWalkFailsItsFieldOnly(t *testing.T) {
	for fault, code := range map[sandbox.Fault]string{
		sandbox.InternalError: "UPSTREAM_UNAVAILABLE", sandbox.RateLimited: "RATE_LIMITED", sandbox.Forbidden: "FORBIDDEN", sandbox.PaymentRequired: "PAYMENT_REQUIRED",
		sandbox.BadItems: "UPSTREAM_INVALID_RESPONSE", sandbox.MoreWithoutToken: "UPSTREAM_INVALID_RESPONSE", sandbox.RepeatedToken: "UPSTREAM_INVALID_RESPONSE",
	} {
		for query, data := range map[string]string{
			`{ avatarGroups(search: "mon") { nodes { id } totalCount } __typename }`:                        `{"__typename":"Query","avatarGroups":null}`,
			`{ avatarGroups(first: 0) { nodes { id } totalCount facets { gender { count } } } __typename }`: `{"__typename":"Query","avatarGroups":{"facets":null,"nodes":[],"totalCount":null}}`,
		} {
			a := newAPI(t, sandbox.Options{})
			a.QueueFaults(sandbox.OK, sandbox.OK, fault)
			a.expectCalls(t, 3, func() {
				out := a.do(t, query, nil)
				for _, e := range out.Errors {
					if e.Extensions["code"] != code {
						t.Errorf("%s: %s", fault, out.Body)
					}
				}
				if out.dataJSON(t) != data || len(out.Errors) != 1+strings.Count(query, "facets") {
					t.Errorf("%s: %s", fault, out.Body)
				}
			})
		}
	}
	a := newCachedAPI(t, sandbox.Options{}, func(o *heygen.Options, _ *graph.Options) { o.Retries = 0 })
	a.QueueFaults(sandbox.OK, sandbox.OK, sandbox.InternalError)
	a.expectCalls(t, 3, func() {
		if out := a.do(t, `{ avatarGroups(search: "mon") { nodes { id } } }`, nil); out.codes() != "UPSTREAM_UNAVAILABLE" {
			t.Error(out.Body)
		}
	})
	a.expectCalls(t, (len(a.Groups())+49)/50-2, func() { a.mustDo(t, `{ avatarGroups(search: "mon") { nodes { id } } }`, nil) }) // resumes
}

func TestBrokenListOfCatalogueIsLogged(t *testing.T) {
	for _, fault := range []sandbox.Fault{sandbox.MoreWithoutToken, sandbox.LoopingToken, sandbox.EndlessPages} {
		a := newAPI(t, sandbox.Options{})
		a.SetFaults(1, fault)
		out := a.do(t, `{ avatarGroups(search: "mon") { nodes { id } } voices(orderBy: {field: NAME}) { nodes { id } } }`, nil)
		if out.codes() != "UPSTREAM_INVALID_RESPONSE UPSTREAM_INVALID_RESPONSE" || !strings.HasPrefix(out.Errors[0].Message, "HeyGen's list cannot be read to its end") {
			t.Errorf("%s: %s", fault, out.Body)
		}
		if log := a.log.String(); strings.Count(log, `level=WARN msg="upstream list cannot be continued"`) != 2 {
			t.Errorf("%s: %s", fault, log)
		}
	}
}

// HeyGen rejects a filter of its own: the error names the argument on every path.
func TestFilterThatHeyGenRejectsIsNamedInSearch(t *testing.T) {
	for _, newAPI := range []func() (*api, *fakeUpstream){
		func() (*api, *fakeUpstream) { u := &fakeUpstream{}; return newAPI(t, sandbox.Options{}, u.install), u },
		func() (*api, *fakeUpstream) { return newFakeAPI(t) },
	} {
		a, u := newAPI()
		u.set(func(r *http.Request) (int, string) {
			if r.URL.Query().Get("language") == "Klingon" {
				return 400, errorBody("invalid_parameter", "language")
			}
			return 0, ""
		})
		for _, field := range []string{`voices(language: "Klingon", search: "c") { nodes { id } totalCount }`, `voices(language: "Klingon", orderBy: {field: NAME}) { nodes { id } }`, `voices(language: "Klingon") { totalCount facets { language { count } gender { count } } }`} {
			out := a.do(t, `{ `+field+` }`, nil)
			checkRejection(t, field, out, "language", "HeyGen rejects this value of")
			if out.dataJSON(t) != `{"voices":null}` || strings.Contains(a.log.String(), `level=WARN msg="upstream`) {
				t.Errorf("%s: %s\n%s", field, out.Body, a.log)
			}
		}
	}
}

// The group has been deleted since it was listed.
func TestSearchedLooksOfDeletedGroupAreNull(t *testing.T) {
	for name, newAPI := range map[string]func(testing.TB, sandbox.Options, ...func(*heygen.Options, *graph.Options)) *api{"uncached": newAPI, "cached": newCachedAPI} {
		a := newAPI(t, sandbox.Options{UnknownGroupIs404: true})
		a.QueueFaults(sandbox.OK, sandbox.NotFound)
		if out := a.mustDo(t, `{ avatarGroup(id: "group_monica") { looks(search: "a") { totalCount } } }`, nil); out.dataJSON(t) != `{"avatarGroup":{"looks":null}}` {
			t.Errorf("%s: %s", name, out.Body)
		}
	}
}

// If HeyGen lists only public looks by default, those of a private group are found, too.
func TestSearchFindsLooksOfPrivateGroup(t *testing.T) {
	for name, newAPI := range map[string]func(testing.TB, sandbox.Options, ...func(*heygen.Options, *graph.Options)) *api{"uncached": newAPI, "cached": newCachedAPI} {
		a := newAPI(t, sandbox.Options{OmittedIsPublic: true})
		i := slices.IndexFunc(a.Groups(), func(g sandbox.Group) bool { return g.Ownership == sandbox.Private && g.LooksCount > 1 })
		group := a.Groups()[i]
		out := a.mustDo(t, `{ avatarGroup(id: "`+group.ID+`") { looks(filter: {readiness: [READY, NOT_READY, UNKNOWN]}) { totalCount } } }`, nil)
		if got := out.Data["avatarGroup"].(vars)["looks"].(vars)["totalCount"]; got != float64(group.LooksCount) {
			t.Errorf("%s: %v, want %d", name, got, group.LooksCount)
		}
	}
}

func TestCatalogueOfLooksHasAsManyPagesAsPaging(t *testing.T) {
	if catalogue.MaxLookPages != relay.MaxPages {
		t.Errorf("%d and %d", catalogue.MaxLookPages, relay.MaxPages)
	}
}
