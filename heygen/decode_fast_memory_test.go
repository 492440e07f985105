package heygen_test

import (
	"runtime"
	"slices"
	"strings"
	"testing"

	"heygen-graphql/heygen"
	"heygen-graphql/internal/cache"
)

// A decoded value must retain little more memory than the size that a cache measures,
// whatever is between its strings.
func TestFastDecodedValuesRetainTheirMeasuredSize(t *testing.T) {
	heap := func() int {
		var m runtime.MemStats
		runtime.GC()
		runtime.GC()
		runtime.ReadMemStats(&m)
		return int(m.HeapAlloc)
	}
	const items = 100
	client := newClient(t, always(500, ""))
	for name, c := range map[string]struct {
		decoder int
		body    string
		slow    bool
	}{
		"unknown members of an error": {3, `{"data":{"id":"g","name":"N","looks_count":1,"created_at":1,"error":{"code":"c","more":"` + strings.Repeat("x", 200<<10) + `"}}}`, false},
		"an escaped string":           {3, `{"data":{"id":"g","name":"` + strings.Repeat(`\u5c0f`, 2000) + `","looks_count":1,"created_at":1}}`, false},
		"white space in a list":       {4, `{"data":{"id":"l","name":"L","avatar_type":"t","tags":["a",` + strings.Repeat(" ", 200<<10) + `"b"]}}`, false},
		"a long list":                 {4, `{"data":{"id":"l","name":"L","avatar_type":"t","tags":["` + strings.Repeat(`tag","`, 200) + `end"]}}`, false},
		"white space before a name":   {3, `{"data":{"id":"g","name":"` + strings.Repeat(" ", 200<<10) + `N","looks_count":1,"created_at":1}}`, true},
	} {
		retained, before := make([]any, 0, items), heap()
		for range items {
			body := slices.Clone([]byte(c.body))
			if _, ok := heygen.ResponseDecoders[c.decoder].Fast(body); ok == c.slow {
				t.Fatalf("%s: decoded on the fast path: %t", name, ok)
			}
			value, err := heygen.ResponseDecoders[c.decoder].Decode(client, body)
			if err != nil {
				t.Fatal(err)
			}
			retained = append(retained, value)
		}
		perItem, measured := (heap()-before)/items, cache.SizeOf(retained[0])
		if perItem > 2*measured+1000 {
			t.Errorf("%s: %d bytes retained, %d measured", name, perItem, measured)
		}
		runtime.KeepAlive(retained)
	}
}
