package cached

import (
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

var (
	errRefused = errors.New("HeyGen refuses the key")
	errSilent  = errors.New("HeyGen does not answer, and nothing of its is kept")
)

// health is when HeyGen last answered with the client's own key, and the last
// time that it was asked for that alone.
type health struct {
	mu       sync.Mutex
	answered time.Time

	probing sync.Mutex // one at a time
	probed  time.Time
}

func (h *health) heard() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.answered = time.Now()
}

// Health is nil while questions can be answered with the client's own key: HeyGen
// takes it, and answers, or something that it has answered is kept. Where that is
// not known it asks HeyGen, at most every 5 s. The error says what is wrong, and
// nothing else.
func (c *Client) Health(ctx context.Context) error {
	if err := c.word(); err == nil {
		return nil
	}
	c.health.probing.Lock()
	defer c.health.probing.Unlock()
	if time.Since(c.health.probed) >= probeEvery {
		c.health.probed = time.Now()
		ctx, cancel := context.WithTimeout(ctx, probeTimeout)
		defer cancel()
		_, _ = c.ListAvatarGroups(ctx, heygen.AvatarGroupsParams{Limit: heygen.MaxPageSize}) // the page that most ask for first
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
	if c.Bytes() == 0 && (c.health.answered.IsZero() || time.Since(c.health.answered) > wordHolds) {
		return errSilent
	}
	return nil
}
