package graph

import (
	"context"
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
}

type sourcesKey struct{}

func (s *sources) in(ctx context.Context) context.Context {
	return context.WithValue(ctx, sourcesKey{}, s)
}

func sourcesOf(ctx context.Context) *sources { return ctx.Value(sourcesKey{}).(*sources) }

func (s *sources) add(part heygen.Source) {
	s.mu.Lock()
	defer s.mu.Unlock()
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
// an error, and no part of it may be missing.
func (s *sources) describe(h http.Header, whole bool, now time.Time) {
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
	if s.private {
		who = "private"
	}
	// A cache takes Age from max-age, and what is left is as long as the answer is fresh here.
	h.Set("Cache-Control", who+", max-age="+strconv.Itoa(age+left))
}
