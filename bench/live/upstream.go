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

// upstream is a HeyGen whose avatar groups are in training, and change when Change is called.
type upstream struct {
	server   *http.Server
	listener net.Listener
	calls    atomic.Int64

	mu        sync.Mutex
	changes   int
	status    string
	changedAt map[string]time.Time // when a response first had the last change, by id
}

func startUpstream() (*upstream, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	u := &upstream{listener: listener, status: "processing", changedAt: map[string]time.Time{}}
	u.server = &http.Server{Handler: u, ReadHeaderTimeout: 10 * time.Second}
	go func() { _ = u.server.Serve(listener) }()
	return u, nil
}

func (u *upstream) URL() string { return "http://" + u.listener.Addr().String() }

func (u *upstream) Close() { _ = u.server.Close() }

// Calls returns the number of calls so far.
func (u *upstream) Calls() int { return int(u.calls.Load()) }

// Change changes the name of all groups, and with the last change ends their training. It
// returns what only events of this change contain.
func (u *upstream) Change(last bool) string {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.changes++
	if last {
		u.status = "completed"
	}
	clear(u.changedAt)
	return fmt.Sprintf("%q", u.name())
}

// name returns the name of all groups. u.mu is held.
func (u *upstream) name() string { return fmt.Sprint("Name ", u.changes) }

// ChangedAt returns when a response first had the last change of a group.
func (u *upstream) ChangedAt(resource int) time.Time {
	u.mu.Lock()
	defer u.mu.Unlock()
	return u.changedAt[fmt.Sprint("group", resource)]
}

func (u *upstream) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	u.calls.Add(1)
	id := r.URL.Path[strings.LastIndexByte(r.URL.Path, '/')+1:]
	u.mu.Lock()
	name, status := u.name(), u.status
	if u.changedAt[id].IsZero() {
		u.changedAt[id] = time.Now()
	}
	u.mu.Unlock()
	w.Header().Set("Content-Type", "application/json")
	fmt.Fprintf(w, `{"data":{"id":%q,"name":%q,"created_at":1700000000,"looks_count":1,"status":%q}}`, id, name, status)
}
