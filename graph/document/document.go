// Package document turns the source of a GraphQL document into one that can be
// executed: it parses, bounds and validates it, and caches it for clients that send
// it again or only its hash. It knows the schema as data alone, and nothing of
// HeyGen.
//
//	store := document.NewStore(document.Options{Schema: schema})
//	doc, errs := store.Resolve(source, "")
package document

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"sync/atomic"

	"github.com/vektah/gqlparser/v2/ast"
)

// Document is a document that is within the limits and conforms to the schema.
type Document[A any] struct {
	Source string
	Hash   Hash
	Query  *ast.QueryDocument

	// Attachment is what the executor caches with the document, such as compiled
	// plans. It lives as long as the document.
	Attachment A

	hashHex string
	shared  atomic.Bool // stored in Options.Shared
	merged  mergedOperations
}

// HashHex returns the hash in hexadecimal digits.
func (d *Document[A]) HashHex() string { return d.hashHex }

// Hash is the SHA-256 hash of a document's source.
type Hash [sha256.Size]byte

// HashOf returns the hash of a source.
func HashOf(source string) Hash { return sha256.Sum256([]byte(source)) }

// String returns the hash in hexadecimal digits.
func (h Hash) String() string { return hex.EncodeToString(h[:]) }

// parseHash parses 64 hexadecimal digits.
func parseHash(digits string) (hash Hash, ok bool) {
	if len(digits) != hex.EncodedLen(len(hash)) { // Decode would write beyond it
		return hash, false
	}
	_, err := hex.Decode(hash[:], []byte(digits))
	return hash, err == nil
}

type contextKey[A any] struct{}

// NewContext returns a context that carries a document to [FromContext] and
// [QueryCache].
func NewContext[A any](ctx context.Context, d *Document[A]) context.Context {
	return context.WithValue(ctx, contextKey[A]{}, d)
}

// FromContext returns the document of a context, or nil.
func FromContext[A any](ctx context.Context) *Document[A] {
	d, _ := ctx.Value(contextKey[A]{}).(*Document[A])
	return d
}

// QueryCache is a cache of parsed documents for gqlgen's executor. It returns the
// document of the context, so that the executor neither parses nor validates again.
type QueryCache[A any] struct{}

// Get returns the document of the context.
func (QueryCache[A]) Get(ctx context.Context, _ string) (*ast.QueryDocument, bool) {
	return FromContext[A](ctx).Query, true
}

// Add does nothing.
func (QueryCache[A]) Add(context.Context, string, *ast.QueryDocument) {}
