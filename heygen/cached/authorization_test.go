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

func TestA401DropsEverything(t *testing.T) {
	in(t, sandbox.Options{Keys: []string{"sk_V2_secret"}}, func(w *world) {
		page, err := w.ListAvatarGroups(w.Context(), allGroups)
		if err != nil {
			w.Fatal(err)
		}
		w.SetKeys("sk_V2_another")
		if _, err := w.group(string(page.Data[0].ID), 0); err != nil {
			w.Errorf("fresh, and HeyGen has not been asked: %v", err)
		}
		if _, err := w.Voice(w.Context(), "any"); !errors.Is(err, heygen.ErrUnauthenticated) {
			w.Error(err)
		}
		if _, err := w.group(string(page.Data[0].ID), 1); !errors.Is(err, heygen.ErrUnauthenticated) {
			w.Error(err)
		}
		w.costs(1, func() {
			if _, err := w.ListAvatarGroups(w.Context(), allGroups); !errors.Is(err, heygen.ErrUnauthenticated) {
				w.Error(err)
			}
		})
		if n := w.Size(); n != 0 {
			w.Errorf("%d bytes are kept of what the key no longer sees", n)
		}
		w.SetKeys("sk_V2_secret")
		_, _ = w.group(string(page.Data[0].ID), 1)
		if log := w.log.String(); strings.Count(log, "rejects the key") != 1 || strings.Count(log, "accepts the key again") != 1 || strings.Contains(log, "sk_V2") {
			w.Error(log)
		}
	})
	in(t, sandbox.Options{Keys: []string{"sk_V2_secret"}}, func(w *world) { // found out by a call behind an answer
		g := w.Groups()[0].ID
		_, _ = w.group(g, 1)
		w.SetKeys("sk_V2_another")
		w.at(time.Minute)
		if _, err := w.group(g, 1); err != nil {
			w.Error(err)
		}
		if _, err := w.group(g, 1); !errors.Is(err, heygen.ErrUnauthenticated) {
			w.Error(err)
		}
	})
}

// A page is on its way when HeyGen rejects the key. What it brings is for those
// who wait for it, and for nobody else.
func TestWhatIsOnItsWayDoesNotSurviveADrop(t *testing.T) {
	in(t, sandbox.Options{Latency: second}, func(w *world) {
		w.QueueFaults(sandbox.Unauthorized)
		go func() { _, _ = w.Voice(w.Context(), "v") }()
		w.at(second / 2)
		listed := make(chan heygen.Page[heygen.AvatarGroup])
		go func() {
			page, _ := w.ListAvatarGroups(w.Context(), allGroups)
			listed <- page
		}()
		page := <-listed
		if n := w.Size(); len(page.Data) == 0 || n != 0 || time.Since(w.start) != 3*second/2 {
			w.Errorf("%d bytes are kept of %d groups", n, len(page.Data))
		}
		_, _ = w.group(string(page.Data[0].ID), 1)
	})
}

func TestA403DropsEverythingWhenItIsNews(t *testing.T) {
	in(t, sandbox.Options{}, func(w *world) {
		g := w.Groups()[0].ID
		voice := func() {
			w.QueueFaults(sandbox.Forbidden)
			if _, err := w.Voice(w.Context(), "v"); !errors.Is(err, heygen.ErrForbidden) {
				w.Error(err)
			}
		}
		for _, step := range []struct {
			name  string
			calls int // of asking for the group afterwards
		}{{"news", 1}, {"a key without a scope", 0}, {"still without", 0}} {
			_, _ = w.AvatarGroup(w.Context(), heygen.GroupID(g))
			voice()
			if _, err := w.group(g, step.calls); err != nil {
				w.Errorf("%s: %v", step.name, err)
			}
		}
		for _, step := range []struct {
			name  string
			after time.Duration
			calls int
		}{{"allowed in between, and refused again within a minute", 59 * second, 0}, {"and later", 2 * time.Minute, 1}} {
			w.at(step.after)
			if _, err := w.Voice(w.Context(), heygen.VoiceID(w.Voices()[0].ID)); err != nil {
				w.Error(err)
			}
			_, _ = w.AvatarGroup(w.Context(), heygen.GroupID(g))
			synctest.Wait()
			w.at(time.Since(w.start) + second/2)
			voice()
			if _, err := w.group(g, step.calls); err != nil {
				w.Errorf("%s: %v", step.name, err)
			}
		}
	})
}

// A thing that is not for this key says nothing of the others. What is known of
// it is forgotten.
func TestA403OfOneThingDropsThatThing(t *testing.T) {
	in(t, sandbox.Options{}, func(w *world) {
		groups := w.Groups()
		for _, g := range groups[:2] {
			_, _ = w.group(g.ID, 1)
		}
		w.at(2 * time.Hour)
		_, _ = w.group(groups[1].ID, 1)
		w.intercept = func(r *http.Request) *http.Response {
			body := `{"error":{"code":"resource_access_denied","message":"Not yours."}}`
			return &http.Response{StatusCode: http.StatusForbidden, Body: io.NopCloser(strings.NewReader(body)), Request: r}
		}
		for range 2 {
			if _, err := w.AvatarGroup(w.Context(), heygen.GroupID(groups[0].ID)); !errors.Is(err, heygen.ErrForbidden) {
				w.Error(err)
			}
		}
		if _, err := w.group(groups[1].ID, 0); err != nil {
			w.Error(err)
		}
	})
}
