package cached_test

import (
	"math/rand/v2"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"heygen-graphql/heygen"
	"heygen-graphql/heygen/cached"
	"heygen-graphql/heygen/catalogue"
	"heygen-graphql/heygen/sandbox"
)

// browse lets 100 clients browse for an hour: each makes a lookup of one of these kinds every
// four minutes or so, through the replica that its number selects, and no two at the same
// moment. It returns the number of calls of each path, and of all under "".
func (r *replicas) browse(seed uint64, kinds []int) map[string]int {
	n := 100 * 15
	if testing.Short() {
		n /= 5
	}
	random := rand.New(rand.NewPCG(seed, 2))
	groups := r.Groups()
	var voices []string
	for _, v := range r.Voices() {
		voices = append(voices, string(v.ID))
	}
	r.ResetCalls()
	for range n {
		<-time.After(time.Duration(random.ExpFloat64() * float64(time.Hour) / float64(n)))
		client, kind, choice := random.IntN(100), kinds[random.IntN(len(kinds))], random.IntN(1000)
		r.lookUp(r.clients[client%len(r.clients)], kind, choice, groups, voices)
		synctest.Wait() // for its refreshes
	}
	calls := map[string]int{}
	for _, call := range r.Calls() {
		calls[call.Path]++
		calls[""]++
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

func browsingOptions(o *cached.Options) {
	o.StaleWhileRevalidate, o.StaleIfError = 5*time.Minute, time.Hour
}

// Each lookup depends on nothing but the newest entry of all replicas.
func TestAnyNumberOfReplicasMakesTheCallsOfOne(t *testing.T) {
	var want map[string]int
	for _, n := range []int{1, 3, 10} {
		runWithReplicas(t, n, sandbox.Options{GroupCount: 120}, func(r *replicas) {
			got := r.browse(1, []int{1, 2, 3, 4, 6, 7})
			t.Logf("%d replicas: %d calls", n, got[""])
			if want == nil {
				want = got
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%d replicas: %d calls: %s", n, got[""], diff)
			}
		}, browsingOptions)
	}
}

// A replica that builds its first catalogue of a list from pages that are partly stale does
// not know when the other replicas read the list. It takes the fresh pages for newer ones,
// and does not fetch those again. So each list of so many pages saves each replica one call
// less than that, once; the others cannot save or cost one.
func TestSearchesOfAnyNumberOfReplicasMakeTheCallsOfOneOrFewer(t *testing.T) {
	want := 0
	for _, n := range []int{1, 3, 10} {
		runWithReplicas(t, n, sandbox.Options{GroupCount: 120}, func(r *replicas) {
			got := r.browse(6, []int{0, 1, 2, 3, 4, 5, 6, 7})[""]
			t.Logf("%d replicas: %d calls", n, got)
			public, private := len(r.publicGroups()), len(r.Groups())-len(r.publicGroups())
			saved := n * (pagesOf(len(r.Groups()), 50) + pagesOf(public, 50) + pagesOf(private, 50) + pagesOf(len(r.Voices()), 100) - 4)
			if want == 0 {
				want = got
			}
			if got > want || got < want-saved {
				t.Errorf("%d replicas: %d calls, want %d, or up to %d fewer", n, got, want, saved)
			}
		}, browsingOptions)
	}
}
