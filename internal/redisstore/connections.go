package redisstore

import (
	"context"
	"net"
	"sync"
)

// connections are the open connections of a client. Closing them ends all that waits for a
// Redis that is silent, which the client by itself does only after seconds.
type connections struct {
	mu     sync.Mutex
	open   map[*trackedConn]struct{}
	closed bool
	// stop ends dials that are in flight.
	stop context.Context
}

type trackedConn struct {
	net.Conn
	owner *connections
}

func (c *connections) dial(ctx context.Context, dial func(context.Context) (net.Conn, error)) (net.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, connectTimeout)
	defer cancel()
	defer context.AfterFunc(c.stop, cancel)()
	conn, err := dial(ctx)
	if err != nil {
		return nil, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		conn.Close()
		return nil, net.ErrClosed
	}
	tracked := &trackedConn{conn, c}
	if c.open == nil {
		c.open = map[*trackedConn]struct{}{}
	}
	c.open[tracked] = struct{}{}
	return tracked, nil
}

func (t *trackedConn) Close() error {
	t.owner.mu.Lock()
	delete(t.owner.open, t)
	t.owner.mu.Unlock()
	return t.Conn.Close()
}

// closeAll closes all connections, and those that are dialed later.
func (c *connections) closeAll() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.closed = true
	for conn := range c.open {
		conn.Conn.Close()
	}
}
