package cached_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"heygen-graphql/heygen"
	"heygen-graphql/heygen/cached"
	"heygen-graphql/heygen/sandbox"
	"heygen-graphql/internal/cache/cachetest"
)

func TestFailuresCostWhatTheyCostOneReplica(t *testing.T) {
	for _, test := range []struct {
		name   string
		faults []sandbox.Fault
		id     string
		want   error
		calls  int // of three lookups at once, and of three more
	}{
		{"not found", nil, "missing", heygen.ErrNotFound, 1},
		{"payment required", slices.Repeat([]sandbox.Fault{sandbox.PaymentRequired}, 4), "group_monica", heygen.ErrPaymentRequired, 4},
		{"unavailable", slices.Repeat([]sandbox.Fault{sandbox.InternalError}, 4), "group_monica", heygen.ErrUnavailable, 4},
		{"teapot", slices.Repeat([]sandbox.Fault{sandbox.Teapot}, 4), "group_monica", heygen.ErrRejected, 4},
	} {
		for _, n := range []int{1, 3} {
			runWithReplicas(t, n, sandbox.Options{Latency: second}, func(r *replicas) {
				get := func(c *cached.Client) {
					_, err := c.AvatarGroup(r.Context(), heygen.GroupID(test.id))
					got, ok := errors.AsType[*heygen.Error](err)
					if !ok || got.Kind != test.want || got.Endpoint != heygen.EndpointGetAvatarGroup || got.Status == 0 || got.Code == "" && got.Cause == "" {
						t.Errorf("%s: %+v", test.name, got)
					}
				}
				r.QueueFaults(test.faults...)
				r.wantCalls(test.calls, func() {
					r.onAll(3/n, get)
					for i := range 3 {
						get(r.clients[i%n])
					}
				})
			})
		}
	}
}

func TestDeadEndPageIsSharedByConcurrentLookupsAlone(t *testing.T) {
	for _, n := range []int{1, 3} {
		runWithReplicas(t, n, sandbox.Options{Latency: second}, func(r *replicas) {
			r.QueueFaults(sandbox.MoreWithoutToken)
			list := func(c *cached.Client, want string) {
				page, err := c.ListAvatarGroups(r.Context(), allGroups)
				if got := fmt.Sprint(page.HasMore, page.NextToken != ""); err != nil || got != want {
					r.Error(got, err)
				}
			}
			r.wantCalls(1, func() { r.onAll(3/n, func(c *cached.Client) { list(c, "true false") }) })
			r.wantCalls(1, func() { list(r.clients[n-1], "true true") })
			r.wantCalls(0, func() { list(r.clients[0], "true true") })
		})
	}
}

func TestRejectedKeyEmptiesAllReplicas(t *testing.T) {
	for fault, endpoint := range map[sandbox.Fault]string{sandbox.Unauthorized: "*", sandbox.Forbidden: heygen.EndpointGetAvatarGroup} {
		runWithReplicas(t, 3, sandbox.Options{}, func(r *replicas) {
			for _, c := range r.clients {
				_, _ = c.ListAvatarGroups(r.Context(), allGroups)
				_, _ = r.monica(c)
			}
			r.QueueFaults(fault)
			_, _ = r.clients[0].AvatarGroup(r.Context(), "another")
			for n, c := range r.clients {
				r.wantCalls(map[bool]int{true: 1, false: 0}[n == 0], func() {
					if _, err := c.ListAvatarGroups(r.Context(), allGroups); err != nil {
						r.Error(err)
					}
				})
				if err := c.Health(r.Context()); n > 0 && (err != nil) != (endpoint == "*") {
					r.Errorf("%s: %v", fault, err)
				}
			}
			if n := r.store.Counts().Invalidations; n != 1 {
				r.Errorf("%d invalidations", n)
			}
			if log := r.log.String(); strings.Count(log, "cache invalidated by another replica") != 2 || !strings.Contains(log, endpoint) {
				r.Error(log)
			}
		})
	}
}

func TestRejectedCallersKeyIsNotSentByOtherReplicas(t *testing.T) {
	runWithReplicas(t, 2, sandbox.Options{Keys: []string{"sk_V2_secret", "sk_V2_ada"}}, func(r *replicas) {
		get := func(c *cached.Client) error {
			_, err := c.ForKey(newKey("ada")).AvatarGroup(r.Context(), "group_monica")
			return err
		}
		for _, c := range r.clients {
			if err := get(c); err != nil {
				r.Fatal(err)
			}
		}
		r.SetKeys("sk_V2_secret")
		r.advanceTo(2 * time.Minute)
		r.wantCalls(1, func() { _ = get(r.clients[0]) })
		for _, c := range r.clients {
			r.wantCalls(0, func() {
				if err := get(c); !errors.Is(err, heygen.ErrUnauthenticated) {
					r.Error(err)
				}
			})
		}
	})
}

func TestFaultyStoreChangesNoResponse(t *testing.T) {
	for _, fault := range []cachetest.Fault{cachetest.Unavailable, cachetest.Hangs, cachetest.Forgets, cachetest.Garbage} {
		runWithReplicas(t, 3, sandbox.Options{}, func(r *replicas) {
			r.store.SetFault(fault)
			var want []heygen.AvatarGroup
			for _, c := range r.clients {
				r.Client = c
				for _, calls := range []int{pagesOf(len(r.Groups()), heygen.MaxPageSize), 0} {
					r.wantCalls(calls, func() {
						groups := listPages(r.fixture, func(token string) (heygen.Page[heygen.AvatarGroup], error) {
							return c.ListAvatarGroups(r.Context(), heygen.AvatarGroupsParams{Limit: heygen.MaxPageSize, Token: token})
						})
						if want == nil {
							want = groups
						}
						if !cmp.Equal(groups, want, ignoreSignatures) {
							r.Errorf("fault %d: the groups differ", fault)
						}
					})
				}
				r.getGroup("missing", 1)
			}
			r.Client = r.clients[0]
		})
	}
}

func TestStoreThatIsFlushedCostsOneCall(t *testing.T) {
	runWithReplicas(t, 3, sandbox.Options{}, func(r *replicas) {
		_, _ = r.monica(r.clients[0])
		r.store.Flush()
		r.wantCalls(0, func() { _, _ = r.monica(r.clients[0]) })
		r.wantCalls(1, func() { _, _ = r.monica(r.clients[1]); _, _ = r.monica(r.clients[2]) })
	})
}

// A record that is loaded between the two steps of an invalidation is of before it.
func TestInvalidationRemovesWhatIsLoadedMeanwhile(t *testing.T) {
	runWithReplicas(t, 2, sandbox.Options{}, func(r *replicas) {
		for _, c := range r.clients {
			_, _ = r.monica(c)
		}
		r.store.BeforeInvalidation(func() { _, _ = r.monica(r.clients[0]) })
		r.QueueFaults(sandbox.Unauthorized)
		_, _ = r.clients[0].AvatarGroup(r.Context(), "another")
		r.wantCalls(1, func() { _, _ = r.monica(r.clients[0]) })
	})
}

// The server's own key is sent again and again after a 401.
func TestRejectedKeyIsAnnouncedOnce(t *testing.T) {
	runWithReplicas(t, 3, sandbox.Options{}, func(r *replicas) {
		for _, c := range r.clients {
			_, _ = r.monica(c)
		}
		r.SetKeys("sk_V2_other")
		r.advanceTo(2 * time.Hour)
		for n := range 50 {
			for _, c := range r.clients {
				if _, err := c.AvatarGroup(r.Context(), heygen.GroupID(fmt.Sprint("group ", n))); !errors.Is(err, heygen.ErrUnauthenticated) {
					r.Fatal(err)
				}
			}
		}
		if n := r.store.Counts().Invalidations; n != 1 {
			r.Errorf("%d invalidations", n)
		}
		if log := r.log.String(); strings.Count(log, "cache invalidated by another replica") != 2 || strings.Count(log, "rejects the key") != 1 {
			r.Errorf("%d lines", strings.Count(log, "\n"))
		}
		r.SetKeys("sk_V2_secret")
		for _, c := range r.clients {
			if _, err := r.monica(c); err != nil {
				r.Error(err)
			}
		}
		r.SetKeys("sk_V2_other")
		r.advanceTo(2*time.Hour + 11*second)
		_, _ = r.clients[1].AvatarGroup(r.Context(), "another")
		if n := r.store.Counts().Invalidations; n != 2 {
			r.Errorf("%d invalidations, the second time", n)
		}
		r.SetKeys("sk_V2_secret")
	})
}
