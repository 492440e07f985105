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
}

// Rate returns the number of requests per second.
func (r Result) Rate() float64 { return float64(r.Requests) / r.Elapsed.Seconds() }

// Run sends requests in a closed loop. It returns an error at the first response
// whose status is not 200 or that has GraphQL errors: a server that fails fast must
// not look fast.
func Run(ctx context.Context, o Options) (Result, error) {
	if o.MaxRequests == 0 {
		o.MaxRequests = 200_000
	}
	conns := make([]*Conn, 0, o.Clients)
	defer func() {
		for _, c := range conns {
			_ = c.Close()
		}
	}()
	deadline := time.Now().Add(o.Duration + requestTimeout)
	for range o.Clients {
		c, err := Dial(o.Address)
		if err != nil {
			return Result{}, err
		}
		conns = append(conns, c)
		if err := c.setDeadline(deadline); err != nil {
			return Result{}, err
		}
	}
	stop := context.AfterFunc(ctx, func() {
		for _, c := range conns {
			_ = c.Close()
		}
	})
	defer stop()
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
	return Result{Requests: len(all), Elapsed: elapsed, Latencies: all}, nil
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
		body, err := c.Do(o.Requests[i%len(o.Requests)])
		if err != nil {
			return nil, err
		}
		latencies = append(latencies, time.Since(start)-before)
		if bytes.Contains(body, errorsKey) {
			return nil, fmt.Errorf("response with errors: %.300s", body)
		}
	}
	return latencies, nil
}
