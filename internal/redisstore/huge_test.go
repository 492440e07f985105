package redisstore_test

import (
	"context"
	"net"
	"strings"
	"sync/atomic"
	"testing"
)

// countingConn counts the bytes that are received.
type countingConn struct {
	net.Conn
	received *atomic.Int64
}

func (c countingConn) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	c.received.Add(int64(n))
	return n, err
}

func TestHugeValuesAreNotRead(t *testing.T) {
	m := server(t)
	var received atomic.Int64
	o := options("redis://" + m.Addr())
	o.Dial = func(ctx context.Context, address string) (net.Conn, error) {
		conn, err := new(net.Dialer).DialContext(ctx, "tcp", address)
		return countingConn{conn, &received}, err
	}
	one := tenant(t, openUp(t, o), alice)
	put(t, one, record(groups, "data"))
	one.BackOff(1e9)
	eventually(t, "back-off", func() bool { return len(names(m, ":backoff")) == 1 })
	huge := strings.Repeat("x", 40<<20)
	for _, key := range m.Keys() {
		if !strings.HasSuffix(key, ":gen") {
			set(t, m, key, huge)
		}
	}
	received.Store(0)
	if _, ok := one.Load(t.Context(), groups); ok {
		t.Error("a record")
	}
	acquire(t, one, groups).Release(t.Context())
	_, backoff, _ := one.AcquireSlot(t.Context())
	if backoff == 0 {
		t.Error("no back-off")
	}
	set(t, m, name(t, m, ":gen"), huge)
	if _, ok := one.Load(t.Context(), groups); ok {
		t.Error("a record")
	}
	if n := received.Load(); n > 36<<20 { // at most 8 MiB of each of three reads of the record
		t.Errorf("%d bytes received", n)
	}
}
