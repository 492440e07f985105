package bearer_test

import (
	"strings"
	"testing"

	"heygen-graphql/internal/bearer"
)

func BenchmarkValid(b *testing.B) {
	configured := []string{first, second, strings.Repeat("third-QwxzQwxzQw", 4)}
	for name, o := range map[string]bearer.Options{"tokens": {Tokens: configured}, "file": {File: b.TempDir() + "/tokens"}} {
		b.Run(name, func(b *testing.B) {
			if o.File != "" {
				writeFile(b, o.File, strings.Join(configured, "\n"))
			}
			tokens, err := bearer.New(o)
			if err != nil {
				b.Fatal(err)
			}
			r := withToken(configured[2])
			b.ReportAllocs()
			for b.Loop() {
				if !tokens.Valid(r) {
					b.Fatal("rejected")
				}
			}
		})
	}
}

func TestValidDoesNotAllocate(t *testing.T) {
	tokens := newTokens(t, bearer.Options{Tokens: []string{first, second, third}})
	for _, token := range []string{third, third + "x", strings.Repeat("a", 513), "bad"} {
		request := withToken(token)
		if n := testing.AllocsPerRun(100, func() { tokens.Valid(request) }); n > 0 {
			t.Errorf("%.40s: %v allocations", token, n)
		}
	}
}
