package load

import (
	"context"
	"runtime"
	"sync"
	"time"
)

// OpenOptions configures a run with a constant arrival rate. All fields are required.
type OpenOptions struct {
	Address  string        // host:port
	Requests [][]byte      // rendered; the sequence repeats
	Rate     int           // arrivals per second
	Duration time.Duration // of the arrivals
	Clients  int           // connections: the maximum number of concurrent requests
}

// OpenResult holds the measurements of a run with a constant arrival rate. Latencies
// are from the scheduled arrival of a request to its response, so they include the time
// in which it waited for a connection.
type OpenResult struct {
	Result
	Dropped int // requests that were not sent before the end of the run
}

// Sustained reports whether the server sustained the arrival rate.
func (r OpenResult) Sustained() bool { return r.Dropped == 0 }

// RunOpen sends requests in an open loop: they arrive at a constant rate whether or not
// earlier ones have a response. A request that arrives while all connections are in use
// is sent when one is free. A fifth of the duration after the last arrival, those that
// are still waiting are dropped, so a run ends with every server. It returns the same
// errors as [Run].
func RunOpen(ctx context.Context, o OpenOptions) (OpenResult, error) {
	conns, err := dialAll(o.Address, o.Clients, o.end()+requestTimeout)
	defer closeAll(conns)
	if err != nil {
		return OpenResult{}, err
	}
	defer context.AfterFunc(ctx, func() { closeAll(conns) })()
	sent := make([]int, o.Clients)
	return o.run(ctx, preciseSleep, func(client, arrival int) error {
		c := conns[client]
		if _, err := c.Do(o.Requests[arrival%len(o.Requests)]); err != nil {
			return err
		}
		sent[client]++
		return c.checkNoErrors(sent[client])
	})
}

// end returns when waiting requests are dropped.
func (o OpenOptions) end() time.Duration { return o.Duration + o.Duration/5 }

// arrival is a request that is due.
type arrival struct {
	index int
	due   time.Duration // since the start
}

// run schedules the arrivals and sends them with do, which one goroutine for each
// client calls.
func (o OpenOptions) run(ctx context.Context, sleep func(time.Duration), do func(client, arrival int) error) (OpenResult, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var (
		running  sync.WaitGroup
		total    = max(1, int(o.Duration.Seconds()*float64(o.Rate)))
		arrivals = make(chan arrival, total)
		lists    = make([][]time.Duration, o.Clients)
		dropped  = make([]int, o.Clients)
		start    = time.Now()
	)
	for client := range o.Clients {
		running.Go(func() {
			for next := range arrivals {
				if ctx.Err() != nil || time.Since(start) > o.end() {
					dropped[client]++
					continue
				}
				if err := do(client, next.index); err != nil {
					cancel(err)
					continue
				}
				lists[client] = append(lists[client], time.Since(start)-next.due)
			}
		})
	}
	for i := range total {
		due := time.Duration(float64(i) / float64(o.Rate) * float64(time.Second))
		if wait := due - time.Since(start); wait > 0 {
			sleep(wait)
		}
		if ctx.Err() != nil {
			break
		}
		arrivals <- arrival{i, due}
		runtime.Gosched() // send it before sleeping
	}
	close(arrivals)
	running.Wait()
	if ctx.Err() != nil {
		return OpenResult{}, context.Cause(ctx)
	}
	all := mergeSorted(lists)
	result := OpenResult{Result: Result{Requests: len(all), Elapsed: time.Since(start), Latencies: all}}
	for _, n := range dropped {
		result.Dropped += n
	}
	return result, nil
}
