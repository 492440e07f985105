package graph

import (
	"cmp"
	"log/slog"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/99designs/gqlgen/graphql"

	"heygen-graphql/graph/errcode"
)

// maxOperations is how many operations may be under way unless Options say
// otherwise. One that waits for HeyGen holds some 50 KB.
const maxOperations = 1000

// admission lets operations in as long as there is room. Those beyond are
// refused at once, so that those that are in can be finished.
type admission chan struct{}

func newAdmission(most int) admission { return make(admission, cmp.Or(most, maxOperations)) }

// enter tells whether there was room; who entered must leave.
func (a admission) enter() bool {
	select {
	case a <- struct{}{}:
		return true
	default:
		return false
	}
}

func (a admission) leave() { <-a }

// held counts the bytes of what is under way, as far as it is long. Short pieces
// are let through in any case: they are the rule, and take no more than the places
// for operations and the buffers of connections hold.
type held struct {
	bytes atomic.Int64
	short int64 // in bytes; up to this it is not counted
	most  int64
}

// Answers that are being written. A client that does not read holds one until the
// server's deadline for writing, some 45 s; so it can keep other long answers
// away, but neither the short ones nor all memory.
func newOutgoing() held { return held{short: 64 << 10, most: 128 << 20} }

// Bodies of requests, from before they are read until their operation has ended.
// One takes some eight times its length in memory. Generated clients send less
// than 16 KiB.
func newIncoming() held { return held{short: 16 << 10, most: 64 << 20} }

// enter tells whether there is room; who entered must leave.
func (h *held) enter(bytes int64) bool {
	if bytes > h.short && h.bytes.Add(bytes) > h.most {
		h.bytes.Add(-bytes)
		return false
	}
	return true
}

func (h *held) leave(bytes int64) {
	if bytes > h.short {
		h.bytes.Add(-bytes)
	}
}

// bodyOf is how long the body of a request may be, as far as it will be read.
func bodyOf(r *http.Request, most int64) int64 {
	if r.Method != http.MethodPost {
		return 0
	}
	if r.ContentLength < 0 { // it is not known
		return most
	}
	return min(r.ContentLength, most)
}

// refusals are told once a second, with their number.
type refusals struct {
	mu     sync.Mutex
	told   time.Time
	untold int
}

func (r *refusals) tell(log *slog.Logger, what, why string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.untold++; time.Since(r.told) < time.Second {
		return
	}
	log.Warn(what, "reason", why, "requests", r.untold)
	r.told, r.untold = time.Now(), 0
}

// overloaded is the answer to an operation for which there was no room.
func (h *handler) overloaded(w http.ResponseWriter, why string) (status int, response *graphql.Response) {
	h.overloads.tell(h.Logger, "rejecting operations: OVERLOADED", why)
	w.Header().Set("Retry-After", "1") // second: most operations take less
	return http.StatusServiceUnavailable, failure(errcode.Overloaded, "This server has too much to do. Try again in a second.")
}
