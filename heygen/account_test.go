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

// One endpoint fails while the pace is slow. What waits for it is refused when its
// turn comes, and uses up none: the other endpoint's call goes next.
func TestWhatTheBreakerRefusesUsesUpNoTurn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := script(limited("1"), always(500, ""))
		client := newClient(t, upstream(func(r *http.Request) (*http.Response, error) {
			if strings.HasSuffix(r.URL.Path, "/v3/avatars") {
				return always(200, `{"data":[]}`)(r)
			}
			return s.RoundTrip(r)
		}))
		_ = askGroup(t, client)
		start := time.Now()
		var all sync.WaitGroup
		for range 30 {
			all.Go(func() { _ = askGroup(t, client) })
		}
		synctest.Wait()
		_, err := client.ListAvatarGroups(t.Context(), heygen.AvatarGroupsParams{})
		if took := time.Since(start); err != nil || took > 12*time.Second {
			t.Errorf("%v after %v", err, took) // ten failures at one a second, and then the list
		}
		all.Wait()
	})
}

// Waiting for a slot takes nothing from the time that a trial is waited for.
func TestPatienceIsForTrialsAlone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := script(found)
		client := newClient(t, upstream(func(r *http.Request) (*http.Response, error) {
			if strings.HasSuffix(r.URL.Path, "/v3/avatars") {
				return after(4*time.Second, always(200, `{"data":[]}`))(r)
			}
			return s.RoundTrip(r)
		}), func(o *heygen.Options) { o.MaxConcurrent = 2 })
		openUp(t, s, client)
		<-time.After(5 * time.Second)
		s.then(after(time.Second/2, found))
		var all sync.WaitGroup
		for range 2 {
			all.Go(func() { _, _ = client.ListAvatarGroups(t.Context(), heygen.AvatarGroupsParams{}) })
		}
		synctest.Wait()
		for range 6 {
			all.Go(func() {
				if err := askGroup(t, client); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
	})
}

func TestALineThatIsTooLongIsRefusedAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		client := newClient(t, upstream(hang), func(o *heygen.Options) { o.MaxConcurrent = 1 })
		var mu sync.Mutex
		var all sync.WaitGroup
		refused := 0
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		for range 50 {
			all.Go(func() {
				_, err := client.AvatarGroup(ctx, "g")
				mu.Lock()
				defer mu.Unlock()
				if told, ok := errors.AsType[*heygen.Error](err); ok && told.Kind == heygen.ErrOverloaded && told.NotSent && told.Endpoint == "GET /v3/avatars/{group_id}" {
					refused++
				}
			})
		}
		all.Wait()
		if refused != 50-1-40 {
			t.Errorf("%d of 50 are refused", refused)
		}
	})
}
