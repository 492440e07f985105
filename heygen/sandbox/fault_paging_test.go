package sandbox_test

import (
	"net/url"
	"testing"

	"github.com/google/go-cmp/cmp"

	"heygen-graphql/heygen/sandbox"
)

func TestWalkOverEmptyPagesLosesNothing(t *testing.T) {
	for name, tokens := range tokenKinds {
		box := sandbox.New(sandbox.Options{TokenKind: tokens})
		want := itemIDs(t, walkGroups(t, box, url.Values{"limit": {"50"}})...)
		box.QueueFaults(sandbox.EmptyPage, sandbox.EmptyPage, sandbox.OK, sandbox.EmptyPage)
		pages := walkGroups(t, box, url.Values{"limit": {"50"}})
		if diff := cmp.Diff(want, itemIDs(t, pages...)); diff != "" || len(pages) != (len(want)+49)/50+3 {
			t.Errorf("%s: %d pages\n%s", name, len(pages), diff)
		}

		box = sandbox.New(sandbox.Options{TokenKind: tokens, FaultRate: 1, Faults: []sandbox.Fault{sandbox.EmptyLastPage}})
		pages = walkGroups(t, box, url.Values{"limit": {"50"}})
		if diff := cmp.Diff(want, itemIDs(t, pages...)); diff != "" || len(itemIDs(t, pages[len(pages)-1])) != 0 || len(itemIDs(t, pages[len(pages)-2])) == 0 {
			t.Errorf("%s: %d pages\n%s", name, len(pages), diff)
		}
	}
}
