package cached_test

import (
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"heygen-graphql/heygen"
	"heygen-graphql/heygen/cached"
	"heygen-graphql/heygen/sandbox"
)

func TestItemIsFreshThenStaleThenExpired(t *testing.T) {
	runWithFixture(t, sandbox.Options{}, func(f *fixture) {
		rename := func(name string) { f.AddGroups(sandbox.Group{ID: "g", Name: name}) }
		rename("first")
		wantName := func(name string, calls int) {
			f.Helper()
			if g, err := f.getGroup("g", calls); err != nil || g.Name != name {
				f.Errorf("%q, %v, want %q", g.Name, err, name)
			}
		}
		wantName("first", 1)
		rename("second")
		f.advanceTo(time.Minute - 1)
		wantName("first", 0)
		f.advanceTo(time.Minute)
		wantName("first", 1)
		wantName("second", 0)
		rename("third")
		f.advanceTo(2*time.Minute + time.Hour)
		wantName("third", 1)
	})
}

func TestItemInTrainingIsFreshForPendingTTLAndNeverStale(t *testing.T) {
	ptr := func(s string) *string { return &s }
	runWithFixture(t, sandbox.Options{}, func(f *fixture) {
		f.AddGroups(sandbox.Group{ID: "g", Name: "Ann", Ownership: sandbox.Private, Status: ptr("processing"), CreatedAt: 4e9})
		f.AddLooks(sandbox.Look{ID: "l", Name: "Ann", GroupID: ptr("g"), AvatarType: "photo_avatar", Status: ptr("pending_consent"), CreatedAt: 4e9})
		f.AddVoices(sandbox.Voice{ID: "v", Name: "Ann", Status: ptr("processing"), Type: "private"})
		for name, get := range map[string]func() error{
			"a group":          func() error { _, err := f.AvatarGroup(f.Context(), "g"); return err },
			"a page of groups": func() error { _, err := f.ListAvatarGroups(f.Context(), allGroups); return err },
			"a look":           func() error { _, err := f.AvatarLook(f.Context(), "l"); return err },
			"a page of looks": func() error {
				_, err := f.ListAvatarLooks(f.Context(), heygen.AvatarLooksParams{Limit: heygen.MaxPageSize})
				return err
			},
			"a voice": func() error { _, err := f.Voice(f.Context(), "v"); return err },
		} {
			start := time.Since(f.start) + time.Hour // by then the entries of the other cases are stale
			for _, step := range []struct {
				after time.Duration
				calls int
			}{{0, 1}, {5*second - 1, 0}, {5 * second, 1}, {10*second - 1, 0}} {
				f.advanceTo(start + step.after)
				f.wantCalls(step.calls, func() {
					if err := get(); err != nil {
						f.Errorf("%s: %v", name, err)
					}
				})
			}
		}
		// A stale status is not served: the caller waits for the new one.
		if g, err := f.AvatarGroup(f.Context(), "g"); err != nil || *g.Status != heygen.Processing {
			f.Error(g, err)
		}
		f.AddGroups(sandbox.Group{ID: "g", Name: "Ann", Ownership: sandbox.Private, Status: ptr("completed")})
		f.advanceTo(time.Since(f.start) + 6*second)
		if g, err := f.AvatarGroup(f.Context(), "g"); err != nil || *g.Status != heygen.Completed {
			f.Error(g, err)
		}
	})
}

func TestNegativeCachingOfMissingItem(t *testing.T) {
	runWithFixture(t, sandbox.Options{}, func(f *fixture) {
		for _, step := range []struct {
			at    time.Duration
			calls int
		}{{0, 1}, {10*second - 1, 0}, {10 * second, 1}, {11 * second, 0}} {
			f.advanceTo(step.at)
			if _, err := f.getGroup("missing", step.calls); !errors.Is(err, heygen.ErrNotFound) {
				f.Error(err)
			}
		}
		f.advanceTo(time.Minute)
		_, _ = f.getGroup("missing", 1)
		f.advanceTo(70 * second) // it is fetched again first, not in the background
		f.AddGroups(sandbox.Group{ID: "missing", Name: "Somebody", CreatedAt: 4e9})
		if g, err := f.getGroup("missing", 1); err != nil || g.Name != "Somebody" {
			f.Error(g, err)
		}
		f.RemoveGroups("missing")
		f.advanceTo(3 * time.Hour)
		_, _ = f.getGroup("missing", 1)
		f.AddGroups(sandbox.Group{ID: "missing", Name: "Somebody", CreatedAt: 4e9})
		_, err := f.ListAvatarGroups(f.Context(), allGroups)
		if g, gotErr := f.getGroup("missing", 0); err != nil || gotErr != nil || g.Name != "Somebody" {
			f.Error("the item of a list does not replace the cached error", err, gotErr)
		}
	})
}

// A client cannot load a preview from a URL that has expired.
func TestEntryExpiresWithItsSignedURLs(t *testing.T) {
	runWithFixture(t, sandbox.Options{PreviewTTL: 20 * time.Minute}, func(f *fixture) {
		page := func() heygen.Page[heygen.AvatarLook] {
			p, err := f.ListAvatarLooks(f.Context(), heygen.AvatarLooksParams{Limit: heygen.MaxPageSize, AvatarType: heygen.PhotoAvatar})
			if err != nil {
				f.Fatal(err)
			}
			return p
		}
		first := page()
		var signed heygen.AvatarLook
		for _, look := range first.Data {
			if look.PreviewImageURL != nil && strings.Contains(*look.PreviewImageURL, "Expires=") {
				signed = look
			}
		}
		if signed.ID == "" {
			f.Fatal("no look is signed")
		}
		getSigned := func() *string {
			l, err := f.AvatarLook(f.Context(), signed.ID)
			if err != nil {
				f.Fatal(err)
			}
			return l.PreviewImageURL
		}
		f.advanceTo(20*time.Minute - 1) // stale-while-revalidate
		f.QueueFaults(sandbox.InternalError, sandbox.InternalError)
		if again := page(); again.Data[0].ID != first.Data[0].ID || *getSigned() != *signed.PreviewImageURL {
			f.Error("not served before its URLs expire")
		}
		synctest.Wait()
		f.advanceTo(20 * time.Minute)
		f.QueueFaults(sandbox.InternalError, sandbox.InternalError)
		if _, err := f.AvatarLook(f.Context(), signed.ID); !errors.Is(err, heygen.ErrUnavailable) {
			f.Errorf("served after its URLs have expired: %v", err)
		}
		if _, err := f.ListAvatarLooks(f.Context(), heygen.AvatarLooksParams{Limit: heygen.MaxPageSize, AvatarType: heygen.PhotoAvatar}); !errors.Is(err, heygen.ErrUnavailable) {
			f.Errorf("served after its URLs have expired: %v", err)
		}
		if *getSigned() == *signed.PreviewImageURL {
			f.Error("the same URL")
		}
	})
}

// previewURLs must return every field of a resource that holds a URL.
func TestPreviewURLsCoverAllURLFields(t *testing.T) {
	for name, check := range cached.CountURLs {
		urls, fields := check()
		if urls != fields || fields == 0 {
			t.Errorf("%s: %d of %d fields that end in URL", name, urls, fields)
		}
	}
}

// An item in training is never stale, whatever Fresh is.
func TestItemInTrainingIsNeverStaleForAnyFreshTTL(t *testing.T) {
	for _, fresh := range []time.Duration{0, second, 5 * second} {
		runWithFixture(t, sandbox.Options{}, func(f *fixture) {
			status := "processing"
			f.AddGroups(sandbox.Group{ID: "g", Name: "Ann", Ownership: sandbox.Private, Status: &status})
			_, _ = f.getGroup("g", 1)
			status = "completed"
			f.AddGroups(sandbox.Group{ID: "g", Name: "Ann", Ownership: sandbox.Private, Status: &status})
			f.advanceTo(6 * second)
			if g, err := f.getGroup("g", 1); err != nil || *g.Status != heygen.Completed {
				f.Error(g, err)
			}
		}, func(o *cached.Options) { o.Fresh = fresh })
	}
}

// Downstream caches rely on FreshUntil: it must not exceed the expiry of a signed URL.
func TestFreshnessEndsWithSignedURLs(t *testing.T) {
	runWithFixture(t, sandbox.Options{PreviewTTL: 20 * second}, func(f *fixture) {
		ctx, infos := f.observe()
		_, err := f.ListAvatarLooks(ctx, heygen.AvatarLooksParams{Limit: heygen.MaxPageSize, AvatarType: heygen.PhotoAvatar})
		if err != nil || len(*infos) != 1 || (*infos)[0].FreshUntil.After(f.start.Add(20*second)) {
			f.Error(err, *infos)
		}
	})
}
