package cached_test

import (
	"fmt"
	"net/http"
	"runtime"
	"slices"
	"sync"
	"testing"
	"time"
	"unsafe"
	"weak"

	"heygen-graphql/heygen"
	"heygen-graphql/heygen/sandbox"
)

func key(name string) heygen.Key { return heygen.NewKey("sk_V2_" + name) }

// fetches asks for Monica with a key, and fails unless HeyGen is asked so often.
func (w *world) fetches(k heygen.Key, calls int) {
	w.Helper()
	w.costs(calls, func() {
		if _, err := w.As(k).AvatarGroup(w.Context(), "group_monica"); err != nil {
			w.Error(err)
		}
	})
}

func TestNothingIsSharedBetweenKeys(t *testing.T) {
	in(t, sandbox.Options{Latency: second}, func(w *world) {
		keys := []heygen.Key{key("ada"), key("bob"), heygen.NewBearer("sk_V2_ada")} // the same text is another credential
		w.costs(3, func() {                                                         // not even a call under way
			var all sync.WaitGroup
			for range 10 {
				for _, k := range keys {
					all.Go(func() {
						_, err := w.As(k).AvatarGroup(w.Context(), "group_monica")
						if err != nil {
							w.Error(err)
						}
					})
				}
			}
			all.Wait()
		})
		for _, k := range keys {
			w.fetches(k, 0)
		}
		w.fetches(key("eve"), 1)
		w.costs(1, func() { // the client's own key is one more
			_, _ = w.AvatarGroup(w.Context(), "group_monica")
		})
	})
}

func TestEachKeyIsSentAsItCame(t *testing.T) {
	in(t, sandbox.Options{}, func(w *world) {
		var sent []string
		w.intercept = func(r *http.Request) *http.Response {
			sent = append(sent, fmt.Sprint(r.Header["X-Api-Key"], r.Header["Authorization"]))
			res, _ := w.transport.RoundTrip(r)
			return res
		}
		for _, k := range []heygen.Key{key("ada"), heygen.NewBearer("token")} {
			w.fetches(k, 1)
		}
		w.at(2 * time.Minute) // stale: also of calls behind answers
		for _, k := range []heygen.Key{heygen.NewBearer("token"), key("ada")} {
			w.fetches(k, 1)
		}
		if want := []string{"[sk_V2_ada] []", "[] [Bearer token]", "[] [Bearer token]", "[sk_V2_ada] []"}; !slices.Equal(sent, want) {
			w.Error(sent)
		}
	})
}

func TestARevokedKeyLosesWhatWasKeptForItAlone(t *testing.T) {
	in(t, sandbox.Options{}, func(w *world) {
		w.SetKeys("sk_V2_ada", "sk_V2_bob")
		w.fetches(key("ada"), 1)
		w.fetches(key("bob"), 1)
		w.SetKeys("sk_V2_bob")
		if _, err := w.As(key("ada")).AvatarGroup(w.Context(), "group_abigail"); err == nil {
			w.Fatal("a revoked key is of use")
		}
		w.fetches(key("bob"), 0)
		w.costs(1, func() {
			if _, err := w.As(key("ada")).AvatarGroup(w.Context(), "group_monica"); err == nil {
				w.Error("what was kept is given to whom it no longer belongs")
			}
		})
		if log := w.log.String(); log != "" { // anybody can send wrong keys
			w.Error(log)
		}
	})
}

func TestAPauseIsOneKeysAlone(t *testing.T) {
	in(t, sandbox.Options{RetryAfter: 10 * second}, func(w *world) {
		w.Misbehave(sandbox.RateLimited)
		_, _ = w.As(key("ada")).AvatarGroup(w.Context(), "group_monica")
		began := time.Now()
		w.fetches(key("bob"), 1)
		if time.Since(began) != 0 {
			w.Errorf("another key waited %v", time.Since(began))
		}
		w.fetches(key("ada"), 1)
		if time.Since(began) != 10*second {
			w.Errorf("the key itself waited %v", time.Since(began))
		}
	})
}

func TestMadeUpKeysPushOutNobodyThatHeyGenKnows(t *testing.T) {
	in(t, sandbox.Options{}, func(w *world) {
		w.SetKeys("sk_V2_ada")
		w.fetches(key("ada"), 1)
		for i := range 5000 {
			_ = w.As(heygen.NewKey(fmt.Sprint("guess", i)))
		}
		w.fetches(key("ada"), 0)
	})
}

func TestManyKeysAreForgottenAndWhatWasKeptForThem(t *testing.T) {
	in(t, sandbox.Options{}, func(w *world) {
		w.fetches(key("ada"), 1)
		for i := range 10_000 {
			_, _ = w.As(heygen.NewKey(fmt.Sprint("user", i))).AvatarGroup(w.Context(), "group_monica")
		}
		w.fetches(key("user9999"), 1) // this one has another name
		w.fetches(heygen.NewKey("user9999"), 0)
		w.fetches(key("ada"), 1)
	})
}

func TestNoKeyIsRememberedOnceItsCallsHaveEnded(t *testing.T) {
	in(t, sandbox.Options{}, func(w *world) {
		text := []byte("sk_V2_ada")
		kept := weak.Make(&text[0])
		w.fetches(heygen.NewKey(unsafe.String(&text[0], len(text))), 1)
		w.at(2 * time.Minute)
		w.fetches(heygen.NewKey(unsafe.String(&text[0], len(text))), 1) // and a call behind an answer
		text = nil
		for range 10 {
			runtime.GC()
		}
		if kept.Value() != nil {
			w.Error("something still holds the key")
		}
	})
}
