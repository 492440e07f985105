package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/signal"
	"strconv"
	"syscall"

	"heygen-graphql/bench/internal/gqlgen"
	"heygen-graphql/bench/internal/reference"
	"heygen-graphql/bench/internal/upstream"
)

// role is what this binary is when it is started as one of the servers. It serves
// until ctx ends.
type role func(ctx context.Context, listener net.Listener) error

// roles are given as the first argument.
var roles = map[string]role{
	"serve-upstream": serveUpstream,
	"serve-static":   func(ctx context.Context, l net.Listener) error { return serveHTTP(ctx, l, reference.Static()) },
	"serve-bare":     func(ctx context.Context, l net.Listener) error { return serveHTTP(ctx, l, reference.Bare()) },
	"serve-gqlgen": func(ctx context.Context, l net.Listener) error {
		return serveHTTP(ctx, l, gqlgen.Server(os.Getenv("UPSTREAM"), os.Getenv("HEYGEN_API_KEY")))
	},
	"serve-proxy": func(ctx context.Context, l net.Listener) error {
		target, err := url.Parse(os.Getenv("UPSTREAM"))
		if err != nil {
			return err
		}
		return serveHTTP(ctx, l, reference.Proxy(target))
	},
}

// serveRole listens where there is room, tells where, and serves until it is told to
// stop, or its standard input ends with the process that has started it.
func serveRole(name string, args []string, stdout, stderr io.Writer) int {
	if len(args) > 0 {
		fmt.Fprintf(stderr, "bench: %s takes no arguments\n", name)
		return 2
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		stop()
	}()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err == nil {
		fmt.Fprintf(stdout, "listening on %s\n", listener.Addr())
		err = roles[name](ctx, listener)
	}
	if err != nil {
		fmt.Fprintln(stderr, "bench:", err)
		return 1
	}
	return 0
}

func serveUpstream(ctx context.Context, listener net.Listener) error {
	groups, err := strconv.Atoi(os.Getenv("GROUPS"))
	if err != nil {
		return fmt.Errorf("GROUPS: %w", err)
	}
	server := upstream.Serve(listener, upstream.New(groups))
	<-ctx.Done()
	server.Close()
	return nil
}

func serveHTTP(ctx context.Context, listener net.Listener, handler http.Handler) error {
	server := &http.Server{Handler: handler}
	context.AfterFunc(ctx, func() { _ = server.Close() })
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}
