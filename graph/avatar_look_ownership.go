package graph

import (
	"context"
	"errors"
	"sync"

	"heygen-graphql/graph/errcode"
	"heygen-graphql/heygen"
)

// A list without ownership is documented as one of both kinds, and some were
// given the public ones alone. Should it be so for the looks of a group as well,
// a private group would seem to have none. So, where the list is empty though
// the group has looks, it is asked for once more as private. Of a group that a
// list of private or of public ones brought it is known which it is: then there
// is one call in any case.
//
// A cursor goes on with the ownership that its list began with: the first letter
// of its token says which.

// ownershipByGroup remembers the ownership of groups, as far as lists told it.
type ownershipByGroup struct {
	mu sync.Mutex
	by map[heygen.GroupID]heygen.Ownership
}

func (l *ownershipByGroup) add(id heygen.GroupID, o heygen.Ownership) {
	if o == "" {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.by == nil {
		l.by = map[heygen.GroupID]heygen.Ownership{}
	}
	l.by[id] = o
}

// ownership is empty where it is not known.
func (l *ownershipByGroup) ownership(id heygen.GroupID) heygen.Ownership {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.by[id]
}

// What the tokens of a group's looks begin with.
const (
	tokenUnfiltered = '-' // the list is one without ownership
	tokenPrivate    = 'r'
)

// refuses tells whether HeyGen said no to what was only a second try: then what
// it answered to the first one stands.
func isRejection(err error) bool {
	return errors.Is(err, heygen.ErrNotFound) || errors.Is(err, heygen.ErrBadRequest) || errors.Is(err, heygen.ErrForbidden)
}

var errForeignToken = &Error{Code: errcode.InvalidCursor, Message: "`after` cannot be used: it was never a cursor of this API."}

// looksWithOwnershipFallback gives the pages of a group's looks.
func looksWithOwnershipFallback(op *operationScope, group *heygen.AvatarGroup, p heygen.AvatarLooksParams) func(context.Context, string) (upstreamPage[heygen.AvatarLook], error) {
	return func(ctx context.Context, token string) (upstreamPage[heygen.AvatarLook], error) {
		p, letter := p, byte(tokenUnfiltered)
		known := op.groupOwnership.ownership(group.ID)
		switch {
		case token == "" && known == heygen.Private:
			letter = tokenPrivate
		case token == "":
		case len(token) > 1 && (token[0] == tokenUnfiltered || token[0] == tokenPrivate):
			letter, p.Token = token[0], token[1:]
		default:
			return upstreamPage[heygen.AvatarLook]{}, errForeignToken
		}
		if letter == tokenPrivate {
			p.Ownership = heygen.Private
		}
		page, err := op.lookPages.load(ctx, op, p)
		if err == nil && token == "" && known == "" && len(page.items) == 0 && page.nextToken == "" && group.LooksCount > 0 {
			p.Ownership = heygen.Private
			private, err := op.lookPages.load(ctx, op, p)
			switch {
			case err == nil:
				page, letter = private, tokenPrivate
			case !isRejection(err):
				return private, err
			}
		}
		if page.nextToken != "" {
			page.nextToken = string(letter) + page.nextToken
		}
		return page, err
	}
}
