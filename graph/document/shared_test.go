package document

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"heygen-graphql/graph/document/complexity"
)

// fakeShared is a store of documents in memory.
type fakeShared struct {
	sources map[string]string
	loads   int
	stores  int
}

func (f *fakeShared) LoadDocument(_ context.Context, hash [32]byte) (string, bool) {
	f.loads++
	source, ok := f.sources[Hash(hash).String()]
	return source, ok
}

func (f *fakeShared) StoreDocument(_ context.Context, hash [32]byte, source string) {
	f.stores++
	f.sources[Hash(hash).String()] = source
}

func newSharing(shared Shared, configure ...func(*Options)) *Store[int] {
	o := Options{Schema: overlapSchema, Limits: complexity.DefaultLimits, Shared: shared}
	for _, f := range configure {
		f(&o)
	}
	return NewStore[int](o)
}

const sharedSource = `{ a { s } }`

var sharedHash = HashOf(sharedSource).String()

func TestRegisteredDocumentIsFoundByOtherReplicas(t *testing.T) {
	shared := &fakeShared{sources: map[string]string{}}
	first, second := newSharing(shared), newSharing(shared)
	for range 3 {
		if doc, errs := first.Resolve(t.Context(), sharedSource, sharedHash); doc == nil {
			t.Fatal(errs)
		}
	}
	for range 3 {
		if doc, errs := second.Resolve(t.Context(), "", sharedHash); doc == nil || doc.Source != sharedSource {
			t.Fatal(errs)
		}
		second.Resolve(t.Context(), sharedSource, sharedHash)
	}
	if shared.stores != 1 || shared.loads != 1 {
		t.Errorf("%d stores and %d loads, want one each", shared.stores, shared.loads)
	}
}

func TestOnlyValidDocumentsWithTheirHashAreShared(t *testing.T) {
	shared := &fakeShared{sources: map[string]string{}}
	s := newSharing(shared)
	long := "#" + strings.Repeat("x", maxCachedSize) + "\n" + sharedSource
	for source, id := range map[string]string{sharedSource: "", `{ a { t } }`: sharedHash, `{ nothing }`: HashOf(`{ nothing }`).String(), long: HashOf(long).String()} {
		_, _ = s.Resolve(t.Context(), source, id)
	}
	if len(shared.sources) > 0 {
		t.Errorf("shared: %.80q", slices.Collect(maps.Values(shared.sources)))
	}
	if _, errs := s.Resolve(t.Context(), sharedSource, sharedHash); len(errs) > 0 || len(shared.sources) != 1 { // it was sent without its hash before
		t.Errorf("%v, %d shared", errs, len(shared.sources))
	}
}

func TestMadeUpDocumentsDoNotFillTheStore(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		shared := &fakeShared{sources: map[string]string{}}
		s := newSharing(shared)
		register := func(i int) {
			source := fmt.Sprintf("#%d%s\n%s", i, strings.Repeat("x", 200<<10), sharedSource)
			if doc, errs := s.Resolve(t.Context(), source, HashOf(source).String()); doc == nil {
				t.Error(errs)
			}
		}
		for i := range 1000 {
			register(i)
		}
		if shared.stores != 20 { // 4 MiB
			t.Errorf("%d were shared at once", shared.stores)
		}
		<-time.After(4 * time.Minute)
		for range 3 {
			register(1000)
		}
		register(1001)
		if shared.stores != 21 {
			t.Errorf("%d more are shared within four minutes", shared.stores-20)
		}
		<-time.After(4 * time.Minute)
		register(1001)
		if shared.stores != 22 {
			t.Error("a document that was not shared is never shared")
		}
	})
}

// A writer of the store must not choose what a hash executes.
func TestSharedSourceOfAnotherHashIsIgnored(t *testing.T) {
	long := "#" + strings.Repeat("x", maxCachedSize) + "\n" + sharedSource
	for name, test := range map[string]struct{ hash, source, code string }{
		"another document": {sharedHash, `{ a { t } }`, "PERSISTED_QUERY_NOT_FOUND"},
		"nothing":          {sharedHash, "", "PERSISTED_QUERY_NOT_FOUND"},
		"too long":         {HashOf(long).String(), long, "PERSISTED_QUERY_NOT_FOUND"},
		"an invalid one":   {HashOf(`{ nothing }`).String(), `{ nothing }`, "GRAPHQL_VALIDATION_FAILED"},
	} {
		s := newSharing(&fakeShared{sources: map[string]string{test.hash: test.source}})
		if doc, errs := s.Resolve(t.Context(), "", test.hash); doc != nil || len(errs) == 0 || errs[0].Extensions["code"] != test.code {
			t.Errorf("%s: %v, want %s", name, errs, test.code)
		}
	}
}

func TestDocumentsAreNotSharedWithTrustedOnlyOrWithoutAPQ(t *testing.T) {
	for _, configure := range []func(*Options){func(o *Options) { o.TrustedOnly = true }, func(o *Options) { o.DisableAPQ = true }} {
		shared := &fakeShared{sources: map[string]string{}}
		s := newSharing(shared, configure)
		if err := s.SetTrusted([]Trusted{{"id", sharedSource}}); err != nil {
			t.Fatal(err)
		}
		_, _ = s.Resolve(t.Context(), `{ a { t } }`, HashOf(`{ a { t } }`).String())
		_, _ = s.Resolve(t.Context(), "", HashOf(`{ a { t } }`).String())
		if shared.loads+shared.stores != 0 {
			t.Errorf("%d loads, %d stores", shared.loads, shared.stores)
		}
	}
}

func TestIsTrustedKnowsDocumentsOfTheManifest(t *testing.T) {
	s := newSharing(nil)
	if err := s.SetTrusted([]Trusted{{"id", sharedSource}}); err != nil {
		t.Fatal(err)
	}
	for source, want := range map[string]bool{sharedSource: true, `{ a { t } }`: false} {
		if doc, errs := s.Resolve(t.Context(), source, ""); doc == nil || s.IsTrusted(doc) != want {
			t.Errorf("%s: want %t, %v", source, want, errs)
		}
	}
}
