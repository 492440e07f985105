package graph_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"heygen-graphql/heygen/sandbox"
)

const incompleteMessage = "HeyGen's list is incomplete"

// HeyGen says that a list has more items, but not how to get them: with no token, or with the token that the
// page was requested with.
func TestListThatHeyGenBreaksOffNeverLooksComplete(t *testing.T) {
	forEachPlainConnection(t, sandbox.Options{}, func(t *testing.T, a *api, l *connectionCase) {
		for i := range 2 * l.pageSize { // at least three pages
			l.add(a, fmt.Sprintf("new%03d", i), 3e9)
		}
		ids, size := l.ids(a), l.pageSize
		page := l.fetchPage(t, a, vars{"first": size})
		second := l.fetchPage(t, a, vars{"first": size, "after": page.end})
		for _, test := range []struct {
			fault sandbox.Fault
			start int // of the last page within reach
			after any
			page  connectionPage
		}{
			{sandbox.MoreWithoutToken, 0, nil, page},
			{sandbox.MoreWithoutToken, size, page.end, second},
			{sandbox.RepeatedToken, size, page.end, second},
		} {
			a.SetFaults(1, test.fault)
			expectIDs := func(arguments vars, want []string, calls int) (got connectionPage) {
				t.Helper()
				a.expectCalls(t, calls+l.extraCalls, func() { got = l.fetchPage(t, a, arguments) })
				if !slices.Equal(got.ids, want) || !got.next {
					t.Errorf("%s, %v: %v, next %v", test.fault, arguments, got.ids, got.next)
				}
				return got
			}
			expectError := func(arguments vars) {
				t.Helper()
				a.log.reset()
				out := a.do(t, l.query(), arguments)
				if out.codes() != codeInvalidResponse || !strings.HasPrefix(out.Errors[0].Message, incompleteMessage) || l.find(out) != nil {
					t.Errorf("%s, %v: %s", test.fault, arguments, out.Body)
				}
				if log := a.log.String(); strings.Count(log, "\n") != 1 || !strings.Contains(log, `level=WARN msg="upstream list cannot be continued"`) || !strings.Contains(log, `endpoint="GET /v3/`) {
					t.Errorf("%s: log: %s", test.fault, log)
				}
			}
			known := ids[test.start : test.start+size]
			expectIDs(vars{"first": 20, "after": test.after}, known[:20], 1)
			expectIDs(vars{"first": 0, "after": test.after}, nil, 1)
			all := expectIDs(vars{"first": size, "after": test.after}, known, 1)
			expectIDs(vars{"first": 0, "after": all.end}, nil, 1)
			if test.start == 0 {
				expectIDs(vars{"last": 3, "before": all.end}, known[size-4:size-1], 1)
				expectIDs(vars{"last": 5, "before": test.page.cursors[10]}, known[5:10], 1)
			}
			expectError(vars{"first": 1, "after": all.end})
			expectError(vars{"first": 2, "after": all.cursors[size-2]})
			expectError(vars{"last": 1, "after": test.after})

			a.SetFaults(0) // HeyGen corrects the page: the cursor leads on
			if c := l.fetchPage(t, a, vars{"first": 2, "after": all.end}); !slices.Equal(c.ids, ids[test.start+size:test.start+size+2]) {
				t.Errorf("%s, corrected: %v", test.fault, c.ids)
			}
		}
	})
}

func TestOperationLogsAtMostThreeBrokenLists(t *testing.T) {
	a := newAPI(t, sandbox.Options{})
	a.SetFaults(1, sandbox.MoreWithoutToken)
	a.mustDo(t, `{ avatarGroups(first: 50) { nodes { looks(first: 0) { pageInfo { hasNextPage } } } } }`, nil)
	if log := a.log.String(); strings.Count(log, "cannot be continued") != 3 || strings.Count(log, "\n") != 3 {
		t.Error(log)
	}
}

func TestEmptyPageWithoutTokenIsNotAnEmptyList(t *testing.T) {
	a, u := newFakeAPI(t)
	for _, token := range []string{"", `,"next_token":null`, `,"next_token":""`} {
		emptyLists := func(r *http.Request) (int, string) {
			if strings.HasPrefix(r.URL.Path, "/v3/avatars/group_") {
				return 0, ""
			}
			return 200, `{"data":[],"has_more":true` + token + `}`
		}
		for _, query := range []string{groupListQuery, `{ avatarLooks(groupId: "group_monica") { nodes { id } } }`, `{ avatarGroup(id: "group_monica") { looks { nodes { id } } } }`, `{ voices { nodes { id } } }`} {
			u.set(emptyLists)
			if out := a.do(t, query, nil); out.codes() != codeInvalidResponse || u.countCalls() != 1 {
				t.Errorf("%s: %d calls, %s", query, u.countCalls(), out.Body)
			}
		}
	}
}

func TestListOfEmptyPagesIsLogged(t *testing.T) {
	a, u := newFakeAPI(t)
	u.set(func(r *http.Request) (int, string) {
		return 200, `{"data":[],"has_more":true,"next_token":"` + r.URL.Query().Get("token") + `x"}`
	})
	out := a.do(t, groupListQuery, nil)
	if log := a.log.String(); out.codes() != codeInvalidResponse || strings.Count(log, "\n") != 1 || !strings.Contains(log, `level=WARN msg="upstream list cannot be continued" requestId=request-1 endpoint="GET /v3/avatars" cause="too many empty pages"`) {
		t.Errorf("%s\n%s", out.Body, log)
	}
}
