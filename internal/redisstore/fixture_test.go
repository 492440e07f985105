package redisstore_test

import (
	"bytes"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"
	miniserver "github.com/alicebob/miniredis/v2/server"

	"heygen-graphql/internal/cache"
	"heygen-graphql/internal/redisstore"
)

// patience is the deadline of what must happen, on a machine that is busy.
const patience = 20 * time.Second

// eventually fails the test unless condition becomes true.
func eventually(t testing.TB, what string, condition func() bool) {
	t.Helper()
	deadline := time.Now().Add(patience)
	tick := time.NewTicker(2 * time.Millisecond)
	defer tick.Stop()
	for !condition() {
		if time.Now().After(deadline) {
			t.Fatalf("%s does not happen", what)
		}
		<-tick.C
	}
}

// server starts a Redis in this process that is no cluster. Its time passes only by
// FastForward.
func server(t testing.TB) *miniredis.Miniredis {
	t.Helper()
	m := cluster(t)
	refuse(m, func(string, []string) string { return "" })
	return m
}

// cluster starts a Redis in this process that is a cluster of one node.
func cluster(t testing.TB) *miniredis.Miniredis {
	t.Helper()
	m := miniredis.NewMiniRedis()
	if err := m.StartAddr("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(m.Close)
	return m
}

// refuse makes Redis reply with the error that is returned for a command, unless it is empty.
func refuse(m *miniredis.Miniredis, reply func(command string, arguments []string) string) {
	m.Server().SetPreHook(func(p *miniserver.Peer, command string, arguments ...string) bool {
		message := reply(command, arguments)
		if command == "CLUSTER" {
			message = "ERR This instance has cluster support disabled"
		}
		if message == "" {
			return false
		}
		p.WriteError(message)
		return true
	})
}

// observed records what a store observes.
type observed struct {
	mu    sync.Mutex
	calls map[string]int // by "operation outcome"
}

func (o *observed) observe(operation, outcome string, _ time.Duration) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.calls == nil {
		o.calls = map[string]int{}
	}
	o.calls[operation+" "+outcome]++
}

func (o *observed) count(call string) int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.calls[call]
}

// logged is a log that may be read while it is written.
type logged struct {
	mu     sync.Mutex
	buffer bytes.Buffer
}

func (l *logged) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buffer.Write(p)
}

func (l *logged) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buffer.String()
}

func (l *logged) count(part string) int { return strings.Count(l.String(), part) }

func (l *logged) logger() *slog.Logger { return slog.New(slog.NewTextHandler(l, nil)) }

// options returns options with a timeout that a busy machine does not exceed.
func options(url string) redisstore.Options {
	return redisstore.Options{URL: url, Version: "test", Slots: 2, Timeout: patience}
}

// open returns a store that is closed at the end of the test.
func open(t testing.TB, o redisstore.Options) *redisstore.Store {
	t.Helper()
	s := redisstore.Open(o)
	t.Cleanup(s.Close)
	return s
}

// openUp is open, and waits until Redis is available.
func openUp(t testing.TB, o redisstore.Options) *redisstore.Store {
	t.Helper()
	s := open(t, o)
	eventually(t, "connection", s.Up)
	return s
}

// replicas returns n stores over one Redis.
func replicas(t testing.TB, m *miniredis.Miniredis, n int) []*redisstore.Store {
	t.Helper()
	all := make([]*redisstore.Store, n)
	for i := range all {
		all[i] = openUp(t, options("redis://"+m.Addr()))
	}
	return all
}

var (
	alice = [32]byte{1}
	bob   = [32]byte{2}
)

func tenant(t testing.TB, s *redisstore.Store, credential [32]byte) *redisstore.Tenant {
	t.Helper()
	one := s.Tenant(credential, redisstore.Events{})
	t.Cleanup(one.Close)
	return one
}

func reject(cache.Record) bool { return false }
func accept(cache.Record) bool { return true }

// acquire returns a lease, which must be free.
func acquire(t testing.TB, one *redisstore.Tenant, key string) cache.Lease {
	t.Helper()
	_, lease := one.Acquire(t.Context(), key, reject)
	if lease == nil {
		t.Fatalf("no lease on %s", key)
	}
	return lease
}

// put stores a record.
func put(t testing.TB, one *redisstore.Tenant, record cache.Record) {
	t.Helper()
	acquire(t, one, record.Key).Release(t.Context(), record)
}

func record(key, data string) cache.Record {
	return cache.Record{Key: key, Data: []byte(data), StoredAt: time.Now(), Lifetime: time.Hour}
}

// names returns the names of the keys that contain part.
func names(m *miniredis.Miniredis, part string) []string {
	var found []string
	for _, name := range m.Keys() {
		if strings.Contains(name, part) {
			found = append(found, name)
		}
	}
	return found
}

// name returns the name of the only key that contains part.
func name(t testing.TB, m *miniredis.Miniredis, part string) string {
	t.Helper()
	found := names(m, part)
	if len(found) != 1 {
		t.Fatalf("keys with %q: %q, want one", part, found)
	}
	return found[0]
}

func value(t testing.TB, m *miniredis.Miniredis, name string) string {
	t.Helper()
	v, err := m.Get(name)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// set overwrites the value of a key, which still expires.
func set(t testing.TB, m *miniredis.Miniredis, name, value string) {
	t.Helper()
	ttl := m.TTL(name)
	if err := m.Set(name, value); err != nil {
		t.Fatal(err)
	}
	m.SetTTL(name, max(ttl, time.Minute))
}
