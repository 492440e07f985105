package jwtauth_test

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"heygen-graphql/internal/jwtauth"
)

// longToken returns a token that is valid for a week: the tests below take days of
// virtual time.
func longToken(t *testing.T, key any, kid string) string {
	method := jwt.SigningMethod(jwt.SigningMethodES256)
	if key == any(ed) {
		method = jwt.SigningMethodEdDSA
	}
	return sign(t, method, key, validClaims("exp", time.Now().Add(7*24*time.Hour).Unix()), "kid", kid)
}

func p256Token(t *testing.T, kid string) string { return longToken(t, p256, kid) }

func assertFetches(t *testing.T, p *provider, want int64) {
	t.Helper()
	synctest.Wait()
	if got := p.fetches.Load(); got != want {
		t.Errorf("%d fetches, want %d", got, want)
	}
}

func TestMadeUpKeyIDsDoNotFloodTheProvider(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newProvider(jwks(jwk("a", p256, nil)))
		v := p.verifier(t)
		defer v.Close()
		assertAccepted(t, v, "the first", p256Token(t, "a"))
		for i := range 1000 {
			assertRejected(t, v, "an unknown kid", p256Token(t, fmt.Sprint("made up ", i)), "does not publish")
		}
		assertFetches(t, p, 1)
		for range 10 {
			<-time.After(30 * time.Second)
			for i := range 100 {
				assertRejected(t, v, "an unknown kid", p256Token(t, fmt.Sprint("made up ", i)), "does not publish")
			}
		}
		assertFetches(t, p, 11)
		// Another issuer's tokens cause none, nor do those that cannot be valid.
		<-time.After(30 * time.Second)
		for _, token := range []string{
			sign(t, jwt.SigningMethodES256, p256, validClaims("iss", "x"), "kid", "b"),
			sign(t, jwt.SigningMethodHS256, sharedSecret, validClaims(), "kid", "b"),
			sign(t, jwt.SigningMethodES256, p256, validClaims(), "kid", "b", "crit", []string{"x"}),
		} {
			assertRejected(t, v, "a foreign token", token, "The token")
		}
		assertFetches(t, p, 11)
	})
}

func TestRotatedKeyIsFetchedOnceByConcurrentTokens(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newProvider(jwks(jwk("a", ed, nil)))
		v := p.verifier(t)
		defer v.Close()
		for _, rotation := range []string{jwks(jwk("a", ed, nil)), jwks(jwk("a", ed, nil), jwk("b", p256, nil))} {
			p.body.Store(&rotation)
			<-time.After(time.Minute)
			var tokens sync.WaitGroup
			for range 50 {
				tokens.Go(func() {
					_, err := v.Verify(t.Context(), p256Token(t, "b"))
					if (err == nil) != strings.Contains(rotation, `"b"`) {
						t.Error(err)
					}
				})
			}
			tokens.Wait()
		}
		assertFetches(t, p, 2)
	})
}

func TestKeysAreRefreshedHourlyInTheBackground(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newProvider(jwks(jwk("a", p256, nil)))
		v := p.verifier(t)
		defer v.Close()
		token := p256Token(t, "a")
		assertAccepted(t, v, "the first", token)
		<-time.After(time.Hour)
		assertAccepted(t, v, "after an hour", token)
		assertFetches(t, p, 1)
		<-time.After(time.Second)
		revoked := jwks(jwk("b", p256, nil))
		p.body.Store(&revoked)
		p.hang.Store(true) // a hanging provider delays nothing
		startedAt := time.Now()
		assertAccepted(t, v, "during the refresh", token)
		if took := time.Since(startedAt); took != 0 {
			t.Errorf("it took %v", took)
		}
		<-time.After(time.Minute)
		p.hang.Store(false)
		assertAccepted(t, v, "which refreshes", token)
		assertFetches(t, p, 3)
		assertRejected(t, v, "a revoked key", token, "does not publish")
	})
}

// A process that was idle must not accept a key that was revoked meanwhile.
func TestKeysOfAnIdleProcessAreFetchedFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newProvider(jwks(jwk("a", p256, nil)))
		v := p.verifier(t)
		defer v.Close()
		token := p256Token(t, "a")
		assertAccepted(t, v, "the first", token)
		revoked := jwks(jwk("b", p256, nil))
		p.body.Store(&revoked)
		<-time.After(3 * time.Hour)
		assertRejected(t, v, "a revoked key", token, "does not publish")
	})
}

func TestKnownKeysVerifyForADayWithoutTheProvider(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newProvider(jwks(jwk("a", p256, nil)))
		v := p.verifier(t)
		defer v.Close()
		token := p256Token(t, "a")
		assertAccepted(t, v, "the first", token)
		p.down.Store(true)
		for range 24 {
			<-time.After(time.Hour)
			assertAccepted(t, v, "without the provider", token)
		}
		<-time.After(time.Minute)
		assertRejected(t, v, "after a day", token, "could not be fetched")
		p.down.Store(false)
		<-time.After(5 * time.Second)
		assertAccepted(t, v, "once it is back", token)
	})
}

func TestHangingProviderDelaysKnownKeysOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newProvider(jwks(jwk("a", p256, nil)))
		v := p.verifier(t)
		defer v.Close()
		token := p256Token(t, "a")
		assertAccepted(t, v, "the first", token)
		p.hang.Store(true)
		<-time.After(3 * time.Hour)
		var waited time.Duration
		for range 10 * 60 {
			startedAt := time.Now()
			assertAccepted(t, v, "during an outage", token)
			waited += time.Since(startedAt)
			<-time.After(time.Second)
		}
		if waited > 6*time.Second {
			t.Errorf("tokens of ten minutes waited %v", waited)
		}
		revoked := jwks(jwk("b", p256, nil))
		p.body.Store(&revoked)
		p.hang.Store(false)
		<-time.After(2 * time.Hour)
		assertRejected(t, v, "a key revoked while the process was idle", token, "does not publish")
	})
}

func TestNoTokenWaitsLongerThanTwoSeconds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newProvider(jwks(jwk("a", p256, nil)))
		v := p.verifier(t)
		defer v.Close()
		p.hang.Store(true)
		for range 3 {
			startedAt := time.Now()
			assertRejected(t, v, "a hanging provider", p256Token(t, "a"), "could not be fetched")
			if took := time.Since(startedAt); took > 2*time.Second {
				t.Errorf("it took %v", took)
			}
		}
		p.hang.Store(false)
		<-time.After(10 * time.Second)
		assertAccepted(t, v, "once it responds", p256Token(t, "a"))
	})
}

func TestCloseCancelsFetch(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newProvider("")
		p.hang.Store(true)
		v := p.verifier(t)
		var verify sync.WaitGroup
		verify.Go(func() { assertRejected(t, v, "while it closes", p256Token(t, "a"), "could not be fetched") })
		synctest.Wait()
		startedAt := time.Now()
		v.Close()
		verify.Wait()
		assertRejected(t, v, "closed", p256Token(t, "a"), "could not be fetched")
		if took := time.Since(startedAt); took != 0 || p.fetches.Load() != 1 {
			t.Errorf("%v, %d fetches", took, p.fetches.Load())
		}
	})
}

func TestInvalidKeySetsAreRejectedAndLoggedWithoutURL(t *testing.T) {
	for name, test := range map[string]struct {
		body  string
		serve func(*provider)
		cause string
	}{
		"not JSON":        {body: "<html>", cause: "is not valid JSON"},
		"no keys":         {body: `{"keys":[]}`, cause: "has no key for signatures"},
		"null":            {body: `null`, cause: "has no key for signatures"},
		"secrets only":    {body: jwks(jwk("a", sharedSecret, nil)), cause: "has no key for signatures"},
		"weak keys only":  {body: jwks(jwk("a", weakRSA, nil)), cause: "has no key for signatures"},
		"an invalid key":  {body: jwks(jwk("a", p256, map[string]any{"y": base64url([]byte("not on the curve"))})), cause: "has no key for signatures"},
		"101 keys":        {body: jwks(make([]map[string]any, 101)...), cause: "more than 100 keys"},
		"more than 1 MiB": {body: jwks(jwk("a", p256, map[string]any{"x5c": []string{strings.Repeat("A", 1<<20)}})), cause: "larger than 1 MiB"},
		"a status of 404": {body: jwks(jwk("a", p256, nil)), serve: func(p *provider) { p.status.Store(404) }, cause: "status 404"},
		"no connection":   {serve: func(p *provider) { p.down.Store(true) }, cause: "cannot be reached"},
	} {
		p := newProvider(test.body)
		if test.serve != nil {
			test.serve(p)
		}
		var log bytes.Buffer
		v := jwtauth.New(jwtauth.Options{URL: "https://user:secret@id.example.com/keys", Issuer: issuer, Audience: audience, Transport: p, Logger: slog.New(slog.NewTextHandler(&log, nil))})
		assertRejected(t, v, name, p256Token(t, "a"), "could not be fetched")
		v.Close()
		if line := log.String(); !strings.Contains(line, test.cause) || strings.Count(line, "\n") != 1 || strings.Contains(line, "secret") || strings.Contains(line, "example") {
			t.Errorf("%s: logged %s", name, line)
		}
	}
}

// One key that cannot be parsed must not disable the others, and no certificate URL is fetched.
func TestUnusableKeysAreSkipped(t *testing.T) {
	p := newProvider(jwks(
		jwk("broken", rsaKey, map[string]any{"n": "!"}), jwk("future", nil, map[string]any{"kty": "PQ"}), jwk("x", p256, map[string]any{"crv": "secp256k1"}),
		jwk("of other types", p256, map[string]any{"key_ops": "verify"}), jwk("number", p256, map[string]any{"kid": 1}), jwk("null", nil, map[string]any{"kty": nil}),
		jwk("a", p256, map[string]any{"x5u": "https://evil.example/", "x5c": []string{"no certificate"}, "x5t": "x", "d": base64url([]byte("private"))}),
	))
	v := p.verifier(t)
	assertAccepted(t, v, "the usable key", p256Token(t, "a"))
	if p.fetches.Load() != 1 {
		t.Errorf("%d fetches", p.fetches.Load())
	}
}

func TestKeysAreFetchedOverHTTPWithoutForeignRedirects(t *testing.T) {
	var fetched sync.Map
	serve := func() *httptest.Server {
		mux := http.NewServeMux()
		mux.HandleFunc("/keys", func(w http.ResponseWriter, r *http.Request) {
			fetched.Store(r.Host, true)
			fmt.Fprint(w, jwks(jwk("a", p256, nil)))
		})
		mux.Handle("/moved", http.RedirectHandler("/keys", http.StatusFound))
		mux.Handle("/loop", http.RedirectHandler("/loop", http.StatusFound))
		server := httptest.NewServer(mux)
		t.Cleanup(server.Close)
		return server
	}
	own, foreign := serve(), serve()
	own.Config.Handler.(*http.ServeMux).Handle("/foreign", http.RedirectHandler(foreign.URL+"/keys", http.StatusFound))
	for path, ok := range map[string]bool{"/keys": true, "/moved": true, "/loop": false, "/foreign": false, "/missing": false} {
		v := jwtauth.New(jwtauth.Options{URL: own.URL + path, Issuer: issuer, Audience: audience})
		_, err := v.Verify(t.Context(), p256Token(t, "a"))
		v.Close()
		if e, _ := errors.AsType[*jwtauth.Error](err); (err == nil) != ok || err != nil && !e.Unavailable {
			t.Errorf("%s: %v", path, err)
		}
	}
	if _, ok := fetched.Load(strings.TrimPrefix(foreign.URL, "http://")); ok {
		t.Error("the foreign keys were fetched")
	}
}
