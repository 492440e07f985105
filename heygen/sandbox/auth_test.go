package sandbox_test

import (
	"net/http"
	"sync"
	"testing"

	"heygen-graphql/heygen/sandbox"
)

func TestSetKeysReplacesAcceptedKeys(t *testing.T) {
	box := sandbox.New(sandbox.Options{Keys: []string{"old"}})
	for _, step := range []struct {
		keys []string
		want map[string]int // by key
	}{
		{[]string{"old"}, map[string]int{"old": 200, "new": 401, " ": 401}},
		{[]string{"new"}, map[string]int{"old": 401, "new": 200, " ": 401}},
		{[]string{"new", "old"}, map[string]int{"old": 200, "new": 200, "other": 401}},
		{nil, map[string]int{"old": 200, "other": 200, "": 401, " ": 401}},
	} {
		box.SetKeys(step.keys...)
		if len(step.keys) > 0 {
			step.keys[0] = "changed" // must not affect the sandbox
		}
		for key, want := range step.want {
			for _, header := range []http.Header{{"X-Api-Key": {key}}, {"Authorization": {"Bearer " + key}}} {
				if w := send(t, box, "GET", demoGroupPath, header); w.Code != want {
					t.Errorf("%v: %v: %d, want %d", step.keys, header, w.Code, want)
				}
			}
		}
	}
}

func TestSetKeysIsSafeDuringCalls(t *testing.T) {
	box := sandbox.New(sandbox.Options{})
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() { box.SetKeys("key", "another") })
		wait.Go(func() {
			if w := get(t, box, demoGroupPath); w.Code != 200 {
				t.Error(w.Code)
			}
		})
	}
	wait.Wait()
}
