package ssetransport

import (
	"net/http"
	"testing"
)

func TestAcceptsEventStreamUnlessJSONIsPreferred(t *testing.T) {
	for accept, want := range map[string]bool{
		"":                                    false,
		"*/*":                                 false,
		"text/*":                              false,
		"application/json":                    false,
		"text/event-stream":                   true,
		"Text/Event-Stream":                   true,
		"text/event-stream; q=0":              false,
		"text/event-stream; q=2":              false,
		"text/event-stream; q=x":              false,
		"text/event-streams":                  false,
		"text/event-stream;q=0.1":             true,
		"text/event-stream, */*":              true,
		"*/*, text/event-stream":              true,
		"text/event-stream;q=.5,*/*":          true,
		"application/json, text/event-stream": false,
		"application/json;q=0.9, text/event-stream;q=0.8":              false,
		"application/json;q=0.8, text/event-stream;q=0.9":              true,
		"application/graphql-response+json, text/event-stream;q=0.9":   false,
		"text/event-stream;charset=utf-8, application/json; q=0.4, ;;": true,
	} {
		if got := Accepts(http.Header{"Accept": {accept}}); got != want {
			t.Errorf("Accept %q: %t", accept, got)
		}
	}
	if Accepts(nil) {
		t.Error("no header is accepted")
	}
	if !Accepts(http.Header{"Accept": {"application/json;q=0.5", "text/event-stream"}}) {
		t.Error("the second header is ignored")
	}
}
