package graph

import (
	"cmp"
	"net/http"
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

// overloaded is the answer to an operation that was not let in.
func overloaded(w http.ResponseWriter, mediaType string) {
	w.Header().Set("Retry-After", "1") // second: most operations take less
	write(w, mediaType, http.StatusServiceUnavailable, failure(Overloaded, "This server has too much to do. Try again in a second."))
}
