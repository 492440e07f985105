package graph

import (
	"net/http"
	"slices"
	"strconv"
	"sync"
	"time"

	"heygen-graphql/internal/cache"
)

// sources gathers what an answer rests on: how old its oldest part is, and who
// else may be given it, for how long.
type sources struct {
	mu      sync.Mutex
	some    bool
	oldest  time.Time
	until   time.Time // when the first of the parts is no longer fresh
	private bool
	parts   []cache.Dependency
	lost    bool // a part is kept nowhere
	asked   []UpstreamUse
}

// UpstreamUse is how often HeyGen was needed at one endpoint, and where the answers, or
// the failures, came from.
type UpstreamUse struct {
	Endpoint string // such as "GET /v3/avatars"
	Result   cache.Result
	Count    int
}

func (s *sources) add(part cache.Info) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ask(part.Endpoint, part.Result, 1)
	if part.Failed {
		s.lost = true
		return
	}
	s.parts = append(s.parts, part.Entry)
	s.lost = s.lost || part.Entry == nil
	if !s.some || part.StoredAt.Before(s.oldest) {
		s.oldest = part.StoredAt
	}
	if !s.some || part.FreshUntil.Before(s.until) {
		s.until = part.FreshUntil
	}
	s.private = s.private || !part.Public
	s.some = true
}

// ask counts answers. s.mu is held.
func (s *sources) ask(endpoint string, from cache.Result, times int) {
	for i := range s.asked { // a few at most
		if a := &s.asked[i]; a.Result == from && a.Endpoint == endpoint {
			a.Count += times
			return
		}
	}
	s.asked = append(s.asked, UpstreamUse{endpoint, from, times})
}

// frozen gives them as they are now, for good.
func (s *sources) frozen() *sources {
	s.mu.Lock()
	defer s.mu.Unlock()
	return &sources{some: s.some, oldest: s.oldest, until: s.until, private: s.private, parts: slices.Clone(s.parts), lost: s.lost, asked: slices.Clone(s.asked)}
}

// like makes them those of an answer that others were given, too, with the sources
// that are frozen.
func (s *sources) like(frozen *sources, from cache.Result) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.some, s.oldest, s.until, s.private = frozen.some, frozen.oldest, frozen.until, frozen.private
	s.asked = nil
	for _, a := range frozen.asked {
		if a.Result == cache.Miss || from == cache.Hit && a.Result != cache.Skipped {
			a.Result = from // the others say more than that somebody else has waited for them
		}
		s.ask(a.Endpoint, a.Result, a.Count)
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

// told gives what was asked until now.
func (s *sources) told() []UpstreamUse {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.asked) // where the caller left, calls may still end
}

// tell is extensions.upstream: for every endpoint that was asked for something,
// how often, and where the answer came from.
func (s *sources) tell() map[string]map[cache.Result]int {
	told := map[string]map[cache.Result]int{}
	for _, a := range s.told() {
		if told[a.Endpoint] == nil {
			told[a.Endpoint] = map[cache.Result]int{}
		}
		told[a.Endpoint][a.Result] = a.Count
	}
	return told
}
