package graph

import (
	"cmp"
	"log/slog"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/99designs/gqlgen/graphql"
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

const (
	// maxOutgoing is how many bytes of long answers may be on their way to clients.
	maxOutgoing = 128 << 20
	// shortAnswer is what buffers on the way take, however slow the client is.
	shortAnswer = 64 << 10
)

// outgoing counts the bytes of the answers that are being written. A client that
// does not read holds them until the server's deadline for writing, some 45 s; so
// it can keep other long answers away, but neither the short ones nor all memory.
type outgoing struct{ bytes atomic.Int64 }

// enter tells whether there is room; who entered must leave.
func (o *outgoing) enter(r *graphql.Response) bool {
	n := weight(r)
	if o.bytes.Add(n) > maxOutgoing && n > 0 {
		o.bytes.Add(-n)
		return false
	}
	return true
}

func (o *outgoing) leave(r *graphql.Response) { o.bytes.Add(-weight(r)) }

func weight(r *graphql.Response) int64 {
	if len(r.Data) <= shortAnswer {
		return 0
	}
	return int64(len(r.Data))
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
	log.Warn(what, "why", why, "requests", r.untold)
	r.told, r.untold = time.Now(), 0
}

// overloaded is the answer to an operation for which there was no room.
func (h *handler) overloaded(x *exchange, w http.ResponseWriter, why string) (status int, response *graphql.Response) {
	x.refused = true
	h.overloads.tell(h.Logger, "operations are refused: OVERLOADED", why)
	w.Header().Set("Retry-After", "1") // second: most operations take less
	return http.StatusServiceUnavailable, failure(Overloaded, "This server has too much to do. Try again in a second.")
}
