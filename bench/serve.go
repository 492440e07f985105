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

// subcommand serves requests until ctx ends. It runs in a process of its own.
type subcommand func(ctx context.Context, listener net.Listener) error

// subcommands maps the first argument to its subcommand.
var subcommands = map[string]subcommand{
	"serve-upstream": serveUpstream,
	"serve-static":   func(ctx context.Context, l net.Listener) error { return serveHTTP(ctx, l, reference.Static()) },
	"serve-bare":     func(ctx context.Context, l net.Listener) error { return serveHTTP(ctx, l, reference.Bare()) },
	"serve-gqlgen": func(ctx context.Context, l net.Listener) error {
		return serveHTTP(ctx, l, gqlgen.Server(os.Getenv("UPSTREAM"), os.Getenv("HEYGEN_API_KEY"), os.Getenv("COMPRESS") != ""))
	},
	"serve-proxy": func(ctx context.Context, l net.Listener) error {
		target, err := url.Parse(os.Getenv("UPSTREAM"))
		if err != nil {
			return err
		}
		return serveHTTP(ctx, l, reference.Proxy(target))
	},
}

// runSubcommand listens on a free port, prints the address, and serves until it
// receives a signal or its standard input ends, as it does when the parent exits.
func runSubcommand(name string, args []string, stdout, stderr io.Writer) int {
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
		err = subcommands[name](ctx, listener)
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
	running := upstream.Serve(listener, upstream.New(groups))
	<-ctx.Done()
	running.Close()
	return nil
}

func serveHTTP(ctx context.Context, listener net.Listener, handler http.Handler) error {
	httpServer := &http.Server{Handler: handler}
	context.AfterFunc(ctx, func() { _ = httpServer.Close() })
	if err := httpServer.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}
