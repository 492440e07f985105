package stream_test

import (
	"context"
	"errors"
	"io"
	"testing"
	"testing/synctest"
	"time"

	"heygen-graphql/graph/stream"
)

func TestChannelIsAStream(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		events, cancelled := make(chan *stream.Event, 1), 0
		s := stream.New(events, func() { cancelled++ })
		start := time.Now()
		if _, err := s.Next(t.Context(), time.Second); err != stream.ErrNoEvent || time.Since(start) != time.Second {
			t.Errorf("%v after %s", err, time.Since(start))
		}
		events <- &stream.Event{Body: []byte("1")}
		if event, err := s.Next(t.Context(), 0); string(event.Body) != "1" || err != nil {
			t.Errorf("%q, %v", event.Body, err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
		defer cancel()
		if _, err := s.Next(ctx, 0); !errors.Is(err, context.DeadlineExceeded) {
			t.Error(err)
		}
		close(events)
		if _, err := s.Next(t.Context(), 0); err != io.EOF {
			t.Error(err)
		}
		if s.Close(); cancelled != 1 {
			t.Errorf("cancelled %d times", cancelled)
		}
	})
}
