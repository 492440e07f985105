package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"regexp"
	"time"

	"heygen-graphql/bench/internal/report"
	"heygen-graphql/bench/internal/results"
	"heygen-graphql/bench/internal/workload"
)

// options are what the command line says.
type options struct {
	rounds int
	time   time.Duration // of a cell in a round
	only   *regexp.Regexp
	quick  bool
	write  bool
}

// readOptions reads flags. Its error is one line; flag.ErrHelp: help was asked for
// and has been written.
func readOptions(args []string, help io.Writer) (options, error) {
	var o options
	var only string
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.IntVar(&o.rounds, "rounds", 5, "how often each cell is measured; its figure is the median")
	flags.DurationVar(&o.time, "time", 500*time.Millisecond, "how long a cell is measured in a round")
	flags.StringVar(&only, "only", "", "measure what this `regexp` finds as workload/contender, such as 'page/(off|proxy)$'; static needs a GraphQL server beside it")
	flags.BoolVar(&o.quick, "quick", false, "a short look whether all of it works; its figures are worth little")
	flags.BoolVar(&o.write, "write", false, "write bench/RESULTS.md, bench/chart.svg and the part of README.md between its marks")
	err := flags.Parse(args)
	if errors.Is(err, flag.ErrHelp) {
		fmt.Fprint(help, "bench compares this project with other ways to give the same answers.\n\n")
		flags.SetOutput(help)
		flags.PrintDefaults()
		return o, err
	}
	if err != nil {
		return o, err
	}
	if o.only, err = regexp.Compile(only); err != nil {
		return o, fmt.Errorf("-only: %w", err)
	}
	switch {
	case flags.NArg() > 0:
		return o, fmt.Errorf("%q: there are only flags (-h lists them)", flags.Arg(0))
	case o.rounds < 1 || o.rounds > 100:
		return o, errors.New("-rounds: must be between 1 and 100")
	case o.time < 10*time.Millisecond || o.time > time.Minute:
		return o, errors.New("-time: must be between 10ms and 1m")
	case o.write && (only != "" || o.quick):
		return o, errors.New("-write: needs a whole run, without -only and -quick")
	}
	if o.quick {
		o.rounds, o.time = 1, min(o.time, 50*time.Millisecond)
	}
	return o, nil
}

// takes tells whether a contender is measured in a workload.
func (o options) takes(workload, contender string) bool {
	return o.only.MatchString(workload + "/" + contender)
}

func (o options) workloads() []workload.Workload { return workload.All(o.pages()) }

// pages is how many different ones are asked for.
func (o options) pages() int {
	if o.quick {
		return 80
	}
	return workload.Pages
}

// checks is how many answers are looked at, about.
func (o options) checks() int {
	if o.quick {
		return 4
	}
	return 50
}

// growth is by which lengths of the catalogue and of the page a request is measured.
func (o options) growth() (groups, firsts []int) {
	if o.quick {
		return report.GrowthGroups[:1], report.GrowthFirsts[:1]
	}
	return report.GrowthGroups, report.GrowthFirsts
}

// cells are what is measured of each workload.
func (o options) cells() []results.Cell {
	cells := []results.Cell{{Clients: 64}, {Clients: 1}, {Clients: 1, Delay: 5 * time.Millisecond}}
	if !o.quick {
		cells = append(cells,
			results.Cell{Clients: 64, Delay: 5 * time.Millisecond},
			results.Cell{Clients: 1, Delay: 50 * time.Millisecond}, results.Cell{Clients: 64, Delay: 50 * time.Millisecond})
	}
	return cells
}

// needsNode tells whether anything that is measured does.
func (o options) needsNode() bool {
	for _, w := range o.workloads() {
		for _, c := range contenders {
			if c.node && c.can(w) && o.takes(w.Name, c.name) {
				return true
			}
		}
	}
	return false
}
