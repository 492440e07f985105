package document

import (
	"fmt"
	"strings"
	"testing"
)

func TestStoreCachesShortDocumentsOnly(t *testing.T) {
	store := NewStore[struct{}](Options{})
	caches := func(source string) bool {
		doc := &Document[struct{}]{Source: source, Hash: HashOf(source)}
		store.add(doc)
		store.add(doc) // which counts once
		return store.cached(doc.Hash) == doc
	}
	if caches(strings.Repeat("#", maxCachedSize+1)) || !caches(strings.Repeat("#", maxCachedSize)) {
		t.Error("documents of more than 256 KiB are cached, or shorter ones are not")
	}
	for i := range 3000 {
		if !caches(fmt.Sprint(i)) {
			t.Fatalf("document %d is not cached", i)
		}
	}
	if n := store.lru.Len(); n != maxCached {
		t.Errorf("%d documents are cached", n)
	}
	for i := range 100 {
		caches(fmt.Sprint(i, strings.Repeat("#", 50<<10)))
	}
	if n := store.lru.Len(); store.bytes > maxCachedBytes || n != maxCachedBytes/(50<<10) {
		t.Errorf("%d documents of %d bytes are cached", n, store.bytes)
	}
}
