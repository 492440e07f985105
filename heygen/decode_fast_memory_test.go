package heygen_test

import (
	"runtime"
	"slices"
	"strings"
	"testing"

	"heygen-graphql/heygen"
	"heygen-graphql/internal/cache"
)

// What is read quickly holds on to little more than what a cache counts of it,
// whatever stands between its texts.
func TestFastDecodedValuesRetainTheirMeasuredSize(t *testing.T) {
	heap := func() int {
		var m runtime.MemStats
		runtime.GC()
		runtime.GC()
		runtime.ReadMemStats(&m)
		return int(m.HeapAlloc)
	}
	const items = 100
	for name, c := range map[string]struct {
		reading int
		body    string
	}{
		"unknown members of an error": {3, `{"data":{"id":"g","name":"N","looks_count":1,"created_at":1,"error":{"code":"c","more":"` + strings.Repeat("x", 200<<10) + `"}}}`},
		"an escaped text":             {3, `{"data":{"id":"g","name":"` + strings.Repeat(`\u5c0f`, 2000) + `","looks_count":1,"created_at":1}}`},
		"blanks within a list":        {4, `{"data":{"id":"l","name":"L","avatar_type":"t","tags":["a",` + strings.Repeat(" ", 200<<10) + `"b"]}}`},
		"a long list":                 {4, `{"data":{"id":"l","name":"L","avatar_type":"t","tags":["` + strings.Repeat(`tag","`, 200) + `end"]}}`},
	} {
		kept, before := make([]any, 0, items), heap()
		for range items {
			value, ok := heygen.ResponseDecoders[c.reading].Fast(slices.Clone([]byte(c.body)))
			if !ok {
				t.Fatalf("%s: it is not read quickly", name)
			}
			kept = append(kept, value)
		}
		took, measured := (heap()-before)/items, cache.SizeOf(kept[0])
		if took > 2*measured+1000 {
			t.Errorf("%s: %d bytes, and %d are measured", name, took, measured)
		}
		runtime.KeepAlive(kept)
	}
}
