package cached_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"heygen-graphql/heygen"
	"heygen-graphql/heygen/cached"
	"heygen-graphql/heygen/sandbox"
	"heygen-graphql/internal/cache"
	"heygen-graphql/internal/cache/cachetest"
)

// sharedStore implements [cached.SharedState] without limits.
type sharedStore struct{ *cachetest.Store }

func (s sharedStore) Tenant(credential [32]byte, e cached.SharedEvents) cached.SharedTenant {
	return sharedTenant{s.Store.Tenant(credential, e.Invalidated, e.Announced)}
}

type sharedTenant struct{ *cachetest.Tenant }

func (sharedTenant) AcquireSlot(context.Context) (release func(), backoff time.Duration, err error) {
	return func() {}, 0, nil
}
func (sharedTenant) BackOff(time.Duration) {}

// replicas are caching clients of one sandbox over one store, each with limits of its own.
type replicas struct {
	*fixture
	store   *cachetest.Store
	options cached.Options
	clients []*cached.Client
}

// runWithReplicas is runWithFixture with so many clients. The fixture's is the first.
func runWithReplicas(t *testing.T, n int, o sandbox.Options, test func(*replicas), configure ...func(*cached.Options)) {
	r := &replicas{store: cachetest.New()}
	configure = append(configure, func(o *cached.Options) {
		o.Shared = sharedStore{r.store}
		r.options = *o
	})
	runWithFixture(t, o, func(f *fixture) {
		r.fixture, r.clients = f, []*cached.Client{f.Client}
		for range n - 1 {
			r.add()
		}
		test(r)
		for _, c := range r.clients[1:] {
			c.Close()
		}
	}, configure...)
}

// add starts another replica.
func (r *replicas) add() *cached.Client {
	options := r.options
	options.HeyGen = r.uncached.WithOwnLimits()
	c := cached.New(options)
	r.clients = append(r.clients, c)
	return c
}

// onAll calls do for so many callers of each replica at once.
func (r *replicas) onAll(callers int, do func(*cached.Client)) {
	var all sync.WaitGroup
	for _, c := range r.clients {
		for range callers {
			all.Go(func() { do(c) })
		}
	}
	all.Wait()
}

// resultOf returns the result of the lookup that do makes.
func (r *replicas) resultOf(do func(context.Context)) cache.Result {
	r.Helper()
	ctx, infos := r.observe()
	do(ctx)
	if len(*infos) != 1 {
		r.Fatal(*infos)
	}
	return (*infos)[0].Result
}

// monica gets group_monica from a replica.
func (r *replicas) monica(c *cached.Client) (heygen.AvatarGroup, error) {
	return c.AvatarGroup(r.Context(), "group_monica")
}
