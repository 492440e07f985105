package redisstore

import (
	"context"
	"crypto/tls"
	"log/slog"
	"net"
	"time"

	"github.com/redis/rueidis"
)

// DefaultTimeout is the time within which Redis must respond to a command, and the time that
// a request with a budget waits for Redis in all.
const DefaultTimeout = 40 * time.Millisecond

// Options configure a [Store].
type Options struct {
	// URL is a redis, rediss or unix URL that [CheckURL] accepts.
	URL string
	// Version is the format of the records.
	Version string
	// Slots is the number of concurrent calls that all replicas together may make with a
	// credential. 0: no limit.
	Slots int
	// Timeout of a command. 0: [DefaultTimeout].
	Timeout time.Duration
	// Logger receives failures, at most one of a kind a minute. nil: none is logged.
	Logger *slog.Logger
	// Observe is called after each pipeline of commands, if it is not nil. The operation is
	// load, lease, store, slot, document, rate_limit, webhook, invalidate or ping; the outcome
	// ok, error (Redis rejected a command), timeout, or skipped (not sent, or its caller left).
	Observe func(operation, outcome string, d time.Duration)
	// Dial connects to an address. nil: over TCP, or a Unix socket.
	Dial func(ctx context.Context, address string) (net.Conn, error)
}

// Operations returns every operation that [Options.Observe] is called with.
func Operations() []string {
	return []string{"load", "lease", "store", "slot", "document", "rate_limit", "webhook", "invalidate", "announce", "ping"}
}

// Outcomes returns every outcome that [Options.Observe] is called with.
func Outcomes() []string { return []string{"ok", "error", "timeout", "skipped"} }

const (
	// connectTimeout limits connecting, which happens in the background.
	connectTimeout = time.Second
	bufferSize     = 64 << 10
)

// clientOption returns the options of the client for a URL that CheckURL has accepted.
// The client neither retries nor caches: a retry would exceed the deadline, and the cache of
// the process is above this package.
func (s *Store) clientOption() (rueidis.ClientOption, error) {
	option, err := rueidis.ParseURL(s.options.URL)
	if err != nil {
		return option, err
	}
	option.DisableCache = true
	option.DisableRetry = true
	option.AlwaysPipelining = true // a timed-out command must not close the connection
	option.PipelineMultiplex = -1  // one connection
	option.ReadBufferEachConn, option.WriteBufferEachConn = bufferSize, bufferSize
	option.Sentinel.TopologyRefreshInterval = 5 * time.Second
	if option.ClientName == "" {
		option.ClientName = "heygen-graphql"
	}
	if option.Dialer.Timeout == 0 {
		option.Dialer.Timeout = connectTimeout
	}
	// A connection that is silent for this long is closed, and with it the commands that
	// wait in it.
	if option.ConnWriteTimeout == 0 {
		option.ConnWriteTimeout = time.Second
	}
	unix := option.DialCtxFn
	option.DialCtxFn = func(ctx context.Context, address string, dialer *net.Dialer, config *tls.Config) (net.Conn, error) {
		return s.connections.dial(ctx, func(ctx context.Context) (net.Conn, error) {
			switch {
			case s.options.Dial != nil:
				conn, err := s.options.Dial(ctx, address)
				return withTLS(ctx, conn, config, err)
			case unix != nil:
				return unix(ctx, address, dialer, config)
			default:
				conn, err := dialer.DialContext(ctx, "tcp", address)
				return withTLS(ctx, conn, config, err)
			}
		})
	}
	return option, nil
}

func withTLS(ctx context.Context, conn net.Conn, config *tls.Config, err error) (net.Conn, error) {
	if err != nil || config == nil {
		return conn, err
	}
	secure := tls.Client(conn, config)
	if err := secure.HandshakeContext(ctx); err != nil {
		conn.Close()
		return nil, err
	}
	return secure, nil
}
