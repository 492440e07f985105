package workload

import (
	"encoding/json"
	"testing"

	"heygen-graphql/bench/internal/upstream"
)

func TestRequestsOfAWorkloadAreDistinct(t *testing.T) {
	c := upstream.New(6000)
	cursors := make(Cursors, 6001)
	for i := range cursors {
		cursor, _ := json.Marshal(i)
		cursors[i] = string(cursor)
	}
	for _, w := range All(80) {
		c.SetLen(w.Groups)
		seen := map[string]bool{}
		cases := w.Cases(c)
		for _, request := range cases {
			seen[string(w.Body(request, cursors))] = true
			if request.After > w.CursorsNeeded {
				t.Errorf("%s uses the cursor at %d, but only needs %d", w.Name, request.After, w.CursorsNeeded)
			}
			if w.REST != (request.Target != "") && request.After == 0 {
				t.Errorf("%s: target %q", w.Name, request.Target)
			}
		}
		if len(cases) == 0 || len(seen) != len(cases) {
			t.Errorf("%s has %d requests, %d of them distinct", w.Name, len(cases), len(seen))
		}
	}
}

// Concurrent requests for the same id may be coalesced, so 64 clients must request
// different ids.
func TestConcurrentRequestsShareNoIDs(t *testing.T) {
	c := upstream.New(6000)
	for _, w := range All(80) {
		if w.Name != "aliases" && w.Name != "group" {
			continue
		}
		seen, all := map[any]bool{}, 0
		for _, request := range w.Cases(c) {
			for _, id := range request.Variables {
				seen[id] = true
				all++
			}
		}
		if len(seen) != all || all < 640 {
			t.Errorf("%s has %d ids, %d of them distinct", w.Name, all, len(seen))
		}
	}
}
