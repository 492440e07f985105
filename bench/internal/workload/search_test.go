package workload

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"heygen-graphql/bench/internal/upstream"
)

func TestFoundGroupsAreRanked(t *testing.T) {
	c := upstream.New(700)
	for _, search := range []string{"mo", "RENÉE", "zoë out", "suit t", "prof", "42"} {
		wanted, previous, previousRank := nameWords(search), -1, 0
		found := foundGroups(c, search)
		for _, i := range found {
			name := strings.Join(nameWords(c.Group(i).Name), " ")
			rank := 2
			if strings.HasPrefix(name, strings.Join(wanted, " ")) {
				rank = 1
			}
			if name == strings.Join(wanted, " ") {
				rank = 0
			}
			if rank < previousRank || rank == previousRank && i < previous {
				t.Errorf("%s: group %d of rank %d follows %d of rank %d", search, i, rank, previous, previousRank)
			}
			if previous, previousRank = i, rank; !strings.Contains(" "+name, " "+wanted[0]) {
				t.Errorf("%s finds %s", search, name)
			}
		}
		if len(found) == 0 || len(found) == 700 {
			t.Errorf("%s finds %d of 700 groups", search, len(found))
		}
	}
	if found := foundGroups(c, " \t"); len(found) != 700 || found[0] != 0 || found[699] != 699 {
		t.Errorf("a blank search finds %d groups", len(found))
	}
}

// Otherwise a search and a plain page would not return the same amount of data.
func TestSearchesReturnFullPages(t *testing.T) {
	c := upstream.New(700)
	for _, request := range SearchPages(700).Cases(c) {
		list := request.Want().(map[string]any)["avatarGroups"].(map[string]any)
		if n := len(list["edges"].([]any)); n != 50 {
			t.Errorf("%v finds %d groups", request.Variables, n)
		}
	}
}

func TestDistinctRequestsHaveTheSameResults(t *testing.T) {
	c := upstream.New(700)
	for _, w := range []Workload{SearchPages(700), PlainPages(700), SearchBox(700), FirstSearch(700)} {
		cases, seen := w.Cases(c), map[string]bool{}
		for serial := 0; serial < 900; serial += 300 {
			for i, request := range DistinctRequests(cases, serial, 300) {
				seen[string(w.Body(request, nil))] = true
				if i > 0 {
					continue
				}
				original := cases[serial%len(cases)]
				if diff := cmp.Diff(foundGroups(c, original.Variables["search"].(string)), foundGroups(c, request.Variables["search"].(string))); diff != "" {
					t.Error(diff)
				}
				if diff := cmp.Diff(original.Want(), request.Want(), cmp.AllowUnexported(opaque{})); diff != "" {
					t.Error(diff)
				}
			}
		}
		if len(seen) != 900 {
			t.Errorf("%s: %d of 900 requests are distinct", w.Name, len(seen))
		}
	}
}
