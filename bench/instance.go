package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"heygen-graphql/bench/internal/load"
	"heygen-graphql/bench/internal/process"
	"heygen-graphql/bench/internal/results"
	"heygen-graphql/bench/internal/workload"
)

// instance is a running server with the requests of a workload.
type instance struct {
	server
	*process.Process
	requests    [][]byte
	maxRequests int              // of a measurement; 0: until its duration has passed
	cursors     workload.Cursors // of its own list, as many as the workload needs
	upstream    upstreamControl
	results.Key // without clients and delay
}

const graphQLPath = "/graphql"

// buildRequests renders the requests of all cases. For a GraphQL server it first
// reads that server's cursors.
func (i *instance) buildRequests(w workload.Workload, cases []workload.Case) error {
	if len(i.cursors) != w.CursorsNeeded+1 {
		var err error
		if i.cursors, err = i.readCursors(w); err != nil {
			return err
		}
	}
	i.requests = nil
	for _, c := range cases {
		i.requests = append(i.requests, i.render(w, c))
	}
	return nil
}

func (i *instance) render(w workload.Workload, c workload.Case) []byte {
	var request []byte
	if i.protocol == rest {
		request = load.GetRequest(i.Address, c.Target)
	} else {
		request = load.PostRequest(i.Address, graphQLPath, w.Body(c, i.cursors))
	}
	if w.Plain != "" {
		request = load.AcceptCodings(request, load.BrowserCodings)
	}
	return request
}

// readCursors reads a GraphQL server's cursors. For the other servers, which ignore
// them, it returns placeholders of the same length.
func (i *instance) readCursors(w workload.Workload) (workload.Cursors, error) {
	if i.protocol == graphQL {
		return w.Cursors(i.Address, graphQLPath)
	}
	return slices.Repeat(workload.Cursors{"EtWGaOcAAWju1iwNk_Kk5qaXYWDayYO2-mCuAt1Y"}, w.CursorsNeeded+1), nil
}

// checkResponses compares responses with the upstream's data. It checks about limit
// cases, evenly spaced. A static server returns the response to the first case
// for every request.
func (i *instance) checkResponses(cases []workload.Case, limit int) error {
	step := max(1, len(cases)/limit)
	for n := 0; n < len(cases); n += step {
		body, err := load.Send(i.Address, i.requests[n])
		if err != nil {
			return fmt.Errorf("request %d: %w", n, err)
		}
		switch {
		case i.protocol == rest && !bytes.Equal(body, i.upstream.catalogue.Body(cases[n].Target)):
			err = fmt.Errorf("the response differs from the upstream's: %.300s", body)
		case i.protocol == static:
			err = workload.Check(body, cases[0].Want())
		case i.protocol != rest:
			err = workload.Check(body, cases[n].Want())
		}
		if err != nil {
			return fmt.Errorf("wrong response to request %d: %w", n, err)
		}
	}
	return nil
}

// warmUp sends requests until JIT compilers have compiled and caches are full.
func (i *instance) warmUp(ctx context.Context, o options) error {
	maxRequests, maxDuration := max(1000, 2*len(i.requests)), 4*time.Second
	if i.node {
		maxRequests = max(maxRequests, 3000)
	}
	if o.quick {
		maxRequests, maxDuration = 200, 50*time.Millisecond
	}
	_, err := load.Run(ctx, load.Options{Address: i.Address, Requests: i.requests, Clients: 64, MaxRequests: maxRequests, Duration: maxDuration})
	return err
}

// setUp prepares an instance for measurement: it builds the requests, checks
// responses and warms up. The first GraphQL server stores its response to the first
// request in staticBody; a static server serves that.
func (i *instance) setUp(ctx context.Context, o options, w workload.Workload, cases []workload.Case, staticBody *[]byte) error {
	if err := i.buildRequests(w, cases); err != nil {
		return err
	}
	if i.protocol == static {
		if *staticBody == nil {
			return errors.New("no GraphQL server is selected whose response it could serve")
		}
		if _, err := load.Send(i.Address, load.PostRequest(i.Address, "/control/response", *staticBody)); err != nil {
			return err
		}
	}
	if err := i.checkResponses(cases, o.maxChecks()); err != nil {
		return err
	}
	if *staticBody == nil && i.protocol == graphQL {
		body, err := load.Send(i.Address, i.requests[0])
		if err != nil {
			return err
		}
		*staticBody = body
	}
	return i.warmUp(ctx, o)
}

// stop ends the process, unless it is the upstream, which all workloads share.
func (i *instance) stop() {
	if i.command != nil {
		i.Stop()
	}
}
