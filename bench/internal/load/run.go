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

// Options say what is asked and for how long. Address, Requests, Clients and one
// of Time and Most are needed.
type Options struct {
	Address  string        // host:port
	Requests [][]byte      // rendered; taken in turn by all clients, again from the start when all were taken
	Clients  int           // each has a connection, and sends when it was answered
	Time     time.Duration // nothing is sent after it. 0: until Most
	Most     int           // how many requests are sent. 0: 200,000
}

// Result is what was measured.
type Result struct {
	Requests  int
	Elapsed   time.Duration   // from the first request to the last answer
	Latencies []time.Duration // of all requests, from the shortest on
}

// Rate is how many requests were answered a second.
func (r Result) Rate() float64 { return float64(r.Requests) / r.Elapsed.Seconds() }

// Run asks in a closed loop. It fails at the first answer that is not 200, or that
// holds errors: a server that fails fast must not look fast.
func Run(ctx context.Context, o Options) (Result, error) {
	if o.Most == 0 {
		o.Most = 200_000
	}
	conns := make([]*Conn, 0, o.Clients)
	defer func() {
		for _, c := range conns {
			_ = c.Close()
		}
	}()
	limit := time.Now().Add(o.Time + patience)
	for range o.Clients {
		c, err := Dial(o.Address)
		if err != nil {
			return Result{}, err
		}
		conns = append(conns, c)
		if err := c.bound(limit); err != nil {
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
		turn    atomic.Int64
		running sync.WaitGroup
		lists   = make([][]time.Duration, o.Clients)
		failed  = make([]error, o.Clients)
		start   = time.Now()
	)
	for i, c := range conns {
		running.Go(func() { lists[i], failed[i] = c.loop(ctx, o, start, &turn) })
	}
	running.Wait()
	elapsed := time.Since(start)
	if err := errors.Join(failed...); err != nil || ctx.Err() != nil {
		return Result{}, cause(ctx.Err(), err)
	}
	all := merged(lists)
	return Result{Requests: len(all), Elapsed: elapsed, Latencies: all}, nil
}

// cause prefers the end of a context to what it has caused.
func cause(ended, err error) error {
	if ended != nil {
		return ended
	}
	return err
}

var errorsKey = []byte(`"errors":`)

// loop is one client.
func (c *Conn) loop(ctx context.Context, o Options, start time.Time, turn *atomic.Int64) ([]time.Duration, error) {
	latencies := make([]time.Duration, 0, 4096)
	for ctx.Err() == nil {
		i := int(turn.Add(1)) - 1
		before := time.Since(start)
		if i >= o.Most || o.Time > 0 && before >= o.Time {
			break
		}
		body, err := c.Do(o.Requests[i%len(o.Requests)])
		if err != nil {
			return nil, err
		}
		latencies = append(latencies, time.Since(start)-before)
		if bytes.Contains(body, errorsKey) {
			return nil, fmt.Errorf("an answer with errors: %.300s", body)
		}
	}
	return latencies, nil
}
