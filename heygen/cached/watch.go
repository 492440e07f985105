package cached

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"strings"
	"time"

	"heygen-graphql/heygen"
	"heygen-graphql/internal/cache"
	"heygen-graphql/internal/poll"
)

// watchedItem is the key of an item that is polled for those who watch it.
type watchedItem[K comparable] struct {
	tenant *tenant
	id     K
}

// itemPollers are the pollers of one kind of item.
type itemPollers[K ~string, T any] = poll.Pollers[watchedItem[K], T]

// The first word of an announcement: the kind of the item that another process has polled, or
// that HeyGen has sent a webhook.
const (
	announceGroup = "group"
	announceLook  = "look"
	announceWake  = "wake"
)

// newPollers returns the pollers of one kind of item. What they fetch is cached, so that
// queries see it, too.
func newPollers[K ~string, T any, P comparable](s *shared, r *resource[K, T, P], kind string) *itemPollers[K, T] {
	return poll.New(poll.Options[watchedItem[K], T]{
		Interval: s.options.PollInterval,
		Equal:    r.equalExceptSignatures,
		Classify: classifyPollError,
		RetryAfter: func(err error) time.Duration {
			if e, ok := errors.AsType[*heygen.Error](err); ok {
				return e.RetryAfter
			}
			return 0
		},
		Announce: func(key watchedItem[K]) { key.tenant.announce(kind + " " + string(key.id)) },
		Observe:  s.options.ObservePoll,
	})
}

// classifyPollError returns whether another poll may succeed.
func classifyPollError(err error) poll.ErrorClass {
	if errors.Is(err, heygen.ErrNotFound) {
		return poll.Gone
	}
	if e, ok := errors.AsType[*heygen.Error](err); ok && e.Retryable() {
		return poll.Passes
	}
	for _, kind := range []error{heygen.ErrUnauthenticated, heygen.ErrPaymentRequired, heygen.ErrForbidden, heygen.ErrBadRequest, heygen.ErrRejected} {
		if errors.Is(err, kind) {
			return poll.Stays
		}
	}
	return poll.Passes
}

// equalExceptSignatures reports whether two items differ in the signatures of their preview
// URLs at most: HeyGen signs them again for each response.
func (r *resource[K, T, P]) equalExceptSignatures(a, b *T) bool {
	b = new(*b)
	for i, u := range r.previewURLs(b) {
		if old := *r.previewURLs(a)[i]; old != nil && *u != nil && heygen.SamePreviewURL(*old, **u) {
			*u = old
		}
	}
	return reflect.DeepEqual(a, b)
}

// ageError is by how much the ages of one record may differ between two loads.
const ageError = 250 * time.Millisecond

// fetch returns the fetch of a poller, with the credential of the first who watches the item.
func (r *resource[K, T, P]) fetch(c *Client, id K) poll.Fetch[T] {
	return func(ctx context.Context, since time.Time) (poll.Result[T], error) {
		request := r.itemRequest(ctx, c, id)
		if !since.IsZero() {
			// A record's age in the second level is approximate: the same one may seem newer.
			newer := since.Add(ageError)
			request.Accept = func(storedAt time.Time, _ cache.Expiry) bool { return storedAt.After(newer) }
			request.ServeSince = newer // whether or not it is fresh: the poller decides when it is due
		}
		entry, err := r.getItem(ctx, c, request)
		if err != nil {
			return poll.Result[T]{}, err
		}
		storedAt := entry.StoredAt
		if storedAt.IsZero() { // nothing is cached
			storedAt = time.Now()
		}
		return poll.Result[T]{Value: entry.Value.Value, StoredAt: storedAt, Foreign: entry.Result == cache.SharedHit}, nil
	}
}

// WatchAvatarGroup watches one group. All who watch it with the same key share its polls.
func (c *Client) WatchAvatarGroup(id heygen.GroupID) *poll.Watch[heygen.AvatarGroup] {
	return c.groupPollers.Watch(watchedItem[heygen.GroupID]{c.tenant, id}, groupResource.fetch(c, id))
}

// WatchAvatarLook watches one look. All who watch it with the same key share its polls.
func (c *Client) WatchAvatarLook(id heygen.LookID) *poll.Watch[heygen.AvatarLook] {
	return c.lookPollers.Watch(watchedItem[heygen.LookID]{c.tenant, id}, lookResource.fetch(c, id))
}

// Wake polls the watched items with these ids at once, of all keys and in all processes. Where
// none of them is watched, it polls all: what an event of HeyGen names may be another id.
func (c *Client) Wake(ids []string) {
	c.wake(time.Now(), ids)
	announcement := announceWake
	for _, id := range ids {
		if len(announcement)+1+len(id) > MaxAnnouncement { // too many to name
			announcement = announceWake
			break
		}
		announcement += " " + id
	}
	c.own.announce(announcement)
}

// wake polls what HeyGen has sent an event about, unless that was fetched after since.
func (s *shared) wake(since time.Time, ids []string) {
	n := s.groupPollers.Wake(since, func(key watchedItem[heygen.GroupID]) bool { return slices.Contains(ids, string(key.id)) })
	n += s.lookPollers.Wake(since, func(key watchedItem[heygen.LookID]) bool { return slices.Contains(ids, string(key.id)) })
	if n == 0 {
		s.groupPollers.Wake(since, func(watchedItem[heygen.GroupID]) bool { return true })
		s.lookPollers.Wake(since, func(watchedItem[heygen.LookID]) bool { return true })
	}
}

// Polls returns how many items are polled, and for how many watches.
func (c *Client) Polls() poll.Stats {
	groups, looks := c.groupPollers.Stats(), c.lookPollers.Stats()
	return poll.Stats{Pollers: groups.Pollers + looks.Pollers, Watches: groups.Watches + looks.Watches}
}

// announce announces something to the other processes.
func (t *tenant) announce(announcement string) {
	if t.replicas != nil && len(announcement) <= MaxAnnouncement {
		t.replicas.Announce(announcement)
	}
}

// onAnnounced handles what another process announces.
func (s *shared) onAnnounced(t *tenant, announcement string) {
	kind, rest, _ := strings.Cut(announcement, " ")
	switch kind {
	case announceGroup:
		s.groupPollers.Announced(watchedItem[heygen.GroupID]{t, heygen.GroupID(rest)})
	case announceLook:
		s.lookPollers.Announced(watchedItem[heygen.LookID]{t, heygen.LookID(rest)})
	case announceWake:
		// No lower bound: the value that another process fetches for this event will do.
		s.wake(time.Time{}, strings.Fields(rest))
	}
}
