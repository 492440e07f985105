package bearer

import (
	"crypto/subtle"
	"testing"
)

// How long Valid takes must not say which token matched, nor how much of one.
func TestEveryTokenIsComparedWholeWhicheverMatches(t *testing.T) {
	good := []hash{hashOf("a"), hashOf("bb"), hashOf("ccc")}
	for _, c := range []struct {
		shown string
		found int
	}{{"a", 1}, {"bb", 1}, {"ccc", 1}, {"", 0}, {"b", 0}, {"a much longer one than all the others", 0}} {
		compared := 0
		found := compare(hashOf(c.shown), good, func(a, b []byte) int {
			if compared++; len(a) != 32 || len(b) != 32 {
				t.Errorf("%d bytes are compared with %d", len(a), len(b))
			}
			return subtle.ConstantTimeCompare(a, b)
		})
		if found != c.found || compared != len(good) || among(hashOf(c.shown), good) != (c.found == 1) {
			t.Errorf("%q: found %d after %d comparisons", c.shown, found, compared)
		}
	}
}

func TestATokenThatIsGoodTwiceIsFound(t *testing.T) {
	twice := []hash{hashOf("a"), hashOf("a"), hashOf("a")}
	if !among(hashOf("a"), twice) {
		t.Error("it is not")
	}
}
