package redisstore_test

import (
	"crypto/sha256"
	"strings"
	"testing"
)

func hashOf(source string) [32]byte { return sha256.Sum256([]byte(source)) }

func TestDocumentIsLoadedByAnotherReplica(t *testing.T) {
	m := server(t)
	all := replicas(t, m, 2)
	for _, source := range []string{"{me{id}}", "query{" + strings.Repeat(" field", 10_000) + "}", strings.Repeat("x", 256<<10)} {
		all[0].StoreDocument(t.Context(), hashOf(source), source)
		if got, ok := all[1].LoadDocument(t.Context(), hashOf(source)); !ok || got != source {
			t.Errorf("document of %d bytes: %d bytes, %t", len(source), len(got), ok)
		}
	}
}

func TestLongDocumentIsCompressed(t *testing.T) {
	m := server(t)
	source := strings.Repeat("field ", 10_000)
	replicas(t, m, 1)[0].StoreDocument(t.Context(), hashOf(source), source)
	if size := len(value(t, m, name(t, m, "document:"))); size > 1000 {
		t.Errorf("%d bytes", size)
	}
}

func TestDocumentOfAnotherHashIsNotStored(t *testing.T) {
	m := server(t)
	s := replicas(t, m, 1)[0]
	s.StoreDocument(t.Context(), hashOf("{me}"), "{you}")
	large := strings.Repeat("x", 256<<10+1)
	s.StoreDocument(t.Context(), hashOf(large), large)
	if all := m.Keys(); len(all) != 0 {
		t.Errorf("keys %q", all)
	}
}

func TestForeignDocumentIsAMiss(t *testing.T) {
	m := server(t)
	s := replicas(t, m, 1)[0]
	bomb := strings.Repeat("x", 256<<10)
	s.StoreDocument(t.Context(), hashOf(bomb), bomb)
	compressed := value(t, m, name(t, m, "document:"))
	m.FlushAll()
	s.StoreDocument(t.Context(), hashOf("{me}"), "{me}")
	key := name(t, m, "document:")
	for _, foreign := range []string{"", "\x00", "\x00{you}", "\x01garbage", "\x02{me}", compressed, "\x00" + strings.Repeat("x", 1<<20)} {
		set(t, m, key, foreign)
		if got, ok := s.LoadDocument(t.Context(), hashOf("{me}")); ok {
			t.Errorf("%.20q is loaded as %q", foreign, got)
		}
	}
	m.Del(key)
	if _, ok := s.LoadDocument(t.Context(), hashOf("{me}")); ok {
		t.Error("a missing document is loaded")
	}
}
