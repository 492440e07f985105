package main

import (
	"fmt"
	"net"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// upstream is a HeyGen whose avatar groups are in training until Complete.
type upstream struct {
	server   *http.Server
	listener net.Listener
	calls    atomic.Int64
	complete atomic.Bool

	mu          sync.Mutex
	completedAt map[string]time.Time // when the first response said so, by id
}

func startUpstream() (*upstream, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	u := &upstream{listener: listener, completedAt: map[string]time.Time{}}
	u.server = &http.Server{Handler: u, ReadHeaderTimeout: 10 * time.Second}
	go func() { _ = u.server.Serve(listener) }()
	return u, nil
}

func (u *upstream) URL() string { return "http://" + u.listener.Addr().String() }

func (u *upstream) Close() { _ = u.server.Close() }

// Calls returns the number of calls so far.
func (u *upstream) Calls() int { return int(u.calls.Load()) }

// Complete ends the training of all groups.
func (u *upstream) Complete() { u.complete.Store(true) }

// CompletedAt returns when a response first had the final status of a group.
func (u *upstream) CompletedAt(resource int) time.Time {
	u.mu.Lock()
	defer u.mu.Unlock()
	return u.completedAt[fmt.Sprint("group", resource)]
}

func (u *upstream) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	u.calls.Add(1)
	id := r.URL.Path[strings.LastIndexByte(r.URL.Path, '/')+1:]
	status := "processing"
	if u.complete.Load() {
		status = "completed"
		u.mu.Lock()
		if u.completedAt[id].IsZero() {
			u.completedAt[id] = time.Now()
		}
		u.mu.Unlock()
	}
	w.Header().Set("Content-Type", "application/json")
	fmt.Fprintf(w, `{"data":{"id":%q,"name":"Name","created_at":1700000000,"looks_count":1,"status":%q}}`, id, status)
}
