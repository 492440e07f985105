package graph

import (
	"context"
	"sync"

	"github.com/99designs/gqlgen/graphql"

	"heygen-graphql/heygen"
	"heygen-graphql/internal/cache"
)

// HeyGen sends no ownership with a group. It is known of a group in a list that filters
// by it: one that the operation fetches, or one that the cache holds.

// ownershipCache is an upstream that caches the ownership of groups from lists that
// other operations fetched. It returns "" for a group of unknown ownership.
type ownershipCache interface {
	AvatarGroupOwnership(heygen.GroupID) heygen.Ownership
	// OwnershipDependency is what a response depends on that contains such an ownership.
	OwnershipDependency() cache.Dependency
}

// ownershipByGroup is what an operation knows of the ownership of groups.
type ownershipByGroup struct {
	cache    ownershipCache         // nil: there is none
	dependOn func(cache.Dependency) // makes the response depend on an entry of the cache

	mu       sync.Mutex
	listed   map[heygen.GroupID]heygen.Ownership // from the operation's own lists
	resolved map[heygen.GroupID]heygen.Ownership // from the cache, "" included: the same value on every path
	ended    int                                 // lists of the operation that filter by ownership and have ended
	expected int                                 // how many there are; set with allEnded
	allEnded chan struct{}                       // nil: no field has waited yet
}

// add records the ownership that a list filters by for one of its groups.
func (o *ownershipByGroup) add(id heygen.GroupID, ownership heygen.Ownership) {
	if ownership == "" {
		return
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.listed == nil {
		o.listed = map[heygen.GroupID]heygen.Ownership{}
	}
	o.listed[id] = ownership
}

// listedAs returns the ownership of a group by the operation's own lists so far, or "" if
// it is unknown.
func (o *ownershipByGroup) listedAs(id heygen.GroupID) heygen.Ownership {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.listed[id]
}

// listEnded records that one of the operation's lists that filter by ownership has been
// fetched, or has failed.
func (o *ownershipByGroup) listEnded() {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.ended++; o.allEnded != nil && o.ended == o.expected {
		close(o.allEnded)
	}
}

// resolve returns the ownership of a group, or "" if it is unknown. It makes no call. If
// the group is in none of the operation's lists so far, resolve waits until all that
// filter by ownership have ended, so that the value does not depend on which list is
// fetched first. ctx is that of a field of the operation; the wait ends with the
// operation's deadline, given by operationCtx.
func (o *ownershipByGroup) resolve(ctx, operationCtx context.Context, id heygen.GroupID) heygen.Ownership {
	if ownership := o.listedAs(id); ownership != "" {
		return ownership
	}
	select {
	case <-o.listsEnded(ctx):
	case <-operationCtx.Done():
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	if ownership := o.listed[id]; ownership != "" || o.cache == nil {
		return ownership
	}
	ownership, known := o.resolved[id]
	if !known {
		if o.resolved == nil {
			o.resolved = map[heygen.GroupID]heygen.Ownership{}
		}
		if len(o.resolved) == 0 { // before the first is read
			o.dependOn(o.cache.OwnershipDependency())
		}
		ownership = o.cache.AvatarGroupOwnership(id)
		o.resolved[id] = ownership
	}
	return ownership
}

// listsEnded returns a channel that is closed when all lists of the operation that filter
// by ownership have ended. Only root fields are such lists, and none of them waits for it.
func (o *ownershipByGroup) listsEnded(ctx context.Context) <-chan struct{} {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.allEnded == nil {
		o.expected, o.allEnded = listsByOwnership(graphql.GetOperationContext(ctx)), make(chan struct{})
		if o.ended >= o.expected {
			close(o.allEnded)
		}
	}
	return o.allEnded
}

// listsByOwnership counts the root fields of an operation that list groups and filter by
// ownership.
func listsByOwnership(op *graphql.OperationContext) (n int) {
	for _, field := range graphql.CollectFields(op, op.Operation.SelectionSet, []string{"Query"}) {
		if field.Name == "avatarGroups" && field.ArgumentMap(op.Variables)["ownership"] != nil {
			n++
		}
	}
	return n
}

// resolveOwnership resolves AvatarGroup.ownership.
func resolveOwnership(ctx context.Context, group *heygen.AvatarGroup) *heygen.Ownership {
	s := operationScopeFrom(ctx)
	if ownership := s.groupOwnership.resolve(ctx, s.ctx, group.ID); ownership != "" {
		return &ownership
	}
	return nil
}
