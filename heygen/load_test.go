package heygen_test

import (
	"context"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"heygen-graphql/heygen"
)

func loaded(t *testing.T, client *heygen.Client, when string, want heygen.Stats) {
	t.Helper()
	if diff := cmp.Diff(want, client.Stats()); diff != "" {
		t.Errorf("%s (- wanted, + got):\n%s", when, diff)
	}
}

func TestAClientThatDoesNothingHasNoLoad(t *testing.T) {
	client := newClient(t, found)
	loaded(t, client, "new", heygen.Stats{})
	_ = askGroup(t, client)
	loaded(t, client, "after a call", heygen.Stats{})
}

func TestLoadCountsCallsWithAndWithoutASlot(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		client := newClient(t, after(time.Second, found), func(o *heygen.Options) { o.MaxConcurrent = 2 })
		var all sync.WaitGroup
		for range 5 {
			all.Go(func() { _ = askGroup(t, client) })
		}
		for _, want := range []heygen.Stats{{InFlight: 2, Queued: 3}, {InFlight: 2, Queued: 1}, {InFlight: 1}} {
			synctest.Wait()
			loaded(t, client, "of five", want)
			<-time.After(time.Second)
		}
		all.Wait()
		loaded(t, client, "at the end", heygen.Stats{})
	})
}

func TestLoadTellsThePauseAndTheRate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		client := newClient(t, script(found, found, found, found, found, found, found, limited("10"), found))
		for range 8 {
			_ = askGroup(t, client)
		}
		loaded(t, client, "after the 429", heygen.Stats{PausedFor: 10 * time.Second, Rate: 4})
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		var one sync.WaitGroup
		one.Go(func() { _, _ = client.AvatarGroup(ctx, "g") })
		<-time.After(4 * time.Second)
		loaded(t, client, "in the pause", heygen.Stats{Queued: 1, PausedFor: 6 * time.Second, Rate: 4})
		one.Wait()
		loaded(t, client, "after the pause", heygen.Stats{Rate: 4})
		<-time.After(10 * time.Second)
		loaded(t, client, "10 s after it", heygen.Stats{Rate: 6})
		<-time.After(10 * time.Second)
		loaded(t, client, "20 s after it", heygen.Stats{})
	})
}

func TestLoadNamesTheEndpointsThatAreNotAsked(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		client := newClient(t, always(500, ""))
		for range 10 {
			_, _ = client.Voice(t.Context(), "v")
			_, _ = client.ListAvatarGroups(t.Context(), heygen.AvatarGroupsParams{})
		}
		for range 9 {
			_ = askGroup(t, client)
		}
		loaded(t, client, "after ten failures", heygen.Stats{OpenBreakers: []string{"GET /v3/avatars", "GET /v3/voices/{voice_id}"}})
		<-time.After(5 * time.Second)
		loaded(t, client, "when one call may try", heygen.Stats{})
		_, _ = client.Voice(t.Context(), "v")
		loaded(t, client, "when that has failed", heygen.Stats{OpenBreakers: []string{"GET /v3/voices/{voice_id}"}})
	})
}
