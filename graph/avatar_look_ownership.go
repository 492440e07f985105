package graph

import (
	"context"
	"errors"

	"heygen-graphql/graph/errcode"
	"heygen-graphql/graph/relay"
	"heygen-graphql/heygen"
	"heygen-graphql/heygen/catalogue"
)

// HeyGen documents that a list without the ownership filter has public and private
// items, but some callers got the public ones only. If that were so for the looks of
// a group, a private group would seem to have none. So if the list is empty though
// the group has looks, there is a fallback: the list is fetched once more, filtered
// by private. If a list filtered by ownership contained the group, its ownership is
// known, and there is one call in any case.
//
// A cursor continues with the ownership that its list started with: the first byte of
// its token says which.

// The first byte of the tokens of a group's looks.
const (
	tokenUnfiltered = '-'
	tokenPrivate    = 'r'
)

// isRejection reports whether HeyGen rejected the fallback call: then the first
// response is valid.
func isRejection(err error) bool {
	return errors.Is(err, heygen.ErrNotFound) || errors.Is(err, heygen.ErrBadRequest) || errors.Is(err, heygen.ErrForbidden) || errors.Is(err, heygen.ErrRejected)
}

var errForeignToken = &Error{Code: errcode.InvalidCursor, Message: "`after` cannot be used: it was not issued by this API."}

// looksWithOwnershipFallback returns the function that loads the pages of a group's looks.
func looksWithOwnershipFallback(s *operationScope, group *heygen.AvatarGroup, p heygen.AvatarLooksParams) func(context.Context, string) (relay.UpstreamPage[*heygen.AvatarLook], error) {
	return func(ctx context.Context, token string) (relay.UpstreamPage[*heygen.AvatarLook], error) {
		p, prefix := p, byte(tokenUnfiltered)
		known := s.groupOwnership.listedAs(group.ID)
		switch {
		case token == "" && known == heygen.Private:
			prefix = tokenPrivate
		case token == "":
		case len(token) > 1 && (token[0] == tokenUnfiltered || token[0] == tokenPrivate):
			prefix, p.Token = token[0], token[1:]
		default:
			return relay.UpstreamPage[*heygen.AvatarLook]{}, errForeignToken
		}
		if prefix == tokenPrivate {
			p.Ownership = heygen.Private
		}
		page, err := s.lookPages.load(ctx, s, p)
		if err == nil && token == "" && known == "" && len(page.Items) == 0 && !page.HasMore && group.LooksCount > 0 {
			p.Ownership = heygen.Private
			private, err := s.lookPages.load(ctx, s, p)
			switch {
			case err == nil:
				page, prefix = private, tokenPrivate
			case !isRejection(err):
				return private, err
			}
		}
		if page.NextToken != "" {
			page.NextToken = string(prefix) + page.NextToken
		}
		return page, err
	}
}

// looksOfGroup returns the catalogue of a group's looks, with the same fallback.
func (s *operationScope) looksOfGroup(ctx context.Context, group *heygen.AvatarGroup, p heygen.AvatarLooksParams) (*catalogue.Looks, error) {
	known := s.groupOwnership.listedAs(group.ID)
	if known == heygen.Private {
		p.Ownership = heygen.Private
	}
	looks, err := s.lookCatalogues.load(ctx, s, p)
	if err != nil || looks.Len() > 0 || known != "" || group.LooksCount == 0 {
		return looks, err
	}
	p.Ownership = heygen.Private
	private, err := s.lookCatalogues.load(ctx, s, p)
	if err != nil && isRejection(err) {
		return looks, nil
	}
	return private, err
}
