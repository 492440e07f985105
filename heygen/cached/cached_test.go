package cached_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"heygen-graphql/heygen"
	"heygen-graphql/heygen/cached"
	"heygen-graphql/heygen/sandbox"
	"heygen-graphql/internal/cache"
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

func TestAPageThatLeadsNowhereIsNotKept(t *testing.T) {
	in(t, sandbox.Options{}, func(w *world) {
		first, err := w.ListAvatarGroups(w.Context(), allGroups)
		if err != nil {
			w.Fatal(err)
		}
		second := allGroups
		second.Token = first.NextToken
		for _, fault := range []sandbox.Fault{sandbox.MoreWithoutToken, sandbox.RepeatedToken, sandbox.EmptyPage, sandbox.EndlessPages} {
			w.QueueFaults(fault)
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
		}, func(o *cached.Options) { o.MaxBytes = bytes })
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
		listed, other, private := new(heygen.GroupID), new(heygen.GroupID), new(heygen.GroupID)
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
			{group(private), 2 * second, false, time.Minute}, // such a list brought it
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
				for _, g := range page.Data {
					if public := slices.ContainsFunc(w.Groups(), func(s sandbox.Group) bool { return s.ID == string(g.ID) && s.Ownership != sandbox.Private }); !public && g.Status == nil {
						*private = g.ID
					}
				}
			}
			ctx, sources := w.sources()
			if err := step.ask(ctx); err != nil {
				w.Fatal(err)
			}
			if len(*sources) != 1 {
				w.Fatalf("step %d: %v", i, *sources)
			}
			if s := (*sources)[0]; time.Since(s.StoredAt) != step.age || s.Public != step.public || s.FreshUntil != s.StoredAt.Add(step.fresh) {
				w.Errorf("step %d: %v old, public %v, for %v", i, time.Since(s.StoredAt), s.Public, s.FreshUntil.Sub(s.StoredAt))
			}
		}
		for age := range 2 { // that there is none is an answer, too
			ctx, sources := w.sources()
			w.at(20*second + time.Duration(age)*second)
			if _, err := w.AvatarGroup(ctx, "nobody"); !errors.Is(err, heygen.ErrNotFound) || len(*sources) != 1 {
				w.Fatal(err, *sources)
			}
			if s := (*sources)[0]; time.Since(s.StoredAt) != time.Duration(age)*second || s.FreshUntil != s.StoredAt.Add(10*second) || s.Public {
				w.Error(s)
			}
		}
		ctx, sources := w.sources()
		w.QueueFaults(sandbox.InternalError)
		if _, err := w.AvatarGroup(ctx, "another"); err == nil || len(*sources) != 1 || (*sources)[0] != (cache.Info{Endpoint: "GET /v3/avatars/{group_id}", Result: cache.Miss, Failed: true}) {
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
		w.QueueFaults(slices.Repeat([]sandbox.Fault{sandbox.HTMLPage}, 30)...)
		for _, g := range w.Groups()[:30] {
			_, _ = w.group(g.ID, 1)
		}
		w.at(time.Hour)
		w.QueueFaults(sandbox.BadGateway)
		_, _ = w.group(w.Groups()[0].ID, 1)
		log := w.log.String()
		if strings.Count(log, "\n") != 2 || !strings.Contains(log, "suppressed=29") || !strings.Contains(log, "status=502") || strings.Contains(log, "secret") || strings.Contains(log, "127.0.0.1") {
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
		if len(listed) < 600 || w.Size() > 1<<20 { // far less than they may take
			w.Errorf("%d groups in %d bytes", len(listed), w.Size())
		}
		w.costs(0, func() {
			for _, g := range listed {
				_, _ = w.AvatarGroup(w.Context(), g.ID)
			}
			_, _ = w.ListAvatarGroups(w.Context(), allGroups)
		})
		w.Logf("%d groups in %d bytes", len(listed), w.Size())
	}, func(o *cached.Options) { o.MaxBytes = most })
}
