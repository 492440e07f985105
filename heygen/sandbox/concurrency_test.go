package sandbox_test

import (
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"heygen-graphql/heygen/sandbox"
)

func TestCallsAndMutationsRunConcurrently(t *testing.T) {
	box := sandbox.New(sandbox.Options{TrainingDuration: time.Nanosecond})
	var running sync.WaitGroup
	for i := range 4 {
		running.Go(func() {
			id := fmt.Sprint(i)
			for range 5 {
				box.AddGroups(sandbox.Group{ID: id, LooksCount: 3, Status: new("processing")})
				box.AddLooks(sandbox.Look{ID: "look " + id, GroupID: &id})
				box.AddVoices(sandbox.Voice{ID: id, Status: new("processing")})
				for _, path := range append(slices.Clone(allRoutes), "/v3/avatars/looks?group_id="+id, "/v3/voices/"+id, "/looks/look%20"+id+".svg", demoSamplePath) {
					if w := get(t, box, path); w.Code != 200 {
						t.Errorf("%s: %d %s", path, w.Code, w.Body)
					}
				}
				box.RemoveLooks("look " + id)
				box.RemoveGroups(id)
				box.RemoveVoices(id)
			}
		})
	}
	running.Wait()
	assertLooksCounts(t, box)
	if n := len(box.Groups()); n != len(sandbox.New(sandbox.Options{}).Groups()) {
		t.Errorf("%d groups are left", n)
	}
}
