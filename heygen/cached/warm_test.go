package cached_test

import (
	"context"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"heygen-graphql/heygen"
	"heygen-graphql/heygen/cached"
	"heygen-graphql/heygen/sandbox"
)

// keepWarm starts KeepWarm, and returns a function that ends it and waits for that.
func (f *fixture) keepWarm() (stop func()) {
	ctx, cancel := context.WithCancel(f.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		f.KeepWarm(ctx)
	}()
	return func() {
		cancel()
		<-done
	}
}

// warmPages returns the number of pages of the lists that are warmed.
func (f *fixture) warmPages() int {
	public := len(f.publicGroups())
	voices := map[string]int{}
	for _, v := range f.Voices() {
		voices[string(v.Type)]++
	}
	return pagesOf(len(f.Groups()), 50) + pagesOf(public, 50) + pagesOf(len(f.Groups())-public, 50) + pagesOf(voices["public"], 100) + pagesOf(voices["private"], 100)
}

// wantAllWarm fails unless the catalogues that are warmed cost no call.
func (f *fixture) wantAllWarm() {
	f.Helper()
	f.wantCalls(0, func() {
		for _, o := range []heygen.Ownership{"", heygen.Public, heygen.Private} {
			if _, err := f.AvatarGroupCatalogue(f.Context(), o); err != nil {
				f.Error(err)
			}
		}
		for _, v := range []heygen.VoiceType{heygen.PublicVoice, heygen.PrivateVoice} {
			if _, err := f.VoiceCatalogue(f.Context(), heygen.VoicesParams{Type: v}); err != nil {
				f.Error(err)
			}
		}
	})
}

func TestWarmCataloguesAreReadAtStartAndWhenStale(t *testing.T) {
	runWithSettledLists(t, sandbox.Options{Latency: second / 10}, func(f *fixture) {
		f.wantCalls(f.warmPages(), func() {
			defer f.keepWarm()()
			f.advanceTo(30 * second)
		})
		f.wantAllWarm()
	})
	runWithSettledLists(t, sandbox.Options{}, func(f *fixture) {
		f.wantCalls(60*f.warmPages(), func() { // each list once a minute
			defer f.keepWarm()()
			f.advanceTo(time.Hour - second)
		})
		f.wantAllWarm()
		defer f.keepWarm()()
		f.AddGroups(sandbox.Group{ID: "new", Name: "New", CreatedAt: 4e9})
		f.advanceTo(time.Hour + 10*second)
		f.wantAllWarm()
		f.wantGroups(f.publicGroups(), 0)
	})
}

// A group in training makes its catalogues stale every 5 s.
func TestWarmCataloguesAreNotReadMoreOftenThanEvery30Seconds(t *testing.T) {
	runWithSettledLists(t, sandbox.Options{}, func(f *fixture) {
		f.AddGroups(sandbox.Group{ID: "g", Name: "Ann", CreatedAt: 4e9, Status: new("processing")})
		defer f.keepWarm()()
		f.advanceTo(29 * second)
		f.wantCalls(2, func() { f.advanceTo(31 * second) }) // its page in two lists
		f.wantCalls(0, func() { f.advanceTo(59 * second) })
	})
}

func TestKeepWarmBacksOffAfterFailures(t *testing.T) {
	runWithSettledLists(t, sandbox.Options{}, func(f *fixture) {
		f.SetFaults(1, sandbox.Forbidden)
		defer f.keepWarm()()
		synctest.Wait()
		for _, pause := range []time.Duration{5, 10, 20, 40, 80, 160, 300, 300} {
			start := time.Since(f.start)
			f.wantCalls(0, func() { f.advanceTo(start + pause*second - 1) })
			f.wantCalls(5, func() { f.advanceTo(start + pause*second) })
		}
		f.SetFaults(0)
		f.advanceTo(time.Since(f.start) + 300*second)
		f.wantAllWarm()
		f.wantCalls(f.warmPages(), func() { f.advanceTo(time.Since(f.start) + 60*second) })
	})
}

// A list takes longer than a refresh may: the next attempt resumes.
func TestKeepWarmResumesListThatTakesLong(t *testing.T) {
	runWithSettledLists(t, sandbox.Options{Latency: second}, func(f *fixture) {
		defer f.keepWarm()()
		f.advanceTo(5 * time.Minute)
		f.wantAllWarm()
	}, func(o *cached.Options) { o.RefreshTimeout, o.Fresh = 8*second, time.Hour })
}

func TestKeepWarmReturns(t *testing.T) {
	runWithFixture(t, sandbox.Options{Latency: second}, func(f *fixture) {
		stop := f.keepWarm()
		f.advanceTo(3*second + second/2)
		f.wantCalls(0, stop) // it was reading a list
		if n := f.InFlight(); n != 0 {
			f.Errorf("%d calls in flight", n)
		}
	})
	runWithFixture(t, sandbox.Options{}, func(f *fixture) {
		f.wantCalls(0, func() { f.KeepWarm(f.Context()) })
	}, func(o *cached.Options) { o.MaxBytes = 0 })
}

// Reading it every minute would be in vain.
func TestKeepWarmBacksOffFromCatalogueThatExceedsTheCache(t *testing.T) {
	var walks []time.Duration
	var start time.Time
	runWithSettledLists(t, sandbox.Options{GroupCount: 1500}, func(f *fixture) {
		start = f.start
		defer f.keepWarm()()
		f.advanceTo(20 * time.Minute)
	}, func(o *cached.Options) {
		o.MaxBytes = 1 << 20
		o.ObserveWalk = func(w cached.CatalogueWalk) {
			if w.List == "groups" {
				walks = append(walks, time.Since(start))
			}
		}
	})
	want := []time.Duration{0, 5 * second, 15 * second, 35 * second, 75 * second, 155 * second, 315 * second, 615 * second, 915 * second}
	if !slices.Equal(walks, want) {
		t.Errorf("read at %v, want %v", walks, want)
	}
}
