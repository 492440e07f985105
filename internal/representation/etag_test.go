package representation

import (
	"net/http"
	"strings"
	"testing"
)

func TestETagDependsOnBytesAlone(t *testing.T) {
	etag := ETag([]byte(`{"data":`), []byte(`null`), []byte(`}`))
	if etag != ETag([]byte(`{"data":null}`)) || etag == ETag([]byte(`{"data":{}}`)) {
		t.Errorf("%s", etag)
	}
	if want := `W/"ba5f3ea40e95f49bce11942f375ebd38"`; etag != want { // on every replica
		t.Errorf("%s, want %s", etag, want)
	}
}

func TestMatchesETagComparesWeakly(t *testing.T) {
	for _, c := range []struct {
		lines []string
		want  bool
	}{
		{nil, false},
		{[]string{""}, false},
		{[]string{`W/"a"`}, true},
		{[]string{`"a"`}, true},
		{[]string{"*"}, true},
		{[]string{" *\t"}, true},
		{[]string{`"b", "a"`}, true},
		{[]string{`"b","a"`}, true},
		{[]string{`,, "b" , , W/"a",`}, true},
		{[]string{`"b"`, `"a"`}, true}, // two lines are one field
		{[]string{`"b,c", "a"`}, true}, // a comma in a tag
		{[]string{`"b"`}, false},
		{[]string{`"A"`}, false},
		{[]string{`"aa"`}, false},
		{[]string{`a`}, false},
		{[]string{`"a`}, false},
		{[]string{`w/"a"`}, false},
		{[]string{`W/ "a"`}, false},
		{[]string{`"b""a"`}, false},
		{[]string{`b, "a"`}, false}, // malformed
		{[]string{`"b,"a"`}, false},
		{[]string{`"*"`}, false},
		{[]string{`*, "b"`}, false},
		{[]string{strings.Repeat(`"b",`, 10_000) + `"a"`}, true},
	} {
		for _, etag := range []string{`"a"`, `W/"a"`} {
			if got := MatchesETag(http.Header{"If-None-Match": c.lines}, etag); got != c.want {
				t.Errorf("%.60q and %s: %t, want %t", c.lines, etag, got, c.want)
			}
		}
	}
}

func TestListsETagComparesExactly(t *testing.T) {
	for _, c := range []struct {
		lines        []string
		strong, weak bool
	}{
		{nil, false, false},
		{[]string{"*"}, false, false},
		{[]string{`"a"`}, true, false},
		{[]string{`W/"a"`}, false, true},
		{[]string{`"b", W/"a"`, `"a"`}, true, true},
		{[]string{`"b,W/", "a"`}, true, false}, // a comma in a tag
		{[]string{`"bW/"a"`}, false, false},    // malformed
		{[]string{`W/"a`}, false, false},
	} {
		h := http.Header{"If-None-Match": c.lines}
		if strong, weak := ListsETag(h, `"a"`), ListsETag(h, `W/"a"`); strong != c.strong || weak != c.weak {
			t.Errorf("%q: strong %t, weak %t", c.lines, strong, weak)
		}
	}
}

func TestAddVaryAddsNameOnce(t *testing.T) {
	for _, c := range []struct {
		before []string
		want   string
	}{
		{nil, "Accept-Encoding"},
		{[]string{"Accept-Encoding"}, "Accept-Encoding"},
		{[]string{"Origin, accept-encoding ,X"}, "Origin, accept-encoding ,X"},
		{[]string{"Origin", "Accept"}, "Origin;Accept;Accept-Encoding"},
		{[]string{"X-Accept-Encoding"}, "X-Accept-Encoding;Accept-Encoding"},
	} {
		h := http.Header{"Vary": c.before}
		AddVary(h, "Accept-Encoding")
		if got := strings.Join(h["Vary"], ";"); got != c.want {
			t.Errorf("%q: %s, want %s", c.before, got, c.want)
		}
	}
}
