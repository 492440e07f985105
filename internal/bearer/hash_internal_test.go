package bearer

import (
	"crypto/subtle"
	"testing"
)

// The time of Valid must not reveal which token matched, nor how much of one.
func TestComparisonCoversEveryTokenInFull(t *testing.T) {
	active := []hash{hashOf("a"), hashOf("bb"), hashOf("ccc")}
	for _, c := range []struct {
		token string
		found int
	}{{"a", 1}, {"bb", 1}, {"ccc", 1}, {"", 0}, {"b", 0}, {"a much longer one than all the others", 0}} {
		compared := 0
		found := compareAll(active, hashOf(c.token), func(a, b []byte) int {
			if compared++; len(a) != 32 || len(b) != 32 {
				t.Errorf("compared %d bytes with %d", len(a), len(b))
			}
			return subtle.ConstantTimeCompare(a, b)
		})
		if found != c.found || compared != len(active) || contains(active, hashOf(c.token)) != (c.found == 1) {
			t.Errorf("%q: found %d after %d comparisons", c.token, found, compared)
		}
	}
}

func TestDuplicateTokenIsFound(t *testing.T) {
	duplicates := []hash{hashOf("a"), hashOf("a"), hashOf("a")}
	if !contains(duplicates, hashOf("a")) {
		t.Error("not found")
	}
}
