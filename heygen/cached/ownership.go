package cached

import (
	"sync/atomic"
	"time"

	"heygen-graphql/heygen"
	"heygen-graphql/internal/cache"
)

// ownershipKey is the cache key of a group's ownership. HeyGen sends no ownership: it is
// known of the groups in a list that filters by it.
//
// It is an entry of its own, of some 420 bytes, because a group is replaced by what
// HeyGen sends of it later, in a list that does not filter. It expires after Fresh,
// StaleWhileRevalidate and StaleIfError together, even if its list page expires earlier,
// counts toward MaxBytes, and is invalidated with its tenant's other entries.
type ownershipKey heygen.GroupID

// privateOwner is the value of an ownership entry: whether the group belongs to the account.
type privateOwner bool

// AvatarGroupOwnership returns the ownership of a group, or "" if no list that filters by
// it has contained the group, or if that entry has expired or was evicted or invalidated.
// The entry is independent of the list page. AvatarGroupOwnership makes no call.
func (c *Client) AvatarGroupOwnership(id heygen.GroupID) heygen.Ownership {
	switch private, known := cache.Peek[privateOwner](c.scope, ownershipKey(id)); {
	case !known:
		return ""
	case bool(private):
		return heygen.Private
	default:
		return heygen.Public
	}
}

// OwnershipDependency returns a dependency on all that is known of ownerships now: it is
// valid until a list adds to it or contradicts it.
func (c *Client) OwnershipDependency() cache.Dependency {
	return ownershipDependency{&c.tenant.ownershipChanges, c.tenant.ownershipChanges.Load()}
}

type ownershipDependency struct {
	changes *atomic.Uint64
	seen    uint64
}

// Valid reports whether no ownership has become known or changed since.
func (d ownershipDependency) Valid() bool { return d.changes.Load() == d.seen }

// storeOwnership caches the ownership of the groups of a page that HeyGen has just returned.
func storeOwnership(c *Client, p heygen.AvatarGroupsParams, groups []heygen.AvatarGroup, at time.Time, of cache.Snapshot) {
	if p.Ownership == "" {
		return
	}
	until := at.Add(c.options.Fresh + c.options.StaleWhileRevalidate + c.options.StaleIfError)
	changed := false
	for i := range groups {
		changed = changed || c.AvatarGroupOwnership(groups[i].ID) != p.Ownership
		cache.Put(of, ownershipKey(groups[i].ID), privateOwner(p.Ownership == heygen.Private), at, cache.Expiry{Fresh: until, Stale: until, Expires: until})
	}
	if changed {
		c.tenant.ownershipChanges.Add(1)
	}
}
