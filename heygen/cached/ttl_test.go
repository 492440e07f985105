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

func TestAnAnswerIsFreshThenStaleThenGone(t *testing.T) {
	in(t, sandbox.Options{}, func(w *world) {
		rename := func(name string) { w.Add(sandbox.Group{ID: "g", Name: name}) }
		rename("first")
		is := func(name string, calls int) {
			w.Helper()
			if g, err := w.group("g", calls); err != nil || g.Name != name {
				w.Errorf("%q, %v, want %q", g.Name, err, name)
			}
		}
		is("first", 1)
		rename("second")
		w.at(time.Minute - 1)
		is("first", 0)
		w.at(time.Minute)
		is("first", 1)
		is("second", 0)
		rename("third")
		w.at(2*time.Minute + time.Hour)
		is("third", 1)
	})
}

func TestATrainingIsFreshForSecondsAndNeverStale(t *testing.T) {
	status := func(text string) *string { return &text }
	in(t, sandbox.Options{}, func(w *world) {
		w.Add(sandbox.Group{ID: "g", Name: "Ann", Ownership: sandbox.Private, Status: status("processing"), CreatedAt: 4e9})
		w.AddLooks(sandbox.Look{ID: "l", Name: "Ann", GroupID: status("g"), AvatarType: "photo_avatar", Status: status("pending_consent"), CreatedAt: 4e9})
		w.AddVoices(sandbox.Voice{ID: "v", Name: "Ann", Status: status("processing"), Type: "private"})
		for name, ask := range map[string]func() error{
			"a group":          func() error { _, err := w.AvatarGroup(w.Context(), "g"); return err },
			"a page of groups": func() error { _, err := w.ListAvatarGroups(w.Context(), allGroups); return err },
			"a look":           func() error { _, err := w.AvatarLook(w.Context(), "l"); return err },
			"a page of looks": func() error {
				_, err := w.ListAvatarLooks(w.Context(), heygen.AvatarLooksParams{Limit: heygen.MaxPageSize})
				return err
			},
			"a voice": func() error { _, err := w.Voice(w.Context(), "v"); return err },
		} {
			began := time.Since(w.start) + time.Hour // nothing is fresh of what others brought
			for _, step := range []struct {
				after time.Duration
				calls int
			}{{0, 1}, {5*second - 1, 0}, {5 * second, 1}, {10*second - 1, 0}} {
				w.at(began + step.after)
				w.costs(step.calls, func() {
					if err := ask(); err != nil {
						w.Errorf("%s: %v", name, err)
					}
				})
			}
		}
		// What is asked for after it is no longer true is the new state, not the old one with the new behind it.
		if g, err := w.AvatarGroup(w.Context(), "g"); err != nil || *g.Status != heygen.Processing {
			w.Error(g, err)
		}
		w.Add(sandbox.Group{ID: "g", Name: "Ann", Ownership: sandbox.Private, Status: status("completed")})
		w.at(time.Since(w.start) + 6*second)
		if g, err := w.AvatarGroup(w.Context(), "g"); err != nil || *g.Status != heygen.Completed {
			w.Error(g, err)
		}
	})
}

func TestWhatIsMissingIsNotAskedForAgainForAWhile(t *testing.T) {
	in(t, sandbox.Options{}, func(w *world) {
		for _, step := range []struct {
			at    time.Duration
			calls int
		}{{0, 1}, {10*second - 1, 0}, {10 * second, 1}, {11 * second, 0}} {
			w.at(step.at)
			if _, err := w.group("nobody", step.calls); !errors.Is(err, heygen.ErrNotFound) {
				w.Error(err)
			}
		}
		w.at(time.Minute)
		_, _ = w.group("nobody", 1)
		w.at(70 * second) // it is asked for anew first, not behind the old answer
		w.Add(sandbox.Group{ID: "nobody", Name: "Somebody", CreatedAt: 4e9})
		if g, err := w.group("nobody", 1); err != nil || g.Name != "Somebody" {
			w.Error(g, err)
		}
		w.Remove("nobody")
		w.at(3 * time.Hour)
		_, _ = w.group("nobody", 1)
		w.Add(sandbox.Group{ID: "nobody", Name: "Somebody", CreatedAt: 4e9})
		_, err := w.ListAvatarGroups(w.Context(), allGroups)
		if g, gotErr := w.group("nobody", 0); err != nil || gotErr != nil || g.Name != "Somebody" {
			w.Error("a list that brings it does not count", err, gotErr)
		}
	})
}

// A link that has expired is a picture that does not show.
func TestNothingOutlivesTheSignatureOfItsPreview(t *testing.T) {
	in(t, sandbox.Options{PreviewTTL: 20 * time.Minute}, func(w *world) {
		page := func() heygen.Page[heygen.AvatarLook] {
			p, err := w.ListAvatarLooks(w.Context(), heygen.AvatarLooksParams{Limit: heygen.MaxPageSize, AvatarType: heygen.PhotoAvatar})
			if err != nil {
				w.Fatal(err)
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
			w.Fatal("no look is signed")
		}
		alone := func() *string {
			l, err := w.AvatarLook(w.Context(), signed.ID)
			if err != nil {
				w.Fatal(err)
			}
			return l.PreviewImageURL
		}
		w.at(20*time.Minute - 1) // stale: given at once
		w.QueueFaults(sandbox.InternalError, sandbox.InternalError)
		if again := page(); again.Data[0].ID != first.Data[0].ID || *alone() != *signed.PreviewImageURL {
			w.Error("not given while its links work")
		}
		synctest.Wait()
		w.at(20 * time.Minute)
		w.QueueFaults(sandbox.InternalError, sandbox.InternalError)
		if _, err := w.AvatarLook(w.Context(), signed.ID); !errors.Is(err, heygen.ErrUnavailable) {
			w.Errorf("given beyond its links: %v", err)
		}
		if _, err := w.ListAvatarLooks(w.Context(), heygen.AvatarLooksParams{Limit: heygen.MaxPageSize, AvatarType: heygen.PhotoAvatar}); !errors.Is(err, heygen.ErrUnavailable) {
			w.Errorf("given beyond its links: %v", err)
		}
		if *alone() == *signed.PreviewImageURL {
			w.Error("the same link")
		}
	})
}

// TestEveryURLOfAResourceIsLookedAt keeps the lists of links complete.
func TestEveryURLOfAResourceIsLookedAt(t *testing.T) {
	for name, check := range cached.CountURLs {
		links, fields := check()
		if links != fields || fields == 0 {
			t.Errorf("%s: %d of %d fields that end in URL", name, links, fields)
		}
	}
}

// Whatever its settings, a training is never stale.
func TestATrainingIsNotStaleEvenIfNothingIsFreshForLonger(t *testing.T) {
	for _, fresh := range []time.Duration{0, second, 5 * second} {
		in(t, sandbox.Options{}, func(w *world) {
			status := "processing"
			w.Add(sandbox.Group{ID: "g", Name: "Ann", Ownership: sandbox.Private, Status: &status})
			_, _ = w.group("g", 1)
			status = "completed"
			w.Add(sandbox.Group{ID: "g", Name: "Ann", Ownership: sandbox.Private, Status: &status})
			w.at(6 * second)
			if g, err := w.group("g", 1); err != nil || *g.Status != heygen.Completed {
				w.Error(g, err)
			}
		}, func(o *cached.Options) { o.Fresh = fresh })
	}
}

// What others are told to keep does not outlive a link in it either.
func TestAnAnswerIsNoLongerFreshWhenItsLinksStopWorking(t *testing.T) {
	in(t, sandbox.Options{PreviewTTL: 20 * second}, func(w *world) {
		ctx, sources := w.sources()
		_, err := w.ListAvatarLooks(ctx, heygen.AvatarLooksParams{Limit: heygen.MaxPageSize, AvatarType: heygen.PhotoAvatar})
		if err != nil || len(*sources) != 1 || (*sources)[0].FreshUntil.After(w.start.Add(20*second)) {
			w.Error(err, *sources)
		}
	})
}

func TestTheExpiryOfALinkIsRead(t *testing.T) {
	at := func(seconds int64) time.Time { return time.Unix(seconds, 0) }
	for link, want := range map[string]struct {
		at     time.Time
		signed bool
	}{
		"https://files.example/a.webp":                                              {time.Time{}, false},
		"https://files.example/a.webp?width=3#Expires=5":                            {time.Time{}, false},
		"https://files.example/Expires=5":                                           {time.Time{}, false},
		"https://files.example/a.webp?Expires=1800000000&Signature=x":               {at(1800000000), true},
		"https://files.example/a.webp?Signature=x&expires=1800000000#top":           {at(1800000000), true},
		"https://files.example/a.webp?Expire%73=1800000000":                         {at(1800000000), true},
		"https://files.example/a.webp?a=1&amp;Expires=1800000000":                   {at(1800000000), true},
		"https://files.example/a.webp?Expires=1800000000&Expires=1700000000":        {at(1700000000), true},
		"https://files.example/a.webp?Expires=soon":                                 {at(0), true},
		"https://files.example/a.webp?Expires":                                      {at(0), true},
		"https://files.example/a.webp?Expires=1800000000000":                        {at(0), true},
		"https://files.example/a.webp?X-Amz-Date=20261124T000000Z&X-Amz-Expires=60": {at(60), true},
	} {
		if got, signed := cached.SignedURLExpiry(&link); !got.Equal(want.at) || signed != want.signed {
			t.Errorf("%s: %v, %v", link, got, signed)
		}
	}
}
