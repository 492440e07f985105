package heygen_test

import (
	"net/http"
	"sync"
	"testing"
	"time"

	"heygen-graphql/heygen"
)

// scripted is a HeyGen that answers call by call as told, then as the last was
// told, and remembers when it was asked.
type scripted struct {
	mu     sync.Mutex
	start  time.Time
	script []upstream
	at     []time.Duration // since the start
}

func script(steps ...upstream) *scripted { return &scripted{start: time.Now(), script: steps} }

func (s *scripted) RoundTrip(r *http.Request) (*http.Response, error) {
	s.mu.Lock()
	step := s.script[min(len(s.at), len(s.script)-1)]
	s.at = append(s.at, time.Since(s.start))
	s.mu.Unlock()
	return step(r)
}

// then replaces what is told of the calls to come.
func (s *scripted) then(steps ...upstream) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.script = append(s.script[:0:0], make([]upstream, len(s.at))...)
	s.script = append(s.script, steps...)
}

func (s *scripted) calls() []time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]time.Duration(nil), s.at...)
}

// fails does the same whatever is asked.
func fails(err error) upstream {
	return func(*http.Request) (*http.Response, error) { return nil, err }
}

// after answers only then.
func after(wait time.Duration, then upstream) upstream {
	return func(r *http.Request) (*http.Response, error) {
		select {
		case <-time.After(wait):
			return then(r)
		case <-r.Context().Done():
			return nil, r.Context().Err()
		}
	}
}

var found = always(200, `{"data":`+group("")+`}`)

func retrying(n int) func(*heygen.Options) { return func(o *heygen.Options) { o.Retries = n } }

func askGroup(t *testing.T, client *heygen.Client) error {
	t.Helper()
	_, err := client.AvatarGroup(t.Context(), "g")
	return err
}
