package graph

import (
	"maps"
	"net/http"
	"slices"
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
	parts   []heygen.Kept
	lost    bool                           // a part is kept nowhere
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
		s.lost = true
		return
	}
	s.parts = append(s.parts, part.Kept)
	s.lost = s.lost || part.Kept == nil
	if !s.some || part.At.Before(s.oldest) {
		s.oldest = part.At
	}
	if !s.some || part.Until.Before(s.until) {
		s.until = part.Until
	}
	s.private = s.private || !part.Public
	s.some = true
}

// frozen gives them as they are now, for good.
func (s *sources) frozen() *sources {
	asked := s.tell()
	s.mu.Lock()
	defer s.mu.Unlock()
	return &sources{some: s.some, oldest: s.oldest, until: s.until, private: s.private, parts: slices.Clone(s.parts), lost: s.lost, asked: asked}
}

// like makes them those of an answer that others were given, too, with the sources
// that are frozen.
func (s *sources) like(frozen *sources, from heygen.From) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.some, s.oldest, s.until, s.private = frozen.some, frozen.oldest, frozen.until, frozen.private
	s.asked = make(map[string]map[heygen.From]int, len(frozen.asked))
	for endpoint, by := range frozen.asked {
		n := 0
		for _, of := range by {
			n += of
		}
		s.asked[endpoint] = map[heygen.From]int{from: n}
	}
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
