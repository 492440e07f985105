package cached

import (
	"cmp"
	"context"
	"log/slog"
	"time"

	"heygen-graphql/heygen"
	"heygen-graphql/internal/cache"
)

// SharedState is what several processes share, such as Redis.
type SharedState interface {
	// Tenant returns what the processes share for a HeyGen key, by an HMAC of the key.
	Tenant(credential [32]byte, e SharedEvents) SharedTenant
}

// SharedEvents are what other processes report about a HeyGen key. The functions must not
// block.
type SharedEvents struct {
	// Invalidated is called when another process invalidates the entries, with the endpoint
	// that HeyGen forbids, "*" for all, or "" if that is unknown.
	Invalidated func(endpoint string)
	// BackedOff is called when another process is rate limited.
	BackedOff func(time.Duration)
	// Announced is called with what another process announces.
	Announced func(announcement string)
}

// SharedTenant is what several processes share for one HeyGen key.
type SharedTenant interface {
	cache.SecondLevel
	heygen.SharedLimits
	// Invalidate removes all records, and lets the other processes invalidate their
	// entries.
	Invalidate(ctx context.Context, endpoint string)
	// Announce calls Announced in the other processes, unless the announcement is lost. It
	// does not wait. An announcement has at most [MaxAnnouncement] bytes.
	Announce(announcement string)
	// Close is called when the tenant is evicted, and does not wait. Calls after it return
	// nothing.
	Close()
}

// MaxAnnouncement is the maximum length of an announcement.
const MaxAnnouncement = 512

// defaultSharedSecret is used without Options.SharedSecret. HeyGen's keys are random and
// long: their hashes do not reveal them even if the secret is known.
const defaultSharedSecret = "heygen-graphql"

func (s *shared) sharedSecret() []byte {
	return []byte(cmp.Or(s.options.SharedSecret, defaultSharedSecret))
}

// newTenant returns the tenant of a key. What other processes do to it is logged at this
// level.
func (s *shared) newTenant(base *heygen.Client, credential [32]byte, level slog.Level) *tenant {
	t := &tenant{base: base, scope: s.cache.NewScope(), health: newHealth()}
	if s.options.Shared == nil {
		return t
	}
	ready := make(chan struct{}) // a message of another process may come before base is set
	t.replicas = s.options.Shared.Tenant(credential, SharedEvents{
		Invalidated: func(endpoint string) {
			if t.onInvalidated(endpoint) {
				s.options.Logger.Log(context.Background(), level, "cache invalidated by another replica", "endpoint", endpoint)
			}
		},
		BackedOff: func(d time.Duration) {
			<-ready
			t.base.BackOff(d)
		},
		Announced: func(announcement string) { s.onAnnounced(t, announcement) },
	})
	t.base = base.WithSharedLimits(t.replicas)
	close(ready)
	t.scope.SetSecondLevel(t.replicas)
	return t
}

// onInvalidated does what handleAuthOutcome does, after an error that another process
// has received. It reports whether that is to be logged.
func (t *tenant) onInvalidated(endpoint string) (first bool) {
	t.removeEntries()
	if endpoint == "" {
		_, first = t.invalidationLog.Allow()
		return first
	}
	first, _ = t.forbidden.forbid(endpoint, time.Now())
	if endpoint == allEndpoints {
		t.rejectedAt.Store(time.Now().UnixNano())
	}
	return first
}

func (t *tenant) closeReplicas() {
	if t.replicas != nil {
		t.replicas.Close()
	}
}
