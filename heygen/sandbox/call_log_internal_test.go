package sandbox

import (
	"fmt"
	"net/http"
	"net/url"
	"runtime"
	"strconv"
	"strings"
	"testing"
)

func TestCallLogDropsOldestCalls(t *testing.T) {
	s := New(Options{})
	for i := range 5 * minLoggedCalls / 2 {
		s.log.start(&http.Request{URL: &url.URL{Path: strconv.Itoa(i)}})
	}
	calls := s.Calls()
	if n := len(calls); n < 16<<10 || n > 32<<10 {
		t.Errorf("%d calls are logged, want between 16 Ki and 32 Ki", n)
	}
	if last := calls[len(calls)-1].Path; last != strconv.Itoa(5*minLoggedCalls/2-1) {
		t.Errorf("the latest logged call is %s", last)
	}
}

func TestCallLogIsBoundedInBytes(t *testing.T) {
	s := New(Options{})
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	for i := range 500 {
		long := fmt.Sprint(i) + strings.Repeat("x", 64<<10)
		s.log.start(&http.Request{Method: long, URL: &url.URL{Path: "/" + long, RawQuery: strings.Repeat("a&", 32<<10) + long}})
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	if perCall := (after.HeapAlloc - before.HeapAlloc) / 500; after.HeapAlloc > before.HeapAlloc && perCall > 3<<10 {
		t.Errorf("a call takes %d bytes", perCall)
	}
	if call := s.Calls()[7]; len(call.Method) != 32 || len(call.Path) != 1<<10 || !strings.HasPrefix(call.Path, "/7x") || len(call.Query["a"]) != 512 {
		t.Errorf("%.40s… with %d parameters", call.Path, len(call.Query["a"]))
	}
}
