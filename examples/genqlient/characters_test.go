package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/Khan/genqlient/graphql"
)

// endpoint is a server on the embedded sandbox: `go run .` at the repository's root.
var endpoint = cmp.Or(os.Getenv("GRAPHQL_URL"), "http://127.0.0.1:8080/graphql")

// counting counts the requests that pass.
type counting struct{ n atomic.Int64 }

func (c *counting) RoundTrip(r *http.Request) (*http.Response, error) {
	c.n.Add(1)
	return http.DefaultTransport.RoundTrip(r)
}

func client(t *testing.T) (graphql.Client, *counting) {
	t.Helper()
	requests := new(counting)
	return graphql.NewClient(endpoint, &http.Client{Transport: requests}), requests
}

// walked gives the ids of all characters by the REST API of the same sandbox.
func walked(t *testing.T) (ids []string) {
	t.Helper()
	for token, more := "", true; more; {
		var page struct {
			Data      []struct{ ID string }
			HasMore   bool   `json:"has_more"`
			NextToken string `json:"next_token"`
		}
		target, err := url.Parse(endpoint)
		if err != nil {
			t.Fatal(err)
		}
		target = target.JoinPath("../sandbox/v3/avatars")
		target.RawQuery = "limit=50"
		if token != "" {
			target.RawQuery += "&token=" + url.QueryEscape(token)
		}
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, target.String(), nil)
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("X-Api-Key", "any")
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		err = json.NewDecoder(response.Body).Decode(&page)
		response.Body.Close()
		if err != nil || len(page.Data) == 0 {
			t.Fatalf("%s: %d characters, %v", response.Status, len(page.Data), err)
		}
		for _, group := range page.Data {
			ids = append(ids, group.ID)
		}
		token, more = page.NextToken, page.HasMore
	}
	return ids
}

func TestCharactersAreReadToTheirEndPageByPage(t *testing.T) {
	want := walked(t)
	client, requests := client(t)
	var got []string
	for character, err := range Characters(t.Context(), client, 50) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, character.GroupId)
	}
	if !slices.Equal(got, want) {
		t.Errorf("%d characters, and HeyGen has %d, or they stand in another order", len(got), len(want))
	}
	if pages := int64(len(want)+49) / 50; requests.n.Load() != pages || pages < 2 {
		t.Errorf("%d requests for %d pages", requests.n.Load(), pages)
	}
}

func TestWhoeverStopsEarlyFetchesNoFurtherPage(t *testing.T) {
	client, requests := client(t)
	n := 0
	for _, err := range Characters(t.Context(), client, 10) {
		if err != nil {
			t.Fatal(err)
		}
		if n++; n == 20 {
			break
		}
	}
	if requests.n.Load() != 2 {
		t.Errorf("%d requests for 20 characters in pages of 10", requests.n.Load())
	}
}

func TestOneCharacterIsAskedForAgain(t *testing.T) {
	client, requests := client(t)
	for character, err := range Characters(t.Context(), client, 1) {
		if err != nil {
			t.Fatal(err)
		}
		before := requests.n.Load()
		again, err := CharacterForAVideo(t.Context(), client, character.Id)
		if err != nil {
			t.Fatal(err)
		}
		if requests.n.Load() != before+1 {
			t.Errorf("%d requests", requests.n.Load()-before)
		}
		group := again.AvatarGroup
		if group == nil || group.Id != character.Id || group.GroupId != character.GroupId || group.Looks == nil || len(group.Looks.Nodes) == 0 {
			t.Fatalf("%+v", group)
		}
		for _, look := range group.Looks.Nodes {
			if look.LookId == "" || look.Readiness.State == "" {
				t.Errorf("%+v", look)
			}
		}
		return
	}
	t.Error("no character")
}

func TestACursorThatIsRefusedEndsTheListWithItsCode(t *testing.T) {
	client, _ := client(t)
	for cursor, code := range map[string]string{
		"not a cursor": "INVALID_CURSOR",
		// As a server without CURSOR_SECRET gave it out, of a place that is gone.
		"FBfTfAcABCg7ud7v_tn8Zm4MkbBkxS9m6A": "CURSOR_EXPIRED",
	} {
		n := 0
		for character, err := range charactersAfter(t.Context(), client, 10, &cursor) {
			if n++; err == nil || character != nil || Code(err) != code {
				t.Errorf("%v, code %q", err, Code(err))
			}
		}
		if n != 1 {
			t.Errorf("%s: %d steps", code, n)
		}
	}
}

func TestTheCommandListsCharactersAndAsksForOneAgain(t *testing.T) {
	client, _ := client(t)
	var out bytes.Buffer
	if err := list(t.Context(), client, &out); err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"group_monica ", " characters\n", "avatar_id monica_office: Monica, office, READY\n"} {
		if !strings.Contains(out.String(), text) {
			t.Errorf("%q is missing:\n%s", text, &out)
		}
	}
}

func TestAServerThatIsNotThereIsAnError(t *testing.T) {
	client := graphql.NewClient("http://127.0.0.1:1/graphql", http.DefaultClient)
	if err := list(t.Context(), client, new(bytes.Buffer)); err == nil || Code(err) != "" {
		t.Errorf("%v", err)
	}
}
