package upstream

import (
	"encoding/json"
	"net/url"
	"strconv"
	"time"
)

// Calls counts the calls to each endpoint since the server started.
type Calls struct {
	Groups int64 `json:"groups"` // GET /v3/avatars
	Group  int64 `json:"group"`  // GET /v3/avatars/{group_id}
	Looks  int64 `json:"looks"`  // GET /v3/avatars/looks
	Voice  int64 `json:"voice"`  // GET /v3/voices/{voice_id}
}

// Total returns the number of calls to all endpoints.
func (c Calls) Total() int64 { return c.Groups + c.Group + c.Looks + c.Voice }

func (s *Server) callCounts() Calls {
	return Calls{
		Groups: s.calls[groupsEndpoint].Load(), Group: s.calls[groupEndpoint].Load(),
		Looks: s.calls[looksEndpoint].Load(), Voice: s.calls[voiceEndpoint].Load(),
	}
}

// control lets another process configure this one: /control?groups=600&delay=5ms sets
// the length of the catalogue and the delay of responses, both optional. It returns
// the calls so far, and does not count as one.
func (s *Server) control(raw string) (status string, body bodyParts) {
	query, _ := url.ParseQuery(raw)
	if query.Has("groups") {
		groups, err := strconv.Atoi(query.Get("groups"))
		if err != nil || groups < 1 {
			return statusBadRequest, invalidParameter
		}
		s.catalogue.SetLen(groups)
	}
	if query.Has("delay") {
		delay, err := time.ParseDuration(query.Get("delay"))
		if err != nil || delay < 0 {
			return statusBadRequest, invalidParameter
		}
		s.delay.Store(int64(delay))
	}
	counts, _ := json.Marshal(s.callCounts()) // four numbers cannot fail
	return statusOK, bodyParts{counts}
}
