package workload

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// lister answers every walk with the same page.
func lister(t *testing.T, edges int, end string, more bool) (address string) {
	list := strings.TrimSuffix(strings.Repeat(`{"cursor":"c"},`, edges), ",")
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = fmt.Fprintf(w, `{"data":{"avatarGroups":{"edges":[%s],"pageInfo":{"hasNextPage":%v,"endCursor":%q}}}}`, list, more, end)
	}))
	t.Cleanup(server.Close)
	return server.Listener.Addr().String()
}

func TestCursorsAreReadFromWholePages(t *testing.T) {
	w := Workload{Walk: 100}
	if cursors, err := w.Cursors(lister(t, 50, "c", true), "/"); err != nil || len(cursors) != 101 || cursors[0] != "" || cursors[100] != "c" {
		t.Errorf("%d cursors, %v", len(cursors), err)
	}
	if _, err := w.Cursors(lister(t, 50, "d", true), "/"); err == nil {
		t.Error("a page ends elsewhere than its last edge")
	}
	if _, err := w.Cursors(lister(t, 20, "c", true), "/"); err == nil {
		t.Error("a page of 50 has 20 edges")
	}
	if _, err := w.Cursors(lister(t, 50, "c", false), "/"); err == nil {
		t.Error("a list of 50 has 100 cursors")
	}
	if cursors, err := (Workload{}).Cursors("nowhere", "/"); err != nil || len(cursors) != 1 {
		t.Errorf("none are needed: %v, %v", cursors, err)
	}
	text := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "text") }))
	defer text.Close()
	if _, err := w.Cursors(text.Listener.Addr().String(), "/"); err == nil {
		t.Error("text is no answer")
	}
}

func TestTheCursorIsAVariableWhereThereIsOne(t *testing.T) {
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
