package document

import (
	"context"
	"crypto/sha256"
	"sync"
	"time"

	"github.com/vektah/gqlparser/v2/gqlerror"
)

// Shared stores documents for all replicas of a server, by the hash of their source. Both
// methods return quickly, whether or not the store can be reached.
type Shared interface {
	// LoadDocument returns the source of a hash, if it is stored.
	LoadDocument(ctx context.Context, hash [sha256.Size]byte) (source string, ok bool)
	// StoreDocument stores a source.
	StoreDocument(ctx context.Context, hash [sha256.Size]byte, source string)
}

// shares reports whether documents are shared with other replicas.
func (s *Store[A]) shares() bool {
	return s.options.Shared != nil && !s.options.TrustedOnly && !s.options.DisableAPQ
}

// share stores a document that a client registers, once in this process: as long as it is
// cached here, the client has no reason to send it again. A document beyond the budget is
// not shared: every replica needs its source from the client.
func (s *Store[A]) share(ctx context.Context, doc *Document[A]) {
	if !s.shares() || len(doc.Source) > maxCachedSize || !doc.shared.CompareAndSwap(false, true) {
		return
	}
	if !s.sharing.take(len(doc.Source)) {
		doc.shared.Store(false)
		return
	}
	s.options.Shared.StoreDocument(ctx, doc.Hash, doc.Source)
}

// The bounds of what this process shares, 100 MB a day. Without them any caller could fill
// the store with made-up documents, and evict all else. Documents of all clients of a
// server take some MB.
const (
	maxSharedBytes       = 4 << 20 // at once
	sharedBytesPerMinute = 64 << 10
)

// byteBudget bounds the bytes of shared documents. The zero value is full.
type byteBudget struct {
	mu     sync.Mutex
	used   float64
	usedAt time.Time
}

// take reports whether n bytes may be shared now, and counts them if so.
func (b *byteBudget) take(n int) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	now := time.Now()
	b.used = max(0, b.used-now.Sub(b.usedAt).Minutes()*sharedBytesPerMinute)
	b.usedAt = now
	if b.used+float64(n) > maxSharedBytes {
		return false
	}
	b.used += float64(n)
	return true
}

// loadShared returns a document that another replica has stored, parsed like one that is
// sent: the replica may have other limits. It returns nil if there is none. A source of
// another hash is none: the store is not trusted.
func (s *Store[A]) loadShared(ctx context.Context, hash Hash) (*Document[A], gqlerror.List) {
	if !s.shares() {
		return nil, nil
	}
	source, ok := s.options.Shared.LoadDocument(ctx, hash)
	if !ok || len(source) > maxCachedSize || HashOf(source) != hash {
		return nil, nil
	}
	doc, errs := s.load(source, hash)
	if doc != nil {
		doc.shared.Store(true)
	}
	return doc, errs
}
