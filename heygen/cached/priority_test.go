package cached_test

import (
	"net/http"
	"path"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"heygen-graphql/heygen"
	"heygen-graphql/heygen/cached"
	"heygen-graphql/heygen/sandbox"
)

// oneSlot is a client with one slot, and a transport that records the ids of its
// requests.
type oneSlot struct {
	*cached.Client
	next http.RoundTripper
	ids  []string
}

func (o *oneSlot) RoundTrip(r *http.Request) (*http.Response, error) {
	o.ids = append(o.ids, path.Base(r.URL.Path))
	return o.next.RoundTrip(r)
}

// runWithOneSlot runs a test with a sandbox that takes a second.
func runWithOneSlot(t *testing.T, test func(t *testing.T, client *oneSlot, groups []string)) {
	synctest.Test(t, func(t *testing.T) {
		box := sandbox.New(sandbox.Options{Latency: second})
		defer box.Close()
		o := &oneSlot{next: box.Transport()}
		upstream, err := heygen.New(heygen.Options{BaseURL: "http://127.0.0.1", Key: heygen.NewKey("sk_V2_secret"), Transport: o, MaxConcurrent: 1})
		if err != nil {
			t.Fatal(err)
		}
		o.Client = cached.New(cached.Options{HeyGen: upstream, MaxBytes: 64 << 20, Fresh: time.Minute, StaleWhileRevalidate: time.Hour})
		defer o.Close()
		var groups []string
		for _, g := range box.Groups() {
			groups = append(groups, g.ID)
		}
		test(t, o, groups)
	})
}

// get gets a group with a position in the response of an operation. When it returns,
// the call is queued or in flight.
func (o *oneSlot) get(t *testing.T, wait *sync.WaitGroup, operation string, position int, id string) {
	ctx := heygen.WithPriority(t.Context(), heygen.Priority{Operation: operation, Position: []int{position}})
	wait.Go(func() {
		if _, err := o.AvatarGroup(ctx, heygen.GroupID(id)); err != nil {
			t.Error(err)
		}
	})
	synctest.Wait()
}

func TestCacheMissesOfOneOperationStartInResponseOrder(t *testing.T) {
	runWithOneSlot(t, func(t *testing.T, o *oneSlot, groups []string) {
		var wait sync.WaitGroup
		for _, position := range []int{9, 3, 2, 1} { // the first one starts at once
			o.get(t, &wait, "A", position, groups[position])
			o.get(t, &wait, "B", position, groups[position]) // is coalesced
		}
		o.get(t, &wait, "B", 0, groups[0])
		wait.Wait()
		if want := []string{groups[9], groups[1], groups[2], groups[3], groups[0]}; !slices.Equal(o.ids, want) {
			t.Errorf("got %v, want %v", o.ids, want)
		}
	})
}

// The first item of an operation is stale, and refreshed in the background: no caller
// waits for it, and the operation's other calls do.
func TestBackgroundRefreshDoesNotStartBeforeCallsOfItsOperation(t *testing.T) {
	runWithOneSlot(t, func(t *testing.T, o *oneSlot, groups []string) {
		var wait sync.WaitGroup
		o.get(t, &wait, "before", 0, groups[0])
		wait.Wait()
		<-time.After(2 * time.Minute)
		o.ids = nil
		for _, position := range []int{3, 2, 1, 0} {
			o.get(t, &wait, "A", position, groups[position])
		}
		wait.Wait()
		<-time.After(time.Minute)
		if want := []string{groups[3], groups[1], groups[2], groups[0]}; !slices.Equal(o.ids, want) {
			t.Errorf("got %v, want %v", o.ids, want)
		}
	})
}

// The first field of an operation needs a whole list: its pages start before the calls of
// later fields.
func TestWalkHasPriorityOfItsCaller(t *testing.T) {
	runWithOneSlot(t, func(t *testing.T, o *oneSlot, groups []string) {
		var wait sync.WaitGroup
		wait.Go(func() {
			ctx := heygen.WithPriority(t.Context(), heygen.Priority{Operation: "A", Position: []int{0}})
			if _, err := o.AvatarGroupCatalogue(ctx, heygen.Public); err != nil {
				t.Error(err)
			}
		})
		synctest.Wait()
		for _, position := range []int{3, 1, 2} {
			o.get(t, &wait, "A", position, groups[position])
		}
		wait.Wait()
		// When a page arrives, the next call starts before the walk requests another page.
		if want := []string{"avatars", groups[1], "avatars", groups[2], "avatars", groups[3], "avatars"}; !slices.Equal(o.ids[:7], want) {
			t.Errorf("got %v, want %v", o.ids, want)
		}
	})
}
