package sandbox

import (
	"net/http"
	"net/url"
	"strconv"
	"testing"
)

func TestTheCallLogForgetsTheOldestCalls(t *testing.T) {
	s := New(Options{})
	for i := range 5 * remembered / 2 {
		s.log.begin(&http.Request{URL: &url.URL{Path: strconv.Itoa(i)}})
	}
	calls := s.Calls()
	if n := len(calls); n < remembered || n > 2*remembered {
		t.Errorf("%d calls are kept, want between %d and %d", n, remembered, 2*remembered)
	}
	if last := calls[len(calls)-1].Path; last != strconv.Itoa(5*remembered/2-1) {
		t.Errorf("the latest that is kept is %s", last)
	}
}
