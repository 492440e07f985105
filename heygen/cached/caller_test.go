package cached_test

import (
	"context"
	"fmt"
	"net/http"
	"path"
	"runtime"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"
	"weak"

	"heygen-graphql/heygen"
	"heygen-graphql/heygen/cached"
	"heygen-graphql/heygen/sandbox"
)

type callerKey struct{}

// identified is a client whose transport and tracer record the callers of its requests.
type identified struct {
	*cached.Client
	next http.RoundTripper

	mu     sync.Mutex
	sent   []string // the last segment of each request's path, and its X-Request-Id
	traced []string // of each request, the value that its caller's context has for callerKey
}

func (c *identified) RoundTrip(r *http.Request) (*http.Response, error) {
	c.mu.Lock()
	c.sent = append(c.sent, fmt.Sprint(path.Base(r.URL.Path), " ", r.Header.Get("X-Request-Id")))
	c.mu.Unlock()
	return c.next.RoundTrip(r)
}

func (c *identified) trace(ctx context.Context, _ heygen.Call, _ http.Header) func(heygen.Call) {
	name, _ := ctx.Value(callerKey{}).(string)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.traced = append(c.traced, name)
	return nil
}

// expectCallers fails unless these are the recorded requests, and the callers that the
// tracer has found are the same. It forgets them.
func (c *identified) expectCallers(t *testing.T, sent, traced []string) {
	t.Helper()
	synctest.Wait()
	c.mu.Lock()
	defer c.mu.Unlock()
	if !slices.Equal(c.sent, sent) || !slices.Equal(c.traced, traced) {
		t.Errorf("sent %q, traced %q; want %q, %q", c.sent, c.traced, sent, traced)
	}
	c.sent, c.traced = nil, nil
}

// runIdentified runs a test with a sandbox that takes a second.
func runIdentified(t *testing.T, test func(t *testing.T, c *identified)) {
	synctest.Test(t, func(t *testing.T) {
		box := sandbox.New(sandbox.Options{Latency: second})
		defer box.Close()
		c := &identified{next: box.Transport()}
		upstream, err := heygen.New(heygen.Options{BaseURL: "http://127.0.0.1", Key: heygen.NewKey("sk_V2_secret"), Transport: c, Trace: c.trace})
		if err != nil {
			t.Fatal(err)
		}
		c.Client = cached.New(cached.Options{HeyGen: upstream, MaxBytes: 64 << 20, Fresh: time.Minute, StaleWhileRevalidate: time.Hour})
		defer c.Close()
		test(t, c)
	})
}

// caller returns the context of a caller of this name.
func caller(t *testing.T, name string) context.Context {
	return heygen.WithRequestID(context.WithValue(t.Context(), callerKey{}, name), "id-"+name)
}

func (c *identified) getGroup(t *testing.T, ctx context.Context) {
	if _, err := c.AvatarGroup(ctx, "group_monica"); err != nil {
		t.Error(err)
	}
}

func TestCoalescedCallIsThatOfItsFirstCaller(t *testing.T) {
	runIdentified(t, func(t *testing.T, c *identified) {
		var wait sync.WaitGroup
		for _, name := range []string{"ada", "bob", "eve"} {
			wait.Go(func() { c.getGroup(t, caller(t, name)) })
			synctest.Wait()
		}
		wait.Wait()
		c.expectCallers(t, []string{"group_monica id-ada"}, []string{"ada"})
	})
}

func TestBackgroundRefreshHasNoCaller(t *testing.T) {
	runIdentified(t, func(t *testing.T, c *identified) {
		c.getGroup(t, caller(t, "ada"))
		<-time.After(2 * time.Minute)
		c.getGroup(t, caller(t, "bob"))
		<-time.After(2 * time.Second)
		c.expectCallers(t, []string{"group_monica id-ada", "group_monica "}, []string{"ada", ""})
	})
}

func TestPagesOfAWalkHaveTheCallerOfTheWalk(t *testing.T) {
	runIdentified(t, func(t *testing.T, c *identified) {
		if _, err := c.AvatarGroupCatalogue(caller(t, "ada"), heygen.Private); err != nil {
			t.Error(err)
		}
		if len(c.sent) == 0 || slices.ContainsFunc(c.sent, func(s string) bool { return s != "avatars id-ada" }) || slices.ContainsFunc(c.traced, func(s string) bool { return s != "ada" }) {
			t.Errorf("sent %q, traced %q", c.sent, c.traced)
		}
	})
}

// What a caller's context holds, such as its whole request, is not in memory for as long
// as the entry.
func TestCallerIsNotRetainedAfterItsCall(t *testing.T) {
	box := sandbox.New(sandbox.Options{})
	defer box.Close()
	upstream, err := heygen.New(heygen.Options{BaseURL: "http://127.0.0.1", Key: heygen.NewKey("sk_V2_secret"), Transport: box.Transport()})
	if err != nil {
		t.Fatal(err)
	}
	c := cached.New(cached.Options{HeyGen: upstream, MaxBytes: 64 << 20, Fresh: time.Minute})
	defer c.Close()
	request := func() weak.Pointer[[1 << 20]byte] {
		large := new([1 << 20]byte)
		ctx := context.WithValue(t.Context(), callerKey{}, large)
		if _, err := c.AvatarGroup(ctx, "group_monica"); err != nil {
			t.Error(err)
		}
		if _, err := c.AvatarGroupCatalogue(ctx, heygen.Private); err != nil {
			t.Error(err)
		}
		return weak.Make(large)
	}()
	for deadline := time.Now().Add(10 * time.Second); request.Value() != nil; {
		if time.Now().After(deadline) {
			t.Fatal("a context is retained")
		}
		runtime.GC()
	}
	runtime.KeepAlive(c)
}
