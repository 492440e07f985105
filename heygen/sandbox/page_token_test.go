package sandbox_test

import (
	"encoding/base64"
	"encoding/json"
	"net/url"
	"testing"

	"heygen-graphql/heygen/sandbox"
)

// pageLists are a list of each kind, with a filter and without.
var pageLists = []string{
	"/v3/avatars?limit=10", "/v3/avatars?limit=10&ownership=private", "/v3/avatars/looks?limit=10",
	"/v3/avatars/looks?limit=2&group_id=" + sandbox.ShortLivedGroupID, "/v3/voices?limit=10", "/v3/voices?limit=10&type=private",
}

// firstOfNextPage returns the token of the second page, and the id of its first item.
func firstOfNextPage(t *testing.T, box *sandbox.Sandbox, path string) (token, id string) {
	t.Helper()
	token = nextToken(t, get(t, box, path).Body.Bytes())
	return token, itemIDs(t, get(t, box, path+"&token="+url.QueryEscape(token)).Body.Bytes())[0]
}

func TestTokenNamesFirstItemOfItsPage(t *testing.T) {
	box := sandbox.New(sandbox.Options{})
	for _, path := range pageLists {
		token, id := firstOfNextPage(t, box, path)
		content, err := base64.StdEncoding.DecodeString(token)
		var payload struct {
			StartID string `json:"start_id"`
		}
		if err != nil || json.Unmarshal(content, &payload) != nil || payload.StartID != id {
			t.Errorf("%s: %v: %s: the page starts with %s", path, err, content, id)
		}
	}
}

func TestTokenDiesWithItsItem(t *testing.T) {
	for kind, want := range map[sandbox.TokenKind]int{sandbox.StartID: 400, sandbox.Keyset: 200, sandbox.PageNumbers: 200} {
		for _, path := range pageLists {
			box := sandbox.New(sandbox.Options{TokenKind: kind})
			token, id := firstOfNextPage(t, box, path)
			box.RemoveLooks(id)
			box.RemoveGroups(id)
			box.RemoveVoices(id)
			w := get(t, box, path+"&token="+url.QueryEscape(token))
			if w.Code != want {
				t.Errorf("%d at %s: %d %s", kind, path, w.Code, w.Body)
			}
			if want == 400 {
				assertError(t, path, w.Result(), w.Body.Bytes(), 400, "invalid_parameter", "token")
			}
		}
	}
}

// The token leads to the item wherever it is now in the list, and even if the filter no longer matches it.
func TestTokenFollowsItsItem(t *testing.T) {
	box := sandbox.New(sandbox.Options{})
	const path = "/v3/avatars?limit=10&ownership=public"
	token, id := firstOfNextPage(t, box, path)
	next := itemIDs(t, get(t, box, path+"&token="+url.QueryEscape(token)).Body.Bytes())
	box.AddGroups(sandbox.Group{ID: id, Ownership: sandbox.Private, CreatedAt: 3e9})
	first := itemIDs(t, get(t, box, path).Body.Bytes())
	got := itemIDs(t, get(t, box, path+"&token="+url.QueryEscape(token)).Body.Bytes())
	if len(got) != 10 || got[0] != first[0] || got[9] != first[9] || next[0] != id {
		t.Errorf("%v, want %v", got, first)
	}
}
