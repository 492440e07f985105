package relay

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"testing"
)

func TestBackwardPaginationIsLimitedTo40Pages(t *testing.T) {
	u := newFakeUpstream(2001, 50, false)
	if _, err := u.list().Connect(t.Context(), Args{Last: new(1)}); !errors.Is(err, ErrTooDeep) || u.calls != 40 {
		t.Errorf("%v after %d calls", err, u.calls)
	}
	u = newFakeUpstream(2000, 50, false)
	if c := connect(t, u.list(), Args{Last: new(1)}); c.Nodes()[0] != "id2000" {
		t.Errorf("got %v", c.Nodes())
	}
}

func TestEndlessListFailsWithinFewCalls(t *testing.T) {
	for name, test := range map[string]struct {
		fetch func(token string, call int) ([]string, string)
		calls int
		err   error
	}{
		"one token forever":       {func(string, int) ([]string, string) { return []string{"a"}, "t" }, 2, ErrDeadEnd},
		"two alternating tokens":  {func(_ string, call int) ([]string, string) { return []string{"a"}, fmt.Sprint(call % 2) }, 3, ErrCycle},
		"empty pages, new tokens": {func(_ string, call int) ([]string, string) { return nil, fmt.Sprint(call) }, 4, ErrDeadEnd},
	} {
		calls := 0
		l := &List[string]{Scope: "s", Codec: NewCodec(""), ID: func(s string) string { return s },
			Fetch: func(_ context.Context, token string) (UpstreamPage[string], error) {
				calls++
				items, next := test.fetch(token, calls)
				return upstreamPage(items, next), nil
			}}
		if _, err := l.Connect(t.Context(), Args{First: new(100)}); !errors.Is(err, test.err) || calls != test.calls {
			t.Errorf("%s: %v after %d calls", name, err, calls)
		}
	}
}

// TestTokenCycleIsDetectedAcrossConnections pages through lists whose last page leads back
// to the second one. No single connection sees a token twice, so only the checkpoint in
// the cursors can detect the cycle.
func TestTokenCycleIsDetectedAcrossConnections(t *testing.T) {
	for _, length := range []int{1, 2, 3, 7} {
		calls := 0
		l := &List[string]{Scope: "s", Codec: NewCodec(""), ID: func(s string) string { return s },
			Fetch: func(_ context.Context, token string) (UpstreamPage[string], error) {
				calls++
				n := 0
				if token != "" {
					n, _ = strconv.Atoi(token)
				}
				items := make([]string, 50)
				for i := range items {
					items[i] = fmt.Sprint(n, "-", i)
				}
				return upstreamPage(items, fmt.Sprint(n%length+1)), nil
			}}
		for _, n := range []int{10, 25, 50, 100} {
			calls = 0
			for args := (Args{First: &n}); ; {
				c, err := l.Connect(t.Context(), args)
				if errors.Is(err, map[bool]error{true: ErrDeadEnd, false: ErrCycle}[length == 1]) {
					break
				}
				if err != nil || calls > 5*length+50/n*10 {
					t.Fatalf("a cycle of %d pages, first: %d: %v after %d calls", length, n, err, calls)
				}
				args.After = c.PageInfo.EndCursor()
			}
		}
	}
}

func TestPageIsShortenedAtMaxPages(t *testing.T) {
	u := newFakeUpstream(150, 2, false) // like the pages of a filter that is applied after pagination
	l := u.list()
	c := connect(t, l, Args{First: new(100)})
	if len(c.Edges) != 80 || u.calls != 40 || !c.PageInfo.HasNextPage {
		t.Errorf("%d edges after %d calls, hasNextPage %v", len(c.Edges), u.calls, c.PageInfo.HasNextPage)
	}
	if c = connect(t, l, Args{First: new(100), After: c.PageInfo.EndCursor()}); len(c.Edges) != 70 || c.PageInfo.HasNextPage {
		t.Errorf("%d edges", len(c.Edges))
	}
}

func TestEmptyPagesAreSkipped(t *testing.T) {
	pages := map[string]struct {
		items []string
		next  string
	}{"": {nil, "1"}, "1": {nil, "2"}, "2": {[]string{"a"}, "3"}, "3": {nil, "4"}, "4": {nil, "5"}, "5": {nil, "6"}, "6": {[]string{"b"}, ""}}
	l := &List[string]{Scope: "s", Codec: NewCodec(""), ID: func(s string) string { return s },
		Fetch: func(_ context.Context, token string) (UpstreamPage[string], error) {
			return upstreamPage(pages[token].items, pages[token].next), nil
		}}
	if c := connect(t, l, Args{}); !slices.Equal(c.Nodes(), []string{"a", "b"}) || c.PageInfo.HasNextPage {
		t.Errorf("%v", c.Nodes())
	}
}

func TestFetchErrorIsReturned(t *testing.T) {
	failed := errors.New("failed")
	l := &List[string]{Scope: "s", Codec: NewCodec(""), ID: func(s string) string { return s },
		Fetch: func(context.Context, string) (UpstreamPage[string], error) { return UpstreamPage[string]{}, failed }}
	cursor := l.Codec.Encode("s", Cursor{PageToken: "t", PageNumber: 1, IDHash: 1})
	for _, args := range []Args{{}, {Last: new(1)}, {After: &cursor}, {Before: &cursor}} {
		if _, err := l.Connect(t.Context(), args); !errors.Is(err, failed) {
			t.Errorf("%v", err)
		}
	}
}
