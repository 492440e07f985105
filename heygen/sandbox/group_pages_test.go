package sandbox_test

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"heygen-graphql/heygen/sandbox"
)

var tokenKinds = map[string]sandbox.TokenKind{"start id": sandbox.StartID, "keyset": sandbox.Keyset, "page numbers": sandbox.PageNumbers}

func TestWalkReturnsEveryGroupOnceInOrder(t *testing.T) {
	for name, tokenKind := range tokenKinds {
		box := sandbox.New(sandbox.Options{TokenKind: tokenKind})
		for _, ownership := range []sandbox.Ownership{"", sandbox.Public, sandbox.Private} {
			var want []string
			for _, g := range box.Groups() {
				if ownership == "" || g.Ownership == ownership {
					want = append(want, g.ID)
				}
			}
			for _, limit := range []int{1, 7, 20, 50} {
				if limit == 1 && ownership == sandbox.Public {
					continue // nearly as long as the longest walk
				}
				query := url.Values{"limit": {fmt.Sprint(limit)}}
				if ownership != "" {
					query.Set("ownership", string(ownership))
				}
				pages := walkGroups(t, box, query)
				if diff := cmp.Diff(want, itemIDs(t, pages...)); diff != "" {
					t.Errorf("%s, %s: %s", name, query.Encode(), diff)
				}
				if wantPages := (len(want) + limit - 1) / limit; len(pages) != wantPages {
					t.Errorf("%s, %s: %d pages, want %d", name, query.Encode(), len(pages), wantPages)
				}
			}
		}
	}
}

func TestOmittedOwnershipIsBothOrPublic(t *testing.T) {
	for name, tokenKind := range tokenKinds {
		both := sandbox.New(sandbox.Options{TokenKind: tokenKind})
		public := sandbox.New(sandbox.Options{TokenKind: tokenKind, OmittedIsPublic: true})
		list := func(box *sandbox.Sandbox, query url.Values) []string {
			return itemIDs(t, walkGroups(t, box, withParam(query, "limit", 50))...)
		}
		if got := list(both, nil); len(got) != len(both.Groups()) {
			t.Errorf("%s: %d public and private groups", name, len(got))
		}
		for ownership, query := range map[string]url.Values{"public": nil, "private": {"ownership": {"private"}}} {
			if diff := cmp.Diff(list(both, url.Values{"ownership": {ownership}}), list(public, query)); diff != "" {
				t.Errorf("%s, %s: %s", name, ownership, diff)
			}
		}
	}
}

func TestEmptyListHasEmptyData(t *testing.T) {
	for name, tokenKind := range tokenKinds {
		box := sandbox.New(sandbox.Options{TokenKind: tokenKind})
		for _, g := range box.Groups() {
			box.RemoveGroups(g.ID)
		}
		if got, want := get(t, box, "/v3/avatars").Body.String(), `{"data":[],"has_more":false,"next_token":null}`; got != want {
			t.Errorf("%s: %s", name, got)
		}
	}
}

func TestFullLastPageHasNoNextToken(t *testing.T) {
	box := sandbox.New(sandbox.Options{})
	groups := box.Groups()
	for _, g := range groups[10:] {
		box.RemoveGroups(g.ID)
	}
	if pages := walkGroups(t, box, url.Values{"limit": {"5"}}); len(pages) != 2 {
		t.Errorf("10 groups by 5 are %d pages", len(pages))
	}
}

// secondPage returns the second page of 10, with a change between the two.
func secondPage(t *testing.T, tokenKind sandbox.TokenKind, between func(box *sandbox.Sandbox, first []string)) []string {
	box := sandbox.New(sandbox.Options{TokenKind: tokenKind})
	first := get(t, box, "/v3/avatars?limit=10").Body.Bytes()
	between(box, itemIDs(t, first))
	second := get(t, box, "/v3/avatars?limit=10&token="+url.QueryEscape(nextToken(t, first)))
	return itemIDs(t, second.Body.Bytes())
}

func TestOnlyPageNumbersShiftWhenTheListChanges(t *testing.T) {
	var all []string
	for _, g := range sandbox.New(sandbox.Options{}).Groups() {
		all = append(all, g.ID)
	}
	add := func(box *sandbox.Sandbox, _ []string) { box.AddGroups(sandbox.Group{ID: "newer", CreatedAt: 3e9}) }
	remove := func(box *sandbox.Sandbox, first []string) { box.RemoveGroups(first[0], first[9]) }
	for _, c := range []struct {
		name      string
		tokenKind sandbox.TokenKind
		between   func(*sandbox.Sandbox, []string)
		want      []string
	}{
		{"start id, one added before", sandbox.StartID, add, all[10:20]},
		{"start id, two removed before, one of them the last seen", sandbox.StartID, remove, all[10:20]},
		{"keyset, one added before", sandbox.Keyset, add, all[10:20]},
		{"keyset, two removed before, one of them the last seen", sandbox.Keyset, remove, all[10:20]},
		{"page numbers, one added before: repeats one", sandbox.PageNumbers, add, all[9:19]},
		{"page numbers, two removed before: skips two", sandbox.PageNumbers, remove, all[12:22]},
	} {
		if diff := cmp.Diff(c.want, secondPage(t, c.tokenKind, c.between)); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
}

func TestPagePastEndOfShrunkListIsEmpty(t *testing.T) {
	for _, tokenKind := range []sandbox.TokenKind{sandbox.Keyset, sandbox.PageNumbers} {
		got := secondPage(t, tokenKind, func(box *sandbox.Sandbox, _ []string) {
			for _, g := range box.Groups()[5:] {
				box.RemoveGroups(g.ID)
			}
		})
		if len(got) != 0 {
			t.Errorf("%d: %v", tokenKind, got)
		}
	}
}

func TestTokenIsBoundToFilterLimitAndKind(t *testing.T) {
	for name, tokenKind := range tokenKinds {
		box := sandbox.New(sandbox.Options{TokenKind: tokenKind})
		token := url.QueryEscape(nextToken(t, get(t, box, "/v3/avatars?ownership=public&limit=10").Body.Bytes()))
		for query, want := range map[string]int{
			"ownership=public&limit=10":  200,
			"ownership=private&limit=10": 400,
			"limit=10":                   400,
			"ownership=public&limit=11":  400,
			"ownership=public":           400,
		} {
			if w := get(t, box, "/v3/avatars?"+query+"&token="+token); w.Code != want {
				t.Errorf("%s, %s: %d, want %d", name, query, w.Code, want)
			}
		}
		other := sandbox.New(sandbox.Options{TokenKind: (tokenKind + 1) % 3})
		w := get(t, other, "/v3/avatars?ownership=public&limit=10&token="+token)
		assertError(t, name+" of the other kind", w.Result(), w.Body.Bytes(), 400, "invalid_parameter", "token")
	}
}

func TestTokenSurvivesRestart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) { // with a fixed clock: signed URLs contain the time
		for name, tokenKind := range tokenKinds {
			first := get(t, sandbox.New(sandbox.Options{TokenKind: tokenKind}), "/v3/avatars").Body.String()
			again := get(t, sandbox.New(sandbox.Options{TokenKind: tokenKind, Seed: 7}), "/v3/avatars").Body.String()
			if first != again {
				t.Errorf("%s: another process returns another first page", name)
			}
		}
	})
}

func TestTokensNeedEscaping(t *testing.T) {
	for name, tokenKind := range tokenKinds {
		box := sandbox.New(sandbox.Options{TokenKind: tokenKind})
		for _, page := range walkGroups(t, box, url.Values{"limit": {"7"}}) {
			token := nextToken(t, page)
			if token == "" {
				continue
			}
			for _, c := range []string{"+", "/", "="} {
				if !strings.Contains(token, c) {
					t.Errorf("%s: no %s in %s", name, c, token)
				}
			}
			if w := get(t, box, "/v3/avatars?limit=7&token="+token); w.Code != 400 { // unescaped, + is a space
				t.Errorf("%s: an unescaped token is accepted: %d", name, w.Code)
			}
		}
	}
}

func TestDamagedTokensAreRejected(t *testing.T) {
	boxes := map[string]*sandbox.Sandbox{}
	for name, tokenKind := range tokenKinds {
		boxes[name] = sandbox.New(sandbox.Options{TokenKind: tokenKind})
	}
	rapid.Check(t, func(r *rapid.T) {
		box := boxes[rapid.SampledFrom(slices.Sorted(maps.Keys(tokenKinds))).Draw(r, "flavour")]
		intact := nextToken(t, get(t, box, "/v3/avatars").Body.Bytes())
		token := []byte(intact)
		at := rapid.IntRange(0, len(token)-1).Draw(r, "at")
		switch rapid.SampledFrom([]string{"replace", "delete", "insert", "cut"}).Draw(r, "how") {
		case "replace":
			token[at] = rapid.Byte().Draw(r, "by")
		case "delete":
			token = slices.Delete(token, at, at+1)
		case "insert":
			token = slices.Insert(token, at, rapid.SampledFrom([]byte("A\n\r =+/")).Draw(r, "what"))
		case "cut":
			token = token[:at]
		}
		if s := string(token); s == intact || s == "" {
			return // not damaged by chance, or no token at all
		}
		if w := get(t, box, "/v3/avatars?token="+url.QueryEscape(string(token))); w.Code != 400 {
			r.Fatalf("%q: %d", token, w.Code)
		}
	})
}
