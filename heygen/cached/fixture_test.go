package cached_test

import (
	"bytes"
	"context"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"heygen-graphql/heygen"
	"heygen-graphql/heygen/cached"
	"heygen-graphql/heygen/sandbox"
	"heygen-graphql/internal/cache"
)

const second = time.Second

// fixture is a caching client of a sandbox, in virtual time.
type fixture struct {
	*testing.T
	*sandbox.Sandbox
	*cached.Client
	uncached  *heygen.Client // the client without a cache
	transport *http.Transport
	log       *logBuffer
	start     time.Time

	intercept func(*http.Request) *http.Response // responds instead of the sandbox; may be nil
}

// RoundTrip makes the fixture the transport of its client.
func (f *fixture) RoundTrip(r *http.Request) (*http.Response, error) {
	if f.intercept != nil {
		return f.intercept(r), nil
	}
	return f.transport.RoundTrip(r)
}

type logBuffer struct {
	mu     sync.Mutex
	buffer bytes.Buffer
}

func (l *logBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buffer.Write(p)
}

func (l *logBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buffer.String()
}

// runWithFixture runs a test with a client whose entries are fresh for a minute, and then
// stale-while-revalidate for an hour. PendingTTL is 5 s and NegativeTTL is 10 s.
func runWithFixture(t *testing.T, o sandbox.Options, test func(*fixture), configure ...func(*cached.Options)) {
	synctest.Test(t, func(t *testing.T) {
		f := &fixture{T: t, Sandbox: sandbox.New(o), log: &logBuffer{}, start: time.Now()}
		logger := slog.New(slog.NewTextHandler(f.log, nil))
		f.transport = f.Transport()
		var err error
		f.uncached, err = heygen.New(heygen.Options{BaseURL: "http://127.0.0.1", Key: heygen.NewKey("sk_V2_secret"), Transport: f, AttemptTimeout: 10 * second})
		if err != nil {
			t.Fatal(err)
		}
		options := cached.Options{HeyGen: f.uncached, MaxBytes: 64 << 20, Fresh: time.Minute, StaleWhileRevalidate: time.Hour, PendingTTL: 5 * second, NegativeTTL: 10 * second, Logger: logger}
		for _, apply := range configure {
			apply(&options)
		}
		f.Client = cached.New(options)
		test(f)
		if strings.Contains(f.log.String(), "sk_V2") {
			t.Error("the log holds a key")
		}
		f.Client.Close()
		f.Sandbox.Close()
	})
}

// advanceTo waits until this time after the start, and for the goroutines to settle.
func (f *fixture) advanceTo(after time.Duration) {
	<-time.After(time.Until(f.start.Add(after)))
	synctest.Wait()
}

// wantCalls fails unless do, with the goroutines that it starts, makes so many calls.
func (f *fixture) wantCalls(calls int, do func()) {
	f.Helper()
	f.ResetCalls()
	do()
	synctest.Wait()
	if got := len(f.Calls()); got != calls {
		f.Errorf("at %v: %d calls, want %d: %.300v", time.Since(f.start), got, calls, f.Calls())
	}
}

// getGroup gets a group, and fails unless that takes so many calls.
func (f *fixture) getGroup(id string, calls int) (group heygen.AvatarGroup, err error) {
	f.Helper()
	f.wantCalls(calls, func() { group, err = f.AvatarGroup(f.Context(), heygen.GroupID(id)) })
	return group, err
}

var allGroups = heygen.AvatarGroupsParams{Limit: heygen.MaxPageSize}

// listAll returns every group, look and voice of the lists.
func (f *fixture) listAll() (groups []heygen.AvatarGroup, looks []heygen.AvatarLook, voices []heygen.Voice) {
	f.Helper()
	return listPages(f, func(token string) (heygen.Page[heygen.AvatarGroup], error) {
			return f.ListAvatarGroups(f.Context(), heygen.AvatarGroupsParams{Limit: heygen.MaxPageSize, Token: token})
		}), listPages(f, func(token string) (heygen.Page[heygen.AvatarLook], error) {
			return f.ListAvatarLooks(f.Context(), heygen.AvatarLooksParams{Limit: heygen.MaxPageSize, Token: token})
		}), listPages(f, func(token string) (heygen.Page[heygen.Voice], error) {
			return f.ListVoices(f.Context(), heygen.VoicesParams{Limit: heygen.MaxVoicesPageSize, Token: token})
		})
}

// listPages returns the items of all pages of a list.
func listPages[T any](f *fixture, list func(token string) (heygen.Page[T], error)) (all []T) {
	f.Helper()
	for token := ""; ; {
		page, err := list(token)
		if err != nil {
			f.Fatal(err)
		}
		all = append(all, page.Data...)
		if token = page.NextToken; token == "" {
			return all
		}
	}
}

// observe returns a context that collects the Info of every lookup.
func (f *fixture) observe() (context.Context, *[]cache.Info) {
	var all []cache.Info
	return cache.WithObserver(f.Context(), func(i cache.Info) { all = append(all, i) }), &all
}
