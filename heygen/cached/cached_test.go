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

func TestCachedResponsesEqualUncachedResponses(t *testing.T) {
	runWithFixture(t, sandbox.Options{}, func(f *fixture) {
		for range 2 { // the second time everything is cached
			groups, looks, voices := f.listAll()
			caching := f.Client
			f.Client = cached.New(cached.Options{HeyGen: f.uncached})
			wantGroups, wantLooks, wantVoices := f.listAll()
			f.Client.Close()
			f.Client = caching
			for _, diff := range []string{cmp.Diff(wantGroups, groups), cmp.Diff(wantLooks, looks, ignoreSignatures), cmp.Diff(wantVoices, voices)} {
				if diff != "" {
					f.Errorf("%.500s", diff)
				}
			}
		}
		for _, g := range f.Groups()[:100] {
			want, err := f.uncached.AvatarGroup(f.Context(), heygen.GroupID(g.ID))
			got, gotErr := f.AvatarGroup(f.Context(), heygen.GroupID(g.ID))
			if diff := cmp.Diff(want, got, ignoreSignatures); err != nil || gotErr != nil || diff != "" {
				f.Error(diff, err, gotErr)
			}
		}
	})
}

// ignoreSignatures removes the signatures of URLs, which differ from call to call.
var ignoreSignatures = cmp.Transformer("unsigned", func(s *string) string {
	if s == nil {
		return "null"
	}
	unsigned, _, _ := strings.Cut(*s, "?Expires=")
	return unsigned
})

func TestListItemsAreCachedAsItems(t *testing.T) {
	runWithFixture(t, sandbox.Options{}, func(f *fixture) {
		groups, looks, voices := f.listAll()
		f.wantCalls(0, func() {
			for _, g := range groups {
				if got, err := f.AvatarGroup(f.Context(), g.ID); err != nil || got.Name != g.Name {
					f.Fatal(got, err)
				}
			}
			for _, l := range looks {
				if got, err := f.AvatarLook(f.Context(), l.ID); err != nil || got.Name != l.Name {
					f.Fatal(got, err)
				}
			}
			f.listAll()
		})
		// A voice in a list lacks its Details: it is fetched by its id, once.
		for range 2 {
			f.wantCalls(map[bool]int{true: 1, false: 0}[voices[0].Details == nil], func() {
				v, err := f.Voice(f.Context(), voices[0].ID)
				if err != nil || v.Details == nil {
					f.Error(v, err)
				}
				voices[0] = v
			})
		}
	})
}

func TestDeadEndPageIsNotCached(t *testing.T) {
	runWithFixture(t, sandbox.Options{}, func(f *fixture) {
		first, err := f.ListAvatarGroups(f.Context(), allGroups)
		if err != nil {
			f.Fatal(err)
		}
		second := allGroups
		second.Token = first.NextToken
		for _, fault := range []sandbox.Fault{sandbox.MoreWithoutToken, sandbox.RepeatedToken, sandbox.EmptyPage, sandbox.EndlessPages} {
			f.QueueFaults(fault)
			f.wantCalls(2, func() {
				deadEnd, err := f.ListAvatarGroups(f.Context(), second)
				page, pageErr := f.ListAvatarGroups(f.Context(), second)
				if err != nil || pageErr != nil || cmp.Equal(deadEnd, page) || len(page.Data) != heygen.MaxPageSize {
					f.Errorf("%s: %v, %v", fault, err, pageErr)
				}
			})
			f.wantCalls(0, func() { _, _ = f.ListAvatarGroups(f.Context(), second) })
			f.advanceTo(time.Since(f.start) + 3*time.Hour)
		}
	})
}

func TestIdenticalRequestsAreCoalesced(t *testing.T) {
	for _, bytes := range []int64{0, 64 << 20} {
		runWithFixture(t, sandbox.Options{Latency: second}, func(f *fixture) {
			f.wantCalls(2, func() {
				var all sync.WaitGroup
				for range 100 {
					all.Go(func() { _, _ = f.ListAvatarGroups(f.Context(), allGroups) })
					all.Go(func() { _, _ = f.AvatarLook(f.Context(), "monica_office") })
				}
				all.Wait()
			})
			f.wantCalls(map[bool]int{true: 1, false: 0}[bytes == 0], func() { _, _ = f.ListAvatarGroups(f.Context(), allGroups) })
		}, func(o *cached.Options) { o.MaxBytes = bytes })
	}
}

func TestContextErrorNamesEndpoint(t *testing.T) {
	runWithFixture(t, sandbox.Options{Latency: 5 * second}, func(f *fixture) {
		expired, cancel := context.WithTimeout(f.Context(), second)
		defer cancel()
		canceled, cancelNow := context.WithCancel(f.Context())
		cancelNow()
		for kind, ctx := range map[error]context.Context{heygen.ErrTimeout: expired, context.Canceled: canceled} {
			_, err := f.AvatarGroup(ctx, "g")
			if got, ok := errors.AsType[*heygen.Error](err); !ok || got.Kind != kind || got.Endpoint != "GET /v3/avatars/{group_id}" {
				f.Errorf("%v, want %v", err, kind)
			}
		}
	})
}

func TestInfoReportsAgeFreshnessAndVisibility(t *testing.T) {
	runWithFixture(t, sandbox.Options{}, func(f *fixture) {
		public, page := allGroups, heygen.Page[heygen.AvatarGroup]{}
		public.Ownership = heygen.Public
		list := func(p heygen.AvatarGroupsParams) func(context.Context) error {
			return func(ctx context.Context) (err error) { page, err = f.ListAvatarGroups(ctx, p); return err }
		}
		group := func(id *heygen.GroupID) func(context.Context) error {
			return func(ctx context.Context) error { _, err := f.AvatarGroup(ctx, *id); return err }
		}
		listed, unlisted, private := new(heygen.GroupID), new(heygen.GroupID), new(heygen.GroupID)
		*unlisted = "group_monica"
		for n, step := range []struct {
			lookup func(context.Context) error
			age    time.Duration
			public bool
			fresh  time.Duration // less than a minute if an item is in training
		}{
			{group(unlisted), 0, false, time.Minute},
			{list(public), 0, true, 5 * second},
			{list(public), 2 * second, true, 5 * second},
			{group(listed), 4 * second, true, time.Minute}, // cached by the public list
			{list(allGroups), 0, false, 5 * second},
			{group(private), 2 * second, false, time.Minute}, // cached by the list of all groups
			{func(ctx context.Context) error { _, err := f.ListVoices(ctx, heygen.VoicesParams{}); return err }, 0, true, time.Minute},
			{func(ctx context.Context) error {
				_, err := f.ListVoices(ctx, heygen.VoicesParams{Type: heygen.PrivateVoice})
				return err
			}, 0, false, time.Minute},
			{func(ctx context.Context) error {
				_, err := f.ListAvatarLooks(ctx, heygen.AvatarLooksParams{GroupID: "group_monica"})
				return err
			}, 0, false, 5 * second},
			{func(ctx context.Context) error {
				_, err := f.ListAvatarLooks(ctx, heygen.AvatarLooksParams{Ownership: heygen.Public, Limit: 1})
				return err
			}, 0, true, time.Minute},
		} {
			f.advanceTo(time.Duration(n) * 2 * second)
			if len(page.Data) > 0 {
				*listed = page.Data[len(page.Data)-1].ID
				for _, g := range page.Data {
					if public := slices.ContainsFunc(f.Groups(), func(s sandbox.Group) bool { return s.ID == string(g.ID) && s.Ownership != sandbox.Private }); !public && g.Status == nil {
						*private = g.ID
					}
				}
			}
			ctx, infos := f.observe()
			if err := step.lookup(ctx); err != nil {
				f.Fatal(err)
			}
			if len(*infos) != 1 {
				f.Fatalf("step %d: %v", n, *infos)
			}
			if i := (*infos)[0]; time.Since(i.StoredAt) != step.age || i.Public != step.public || i.FreshUntil != i.StoredAt.Add(step.fresh) {
				f.Errorf("step %d: %v old, public %v, fresh for %v", n, time.Since(i.StoredAt), i.Public, i.FreshUntil.Sub(i.StoredAt))
			}
		}
		for age := range 2 { // negative caching
			ctx, infos := f.observe()
			f.advanceTo(20*second + time.Duration(age)*second)
			if _, err := f.AvatarGroup(ctx, "missing"); !errors.Is(err, heygen.ErrNotFound) || len(*infos) != 1 {
				f.Fatal(err, *infos)
			}
			if i := (*infos)[0]; time.Since(i.StoredAt) != time.Duration(age)*second || i.FreshUntil != i.StoredAt.Add(10*second) || i.Public {
				f.Error(i)
			}
		}
		ctx, infos := f.observe()
		f.QueueFaults(sandbox.InternalError)
		if _, err := f.AvatarGroup(ctx, "another"); err == nil || len(*infos) != 1 || (*infos)[0] != (cache.Info{Endpoint: "GET /v3/avatars/{group_id}", Result: cache.Miss, Failed: true}) {
			f.Error(err, *infos)
		}
	})
}

func TestServingStaleIsLoggedOnceASecondWithoutKey(t *testing.T) {
	runWithFixture(t, sandbox.Options{}, func(f *fixture) {
		for _, g := range f.Groups()[:30] {
			_, _ = f.getGroup(g.ID, 1)
		}
		f.advanceTo(time.Minute)
		f.QueueFaults(slices.Repeat([]sandbox.Fault{sandbox.HTMLPage}, 30)...)
		for _, g := range f.Groups()[:30] {
			_, _ = f.getGroup(g.ID, 1)
		}
		f.advanceTo(time.Hour)
		f.QueueFaults(sandbox.BadGateway)
		_, _ = f.getGroup(f.Groups()[0].ID, 1)
		log := f.log.String()
		if strings.Count(log, "\n") != 2 || !strings.Contains(log, "suppressed=29") || !strings.Contains(log, "status=502") || strings.Contains(log, "secret") || strings.Contains(log, "127.0.0.1") {
			f.Error(log)
		}
	})
}

func TestSixHundredGroupsFitIn16MiB(t *testing.T) {
	const maxBytes = 16 << 20
	runWithFixture(t, sandbox.Options{}, func(f *fixture) {
		listed := listPages(f, func(token string) (heygen.Page[heygen.AvatarGroup], error) {
			return f.ListAvatarGroups(f.Context(), heygen.AvatarGroupsParams{Limit: heygen.MaxPageSize, Token: token})
		})
		if len(listed) < 600 || f.Size() > 1<<20 { // far less than MaxBytes
			f.Errorf("%d groups in %d bytes", len(listed), f.Size())
		}
		f.wantCalls(0, func() {
			for _, g := range listed {
				_, _ = f.AvatarGroup(f.Context(), g.ID)
			}
			_, _ = f.ListAvatarGroups(f.Context(), allGroups)
		})
		f.Logf("%d groups in %d bytes", len(listed), f.Size())
	}, func(o *cached.Options) { o.MaxBytes = maxBytes })
}
