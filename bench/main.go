// Command bench compares this project with other ways to give the same answers, on
// one machine: what a request costs, how long it takes, and what the upstream is
// asked for it. Every server is a process of its own, on loopback, in front of a
// stand-in for HeyGen; answers are checked before they are timed.
//
//	go run -C bench .              all of it, some 15 minutes
//	go run -C bench . -quick       a look whether it works
//	go run -C bench . -only 'page/(off|proxy)$' -rounds 2
//	go run -C bench . -write       all of it, into RESULTS.md, chart.svg and README.md
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends the process at once
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// run gives the exit code. 1: something failed; 2: a flag is wrong.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	if len(args) > 0 && roles[args[0]] != nil {
		return serveRole(args[0], args[1:], stdout, stderr)
	}
	options, err := readOptions(args, stderr)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return 0
	case err != nil:
		fmt.Fprintln(stderr, "bench:", err)
		return 2
	}
	if err := compare(ctx, options, stdout, stderr); err != nil {
		fmt.Fprintln(stderr, "bench:", err)
		return 1
	}
	return 0
}
