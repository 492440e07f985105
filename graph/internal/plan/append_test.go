package plan

import (
	"bytes"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"
)

// Every byte at every offset of a string that is read eight bytes at a time.
func TestStringIsEscapedLikeGqlgens(t *testing.T) {
	for length := range 20 {
		for offset := range length {
			for c := range 256 {
				value := []byte(strings.Repeat("é", length)[:length])
				value[offset] = byte(c)
				var want bytes.Buffer
				graphql.MarshalString(string(value)).MarshalGQL(&want)
				if got := appendString([]byte("before"), string(value)); string(got) != "before"+want.String() {
					t.Fatalf("%q: %q, want %q", value, got[len("before"):], want.String())
				}
			}
		}
	}
}

func BenchmarkAppendString(b *testing.B) {
	for name, value := range map[string]string{
		"url":  "https://files2.heygen.ai/avatar/v3/1234567890abcdef1234567890abcdef/preview_target.webp",
		"name": "Monica in Office",
	} {
		buf := make([]byte, 0, 1024)
		for variant, add := range map[string]func([]byte, string) []byte{
			"eight bytes": appendString[string],
			"one byte": func(buf []byte, value string) []byte {
				return append(appendEscaped(append(buf, '"'), value), '"')
			},
		} {
			b.Run(name+"/"+variant, func(b *testing.B) {
				for b.Loop() {
					buf = add(buf[:0], value)
				}
			})
		}
	}
}
