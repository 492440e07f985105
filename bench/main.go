// Command bench compares this project with other servers that return the same
// responses. On one machine it measures the CPU time, latency, memory and upstream
// calls of a request. Every server is a separate process on loopback and calls a
// simulated HeyGen. Responses are checked before they are timed.
//
//	go run -C bench .              all measurements, about 18 minutes
//	go run -C bench . -quick       a short run that only shows that everything works
//	go run -C bench . -only 'page/(off|proxy)$' -rounds 2
//	go run -C bench . -baseline /tmp/before
//	                               only this project and another build of it, with the ratio of each workload
//	go run -C bench . -write       all measurements, written to RESULTS.md, chart.svg and README.md
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
	context.AfterFunc(ctx, stop) // a second signal ends the process immediately
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// run returns the exit code: 1 if the comparison fails, 2 for an invalid command line.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	if len(args) > 0 && subcommands[args[0]] != nil {
		return runSubcommand(args[0], args[1:], stdout, stderr)
	}
	o, err := parseOptions(args, stderr)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return 0
	case err != nil:
		fmt.Fprintln(stderr, "bench:", err)
		return 2
	}
	if err := compare(ctx, o, stdout, stderr); err != nil {
		fmt.Fprintln(stderr, "bench:", err)
		return 1
	}
	return 0
}
