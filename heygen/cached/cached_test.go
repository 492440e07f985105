package cached_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"heygen-graphql/heygen"
	"heygen-graphql/heygen/cached"
	"heygen-graphql/heygen/sandbox"
)

func TestWhatIsKeptIsWhatHeyGenGave(t *testing.T) {
	in(t, sandbox.Options{}, func(w *world) {
		for range 2 { // the second time all of it is kept
			groups, looks, voices := w.everything()
			kept := w.Client
			w.Client = cached.New(cached.Options{HeyGen: w.plain})
			plainGroups, plainLooks, plainVoices := w.everything()
			w.Client.Close()
			w.Client = kept
			for _, diff := range []string{cmp.Diff(plainGroups, groups), cmp.Diff(plainLooks, looks, unsigned), cmp.Diff(plainVoices, voices)} {
				if diff != "" {
					w.Errorf("%.500s", diff)
				}
			}
		}
		for _, g := range w.Groups()[:100] {
			want, err := w.plain.AvatarGroup(w.Context(), heygen.GroupID(g.ID))
			got, gotErr := w.AvatarGroup(w.Context(), heygen.GroupID(g.ID))
			if diff := cmp.Diff(want, got, unsigned); err != nil || gotErr != nil || diff != "" {
				w.Error(diff, err, gotErr)
			}
		}
	})
}

// unsigned takes the signatures off, which differ from call to call.
var unsigned = cmp.Transformer("unsigned", func(text *string) string {
	if text == nil {
		return "null"
	}
	address, _, _ := strings.Cut(*text, "?Expires=")
	return address
})

func TestWhatAListBroughtIsNotFetchedAlone(t *testing.T) {
	in(t, sandbox.Options{}, func(w *world) {
		groups, looks, voices := w.everything()
		w.costs(0, func() {
			for _, g := range groups {
				if got, err := w.AvatarGroup(w.Context(), g.ID); err != nil || got.Name != g.Name {
					w.Fatal(got, err)
				}
			}
			for _, l := range looks {
				if got, err := w.AvatarLook(w.Context(), l.ID); err != nil || got.Name != l.Name {
					w.Fatal(got, err)
				}
			}
			w.everything()
		})
		// What is told of a voice in a list is not all there is to tell of it.
		for range 2 {
			w.costs(map[bool]int{true: 1, false: 0}[voices[0].Details == nil], func() {
				v, err := w.Voice(w.Context(), voices[0].ID)
				if err != nil || v.Details == nil {
					w.Error(v, err)
				}
				voices[0] = v
			})
		}
	})
}

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
		w.at(100 * time.Hour)
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
		w.Misbehave(sandbox.InternalError, sandbox.InternalError)
		if again := page(); again.Data[0].ID != first.Data[0].ID || *alone() != *signed.PreviewImageURL {
			w.Error("not given while its links work")
		}
		synctest.Wait()
		w.at(20 * time.Minute)
		w.Misbehave(sandbox.InternalError, sandbox.InternalError)
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
	for name, check := range cached.URLs {
		links, fields := check()
		if links != fields || fields == 0 {
			t.Errorf("%s: %d of %d fields that end in URL", name, links, fields)
		}
	}
}

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
		if n := w.Bytes(); n != 0 {
			w.Errorf("%d bytes are kept of what the key no longer sees", n)
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

// A page is on its way when HeyGen refuses the key. What it brings is for those
// who wait for it, and for nobody else.
func TestWhatIsOnItsWayDoesNotSurviveADrop(t *testing.T) {
	in(t, sandbox.Options{Latency: second}, func(w *world) {
		w.Misbehave(sandbox.Unauthorized)
		go func() { _, _ = w.Voice(w.Context(), "v") }()
		w.at(second / 2)
		listed := make(chan heygen.Page[heygen.AvatarGroup])
		go func() {
			page, _ := w.ListAvatarGroups(w.Context(), allGroups)
			listed <- page
		}()
		page := <-listed
		if n := w.Bytes(); len(page.Data) == 0 || n != 0 || time.Since(w.start) != 3*second/2 {
			w.Errorf("%d bytes are kept of %d groups", n, len(page.Data))
		}
		_, _ = w.group(string(page.Data[0].ID), 1)
	})
}

func TestA403DropsEverythingWhenItIsNews(t *testing.T) {
	in(t, sandbox.Options{}, func(w *world) {
		g := w.Groups()[0].ID
		voice := func() {
			w.Misbehave(sandbox.Forbidden)
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
		if _, err := w.Voice(w.Context(), heygen.VoiceID(w.Voices()[0].ID)); err != nil {
			w.Error(err)
		}
		voice()
		_, _ = w.group(g, 1) // it was allowed in between
	})
}

func TestAPageThatLeadsNowhereIsNotKept(t *testing.T) {
	in(t, sandbox.Options{}, func(w *world) {
		first, err := w.ListAvatarGroups(w.Context(), allGroups)
		if err != nil {
			w.Fatal(err)
		}
		second := allGroups
		second.Token = first.NextToken
		for _, fault := range []sandbox.Fault{sandbox.MoreWithoutToken, sandbox.RepeatedToken, sandbox.EmptyPage, sandbox.EndlessPages} {
			w.Misbehave(fault)
			w.costs(2, func() {
				odd, err := w.ListAvatarGroups(w.Context(), second)
				right, rightErr := w.ListAvatarGroups(w.Context(), second)
				if err != nil || rightErr != nil || cmp.Equal(odd, right) || len(right.Data) != heygen.MaxPageSize {
					w.Errorf("%s: %v, %v", fault, err, rightErr)
				}
			})
			w.costs(0, func() { _, _ = w.ListAvatarGroups(w.Context(), second) })
			w.at(time.Since(w.start) + 3*time.Hour)
		}
	})
}

func TestCallsForTheSameAtOnceAreOne(t *testing.T) {
	for _, bytes := range []int64{0, 64 << 20} {
		in(t, sandbox.Options{Latency: second}, func(w *world) {
			w.costs(2, func() {
				var all sync.WaitGroup
				for range 100 {
					all.Go(func() { _, _ = w.ListAvatarGroups(w.Context(), allGroups) })
					all.Go(func() { _, _ = w.AvatarLook(w.Context(), "monica_office") })
				}
				all.Wait()
			})
			w.costs(map[bool]int{true: 1, false: 0}[bytes == 0], func() { _, _ = w.ListAvatarGroups(w.Context(), allGroups) })
		}, func(o *cached.Options) { o.Bytes = bytes })
	}
}

func TestWhoWaitsInVainIsToldWhy(t *testing.T) {
	in(t, sandbox.Options{Latency: 5 * second}, func(w *world) {
		short, cancel := context.WithTimeout(w.Context(), second)
		defer cancel()
		gone, leave := context.WithCancel(w.Context())
		leave()
		for kind, ctx := range map[error]context.Context{heygen.ErrTimeout: short, context.Canceled: gone} {
			_, err := w.AvatarGroup(ctx, "g")
			if told, ok := errors.AsType[*heygen.Error](err); !ok || told.Kind != kind || told.Endpoint != "GET /v3/avatars/{group_id}" {
				w.Errorf("%v, want %v", err, kind)
			}
		}
	})
}

func TestAnAnswerTellsWhatItRestsOn(t *testing.T) {
	in(t, sandbox.Options{}, func(w *world) {
		public, page := allGroups, heygen.Page[heygen.AvatarGroup]{}
		public.Ownership = heygen.Public
		list := func(p heygen.AvatarGroupsParams) func(context.Context) error {
			return func(ctx context.Context) (err error) { page, err = w.ListAvatarGroups(ctx, p); return err }
		}
		group := func(id *heygen.GroupID) func(context.Context) error {
			return func(ctx context.Context) error { _, err := w.AvatarGroup(ctx, *id); return err }
		}
		listed, other := new(heygen.GroupID), new(heygen.GroupID)
		*other = "group_monica"
		for i, step := range []struct {
			ask    func(context.Context) error
			age    time.Duration
			public bool
			fresh  time.Duration // less than a minute where something is in training
		}{
			{group(other), 0, false, time.Minute},
			{list(public), 0, true, 5 * second},
			{list(public), 2 * second, true, 5 * second},
			{group(listed), 4 * second, true, time.Minute}, // the list brought it
			{list(allGroups), 0, false, 5 * second},
			{func(ctx context.Context) error { _, err := w.ListVoices(ctx, heygen.VoicesParams{}); return err }, 0, true, time.Minute},
			{func(ctx context.Context) error {
				_, err := w.ListVoices(ctx, heygen.VoicesParams{Type: heygen.PrivateVoice})
				return err
			}, 0, false, time.Minute},
			{func(ctx context.Context) error {
				_, err := w.ListAvatarLooks(ctx, heygen.AvatarLooksParams{GroupID: "group_monica"})
				return err
			}, 0, false, 5 * second},
			{func(ctx context.Context) error {
				_, err := w.ListAvatarLooks(ctx, heygen.AvatarLooksParams{Ownership: heygen.Public, Limit: 1})
				return err
			}, 0, true, time.Minute},
		} {
			w.at(time.Duration(i) * 2 * second)
			if len(page.Data) > 0 {
				*listed = page.Data[len(page.Data)-1].ID
			}
			ctx, sources := w.sources()
			if err := step.ask(ctx); err != nil {
				w.Fatal(err)
			}
			if len(*sources) != 1 {
				w.Fatalf("step %d: %v", i, *sources)
			}
			if s := (*sources)[0]; time.Since(s.At) != step.age || s.Public != step.public || s.Until != s.At.Add(step.fresh) {
				w.Errorf("step %d: %v old, public %v, for %v", i, time.Since(s.At), s.Public, s.Until.Sub(s.At))
			}
		}
		ctx, sources := w.sources()
		if _, err := w.AvatarGroup(ctx, "nobody"); err == nil || len(*sources) != 0 {
			w.Error(err, *sources)
		}
	})
}

func TestAnOutageIsLoggedOnceASecondAndWithoutTheKey(t *testing.T) {
	in(t, sandbox.Options{}, func(w *world) {
		for _, g := range w.Groups()[:30] {
			_, _ = w.group(g.ID, 1)
		}
		w.at(time.Minute)
		w.Misbehave(slices.Repeat([]sandbox.Fault{sandbox.HTMLPage}, 30)...)
		for _, g := range w.Groups()[:30] {
			_, _ = w.group(g.ID, 1)
		}
		w.at(time.Hour)
		w.Misbehave(sandbox.BadGateway)
		_, _ = w.group(w.Groups()[0].ID, 1)
		log := w.log.String()
		if strings.Count(log, "\n") != 2 || !strings.Contains(log, "unsaid=29") || !strings.Contains(log, "status=502") || strings.Contains(log, "secret") || strings.Contains(log, "127.0.0.1") {
			w.Error(log)
		}
	})
}

func TestSixHundredGroupsFitIn16MiB(t *testing.T) {
	const most = 16 << 20
	in(t, sandbox.Options{}, func(w *world) {
		listed := walk(w, func(token string) (heygen.Page[heygen.AvatarGroup], error) {
			return w.ListAvatarGroups(w.Context(), heygen.AvatarGroupsParams{Limit: heygen.MaxPageSize, Token: token})
		})
		if len(listed) < 600 || w.Bytes() > most {
			w.Errorf("%d groups in %d bytes", len(listed), w.Bytes())
		}
		w.costs(0, func() {
			for _, g := range listed {
				_, _ = w.AvatarGroup(w.Context(), g.ID)
			}
			_, _ = w.ListAvatarGroups(w.Context(), allGroups)
		})
		w.Logf("%d groups in %d bytes", len(listed), w.Bytes())
	}, func(o *cached.Options) { o.Bytes = most })
}
