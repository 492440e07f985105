package load

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"
)

// Options configures a run. Address, Requests, Clients and one of Duration and
// MaxRequests are required.
type Options struct {
	Address     string        // host:port
	Requests    [][]byte      // rendered; all clients share the sequence, which repeats
	Clients     int           // each has one connection, and sends after the previous response
	Duration    time.Duration // no request is sent after it; 0 means until MaxRequests
	MaxRequests int           // 0 means 200,000
}

// Result holds the measurements of a run.
type Result struct {
	Requests  int
	Elapsed   time.Duration   // from the first request to the last response
	Latencies []time.Duration // of all requests, sorted
	Bytes     int64           // of all responses with their heads, as they were on the wire
	Coding    string          // of the bodies; [Identity] if they were not compressed
}

// Rate returns the number of requests per second.
func (r Result) Rate() float64 { return float64(r.Requests) / r.Elapsed.Seconds() }

// Run sends requests in a closed loop. It returns an error at the first response
// whose status is not 200 or that has GraphQL errors: a server that fails fast must
// not look fast. Of the compressed responses it decodes one in 128.
func Run(ctx context.Context, o Options) (Result, error) {
	if o.MaxRequests == 0 {
		o.MaxRequests = 200_000
	}
	conns, err := dialAll(o.Address, o.Clients, o.Duration+requestTimeout)
	defer closeAll(conns)
	if err != nil {
		return Result{}, err
	}
	defer context.AfterFunc(ctx, func() { closeAll(conns) })()
	var (
		next    atomic.Int64
		running sync.WaitGroup
		lists   = make([][]time.Duration, o.Clients)
		errs    = make([]error, o.Clients)
		start   = time.Now()
	)
	for i, c := range conns {
		running.Go(func() { lists[i], errs[i] = c.run(ctx, o, start, &next) })
	}
	running.Wait()
	elapsed := time.Since(start)
	if err := errors.Join(errs...); err != nil || ctx.Err() != nil {
		return Result{}, preferContextError(ctx.Err(), err)
	}
	all := mergeSorted(lists)
	result := Result{Requests: len(all), Elapsed: elapsed, Latencies: all}
	for _, c := range conns {
		result.Bytes += c.received
		if c.received > 0 { // others have sent no request
			result.Coding = c.Coding()
		}
	}
	return result, nil
}

// dialAll opens connections whose requests end within timeout. If it returns an error,
// it also returns those that are open.
func dialAll(address string, n int, timeout time.Duration) ([]*Conn, error) {
	conns, deadline := make([]*Conn, 0, n), time.Now().Add(timeout)
	for range n {
		c, err := Dial(address)
		if err != nil {
			return conns, err
		}
		conns = append(conns, c)
		if err := c.setDeadline(deadline); err != nil {
			return conns, err
		}
	}
	return conns, nil
}

func closeAll(conns []*Conn) {
	for _, c := range conns {
		_ = c.Close()
	}
}

// preferContextError returns the context's error if there is one: it is the cause of
// the other.
func preferContextError(ctxErr, err error) error {
	if ctxErr != nil {
		return ctxErr
	}
	return err
}

var errorsKey = []byte(`"errors":`)

// run is the loop of one client.
func (c *Conn) run(ctx context.Context, o Options, start time.Time, next *atomic.Int64) ([]time.Duration, error) {
	latencies := make([]time.Duration, 0, 4096)
	for ctx.Err() == nil {
		i := int(next.Add(1)) - 1
		before := time.Since(start)
		// The first request is always sent, so that no result is empty.
		if i >= o.MaxRequests || i > 0 && o.Duration > 0 && before >= o.Duration {
			break
		}
		if _, err := c.Do(o.Requests[i%len(o.Requests)]); err != nil {
			return nil, err
		}
		latencies = append(latencies, time.Since(start)-before)
		if err := c.checkNoErrors(len(latencies)); err != nil {
			return nil, err
		}
	}
	return latencies, nil
}

// decodeInterval is the number of compressed responses of which one is decoded:
// decoding all would use as much CPU time as many of the servers.
const decodeInterval = 128

// checkNoErrors returns an error if the last response, the nth of the connection, has
// GraphQL errors.
func (c *Conn) checkNoErrors(n int) error {
	body := c.body
	if c.coding != "" {
		if n%decodeInterval != 1 {
			return nil
		}
		var err error
		if body, err = c.decodedBody(); err != nil {
			return err
		}
	}
	if bytes.Contains(body, errorsKey) {
		return fmt.Errorf("response with errors: %.300s", body)
	}
	return nil
}
