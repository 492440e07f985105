package heygen_test

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	"heygen-graphql/heygen"
)

// pagesByToken responds to list calls by their token, and counts them.
func pagesByToken(calls *int, pages map[string]string) upstream {
	return func(r *http.Request) (*http.Response, error) {
		*calls++
		return newResponse(200, pages[r.URL.Query().Get("token")]), nil
	}
}

func TestSequenceRequestsEveryPageWithTheSameFilters(t *testing.T) {
	for want := range listParams("") {
		calls := 0
		pages := pagesByToken(&calls, map[string]string{
			"":   pageJSON("a", `,"has_more":true,"next_token":"t1"`),
			"t1": `{"data":[],"has_more":true,"next_token":"t2"}`, // an empty page in between
			"t2": pageJSON("b", `,"has_more":true,"next_token":"t3"`),
			"t3": pageJSON("c", `,"next_token":"t4"`), // absent has_more is false, whatever the token
		})
		client := newClient(t, upstream(func(r *http.Request) (*http.Response, error) {
			query := r.URL.Query()
			query.Del("token")
			if got := r.URL.Path + "?" + query.Encode(); got != want {
				t.Errorf("requested %s, want %s", got, want)
			}
			return pages(r)
		}))
		for start, ids := range map[string][]string{"": {"a", "b", "c"}, "t1": {"b", "c"}, "t2": {"b", "c"}, "t3": {"c"}} {
			items := idsOf(t, client, listParams(start)[want])
			for range items {
				break // the next range starts again
			}
			for round := range 2 {
				calls = 0
				got, err := collect(items)
				if err != nil || !slices.Equal(got, ids) || start == "" && calls != 4 {
					t.Errorf("%s, from %q, round %d: %v in %d calls, %v", want, start, round, got, calls, err)
				}
			}
		}
	}
}

func TestOnlyConsecutiveEmptyPagesCount(t *testing.T) {
	calls := 0
	pages := map[string]string{}
	for i := range 13 { // groups on pages 3, 7 and 11, and 3 empty pages before, between and after
		token, next := fmt.Sprint(i), fmt.Sprintf(`,"has_more":%t,"next_token":"%d"`, i < 12, i+1)
		if pages[token] = `{"data":[]` + next + `}`; i%4 == 3 {
			pages[token] = pageJSON(token, next)
		}
	}
	ids, err := collectIDs(t, newClient(t, pagesByToken(&calls, pages)), heygen.AvatarGroupsParams{Token: "0"})
	if err != nil || !slices.Equal(ids, []string{"3", "7", "11"}) || calls != 13 {
		t.Errorf("%v in %d calls, %v", ids, calls, err)
	}
}

// Under the race detector this fails if the goroutines share any state.
func TestSequenceIsSafeForConcurrentUse(t *testing.T) {
	client := newClient(t, upstream(func(r *http.Request) (*http.Response, error) {
		token := r.URL.Query().Get("token")
		if len(token) == 5 {
			return newResponse(200, pageJSON(token, "")), nil
		}
		return newResponse(200, pageJSON("g"+token, `,"has_more":true,"next_token":"`+token+`t"`)), nil
	}))
	var goroutines sync.WaitGroup
	for name, params := range listParams("") {
		items := idsOf(t, client, params)
		for range 8 {
			goroutines.Go(func() {
				ids, err := collect(items)
				if want := []string{"g", "gt", "gtt", "gttt", "gtttt", "ttttt"}; err != nil || !slices.Equal(ids, want) {
					t.Errorf("%s: got %v, want %v, %v", name, ids, want, err)
				}
			})
		}
	}
	goroutines.Wait()
}

func TestSequenceEndsAnEndlessListWithAnError(t *testing.T) {
	empty := func(next string) string { return fmt.Sprintf(`{"data":[],"has_more":true,"next_token":%q}`, next) }
	for name, test := range map[string]struct {
		pages map[string]string
		want  string
		calls int
	}{
		"a token that repeats at once": {map[string]string{"": pageJSON("a", `,"has_more":true,"next_token":"t"`), "t": pageJSON("b", `,"has_more":true,"next_token":"t"`)}, "repeated", 2},
		"a token that repeats later": {map[string]string{"": pageJSON("a", `,"has_more":true,"next_token":"t"`), "t": pageJSON("b", `,"has_more":true,"next_token":"u"`),
			"u": pageJSON("c", `,"has_more":true,"next_token":"t"`)}, "repeated", 3},
		"more without a token":         {map[string]string{"": pageJSON("a", `,"has_more":true,"next_token":null`)}, "without a token", 1},
		"more with an empty token":     {map[string]string{"": pageJSON("a", `,"has_more":true,"next_token":""`)}, "without a token", 1},
		"empty pages that never end":   {map[string]string{"": empty("1"), "1": empty("2"), "2": empty("3"), "3": empty("4"), "4": empty("5")}, "empty pages", 4},
		"the token it started from":    {map[string]string{"t2": pageJSON("a", `,"has_more":true,"next_token":"t2"`)}, "repeated", 1},
		"a page in the middle is HTML": {map[string]string{"": pageJSON("a", `,"has_more":true,"next_token":"t"`), "t": "<html>"}, "not JSON", 2},
	} {
		start := ""
		if name == "the token it started from" {
			start = "t2"
		}
		for path, params := range listParams(start) {
			calls := 0
			_, err := collectIDs(t, newClient(t, pagesByToken(&calls, test.pages)), params)
			if !errors.Is(err, heygen.ErrInvalidResponse) || !strings.Contains(err.Error(), test.want) || calls != test.calls {
				t.Errorf("%s, %s: %v in %d calls", path, name, err, calls)
			}
			path, _, _ = strings.Cut(path, "?")
			if failed, ok := errors.AsType[*heygen.Error](err); !ok || failed.Endpoint != "GET "+path {
				t.Errorf("%s, %s: %v", path, name, err)
			}
		}
	}
}

func TestSequenceStopsAtABreak(t *testing.T) {
	for name, params := range listParams("") {
		calls := 0
		client := newClient(t, pagesByToken(&calls, map[string]string{"": pageJSON("a", `,"has_more":true,"next_token":"t"`)}))
		for range idsOf(t, client, params) {
			break
		}
		if calls != 1 {
			t.Errorf("%s: %d calls", name, calls)
		}
	}
}

func TestSequenceStopsAtAnError(t *testing.T) {
	for name, params := range listParams("") {
		calls := 0
		client := newClient(t, upstream(func(r *http.Request) (*http.Response, error) {
			if calls++; calls == 2 {
				return newResponse(429, ""), nil
			}
			return newResponse(200, pageJSON("a", `,"has_more":true,"next_token":"t"`)), nil
		}))
		ids, err := collectIDs(t, client, params)
		if !errors.Is(err, heygen.ErrRateLimited) || !slices.Equal(ids, []string{"a"}) || calls != 2 {
			t.Errorf("%s: %v in %d calls, %v", name, ids, calls, err)
		}
	}
}
