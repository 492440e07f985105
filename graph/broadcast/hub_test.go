package broadcast_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"heygen-graphql/graph/broadcast"
	"heygen-graphql/graph/stream"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// source publishes what it receives, until the channel is closed.
type source struct {
	events  chan string
	stopped chan struct{}
}

func newSource() *source { return &source{make(chan string), make(chan struct{})} }

func (s *source) Run(ctx context.Context, publish func(*stream.Event)) {
	defer close(s.stopped)
	for {
		select {
		case body, ok := <-s.events:
			if !ok {
				return
			}
			publish(&stream.Event{Body: []byte(body)})
		case <-ctx.Done():
			return
		}
	}
}

func (*source) LastError() error { return errors.New("last") }

func subscribe(h *broadcast.Hub, key string, s *source) *broadcast.Subscription {
	return h.Subscribe(key, func() broadcast.Source { return s })
}

func expect(t *testing.T, sub *broadcast.Subscription, body string, want error) {
	t.Helper()
	event, err := sub.Next(t.Context(), 0)
	if event == nil {
		event = &stream.Event{}
	}
	if string(event.Body) != body || !errors.Is(err, want) {
		t.Errorf("Next = %q, %v; want %q, %v", event.Body, err, body, want)
	}
}

func TestSubscribersShareOneSource(t *testing.T) {
	h, s := &broadcast.Hub{}, newSource()
	one, two := subscribe(h, "a", s), subscribe(h, "a", nil)
	s.events <- "1"
	expect(t, one, "1", nil)
	s.events <- "2"
	for _, want := range []string{"1", "2"} {
		expect(t, two, want, nil)
	}
	late := subscribe(h, "a", nil)
	expect(t, late, "2", nil) // the present state
	close(s.events)
	<-s.stopped
	expect(t, one, "2", nil)
	for _, sub := range []*broadcast.Subscription{one, two, late} {
		expect(t, sub, "", io.EOF)
		if got := sub.LastError(); got == nil || got.Error() != "last" {
			t.Errorf("LastError = %v", got)
		}
		sub.Close()
	}
	if n := h.Subscribers(); n != 0 {
		t.Errorf("%d subscribers", n)
	}
}

func TestKeysHaveSeparateSources(t *testing.T) {
	h, a, b := &broadcast.Hub{}, newSource(), newSource()
	one, two := subscribe(h, "a", a), subscribe(h, "b", b)
	b.events <- "b"
	a.events <- "a"
	expect(t, one, "a", nil)
	expect(t, two, "b", nil)
	if n := h.Subscribers(); n != 2 {
		t.Errorf("%d subscribers", n)
	}
	one.Close()
	<-a.stopped
	two.Close()
	<-b.stopped
}

func TestSourceEndsWithItsLastSubscriberAndStartsAgain(t *testing.T) {
	h, first, second := &broadcast.Hub{}, newSource(), newSource()
	one, two := subscribe(h, "a", first), subscribe(h, "a", nil)
	one.Close()
	one.Close()
	first.events <- "still there"
	expect(t, two, "still there", nil)
	two.Close()
	<-first.stopped
	again := subscribe(h, "a", second)
	second.events <- "new"
	expect(t, again, "new", nil)
	again.Close()
	<-second.stopped
}

func TestSlowSubscriberIsDropped(t *testing.T) {
	h, s := &broadcast.Hub{}, newSource()
	slow, fast := subscribe(h, "a", s), subscribe(h, "a", nil)
	for i := range 17 {
		s.events <- fmt.Sprint(i)
		expect(t, fast, fmt.Sprint(i), nil)
	}
	expect(t, slow, "", stream.ErrSlow)
	slow.Close()
	fast.Close()
	<-s.stopped
}

func TestRingHoldsFewLargeEvents(t *testing.T) {
	h, s := &broadcast.Hub{}, newSource()
	slow, fast := subscribe(h, "a", s), subscribe(h, "a", nil)
	large := strings.Repeat("x", 700<<10)
	for range 2 {
		s.events <- large
		expect(t, fast, large, nil)
	}
	expect(t, slow, "", stream.ErrSlow)
	late := subscribe(h, "a", nil)
	expect(t, late, large, nil)
	for _, sub := range []*broadcast.Subscription{slow, fast, late} {
		sub.Close()
	}
	<-s.stopped
	h.Close() // which waits until the topic has ended
	if n := h.Topics(); n != 0 {
		t.Errorf("%d topics", n)
	}
}

func TestSubscriberOfAnOldEventStartsAnotherTopic(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, old, recent := &broadcast.Hub{MaxTopics: 2}, newSource(), newSource()
		first := subscribe(h, "a", old)
		old.events <- "old"
		<-time.After(time.Minute)
		subscribe(h, "a", nil).Close()
		<-time.After(1)
		late, later := subscribe(h, "a", recent), subscribe(h, "a", nil)
		recent.events <- "recent"
		old.events <- "changed"
		expect(t, first, "old", nil)
		expect(t, first, "changed", nil)
		for _, sub := range []*broadcast.Subscription{late, later} {
			expect(t, sub, "recent", nil)
		}
		if topics, subscribers := h.Topics(), h.Subscribers(); topics != 2 || subscribers != 3 {
			t.Errorf("%d topics, %d subscribers", topics, subscribers)
		}
		if subscribe(h, "b", nil) != nil {
			t.Error("there are more than MaxTopics")
		}
		for _, sub := range []*broadcast.Subscription{first, late, later} {
			sub.Close()
		}
		<-old.stopped
		<-recent.stopped
		if n := h.Topics(); n != 0 {
			synctest.Wait()
			if n = h.Topics(); n != 0 {
				t.Errorf("%d topics", n)
			}
		}
	})
}

func TestNextReturnsAfterWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, s := &broadcast.Hub{}, newSource()
		sub := subscribe(h, "a", s)
		defer sub.Close()
		start := time.Now()
		if _, err := sub.Next(t.Context(), time.Second); err != stream.ErrNoEvent || time.Since(start) != time.Second {
			t.Errorf("%v after %s", err, time.Since(start))
		}
		s.events <- "1"
		if event, err := sub.Next(t.Context(), time.Second); string(event.Body) != "1" || err != nil {
			t.Errorf("%q, %v", event.Body, err)
		}
	})
}

func TestNextEndsWithItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h, s := &broadcast.Hub{}, newSource()
		sub := subscribe(h, "a", s)
		ctx, cancel := context.WithTimeout(t.Context(), 1)
		defer cancel()
		if _, err := sub.Next(ctx, 0); !errors.Is(err, context.DeadlineExceeded) {
			t.Error(err)
		}
		sub.Close()
	})
}

func TestCloseEndsSubscriptions(t *testing.T) {
	h, s := &broadcast.Hub{}, newSource()
	sub := subscribe(h, "a", s)
	h.Close()
	h.Close()
	<-s.stopped
	expect(t, sub, "", stream.ErrShutdown)
	sub.Close()
	late := h.Subscribe("b", func() broadcast.Source {
		t.Error("a source was created after Close")
		return s
	})
	expect(t, late, "", stream.ErrShutdown)
	if err := late.LastError(); err != nil {
		t.Error(err)
	}
	late.Close()
}
