package cached

import (
	"cmp"
	"context"
	"errors"
	"sync"
	"time"

	"heygen-graphql/heygen"
)

const (
	// probeEvery is how often HeyGen is asked for nothing but its health.
	probeEvery = 5 * time.Second
	// wordHolds is how long an answer says that HeyGen answers, where nothing is kept.
	wordHolds = time.Minute
	// probeTimeout is less than what asks for health waits for it.
	probeTimeout = 3 * time.Second
)

var errRefused = errors.New("HeyGen rejects the key")

// silences say why HeyGen gives nothing, where nothing of its is kept either.
var silences = []struct{ kind, says error }{
	{heygen.ErrForbidden, errors.New("HeyGen does not allow this with the key, and nothing of its is kept")},
	{heygen.ErrPaymentRequired, errors.New("the HeyGen account lacks the credit or the plan, and nothing of HeyGen's is kept")},
	{heygen.ErrRateLimited, errors.New("HeyGen allows no more requests for now, and nothing of its is kept")},
	{heygen.ErrInvalidResponse, errors.New("HeyGen's answers make no sense, and nothing of its is kept")},
}

var errSilent = errors.New("HeyGen does not answer, and nothing of its is kept")

func silence(failed error) error {
	for _, s := range silences {
		if errors.Is(failed, s.kind) {
			return s.says
		}
	}
	return errSilent
}

// health is when HeyGen last answered with the client's own key, and the last
// time that it was asked for that alone.
type health struct {
	mu       sync.Mutex
	answered time.Time
	until    time.Time // when the last of what is kept is no longer of use
	silent   error     // what the last probe has found

	probing chan struct{} // holds the one who asks HeyGen
	probed  time.Time     // of whoever is in probing
}

func newHealth() *health { return &health{probing: make(chan struct{}, 1)} }

func (h *health) heard() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.answered = time.Now()
}

// keeps remembers how long an answer can be given that has just been.
func (h *health) keeps(until time.Time) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if until.After(h.until) {
		h.until = until
	}
}

// dropped: nothing is kept.
func (h *health) dropped() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.until = time.Time{}
}

// Health is nil while questions can be answered with the client's own key: HeyGen
// takes it, and answers, or something that it has answered is kept. Where that is
// not known it asks HeyGen, at most every 5 s. The error says what is wrong, and
// nothing else.
func (c *Client) Health(ctx context.Context) error {
	if err := c.word(); err == nil {
		return nil
	}
	c.health.probing <- struct{}{}
	defer func() { <-c.health.probing }()
	if time.Since(c.health.probed) >= probeEvery {
		c.health.probed = time.Now()
		// Whoever asked may leave; the next one is to find an answer.
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), probeTimeout)
		defer cancel()
		_, err := c.ListAvatarGroups(ctx, heygen.AvatarGroupsParams{Limit: heygen.MaxPageSize}) // the page that most ask for first
		c.found(silence(err))
	}
	return c.word()
}

// word is what is known of HeyGen without asking it.
func (c *Client) word() error {
	if c.refusals.forbids(theKey) {
		return errRefused
	}
	c.health.mu.Lock()
	defer c.health.mu.Unlock()
	if now := time.Now(); !now.Before(c.health.until) && (c.health.answered.IsZero() || now.Sub(c.health.answered) > wordHolds) {
		return cmp.Or(c.health.silent, errSilent)
	}
	return nil
}

// found remembers why a probe was in vain, and tells it when that is news.
func (c *Client) found(why error) {
	c.health.mu.Lock()
	was := c.health.silent
	c.health.silent = why
	c.health.mu.Unlock()
	if now := c.word(); now == why && was != why {
		c.log.log.Warn("not ready", "reason", why.Error())
	}
}
