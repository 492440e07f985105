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

// world is a client with a memory in front of a sandbox, in virtual time.
type world struct {
	*testing.T
	*sandbox.Sandbox
	*cached.Client
	plain     *heygen.Client // the client without a memory
	transport *http.Transport
	log       *logged
	start     time.Time

	intercept func(*http.Request) *http.Response // answers instead of the sandbox; may be nil
}

// RoundTrip makes a world the transport of its client.
func (w *world) RoundTrip(r *http.Request) (*http.Response, error) {
	if w.intercept != nil {
		return w.intercept(r), nil
	}
	return w.transport.RoundTrip(r)
}

type logged struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *logged) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *logged) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// in runs a test with a client that keeps answers fresh for a minute, stale for
// an hour, trainings for 5 s and what is missing for 10 s.
func in(t *testing.T, o sandbox.Options, test func(*world), change ...func(*cached.Options)) {
	synctest.Test(t, func(t *testing.T) {
		w := &world{T: t, Sandbox: sandbox.New(o), log: &logged{}, start: time.Now()}
		logger := slog.New(slog.NewTextHandler(w.log, nil))
		w.transport = w.Transport()
		var err error
		w.plain, err = heygen.New(heygen.Options{BaseURL: "http://127.0.0.1", Key: heygen.NewKey("sk_V2_secret"), Transport: w, CallTimeout: 10 * second})
		if err != nil {
			t.Fatal(err)
		}
		options := cached.Options{HeyGen: w.plain, MaxBytes: 64 << 20, Fresh: time.Minute, StaleWhileRevalidate: time.Hour, PendingTTL: 5 * second, NegativeTTL: 10 * second, Logger: logger}
		for _, f := range change {
			f(&options)
		}
		w.Client = cached.New(options)
		test(w)
		if strings.Contains(w.log.String(), "sk_V2") {
			t.Error("the log holds a key")
		}
		w.Client.Close()
		w.Sandbox.Close()
	})
}

// at waits until so long after the start, and for what goes on then.
func (w *world) at(after time.Duration) {
	<-time.After(time.Until(w.start.Add(after)))
	synctest.Wait()
}

// costs fails unless f, and what it leaves behind, made just so many calls.
func (w *world) costs(calls int, f func()) {
	w.Helper()
	w.ResetCalls()
	f()
	synctest.Wait()
	if got := len(w.Calls()); got != calls {
		w.Errorf("at %v: %d calls, want %d: %.300v", time.Since(w.start), got, calls, w.Calls())
	}
}

// group asks for a group, which must cost so many calls.
func (w *world) group(id string, calls int) (group heygen.AvatarGroup, err error) {
	w.Helper()
	w.costs(calls, func() { group, err = w.AvatarGroup(w.Context(), heygen.GroupID(id)) })
	return group, err
}

var allGroups = heygen.AvatarGroupsParams{Limit: heygen.MaxPageSize}

// everything asks for all lists to their ends and gives every group, look and voice.
func (w *world) everything() (groups []heygen.AvatarGroup, looks []heygen.AvatarLook, voices []heygen.Voice) {
	w.Helper()
	return walk(w, func(token string) (heygen.Page[heygen.AvatarGroup], error) {
			return w.ListAvatarGroups(w.Context(), heygen.AvatarGroupsParams{Limit: heygen.MaxPageSize, Token: token})
		}), walk(w, func(token string) (heygen.Page[heygen.AvatarLook], error) {
			return w.ListAvatarLooks(w.Context(), heygen.AvatarLooksParams{Limit: heygen.MaxPageSize, Token: token})
		}), walk(w, func(token string) (heygen.Page[heygen.Voice], error) {
			return w.ListVoices(w.Context(), heygen.VoicesParams{Limit: heygen.MaxVoicesPageSize, Token: token})
		})
}

func walk[T any](w *world, list func(token string) (heygen.Page[T], error)) (all []T) {
	w.Helper()
	for token := ""; ; {
		page, err := list(token)
		if err != nil {
			w.Fatal(err)
		}
		all = append(all, page.Data...)
		if token = page.NextToken; token == "" {
			return all
		}
	}
}

// sources gives a context that gathers what answers rest on.
func (w *world) sources() (context.Context, *[]cache.Info) {
	var all []cache.Info
	return cache.WithObserver(w.Context(), func(s cache.Info) { all = append(all, s) }), &all
}
