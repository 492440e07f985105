package cached_test

import (
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"heygen-graphql/heygen"
	"heygen-graphql/heygen/cached"
	"heygen-graphql/heygen/catalogue"
	"heygen-graphql/heygen/sandbox"
)

// browse lets 100 clients browse for an hour: each makes a lookup every two minutes or so,
// through the replica that its number selects. It returns the number of calls of each kind.
func (r *replicas) browse() map[string]int {
	random := rand.New(rand.NewPCG(1, 2))
	groups := r.Groups()
	var voices []string
	for _, v := range r.Voices() {
		voices = append(voices, string(v.ID))
	}
	r.ResetCalls()
	var lookups sync.WaitGroup
	for range 100 * 30 {
		<-time.After(time.Duration(random.ExpFloat64() * float64(time.Hour) / (100 * 30)))
		client, kind, choice := random.IntN(100), random.IntN(8), random.IntN(1000)
		lookups.Go(func() { r.lookUp(r.clients[client%len(r.clients)], kind, choice, groups, voices) })
	}
	lookups.Wait()
	calls := map[string]int{}
	for _, call := range r.Calls() {
		calls[call.Path]++
		calls["all"]++
	}
	return calls
}

// lookUp makes a lookup of one of eight kinds.
func (r *replicas) lookUp(c *cached.Client, kind, choice int, groups []sandbox.Group, voices []string) {
	var err error
	ctx, ownership := r.Context(), []heygen.Ownership{"", heygen.Public, heygen.Private}[choice%3]
	switch kind {
	case 0:
		_, err = c.AvatarGroupCatalogue(ctx, ownership)
	case 1:
		var page heygen.Page[heygen.AvatarGroup]
		p := heygen.AvatarGroupsParams{Limit: heygen.MaxPageSize, Ownership: ownership}
		for n := 0; n <= choice%4 && err == nil; n++ {
			if page, err = c.ListAvatarGroups(ctx, p); page.NextToken == "" {
				break
			}
			p.Token = page.NextToken
		}
	case 2, 3:
		_, err = c.AvatarGroup(ctx, heygen.GroupID(groups[choice%len(groups)].ID))
	case 4:
		_, err = c.ListAvatarLooks(ctx, heygen.AvatarLooksParams{Limit: 20, GroupID: heygen.GroupID(groups[choice%50].ID)})
	case 5:
		_, err = c.VoiceCatalogue(ctx, heygen.VoicesParams{Type: heygen.PublicVoice})
	case 6:
		_, err = c.Voice(ctx, heygen.VoiceID(voices[choice%len(voices)]))
	case 7:
		_, err = c.AvatarLookCatalogue(ctx, heygen.AvatarLooksParams{GroupID: heygen.GroupID(groups[choice%50].ID)})
		if err == catalogue.ErrTooDeep {
			err = nil
		}
	}
	if err != nil {
		r.Error(err)
	}
}

func TestAnyNumberOfReplicasMakesTheCallsOfOne(t *testing.T) {
	var want map[string]int
	for _, n := range []int{1, 3, 10} {
		runWithReplicas(t, n, sandbox.Options{Latency: 50 * time.Millisecond, GroupCount: 120}, func(r *replicas) {
			got := r.browse()
			if want == nil {
				want = got
			}
			t.Log(n, got["all"], r.store.Counts())
			for path, calls := range got {
				if calls != want[path] {
					t.Errorf("%d replicas: %s: %d calls, want %d", n, path, calls, want[path])
				}
			}
		}, func(o *cached.Options) {
			o.StaleWhileRevalidate, o.StaleIfError = 5*time.Minute, time.Hour
			if n == 1 {
				o.Shared = nil
			}
		})
	}
}
