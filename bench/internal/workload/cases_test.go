package workload

import (
	"encoding/json"
	"testing"

	"heygen-graphql/bench/internal/upstream"
)

func TestDistinctRequestsAre(t *testing.T) {
	c := upstream.New(6000)
	cursors := make(Cursors, 6001)
	for i := range cursors {
		text, _ := json.Marshal(i)
		cursors[i] = string(text)
	}
	for _, w := range All(80) {
		c.Shorten(w.Groups)
		seen := map[string]bool{}
		cases := w.Cases(c)
		for _, one := range cases {
			seen[string(w.Body(one, cursors))] = true
			if one.After > w.Walk {
				t.Errorf("%s needs the cursor at %d and walks %d", w.Name, one.After, w.Walk)
			}
			if w.REST != (one.Target != "") && one.After == 0 {
				t.Errorf("%s: %q", w.Name, one.Target)
			}
		}
		if len(cases) == 0 || len(seen) != len(cases) {
			t.Errorf("%s has %d requests, %d of them different", w.Name, len(cases), len(seen))
		}
	}
}

// What is asked for at the same moment may share a call: so 64 clients must ask for
// different things.
func TestNeighboursShareNoIDs(t *testing.T) {
	c := upstream.New(6000)
	for _, w := range All(80) {
		if w.Name != "aliases" && w.Name != "group" {
			continue
		}
		seen, all := map[any]bool{}, 0
		for _, one := range w.Cases(c) {
			for _, id := range one.Variables {
				seen[id] = true
				all++
			}
		}
		if len(seen) != all || all < 640 {
			t.Errorf("%s names %d ids, %d of them different", w.Name, all, len(seen))
		}
	}
}
