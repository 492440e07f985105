package sandbox

import (
	"net/http"
	"net/url"
	"slices"
	"sync"
)

// Call is one API call that the sandbox was sent. Requests for pictures are none.
type Call struct {
	Method string
	Path   string // unescaped, as /v3/avatars
	Query  url.Values
	Status int // 0: under way, or cut off before the answer was whole
}

// remembered is how many calls are kept at least: more than any test makes, and few enough (some 20 MB) for a sandbox that
// serves for months.
const remembered = 1 << 15

// callLog is the calls so far, in order of arrival.
type callLog struct {
	mu       sync.Mutex
	calls    []*Call
	inFlight int
	most     int
}

func (l *callLog) begin(r *http.Request) *Call {
	call := &Call{Method: r.Method, Path: r.URL.Path, Query: r.URL.Query()}
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.calls) == 2*remembered {
		l.calls = slices.Clone(l.calls[remembered:])
	}
	l.calls = append(l.calls, call)
	l.inFlight++
	l.most = max(l.most, l.inFlight)
	return call
}

func (l *callLog) end() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.inFlight--
}

func (l *callLog) finish(call *Call, status int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	call.Status = status
}

// Calls gives every API call since the start or the last ResetCalls, in order of arrival. After more than 65 536 of them,
// only the latest are left: 32 768 or more.
func (s *Sandbox) Calls() []Call {
	s.log.mu.Lock()
	defer s.log.mu.Unlock()
	calls := make([]Call, len(s.log.calls))
	for i, call := range s.log.calls {
		calls[i] = *call
	}
	return calls
}

// ResetCalls forgets the calls so far. Those still under way count towards MaxInFlight, and no longer show in Calls.
func (s *Sandbox) ResetCalls() {
	s.log.mu.Lock()
	defer s.log.mu.Unlock()
	s.log.calls, s.log.most = nil, s.log.inFlight
}

// MaxInFlight is how many API calls were under way at once, at most, since the start or the last ResetCalls.
func (s *Sandbox) MaxInFlight() int {
	s.log.mu.Lock()
	defer s.log.mu.Unlock()
	return s.log.most
}

// statusWriter remembers the status that was sent.
type statusWriter struct {
	http.ResponseWriter
	status int
}

func (w *statusWriter) WriteHeader(status int) {
	w.status = status
	w.ResponseWriter.WriteHeader(status)
}

// Unwrap lets an http.ResponseController flush and hijack.
func (w *statusWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }
