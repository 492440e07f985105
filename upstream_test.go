package main

import (
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"

	"heygen-graphql/heygen/sandbox"
)

// upstreamServer is a sandbox behind a loopback address, as HeyGen is behind
// one of the internet's.
type upstreamServer struct {
	*sandbox.Sandbox
	URL    string
	before func() // called once, by the first request
	once   sync.Once
}

func newUpstream(t testing.TB) *upstreamServer {
	u := &upstreamServer{Sandbox: sandbox.New(sandbox.Options{PublicURL: "https://sandbox.example"})}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if u.before != nil {
			u.once.Do(u.before)
		}
		u.Sandbox.ServeHTTP(w, r)
	}))
	u.URL = server.URL
	t.Cleanup(server.Close)
	return u
}
