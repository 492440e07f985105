package document

import (
	"context"
	"fmt"
	"strings"

	"github.com/vektah/gqlparser/v2/gqlerror"

	"heygen-graphql/graph/errcode"
)

// Trusted is a document that clients may name by its id.
type Trusted struct{ ID, Source string }

// trustedSet holds the documents of a manifest. It is immutable.
type trustedSet[A any] struct {
	byID   map[string]*Document[A]
	byHash map[Hash]*Document[A]
}

// SetTrusted replaces the documents that clients may name instead of sending their
// source. Each must conform to the schema and the limits; otherwise the previous
// ones stay, and the error names the first that does not.
func (s *Store[A]) SetTrusted(documents []Trusted) error {
	set := &trustedSet[A]{map[string]*Document[A]{}, map[Hash]*Document[A]{}}
	for _, d := range documents {
		hash := HashOf(d.Source)
		doc, errs := s.parse(d.Source, hash)
		switch {
		case len(errs) > 0:
			return fmt.Errorf("document %q cannot be executed: %s", d.ID, errcode.TruncateMessage(errs[0].Message))
		case set.byID[d.ID] != nil:
			return fmt.Errorf("two documents have the id %q", d.ID)
		}
		set.byID[d.ID], set.byHash[hash] = doc, doc
	}
	s.trusted.Store(set)
	return nil
}

// Resolve returns the document that a request sends as source, or names by the id
// of a trusted document or by a hash (a persisted query).
func (s *Store[A]) Resolve(ctx context.Context, source, id string) (*Document[A], gqlerror.List) {
	trusted := s.trusted.Load()
	if source == "" {
		return s.lookup(ctx, trusted, id)
	}
	hash := HashOf(source)
	doc := trusted.byID[id]
	if doc == nil || doc.Hash != hash {
		if doc = trusted.byHash[hash]; doc == nil && s.options.TrustedOnly {
			return nil, gqlerror.List{errNotTrusted()}
		}
		if id != "" && id != hash.String() {
			return nil, gqlerror.List{errcode.New(nil, errcode.BadUserInput, "`extensions.persistedQuery.sha256Hash` is not the SHA-256 hash of `query`.")}
		}
	}
	if doc != nil {
		return doc, nil
	}
	doc, errs := s.load(source, hash)
	if doc != nil && id != "" {
		s.share(ctx, doc)
	}
	return doc, errs
}

// IsTrusted reports whether a document is one of those of [Store.SetTrusted].
func (s *Store[A]) IsTrusted(doc *Document[A]) bool { return s.trusted.Load().byHash[doc.Hash] != nil }

// lookup returns a document by its id or its hash.
func (s *Store[A]) lookup(ctx context.Context, trusted *trustedSet[A], id string) (*Document[A], gqlerror.List) {
	digits := strings.TrimPrefix(id, "sha256:")
	for _, name := range []string{id, digits} {
		if doc := trusted.byID[name]; doc != nil {
			return doc, nil
		}
	}
	if hash, ok := parseHash(digits); ok {
		if doc := trusted.byHash[hash]; doc != nil {
			return doc, nil
		}
		if doc := s.cached(hash); doc != nil && !s.options.TrustedOnly && !s.options.DisableAPQ {
			return doc, nil
		}
		if doc, errs := s.loadShared(ctx, hash); doc != nil || len(errs) > 0 {
			return doc, errs
		}
	}
	if s.options.TrustedOnly {
		return nil, gqlerror.List{errNotTrusted()}
	}
	// Apollo's clients match this message, and then send the source.
	return nil, gqlerror.List{errcode.New(nil, errcode.PersistedQueryNotFound, "PersistedQueryNotFound")}
}

func errNotTrusted() *gqlerror.Error {
	return errcode.New(nil, errcode.DocumentNotTrusted, "This server executes only the documents of its manifest, and this is not one of them.")
}
