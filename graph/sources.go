package graph

import (
	"maps"
	"net/http"
	"strconv"
	"sync"
	"time"

	"heygen-graphql/heygen"
)

// sources gathers what an answer rests on: how old its oldest part is, and who
// else may be given it, for how long.
type sources struct {
	mu      sync.Mutex
	some    bool
	oldest  time.Time
	until   time.Time // when the first of the parts is no longer fresh
	private bool
	asked   map[string]map[heygen.From]int // how often, by endpoint
}

func (s *sources) add(part heygen.Source) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.asked[part.Endpoint] == nil {
		if s.asked == nil {
			s.asked = map[string]map[heygen.From]int{}
		}
		s.asked[part.Endpoint] = map[heygen.From]int{}
	}
	s.asked[part.Endpoint][part.From]++
	if part.Failed {
		return
	}
	if !s.some || part.At.Before(s.oldest) {
		s.oldest = part.At
	}
	if !s.some || part.Until.Before(s.until) {
		s.until = part.Until
	}
	s.private = s.private || !part.Public
	s.some = true
}

// describe sets Age, and Cache-Control where others than the caller may keep
// the answer: lists of what HeyGen shows to everybody. What else was asked by GET
// may be kept by the caller's own browser. whole: it is an answer to GET without
// an error, no part of it may be missing, and none tells of this one time.
// credentialed: it is for whoever can show what its caller has shown.
func (s *sources) describe(h http.Header, whole, credentialed bool, now time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.some {
		return
	}
	age := int(now.Sub(s.oldest) / time.Second)
	h.Set("Age", strconv.Itoa(age))
	left := int(s.until.Sub(now) / time.Second)
	if !whole || left <= 0 {
		return
	}
	who := "public"
	if s.private || credentialed {
		who = "private"
	}
	// A cache takes Age from max-age, and what is left is as long as the answer is fresh here.
	h.Set("Cache-Control", who+", max-age="+strconv.Itoa(age+left))
}

// tell is extensions.upstream: for every endpoint that was asked for something,
// how often, and where the answer came from.
func (s *sources) tell() map[string]map[heygen.From]int {
	s.mu.Lock()
	defer s.mu.Unlock()
	told := map[string]map[heygen.From]int{}
	for endpoint, by := range s.asked {
		told[endpoint] = maps.Clone(by) // where the caller left, calls may still end
	}
	return told
}
