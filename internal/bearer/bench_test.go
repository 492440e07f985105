package bearer_test

import (
	"strings"
	"testing"

	"heygen-graphql/internal/bearer"
)

func BenchmarkValid(b *testing.B) {
	own := []string{first, second, strings.Repeat("third-QwxzQwxzQw", 4)}
	for name, o := range map[string]bearer.Options{"tokens": {Tokens: own}, "file": {File: b.TempDir() + "/tokens"}} {
		b.Run(name, func(b *testing.B) {
			if o.File != "" {
				put(b, o.File, strings.Join(own, "\n"))
			}
			held, err := bearer.New(o)
			if err != nil {
				b.Fatal(err)
			}
			r := withToken(own[2])
			b.ReportAllocs()
			for b.Loop() {
				if !held.Valid(r) {
					b.Fatal("refused")
				}
			}
		})
	}
}

func TestValidAllocatesNothing(t *testing.T) {
	held := newTokens(t, bearer.Options{Tokens: []string{first, second, third}})
	for _, r := range []string{third, third + "x", strings.Repeat("a", 513), "bad"} {
		request := withToken(r)
		if n := testing.AllocsPerRun(100, func() { held.Valid(request) }); n > 0 {
			t.Errorf("%.40s: %v allocations", r, n)
		}
	}
}
