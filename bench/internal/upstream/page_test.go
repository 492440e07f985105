package upstream

import (
	"encoding/json"
	"net/url"
	"slices"
	"strconv"
	"testing"
)

type list[T any] struct {
	Data      []T     `json:"data"`
	HasMore   bool    `json:"has_more"`
	NextToken *string `json:"next_token"`
}

func decode[T any](t *testing.T, body []byte) (decoded T) {
	t.Helper()
	if err := json.Unmarshal(body, &decoded); err != nil {
		t.Fatalf("%v: %.200s", err, body)
	}
	return decoded
}

// walkIDs returns the ids of a list, page by page.
func walkIDs(t *testing.T, c *Catalogue, target string) (ids []string) {
	t.Helper()
	for token := ""; ; {
		page := decode[list[struct {
			ID string `json:"id"`
		}]](t, c.Body(target+"&token="+url.QueryEscape(token)))
		for _, item := range page.Data {
			ids = append(ids, item.ID)
		}
		if page.HasMore != (page.NextToken != nil) {
			t.Fatalf("more: %v, token: %v", page.HasMore, page.NextToken)
		}
		if !page.HasMore {
			return ids
		}
		token = *page.NextToken
	}
}

func TestPagesHoldEachGroupOnceWithAnyLimit(t *testing.T) {
	c := New(600)
	var want []string
	for i := range 600 {
		want = append(want, c.Group(i).ID)
	}
	if all := slices.Compact(slices.Sorted(slices.Values(want))); len(all) != 600 {
		t.Fatalf("%d distinct ids, want 600", len(all))
	}
	for _, limit := range []string{"1", "7", "50"} {
		if got := walkIDs(t, c, "/v3/avatars?limit="+limit); !slices.Equal(got, want) {
			t.Errorf("limit %s: %d groups, want %d in order", limit, len(got), len(want))
		}
	}
}

func TestPagesHoldEachLookOnce(t *testing.T) {
	c := New(30)
	for group := range 30 {
		var want []string
		for _, look := range c.Looks(group) {
			want = append(want, look.ID)
		}
		if len(want) < 2 || len(want) != c.Group(group).LooksCount {
			t.Errorf("group %d has %d looks, but looks_count %d", group, len(want), c.Group(group).LooksCount)
		}
		for _, limit := range []string{"2", "50"} {
			if got := walkIDs(t, c, "/v3/avatars/looks?group_id="+c.Group(group).ID+"&limit="+limit); !slices.Equal(got, want) {
				t.Errorf("group %d, limit %s: %v, want %v", group, limit, got, want)
			}
		}
	}
}

func TestShorterCatalogueIsPrefixOfLongerOne(t *testing.T) {
	long, short := New(120), New(60)
	long.SetLen(60)
	for _, after := range []int{0, 30, 59} {
		target := PageAfter(after, 50)
		if a, b := long.Body(target), short.Body(target); string(a) != string(b) || a == nil {
			t.Errorf("the pages after %d groups differ", after)
		}
	}
	if long.Body("/v3/avatars/"+long.Group(60).ID) != nil {
		t.Error("a group beyond the length is visible")
	}
}

func TestPageOf50HasRealisticSize(t *testing.T) {
	if n := len(New(50).Body("/v3/avatars?limit=50")); n < 20_000 || n > 30_000 {
		t.Errorf("%d bytes", n)
	}
}

func TestInvalidTargetsAreRejected(t *testing.T) {
	c := New(60)
	for _, target := range []string{
		"/v3/avatars?limit=0", "/v3/avatars?limit=51", "/v3/avatars?limit=x", "/v3/avatars?token=x", "/v3/avatars?token=" + encodeToken(hexID("group", 60)),
		"/v3/avatars/" + hexID("group", 60), "/v3/avatars/looks?group_id=none", "/v3/avatars/looks?token=" + encodeToken("-2") + "&group_id=" + hexID("group", 1),
		"/v3/voices/none", "/v3/voices", "/",
	} {
		if body := c.Body(target); body != nil {
			t.Errorf("%s: %.100s", target, body)
		}
	}
}

func TestEveryDefaultVoiceExists(t *testing.T) {
	c, without := New(200), 0
	for i := range 200 {
		v := c.Voice(i)
		if v == nil {
			without++
			continue
		}
		got := decode[struct{ Data Voice }](t, c.Body("/v3/voices/"+*c.Group(i).DefaultVoiceID))
		if got.Data.ID != v.ID || *got.Data.Name != *v.Name {
			t.Errorf("group %d: %v, want %v", i, got.Data, v)
		}
	}
	if without == 0 || without > 50 {
		t.Errorf("%s groups have no default voice", strconv.Itoa(without))
	}
}
