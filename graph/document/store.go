package document

import (
	"fmt"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/hashicorp/golang-lru/v2/simplelru"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/parser"

	"heygen-graphql/graph/document/complexity"
	"heygen-graphql/graph/errcode"
)

// Options configure a [Store]. Schema is required.
type Options struct {
	Schema *ast.Schema
	// Limits bound the source of a document. They are checked before it is validated,
	// which visits each operation together with all fragments that it reaches.
	Limits complexity.Limits
	// Scalars report, by the name of a scalar, whether it accepts a value.
	Scalars map[string]func(any) bool
	// HiddenEnumValues are the enum values, by enum, that no argument accepts. Errors do
	// not list them.
	HiddenEnumValues map[string]string
	// DisableIntrospection rejects __schema and __type. DisableSuggestions omits names
	// of the schema from validation errors.
	DisableIntrospection, DisableSuggestions bool
	// TrustedOnly rejects all documents that are not trusted.
	TrustedOnly bool
	// DisableAPQ does not resolve the hash of a document that was sent before
	// (automatic persisted queries). Parsed documents are still cached.
	DisableAPQ bool
	// Shared resolves hashes of documents that other replicas received, and stores those
	// that are sent with their hash. nil: replicas share none.
	Shared Shared
}

// The bounds of the document cache: some 40 MB, and 50 for merged operations and for what
// is attached to the documents. A parsed document takes up to 40 bytes for each byte of
// its source; and it references its source, in which strings and comments may have any
// length.
const (
	maxCached      = 1000
	maxCachedBytes = 1 << 20   // of all sources
	maxCachedSize  = 256 << 10 // of one source; client compilers print 60 KB for 150 components
)

// Store parses, validates and caches documents. Rejected documents are not cached.
type Store[A any] struct {
	options Options
	trusted atomic.Pointer[trustedSet[A]]
	sharing byteBudget

	mu    sync.Mutex
	lru   *simplelru.LRU[Hash, *Document[A]]
	bytes int
}

// NewStore returns an empty store.
func NewStore[A any](o Options) *Store[A] {
	s := &Store[A]{options: o}
	s.lru, _ = simplelru.NewLRU(maxCached, func(_ Hash, evicted *Document[A]) { s.bytes -= len(evicted.Source) })
	s.trusted.Store(&trustedSet[A]{})
	return s
}

// cached returns a cached document, or nil.
func (s *Store[A]) cached(hash Hash) *Document[A] {
	s.mu.Lock()
	defer s.mu.Unlock()
	doc, _ := s.lru.Get(hash)
	return doc
}

// add caches a document, unless its source is too long to be worth its memory.
func (s *Store[A]) add(doc *Document[A]) {
	if len(doc.Source) > maxCachedSize {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.lru.Contains(doc.Hash) {
		return
	}
	s.lru.Add(doc.Hash, doc)
	for s.bytes += len(doc.Source); s.bytes > maxCachedBytes; {
		s.lru.RemoveOldest()
	}
}

// load returns the cached document of a source, or parses it.
func (s *Store[A]) load(source string, hash Hash) (*Document[A], gqlerror.List) {
	if doc := s.cached(hash); doc != nil {
		return doc, nil
	}
	doc, errs := s.parse(source, hash)
	if len(errs) > 0 {
		return nil, errcode.Truncate(errs)
	}
	s.add(doc)
	return doc, nil
}

// parse parses and validates a source. It rejects what could take long to validate
// before it validates it.
func (s *Store[A]) parse(source string, hash Hash) (*Document[A], gqlerror.List) {
	query, err := parser.ParseQueryWithTokenLimit(&ast.Source{Input: source}, s.options.Limits.Tokens)
	if err != nil {
		e := err.(*gqlerror.Error)
		if strings.HasPrefix(e.Message, "exceeded token limit") {
			e.Message = fmt.Sprintf("The document has more than %d tokens (MAX_TOKENS).", s.options.Limits.Tokens)
		}
		return nil, errcode.Set(errcode.ParseFailed, e)
	}
	if len(query.Operations) == 0 {
		return nil, gqlerror.List{errcode.New(nil, errcode.ValidationFailed, "The document has no operation.")}
	}
	if e := s.options.Limits.Check(query); e != nil {
		return nil, gqlerror.List{e}
	}
	if errs := s.options.Validate(query); len(errs) > 0 {
		return nil, preferUnsupported(errcode.Set(errcode.ValidationFailed, errs...))
	}
	return &Document[A]{Source: source, Hash: hash, hashHex: hash.String(), Query: query}, nil
}
