package heygen_test

import (
	"errors"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"heygen-graphql/heygen"
	"heygen-graphql/heygen/sandbox"
)

func TestClientListsAndGetsEverySandboxGroup(t *testing.T) {
	box := sandbox.New(sandbox.Options{})
	defer box.Close()
	client := newClient(t, box.Transport())
	var want []string
	for _, g := range box.Groups() {
		want = append(want, g.ID)
		if got, err := client.AvatarGroup(t.Context(), heygen.GroupID(g.ID)); err != nil || got.Name != strings.TrimSpace(g.Name) {
			t.Errorf("%s: %v", g.ID, err)
		}
	}
	ids, err := collectIDs(t, client, heygen.AvatarGroupsParams{Limit: heygen.MaxPageSize})
	if err != nil || !slices.Equal(ids, want) {
		t.Errorf("%d groups of %d, %v", len(ids), len(want), err)
	}
}

func TestSequenceOverEmptyPagesLosesNothing(t *testing.T) {
	box := sandbox.New(sandbox.Options{})
	defer box.Close()
	client := newClient(t, box.Transport())
	groups := len(box.Groups())
	for name, script := range map[string][]sandbox.Fault{
		"three at the start":      {sandbox.EmptyPage, sandbox.EmptyPage, sandbox.EmptyPage},
		"every second one":        slices.Repeat([]sandbox.Fault{sandbox.OK, sandbox.EmptyPage}, 10),
		"one before an empty end": slices.Repeat([]sandbox.Fault{sandbox.EmptyLastPage}, (groups+49)/50),
	} {
		box.ResetCalls()
		box.QueueFaults(script...)
		ids, err := collectIDs(t, client, heygen.AvatarGroupsParams{Limit: heygen.MaxPageSize})
		if calls := len(box.Calls()); err != nil || len(ids) != groups || calls == (groups+49)/50 {
			t.Errorf("%s: %d groups of %d in %d calls, %v", name, len(ids), groups, calls, err)
		}
	}
}

func TestEverySandboxFaultIsASafeErrorOrNone(t *testing.T) {
	for _, fault := range sandbox.AllFaults() {
		synctest.Test(t, func(t *testing.T) {
			box := sandbox.New(sandbox.Options{})
			defer box.Close()
			client := newClient(t, box.Transport())
			for _, call := range []func() error{
				func() error { _, err := client.AvatarGroup(t.Context(), "group_monica"); return err },
				func() error {
					_, err := client.ListAvatarGroups(t.Context(), heygen.AvatarGroupsParams{Limit: 3})
					return err
				},
			} {
				box.QueueFaults(fault)
				failed, ok := errors.AsType[*heygen.Error](call())
				if ok && (strings.Contains(failed.Error(), secret) || failed.Kind == nil || len(failed.Error()) > 300) {
					t.Errorf("%s: %v", fault, failed)
				}
				if fault == sandbox.EndlessBody && (!ok || failed.Kind != heygen.ErrInvalidResponse || failed.Status != 200) {
					t.Errorf("%s: %v", fault, failed)
				}
				if err := call(); err != nil {
					t.Errorf("the call after %s: %v", fault, err)
				}
			}
		})
	}
}

func TestSandboxResetIsConnectionReset(t *testing.T) {
	box := sandbox.New(sandbox.Options{})
	server := httptest.NewServer(box)
	defer server.Close()
	client := newClient(t, nil, func(o *heygen.Options) { o.BaseURL = server.URL })
	box.QueueFaults(sandbox.Reset)
	if _, err := client.AvatarGroup(t.Context(), "group_monica"); !errors.Is(err, heygen.ErrUnavailable) || !strings.Contains(err.Error(), "connection reset") {
		t.Error(err)
	}
}
