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

// endpoint is a server with the embedded sandbox: `go run .` in the root of the
// repository.
var endpoint = cmp.Or(os.Getenv("GRAPHQL_URL"), "http://127.0.0.1:8080/graphql")

// countingTransport counts requests.
type countingTransport struct{ requests atomic.Int64 }

func (t *countingTransport) RoundTrip(r *http.Request) (*http.Response, error) {
	t.requests.Add(1)
	return http.DefaultTransport.RoundTrip(r)
}

func newClient(t *testing.T) (graphql.Client, *countingTransport) {
	t.Helper()
	transport := new(countingTransport)
	return graphql.NewClient(endpoint, &http.Client{Transport: transport}), transport
}

// fetchGroupIDs returns the ids of all characters from the sandbox's REST API.
func fetchGroupIDs(t *testing.T) (ids []string) {
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

func TestCharactersFetchesEachPageOnce(t *testing.T) {
	want := fetchGroupIDs(t)
	client, transport := newClient(t)
	var got []string
	for character, err := range Characters(t.Context(), client, "", 50) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, character.GroupId)
	}
	if !slices.Equal(got, want) {
		t.Errorf("%d characters, want the %d of the REST API in the same order", len(got), len(want))
	}
	if pages := int64(len(want)+49) / 50; transport.requests.Load() != pages || pages < 2 {
		t.Errorf("%d requests for %d pages", transport.requests.Load(), pages)
	}
}

func TestCharactersFetchesNoPageAfterBreak(t *testing.T) {
	client, transport := newClient(t)
	n := 0
	for _, err := range Characters(t.Context(), client, "", 10) {
		if err != nil {
			t.Fatal(err)
		}
		if n++; n == 20 {
			break
		}
	}
	if transport.requests.Load() != 2 {
		t.Errorf("%d requests for 20 characters in pages of 10", transport.requests.Load())
	}
}

func TestSearchFindsSameCharactersOnPagesOfAnySize(t *testing.T) {
	client, transport := newClient(t)
	list := func(search string, pageSize int) (ids, names []string) {
		for character, err := range Characters(t.Context(), client, search, pageSize) {
			if err != nil {
				t.Fatal(err)
			}
			ids, names = append(ids, character.GroupId), append(names, character.Name)
		}
		return ids, names
	}
	want, names := list("mon", 100)
	if len(names) < 2 || names[0] != "Monica" || !slices.Contains(names, "Mónica") {
		t.Fatalf("found %q", names)
	}
	before := transport.requests.Load()
	if got, _ := list("MON", 1); !slices.Equal(got, want) {
		t.Errorf("found %v on pages of 1, want %v", got, want)
	}
	if pages := transport.requests.Load() - before; pages != int64(len(want)) {
		t.Errorf("%d requests for %d pages of 1", pages, len(want))
	}
	if ids, _ := list("zzzz", 50); len(ids) != 0 {
		t.Errorf("found %v, want none", ids)
	}
}

func TestCharacterDetailRefetchesByGlobalID(t *testing.T) {
	client, transport := newClient(t)
	for character, err := range Characters(t.Context(), client, "", 1) {
		if err != nil {
			t.Fatal(err)
		}
		before := transport.requests.Load()
		resp, err := CharacterDetail(t.Context(), client, character.Id)
		if err != nil {
			t.Fatal(err)
		}
		if transport.requests.Load() != before+1 {
			t.Errorf("%d requests", transport.requests.Load()-before)
		}
		group := resp.AvatarGroup
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

func TestCharactersStopsAtRejectedCursor(t *testing.T) {
	client, _ := newClient(t)
	for cursor, code := range map[string]string{
		"not a cursor": "INVALID_CURSOR",
		// Issued by a server without CURSOR_SECRET, for a position that no longer exists.
		"FBfTfAcABCg7ud7v_tn8Zm4MkbBkxS9m6A": "CURSOR_EXPIRED",
	} {
		n := 0
		for character, err := range charactersAfter(t.Context(), client, "", 10, &cursor) {
			if n++; err == nil || character != nil || ErrorCode(err) != code {
				t.Errorf("%v, code %q, want %q", err, ErrorCode(err), code)
			}
		}
		if n != 1 {
			t.Errorf("%s: %d iterations, want 1", code, n)
		}
	}
}

func TestRunPrintsCharactersAndDetail(t *testing.T) {
	client, _ := newClient(t)
	var out bytes.Buffer
	if err := run(t.Context(), client, "", &out); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"group_monica ", " characters\n", "avatar_id monica_office: Monica, office, READY\n"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q is missing:\n%s", want, &out)
		}
	}
}

func TestRunPrintsOnlyCharactersFound(t *testing.T) {
	client, _ := newClient(t)
	for search, want := range map[string]string{"monica office": "0 characters\n", "tomas": "\nTomas, created "} {
		var out bytes.Buffer
		if err := run(t.Context(), client, search, &out); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(out.String(), want) || strings.Contains(out.String(), "group_monica") {
			t.Errorf("search %q: %q is missing, or Monica is there:\n%s", search, want, &out)
		}
	}
}

func TestRunFailsIfServerIsUnreachable(t *testing.T) {
	client := graphql.NewClient("http://127.0.0.1:1/graphql", http.DefaultClient)
	if err := run(t.Context(), client, "", new(bytes.Buffer)); err == nil || ErrorCode(err) != "" {
		t.Errorf("error %v, code %q", err, ErrorCode(err))
	}
}
