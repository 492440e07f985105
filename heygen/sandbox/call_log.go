package sandbox

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
)

// Call is one API call that the sandbox received. Requests for pictures and samples are not recorded.
type Call struct {
	Method string     // its first 32 bytes
	Path   string     // its first 1 KiB, unescaped, as /v3/avatars
	Query  url.Values // of its first 1 KiB, as sent
	Status int        // 0: in flight, or aborted before the response was complete
}

// Every caller can fill this log, authenticated or not, so it is bounded in bytes, too. These bounds are more than any test
// needs and amount to at most 70 MB, for a sandbox that serves for months.
const (
	minLoggedCalls = 1 << 14 // calls retained at least; at most, twice as many
	maxMethodBytes = 32      // bytes
	maxPathBytes   = 1 << 10 // bytes
	maxQueryBytes  = 1 << 10 // bytes, stored as a string: the map of a query is many times as large
)

// loggedCall is a Call as the log stores it.
type loggedCall struct {
	method, path, query string
	status              int
}

// callLog records the calls in order of arrival.
type callLog struct {
	mu          sync.Mutex
	calls       []*loggedCall
	inFlight    int
	maxInFlight int
}

func (l *callLog) start(r *http.Request) *loggedCall {
	call := &loggedCall{method: truncate(r.Method, maxMethodBytes), path: truncate(r.URL.Path, maxPathBytes), query: truncate(r.URL.RawQuery, maxQueryBytes)}
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.calls) == 2*minLoggedCalls {
		l.calls = slices.Clone(l.calls[minLoggedCalls:])
	}
	l.calls = append(l.calls, call)
	l.inFlight++
	l.maxInFlight = max(l.maxInFlight, l.inFlight)
	return call
}

// truncate returns a copy of the first n bytes of s: a slice of it would retain the whole request line.
func truncate(s string, n int) string { return strings.Clone(s[:min(n, len(s))]) }

func (l *callLog) done() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.inFlight--
}

func (l *callLog) setStatus(call *loggedCall, status int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	call.status = status
}

// Calls returns every API call since the start or the last ResetCalls, in order of arrival. After more than 32 768 calls,
// only the latest 16 384 or more are left.
func (s *Sandbox) Calls() []Call {
	s.log.mu.Lock()
	defer s.log.mu.Unlock()
	calls := make([]Call, len(s.log.calls))
	for i, call := range s.log.calls {
		query, _ := url.ParseQuery(call.query) // unparsable pairs are left out
		calls[i] = Call{call.method, call.path, query, call.status}
	}
	return calls
}

// ResetCalls clears the log. Calls in flight still count towards MaxInFlight, and no longer appear in Calls.
func (s *Sandbox) ResetCalls() {
	s.log.mu.Lock()
	defer s.log.mu.Unlock()
	s.log.calls, s.log.maxInFlight = nil, s.log.inFlight
}

// MaxInFlight returns the maximum number of concurrent API calls since the start or the last ResetCalls.
func (s *Sandbox) MaxInFlight() int {
	s.log.mu.Lock()
	defer s.log.mu.Unlock()
	return s.log.maxInFlight
}

// InFlight returns the number of API calls in flight.
func (s *Sandbox) InFlight() int {
	s.log.mu.Lock()
	defer s.log.mu.Unlock()
	return s.log.inFlight
}

// statusRecorder records the status that the handler sent.
type statusRecorder struct {
	http.ResponseWriter
	status int
}

func (w *statusRecorder) WriteHeader(status int) {
	w.status = status
	w.ResponseWriter.WriteHeader(status)
}

// Unwrap lets an http.ResponseController flush and hijack.
func (w *statusRecorder) Unwrap() http.ResponseWriter { return w.ResponseWriter }
