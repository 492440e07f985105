package graph_test

import (
	"fmt"
	"slices"
	"testing"

	"heygen-graphql/heygen/sandbox"
)

// A page token of HeyGen names an item. Once that is deleted, HeyGen rejects the token; a token that names a position stays
// valid.
func TestCursorExpiresWithTheItemThatItsPageTokenNames(t *testing.T) {
	for tokens, code := range map[sandbox.TokenKind]string{sandbox.StartID: "CURSOR_EXPIRED", sandbox.Keyset: ""} {
		forEachPlainConnection(t, sandbox.Options{TokenKind: tokens}, func(t *testing.T, a *api, l *connectionCase) {
			for i := range 2 * l.pageSize { // more than a page
				l.add(a, fmt.Sprintf("new%03d", i), 3e9)
			}
			ids := l.ids(a)
			cursor := l.fetchPage(t, a, vars{"first": l.pageSize}).end
			l.remove(a, ids[l.pageSize])
			out := a.do(t, l.query(), vars{"after": cursor})
			if out.codes() != code {
				t.Fatalf("token kind %d: %s", tokens, out.Body)
			}
			if code == "" {
				got := l.fetchPage(t, a, vars{"first": 3, "after": cursor})
				if !slices.Equal(got.ids, ids[l.pageSize+1:l.pageSize+4]) {
					t.Errorf("%v", got.ids)
				}
			}
		})
	}
}
