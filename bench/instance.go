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

// entrant is a contender that runs, with the requests of a workload.
type entrant struct {
	contender
	*process.Process
	requests     [][]byte
	cursors      workload.Cursors // of its list, as far as they were needed
	upstream     heygen
	results.Cell // what is measured, but for clients and delay
}

const graphQLPath = "/graphql"

// render makes the requests. A GraphQL server is asked for its own cursors first.
func (e *entrant) render(w workload.Workload, cases []workload.Case) error {
	if len(e.cursors) != w.Walk+1 {
		var err error
		if e.cursors, err = e.walk(w); err != nil {
			return err
		}
	}
	e.requests = nil
	for _, c := range cases {
		if e.speaks == rest {
			e.requests = append(e.requests, load.Get(e.Address, c.Target))
		} else {
			e.requests = append(e.requests, load.Post(e.Address, graphQLPath, w.Body(c, e.cursors)))
		}
	}
	return nil
}

// walk reads the cursors. Those that look at none are given some that are as long.
func (e *entrant) walk(w workload.Workload) (workload.Cursors, error) {
	if e.speaks == graphQL {
		return w.Cursors(e.Address, graphQLPath)
	}
	return slices.Repeat(workload.Cursors{"EtWGaOcAAWju1iwNk_Kk5qaXYWDayYO2-mCuAt1Y"}, w.Walk+1), nil
}

// check compares answers with what the upstream has, some more or fewer than most,
// spread over all. What is static has the answer
// to the first request, whatever it is asked.
func (e *entrant) check(cases []workload.Case, most int) error {
	step := max(1, len(cases)/most)
	for i := 0; i < len(cases); i += step {
		answer, err := load.Ask(e.Address, e.requests[i])
		if err != nil {
			return fmt.Errorf("request %d: %w", i, err)
		}
		switch {
		case e.speaks == rest && !bytes.Equal(answer, e.upstream.catalogue.Body(cases[i].Target)):
			err = fmt.Errorf("the answer is not the upstream's: %.300s", answer)
		case e.speaks == static:
			err = workload.Check(answer, cases[0].Want())
		case e.speaks != rest:
			err = workload.Check(answer, cases[i].Want())
		}
		if err != nil {
			return fmt.Errorf("request %d is answered wrongly: %w", i, err)
		}
	}
	return nil
}

// warm asks until a JIT has had its time and what can be kept is kept.
func (e *entrant) warm(ctx context.Context, o options) error {
	most, atMost := max(1000, 2*len(e.requests)), 4*time.Second
	if e.node {
		most = max(most, 3000)
	}
	if o.quick {
		most, atMost = 200, 50*time.Millisecond
	}
	_, err := load.Run(ctx, load.Options{Address: e.Address, Requests: e.requests, Clients: 64, Most: most, Time: atMost})
	return err
}

// ready brings an entrant to where it can be measured. The first one leaves its
// answer to the first request for those that are static.
func (e *entrant) ready(ctx context.Context, o options, w workload.Workload, cases []workload.Case, answer *[]byte) error {
	if err := e.render(w, cases); err != nil {
		return err
	}
	if e.speaks == static {
		if *answer == nil {
			return errors.New("no GraphQL server is measured whose answer it could give")
		}
		if _, err := load.Ask(e.Address, load.Post(e.Address, "/control/answer", *answer)); err != nil {
			return err
		}
	}
	if err := e.check(cases, o.checks()); err != nil {
		return err
	}
	if *answer == nil && e.speaks == graphQL {
		body, err := load.Ask(e.Address, e.requests[0])
		if err != nil {
			return err
		}
		*answer = body
	}
	return e.warm(ctx, o)
}

// end stops what was started for the workload.
func (e *entrant) end() {
	if e.command != nil {
		e.Stop()
	}
}
