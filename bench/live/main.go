// Command live measures live updates: many subscribers of few resources, over Server-Sent
// Events, against a build of the server and an upstream of its own, on one machine. It prints
// the memory of a subscriber, the number of polls, and the latency of each of several changes,
// from HeyGen's response to the last byte at each subscriber, with the processor time that the
// server and this process, which is the subscribers, take for it.
//
//	go run -C bench ./live
package main

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"

	"heygen-graphql/bench/internal/process"
)

// maxDuration bounds the whole run.
const maxDuration = 5 * time.Minute

func main() {
	subscribers := flag.Int("subscribers", 10_000, "number of subscribers; each needs a file descriptor here and in the server")
	resources := flag.Int("resources", 100, "number of avatar groups that they watch")
	changes := flag.Int("changes", 5, "number of changes of each group; the last one ends its training")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	ctx, cancel := context.WithTimeout(ctx, maxDuration)
	defer cancel()
	if err := run(ctx, *subscribers, *resources, *changes, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "live:", err)
		os.Exit(1)
	}
}

// run measures and writes the figures.
func run(ctx context.Context, subscribers, resources, changes int, out io.Writer) error {
	dir, err := os.MkdirTemp("", "live")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	binary := filepath.Join(dir, "server")
	build := exec.CommandContext(ctx, "go", "build", "-o", binary, ".")
	build.Dir = ".."
	if output, err := build.CombinedOutput(); err != nil {
		return fmt.Errorf("go build: %s", output)
	}
	upstream, err := startUpstream()
	if err != nil {
		return err
	}
	defer upstream.Close()
	server, err := process.Start(ctx, process.Options{
		Name: "the server", Command: []string{binary}, Log: filepath.Join(dir, "log"), Address: regexp.MustCompile(`graphql=http://([^/]+)/graphql`),
		Env: []string{
			"LISTEN_ADDR=127.0.0.1:0", "HEYGEN_API_KEY=bench", "HEYGEN_BASE_URL=" + upstream.URL(), "POLL_INTERVAL=5s",
			fmt.Sprint("MAX_STREAMS=", subscribers), "MAX_STREAMS_PER_CALLER=0", "HEYGEN_MAX_CONCURRENT=64",
		},
	})
	if err != nil {
		return err
	}
	defer server.Stop()
	if err := subscribeOne(ctx, server.Address, 0); err != nil { // what the first request allocates is no subscriber's
		return err
	}
	before, err := server.Usage()
	if err != nil {
		return err
	}
	clients := make([]*client, subscribers)
	for i := range clients {
		if clients[i], err = subscribe(ctx, server.Address, i%resources); err != nil {
			return fmt.Errorf("subscriber %d: %w", i, err)
		}
		defer clients[i].Close()
	}
	pollsBefore, started := upstream.Calls(), time.Now()
	if err := wait(ctx, 15*time.Second); err != nil { // three intervals
		return err
	}
	polls, elapsed := upstream.Calls()-pollsBefore, time.Since(started)
	after, err := server.Usage()
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "subscribers %d, resources %d\n", subscribers, resources)
	fmt.Fprintf(out, "memory a subscriber: %.1f KiB (resident, the server's whole process)\n", float64(after.Peak-before.Peak)/float64(subscribers)/1024)
	fmt.Fprintf(out, "polls: %d in %s, %.2f a resource and interval of 5s\n", polls, elapsed.Round(time.Second), float64(polls)/float64(resources)/elapsed.Seconds()*5)
	for change := range changes {
		m, err := measureChange(ctx, server, upstream, clients, change+1 == changes)
		if err != nil {
			return err
		}
		fmt.Fprintf(out, "change %d reaches a subscriber after: p50 %s, p99 %s, max %s; processor time: server %s, subscribers %s\n",
			change+1, m.latencies[subscribers/2], m.latencies[subscribers*99/100], m.latencies[subscribers-1], m.server, m.subscribers)
	}
	return nil
}

// change is the measurement of one change of all resources.
type change struct {
	latencies           []time.Duration // sorted
	server, subscribers time.Duration   // processor time
}

// measureChange changes all resources, and waits until all subscribers have received it.
func measureChange(ctx context.Context, server *process.Process, upstream *upstream, clients []*client, last bool) (change, error) {
	serverBefore, err := server.Usage()
	if err != nil {
		return change{}, err
	}
	before := ownCPUTime()
	text := upstream.Change(last)
	m := change{latencies: make([]time.Duration, len(clients))}
	errs := make([]error, len(clients))
	var reading sync.WaitGroup
	for i, c := range clients {
		reading.Go(func() {
			var at time.Time
			if at, errs[i] = c.received(ctx, text); errs[i] == nil {
				m.latencies[i] = at.Sub(upstream.ChangedAt(c.resource))
			}
		})
	}
	reading.Wait()
	if err := errors.Join(errs...); err != nil {
		return change{}, err
	}
	serverAfter, err := server.Usage()
	if err != nil {
		return change{}, err
	}
	slices.Sort(m.latencies)
	m.server, m.subscribers = serverAfter.CPU-serverBefore.CPU, ownCPUTime()-before
	return m, nil
}

// ownCPUTime returns the processor time of this process.
func ownCPUTime() time.Duration {
	var usage syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &usage) // it fails for invalid arguments only
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

// wait waits for d.
func wait(ctx context.Context, d time.Duration) error {
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// client is one subscriber.
type client struct {
	net.Conn
	resource int
	reader   *bufio.Reader
}

const request = "POST /graphql HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"

// subscribe opens a subscription and reads its first event.
func subscribe(ctx context.Context, address string, resource int) (*client, error) {
	var dialer net.Dialer
	conn, err := dialer.DialContext(ctx, "tcp", address)
	if err != nil {
		return nil, err
	}
	deadline, _ := ctx.Deadline()
	_ = conn.SetDeadline(deadline)
	body := fmt.Sprintf(`{"query":"subscription($id: ID!) { avatarGroupChanged(id: $id) { name status } }","variables":{"id":"group%d"}}`, resource)
	if _, err := fmt.Fprintf(conn, request, len(body), body); err != nil {
		conn.Close()
		return nil, err
	}
	c := &client{conn, resource, bufio.NewReaderSize(conn, 512)}
	if _, err := c.readUntil(`"PROCESSING"`); err != nil {
		conn.Close()
		return nil, err
	}
	return c, nil
}

// subscribeOne opens a subscription and closes it.
func subscribeOne(ctx context.Context, address string, resource int) error {
	c, err := subscribe(ctx, address, resource)
	if err != nil {
		return err
	}
	return c.Close()
}

// received returns when the event that contains text was there.
func (c *client) received(ctx context.Context, text string) (time.Time, error) {
	stop := context.AfterFunc(ctx, func() { c.Close() })
	defer stop()
	return c.readUntil(text)
}

// readUntil reads lines until one contains text.
func (c *client) readUntil(text string) (time.Time, error) {
	for {
		line, err := c.reader.ReadString('\n')
		if strings.Contains(line, text) {
			return time.Now(), nil
		}
		if err != nil {
			return time.Time{}, err
		}
		if strings.HasPrefix(line, "HTTP/1.1 ") && !strings.HasPrefix(line, "HTTP/1.1 200") {
			return time.Time{}, errors.New(strings.TrimSpace(line))
		}
	}
}
