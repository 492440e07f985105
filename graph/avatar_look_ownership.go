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

// listedGroups remembers the ownership of groups, as far as lists told it.
type listedGroups struct {
	mu sync.Mutex
	by map[heygen.GroupID]heygen.Ownership
}

func (l *listedGroups) add(id heygen.GroupID, o heygen.Ownership) {
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
func (l *listedGroups) ownership(id heygen.GroupID) heygen.Ownership {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.by[id]
}

// What the tokens of a group's looks begin with.
const (
	unasked   = '-' // the list is one without ownership
	asPrivate = 'r'
)

// refuses tells whether HeyGen said no to what was only a second try: then what
// it answered to the first one stands.
func refuses(err error) bool {
	return errors.Is(err, heygen.ErrNotFound) || errors.Is(err, heygen.ErrBadRequest) || errors.Is(err, heygen.ErrForbidden)
}

var errNoLooksToken = &Error{Code: errcode.InvalidCursor, Message: "`after` cannot be used: it was never a cursor of this API."}

// looksOfOwnership gives the pages of a group's looks.
func looksOfOwnership(op *operation, group *heygen.AvatarGroup, p heygen.AvatarLooksParams) func(context.Context, string) (listPage[heygen.AvatarLook], error) {
	return func(ctx context.Context, token string) (listPage[heygen.AvatarLook], error) {
		p, letter := p, byte(unasked)
		known := op.listed.ownership(group.ID)
		switch {
		case token == "" && known == heygen.Private:
			letter = asPrivate
		case token == "":
		case len(token) > 1 && (token[0] == unasked || token[0] == asPrivate):
			letter, p.Token = token[0], token[1:]
		default:
			return listPage[heygen.AvatarLook]{}, errNoLooksToken
		}
		if letter == asPrivate {
			p.Ownership = heygen.Private
		}
		page, err := op.lookLists.page(ctx, op, p)
		if err == nil && token == "" && known == "" && len(page.items) == 0 && page.next == "" && group.LooksCount > 0 {
			p.Ownership = heygen.Private
			private, err := op.lookLists.page(ctx, op, p)
			switch {
			case err == nil:
				page, letter = private, asPrivate
			case !refuses(err):
				return private, err
			}
		}
		if page.next != "" {
			page.next = string(letter) + page.next
		}
		return page, err
	}
}
