package graph

import (
	"context"
	"sync"

	"heygen-graphql/heygen"
)

// A list without ownership is documented as one of both kinds, and some were
// given the public ones alone. Should it be so for the looks of a group as well,
// a private group would have none. So they are asked for as their group was:
//
//   - of a group that a list brought, with the ownership of that list. Without
//     one it holds no private groups if HeyGen leaves them out;
//   - of one fetched by its id, without, and where that gives nothing though the
//     group has looks, once more as private.
//
// A cursor goes on with the ownership that its list began with: the first letter
// of its token says which.

// listedGroups remembers which ownership the lists had that brought groups.
type listedGroups struct {
	mu sync.Mutex
	by map[heygen.GroupID]heygen.Ownership
}

func (l *listedGroups) add(id heygen.GroupID, o heygen.Ownership) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.by == nil {
		l.by = map[heygen.GroupID]heygen.Ownership{}
	}
	if l.by[id] == "" { // of two lists, that with an ownership tells more
		l.by[id] = o
	}
}

func (l *listedGroups) ownership(id heygen.GroupID) (o heygen.Ownership, listed bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	o, listed = l.by[id]
	return o, listed
}

// ownershipLetters begin the tokens of lists of each ownership.
var ownershipLetters = map[heygen.Ownership]string{"": "-", heygen.Public: "u", heygen.Private: "r"}

// looksAsListed gives the pages of a group's looks.
func (r *Resolver) looksAsListed(op *operation, group *heygen.AvatarGroup, p heygen.AvatarLooksParams) func(context.Context, string) (heygen.Page[heygen.AvatarLook], error) {
	return func(ctx context.Context, token string) (heygen.Page[heygen.AvatarLook], error) {
		p, listed := p, true
		if token == "" {
			p.Ownership, listed = op.listed.ownership(group.ID)
		}
		for o, letter := range ownershipLetters {
			if token != "" && token[:1] == letter {
				p.Ownership, p.Token = o, token[1:]
			}
		}
		page, err := r.HeyGen.ListAvatarLooks(ctx, p)
		if err == nil && !listed && !page.HasMore && len(page.Data) == 0 && group.LooksCount > 0 {
			p.Ownership = heygen.Private
			page, err = r.HeyGen.ListAvatarLooks(ctx, p)
		}
		if page.NextToken != "" {
			page.NextToken = ownershipLetters[p.Ownership] + page.NextToken
		}
		return page, err
	}
}
