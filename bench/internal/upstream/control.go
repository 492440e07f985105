package upstream

import (
	"encoding/json"
	"net/url"
	"strconv"
	"time"
)

// Calls are how often each endpoint was called since the server began.
type Calls struct {
	Groups int64 `json:"groups"` // GET /v3/avatars
	Group  int64 `json:"group"`  // GET /v3/avatars/{group_id}
	Looks  int64 `json:"looks"`  // GET /v3/avatars/looks
	Voice  int64 `json:"voice"`  // GET /v3/voices/{voice_id}
}

// All is their sum.
func (c Calls) All() int64 { return c.Groups + c.Group + c.Looks + c.Voice }

func (s *Server) counted() Calls {
	return Calls{
		Groups: s.calls[groupsEndpoint].Load(), Group: s.calls[groupEndpoint].Load(),
		Looks: s.calls[looksEndpoint].Load(), Voice: s.calls[voiceEndpoint].Load(),
	}
}

// control is how another process steers this one: /control?groups=600&delay=5ms
// sets how long the catalogue is and how long an answer takes, each where it is
// given. It answers with the calls so far, and costs none.
func (s *Server) control(raw string) (status string, body pieces) {
	query, _ := url.ParseQuery(raw)
	if query.Has("groups") {
		groups, err := strconv.Atoi(query.Get("groups"))
		if err != nil || groups < 1 {
			return badRequest, wrong
		}
		s.catalogue.Shorten(groups)
	}
	if query.Has("delay") {
		delay, err := time.ParseDuration(query.Get("delay"))
		if err != nil || delay < 0 {
			return badRequest, wrong
		}
		s.delay.Store(int64(delay))
	}
	text, _ := json.Marshal(s.counted()) // four numbers
	return ok, pieces{text}
}
