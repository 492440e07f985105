package sandbox_test

import (
	"net/url"
	"testing"

	"github.com/google/go-cmp/cmp"

	"heygen-graphql/heygen/sandbox"
)

func TestAWalkOverEmptyPagesLosesNothing(t *testing.T) {
	for name, tokens := range flavours {
		box := sandbox.New(sandbox.Options{TokenKind: tokens})
		want := ids(t, walk(t, box, url.Values{"limit": {"50"}})...)
		box.QueueFaults(sandbox.EmptyPage, sandbox.EmptyPage, sandbox.OK, sandbox.EmptyPage)
		pages := walk(t, box, url.Values{"limit": {"50"}})
		if diff := cmp.Diff(want, ids(t, pages...)); diff != "" || len(pages) != (len(want)+49)/50+3 {
			t.Errorf("%s: %d pages\n%s", name, len(pages), diff)
		}

		box = sandbox.New(sandbox.Options{TokenKind: tokens, FaultRate: 1, Faults: []sandbox.Fault{sandbox.EmptyLastPage}})
		pages = walk(t, box, url.Values{"limit": {"50"}})
		if diff := cmp.Diff(want, ids(t, pages...)); diff != "" || len(ids(t, pages[len(pages)-1])) != 0 || len(ids(t, pages[len(pages)-2])) == 0 {
			t.Errorf("%s: %d pages\n%s", name, len(pages), diff)
		}
	}
}
