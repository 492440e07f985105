package stream

import (
	"context"
	"io"
	"time"
)

// New returns the stream of the events of a channel, which ends when that is closed. cancel
// is called when the stream is closed.
func New(events <-chan *Event, cancel context.CancelFunc) Stream { return channel{events, cancel} }

type channel struct {
	events <-chan *Event
	cancel context.CancelFunc
}

// Next implements [Stream].
func (c channel) Next(ctx context.Context, wait time.Duration) (*Event, error) {
	select {
	case event, ok := <-c.events:
		if !ok {
			return event, io.EOF
		}
		return event, nil
	case <-After(wait):
		return nil, ErrNoEvent
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// Close implements [Stream].
func (c channel) Close() { c.cancel() }
