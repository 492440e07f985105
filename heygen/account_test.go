package heygen_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"heygen-graphql/heygen"
)

// movingContext has a deadline that moves on, as that of a call has which others
// come to wait for.
type movingContext struct {
	context.Context
	mu       sync.Mutex
	deadline time.Time
}

func (c *movingContext) Deadline() (time.Time, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.deadline, true
}

func (c *movingContext) moves(by time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.deadline = c.deadline.Add(by)
}

// Who waits first has less time left than a call may take. Others keep coming, and
// yet the call ends when its own time is up.
func TestACallEndsInItsTimeHoweverLongItIsWaitedFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		client := newClient(t, upstream(hang), func(o *heygen.Options) { o.CallTimeout = 15 * time.Second })
		start := time.Now()
		ctx := &movingContext{Context: t.Context(), deadline: start.Add(10 * time.Second)}
		time.AfterFunc(5*time.Second, func() { ctx.moves(time.Hour) })
		if _, err := client.AvatarGroup(ctx, "g"); !errors.Is(err, heygen.ErrTimeout) || time.Since(start) != 15*time.Second {
			t.Errorf("%v after %v", err, time.Since(start))
		}
	})
}

// A pause that is too long for who asked first may do for those who came later.
func TestAWaitGoesByTheDeadlineOfThatMoment(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := script(limited("2"), after(time.Second/2, limited("10")), found)
		client := newClient(t, s)
		_ = askGroup(t, client)
		start := time.Now()
		ctx := &movingContext{Context: t.Context(), deadline: start.Add(4 * time.Second)}
		go func() { _ = askGroup(t, client) }() // is limited once more, after 2.5 s
		synctest.Wait()
		time.AfterFunc(2250*time.Millisecond, func() { ctx.moves(26 * time.Second) })
		if _, err := client.AvatarGroup(ctx, "g"); err != nil || time.Since(start) < 12*time.Second {
			t.Errorf("%v after %v", err, time.Since(start))
		}
	})
}

// The call on trial is told to wait. So are those that waited for it.
func TestATrialThatIsLimitedLetsNobodyThrough(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := script(found)
		client := newClient(t, s)
		openUp(t, s, client)
		<-time.After(5 * time.Second)
		s.then(after(time.Second, limited("20")), found)
		before, start := len(s.calls()), time.Since(s.start)
		burst(t, client, 10)
		calls := s.calls()[before:]
		if len(calls) != 10 || calls[0] != start || calls[1] != start+21*time.Second {
			t.Errorf("calls at %v, from %v on", calls, start)
		}
	})
}

// Others wait for a trial two seconds, however many they are and without a slot.
func TestWhoWaitsForATrialHoldsNoSlot(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := script(found)
		client := newClient(t, s, func(o *heygen.Options) { o.MaxConcurrent = 3 })
		openUp(t, s, client)
		<-time.After(5 * time.Second)
		s.then(hang)
		var all sync.WaitGroup
		start := time.Now()
		for i := range 40 {
			all.Go(func() {
				err := askGroup(t, client)
				if took := time.Since(start); took != 2*time.Second && took != heygen.DefaultCallTimeout {
					t.Errorf("call %d: %v after %v", i, err, took)
				}
			})
		}
		all.Wait()
	})
}

// HeyGen fails at some id, again and again. The lists are none the worse for it.
func TestABreakerIsOfOneEndpoint(t *testing.T) {
	client := newClient(t, upstream(func(r *http.Request) (*http.Response, error) {
		if strings.HasSuffix(r.URL.Path, "/v3/avatars") {
			return always(200, `{"data":[]}`)(r)
		}
		return always(500, "")(r)
	}))
	for range 30 {
		_ = askGroup(t, client)
	}
	kept(t, askGroup(t, client))
	if _, err := client.ListAvatarGroups(t.Context(), heygen.AvatarGroupsParams{}); err != nil {
		t.Error(err)
	}
}
