package cached_test

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"heygen-graphql/heygen"
	"heygen-graphql/heygen/sandbox"
)

func Test401InvalidatesAllEntries(t *testing.T) {
	runWithFixture(t, sandbox.Options{Keys: []string{"sk_V2_secret"}}, func(f *fixture) {
		page, err := f.ListAvatarGroups(f.Context(), allGroups)
		if err != nil {
			f.Fatal(err)
		}
		f.SetKeys("sk_V2_another")
		if _, err := f.getGroup(string(page.Data[0].ID), 0); err != nil {
			f.Errorf("fresh, and not yet rejected: %v", err)
		}
		if _, err := f.Voice(f.Context(), "any"); !errors.Is(err, heygen.ErrUnauthenticated) {
			f.Error(err)
		}
		if _, err := f.getGroup(string(page.Data[0].ID), 1); !errors.Is(err, heygen.ErrUnauthenticated) {
			f.Error(err)
		}
		f.wantCalls(1, func() {
			if _, err := f.ListAvatarGroups(f.Context(), allGroups); !errors.Is(err, heygen.ErrUnauthenticated) {
				f.Error(err)
			}
		})
		if n := f.Size(); n != 0 {
			f.Errorf("%d bytes left after the key was rejected", n)
		}
		f.SetKeys("sk_V2_secret")
		_, _ = f.getGroup(string(page.Data[0].ID), 1)
		if log := f.log.String(); strings.Count(log, "rejects the key") != 1 || strings.Count(log, "accepts the key again") != 1 || strings.Contains(log, "sk_V2") {
			f.Error(log)
		}
	})
	runWithFixture(t, sandbox.Options{Keys: []string{"sk_V2_secret"}}, func(f *fixture) { // the rejected call is a background refresh
		g := f.Groups()[0].ID
		_, _ = f.getGroup(g, 1)
		f.SetKeys("sk_V2_another")
		f.advanceTo(time.Minute)
		if _, err := f.getGroup(g, 1); err != nil {
			f.Error(err)
		}
		if _, err := f.getGroup(g, 1); !errors.Is(err, heygen.ErrUnauthenticated) {
			f.Error(err)
		}
	})
}

// A call is in flight when HeyGen rejects the key. Its page is returned to the callers
// that wait for it, and is not cached.
func TestInvalidationDiscardsCallsInFlight(t *testing.T) {
	runWithFixture(t, sandbox.Options{Latency: second}, func(f *fixture) {
		f.QueueFaults(sandbox.Unauthorized)
		go func() { _, _ = f.Voice(f.Context(), "v") }()
		f.advanceTo(second / 2)
		listed := make(chan heygen.Page[heygen.AvatarGroup])
		go func() {
			page, _ := f.ListAvatarGroups(f.Context(), allGroups)
			listed <- page
		}()
		page := <-listed
		if n := f.Size(); len(page.Data) == 0 || n != 0 || time.Since(f.start) != 3*second/2 {
			f.Errorf("%d bytes cached of %d groups", n, len(page.Data))
		}
		_, _ = f.getGroup(string(page.Data[0].ID), 1)
	})
}

func TestFirst403OfEndpointInvalidatesAllEntries(t *testing.T) {
	runWithFixture(t, sandbox.Options{}, func(f *fixture) {
		g := f.Groups()[0].ID
		getForbiddenVoice := func() {
			f.QueueFaults(sandbox.Forbidden)
			if _, err := f.Voice(f.Context(), "v"); !errors.Is(err, heygen.ErrForbidden) {
				f.Error(err)
			}
		}
		for _, step := range []struct {
			name  string
			calls int // to get the group afterwards
		}{{"first 403", 1}, {"second 403", 0}, {"third 403", 0}} {
			_, _ = f.AvatarGroup(f.Context(), heygen.GroupID(g))
			getForbiddenVoice()
			if _, err := f.getGroup(g, step.calls); err != nil {
				f.Errorf("%s: %v", step.name, err)
			}
		}
		for _, step := range []struct {
			name  string
			after time.Duration
			calls int
		}{{"403 after a success, within invalidateCooldown", 59 * second, 0}, {"403 after a success, later", 2 * time.Minute, 1}} {
			f.advanceTo(step.after)
			if _, err := f.Voice(f.Context(), heygen.VoiceID(f.Voices()[0].ID)); err != nil {
				f.Error(err)
			}
			_, _ = f.AvatarGroup(f.Context(), heygen.GroupID(g))
			synctest.Wait()
			f.advanceTo(time.Since(f.start) + second/2)
			getForbiddenVoice()
			if _, err := f.getGroup(g, step.calls); err != nil {
				f.Errorf("%s: %v", step.name, err)
			}
		}
	})
}

// A 403 for one item says nothing of the others: only the entry of that item is removed.
func Test403OfItemRemovesThatItemOnly(t *testing.T) {
	runWithFixture(t, sandbox.Options{}, func(f *fixture) {
		groups := f.Groups()
		for _, g := range groups[:2] {
			_, _ = f.getGroup(g.ID, 1)
		}
		f.advanceTo(2 * time.Hour)
		_, _ = f.getGroup(groups[1].ID, 1)
		f.intercept = func(r *http.Request) *http.Response {
			body := `{"error":{"code":"resource_access_denied","message":"Not yours."}}`
			return &http.Response{StatusCode: http.StatusForbidden, Body: io.NopCloser(strings.NewReader(body)), Request: r}
		}
		for range 2 {
			if _, err := f.AvatarGroup(f.Context(), heygen.GroupID(groups[0].ID)); !errors.Is(err, heygen.ErrForbidden) {
				f.Error(err)
			}
		}
		if _, err := f.getGroup(groups[1].ID, 0); err != nil {
			f.Error(err)
		}
	})
}
