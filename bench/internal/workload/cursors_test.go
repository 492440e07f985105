package workload

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// startLister starts a server that returns the same page to every request.
func startLister(t *testing.T, edges int, end string, more bool) (address string) {
	list := strings.TrimSuffix(strings.Repeat(`{"cursor":"c"},`, edges), ",")
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = fmt.Fprintf(w, `{"data":{"avatarGroups":{"edges":[%s],"pageInfo":{"hasNextPage":%v,"endCursor":%q}}}}`, list, more, end)
	}))
	t.Cleanup(server.Close)
	return server.Listener.Addr().String()
}

func TestCursorsRejectsIncompletePages(t *testing.T) {
	w := Workload{CursorsNeeded: 100}
	if cursors, err := w.Cursors(startLister(t, 50, "c", true), "/"); err != nil || len(cursors) != 101 || cursors[0] != "" || cursors[100] != "c" {
		t.Errorf("%d cursors, %v", len(cursors), err)
	}
	if _, err := w.Cursors(startLister(t, 50, "d", true), "/"); err == nil {
		t.Error("no error though endCursor is not the last edge's")
	}
	if _, err := w.Cursors(startLister(t, 20, "c", true), "/"); err == nil {
		t.Error("no error though a page of 50 has 20 edges")
	}
	if _, err := w.Cursors(startLister(t, 50, "c", false), "/"); err == nil {
		t.Error("no error though the list ends after 50 groups")
	}
	if cursors, err := (Workload{}).Cursors("nowhere", "/"); err != nil || len(cursors) != 1 {
		t.Errorf("none needed: %v, %v", cursors, err)
	}
	plain := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "text") }))
	defer plain.Close()
	if _, err := w.Cursors(plain.Listener.Addr().String(), "/"); err == nil {
		t.Error("no error for a response that is not JSON")
	}
}

func TestBodyPassesCursorAsVariable(t *testing.T) {
	w := Workload{Document: "{ a }"}
	for want, c := range map[string]Case{
		`{"query":"{ a }"}`: {},
		`{"query":"{ a }","variables":{"after":"second"}}`:           {After: 2},
		`{"query":"{ a }","variables":{"after":"first","id":"one"}}`: {After: 1, Variables: map[string]any{"id": "one"}},
	} {
		if got := string(w.Body(c, Cursors{"", "first", "second"})); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}
