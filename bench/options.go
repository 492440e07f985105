package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"heygen-graphql/bench/internal/report"
	"heygen-graphql/bench/internal/results"
	"heygen-graphql/bench/internal/workload"
)

// options holds the command line.
type options struct {
	rounds int
	time   time.Duration // of one measurement in a round
	only   *regexp.Regexp
	quick  bool
	write  bool

	baseline string // path to another build of this project; empty: none
}

// parseOptions parses the flags. Its errors are one line. It returns flag.ErrHelp
// after it has written the help.
func parseOptions(args []string, help io.Writer) (options, error) {
	var o options
	var only string
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.IntVar(&o.rounds, "rounds", 5, "how often each measurement is repeated; the tables show the median")
	flags.DurationVar(&o.time, "time", 500*time.Millisecond, "duration of one measurement in a round")
	flags.StringVar(&only, "only", "", "measure only the pairs workload/server that match this `regexp`, such as 'page/(off|proxy)$'; static needs a GraphQL server whose response it serves")
	flags.BoolVar(&o.quick, "quick", false, "a short run that only shows that everything works; its figures mean little")
	flags.BoolVar(&o.write, "write", false, "write bench/RESULTS.md, bench/chart.svg and the bench section of README.md")
	flags.StringVar(&o.baseline, "baseline", "", "compare only the working tree with another build of this project, whose binary has this absolute `path` (go build -o /tmp/before . in another checkout); prints the ratio of each workload and its range over the rounds, of which there are 10 by default")
	err := flags.Parse(args)
	if errors.Is(err, flag.ErrHelp) {
		fmt.Fprint(help, "bench compares this project with other servers that return the same responses.\n\n")
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
		return o, fmt.Errorf("unexpected argument %q: bench takes only flags (-h lists them)", flags.Arg(0))
	case o.rounds < 1 || o.rounds > 100:
		return o, errors.New("-rounds: must be between 1 and 100")
	case o.time < 10*time.Millisecond || o.time > time.Minute:
		return o, errors.New("-time: must be between 10ms and 1m")
	case o.write && (only != "" || o.quick || o.baseline != ""):
		return o, errors.New("-write: needs a complete run, without -only, -quick and -baseline")
	}
	if err := o.checkBaseline(); err != nil {
		return o, err
	}
	if o.baseline != "" && !isSet(flags, "rounds") {
		o.rounds = baselineRounds
	}
	if o.quick {
		o.rounds, o.time = 1, min(o.time, 50*time.Millisecond)
	}
	return o, nil
}

// baselineRounds is the default of -rounds with -baseline: that one build is slower in
// each of 10 rounds has a probability of 1 in 1,024 if both are the same.
const baselineRounds = 10

// checkBaseline returns an error if the baseline is not a file that can be run.
func (o options) checkBaseline() error {
	if o.baseline == "" {
		return nil
	}
	if !filepath.IsAbs(o.baseline) {
		return errors.New("-baseline: must be an absolute path")
	}
	info, err := os.Stat(o.baseline)
	if err != nil {
		return fmt.Errorf("-baseline: %w", err)
	}
	if !info.Mode().IsRegular() || info.Mode()&0o111 == 0 {
		return fmt.Errorf("-baseline: %s is not an executable file", o.baseline)
	}
	return nil
}

func isSet(flags *flag.FlagSet, name string) bool {
	found := false
	flags.Visit(func(f *flag.Flag) { found = found || f.Name == name })
	return found
}

// selected reports whether a server is measured in a workload. A baseline is if this
// build is.
func (o options) selected(workloadName, serverName string) bool {
	serverName = strings.TrimPrefix(serverName, report.BaselineName(""))
	return o.only.MatchString(workloadName + "/" + serverName)
}

// workloads returns the workloads to measure. One with a browser's requests is enough
// to show that each server compresses.
func (o options) workloads() []workload.Workload {
	all := workload.All(o.distinctPages())
	if o.quick {
		all = slices.DeleteFunc(all, func(w workload.Workload) bool { return w.Plain != "" && w.Plain != "same-page" })
	}
	return all
}

// distinctPages returns how many different pages the workloads request.
func (o options) distinctPages() int {
	if o.quick {
		return 80
	}
	return workload.DistinctPages
}

// maxChecks returns about how many responses are checked.
func (o options) maxChecks() int {
	if o.quick {
		return 4
	}
	return 50
}

// scaling returns the lengths of the catalogue and the page sizes to measure.
func (o options) scaling() (groups, pageSizes []int) {
	if o.quick {
		return report.ScalingGroups[:1], report.ScalingPageSizes[:1]
	}
	return report.ScalingGroups, report.ScalingPageSizes
}

// searchGroups returns the lengths of the catalogue to search.
func (o options) searchGroups() []int {
	if o.quick {
		return report.SearchGroups[:1]
	}
	return report.SearchGroups
}

// conditions returns the combinations of clients and delay that a workload is measured
// under. Of a workload with a browser's requests, only the cost of compression is of
// interest. The delays are one at which the number of consecutive calls shows, and one
// at which limits on concurrent calls do.
func (o options) conditions(w workload.Workload) []results.Key {
	switch {
	case o.baseline != "":
		return []results.Key{{Clients: 64}, {Clients: 1}}
	case w.Plain != "":
		return []results.Key{{Clients: 64}}
	}
	conditions := []results.Key{{Clients: 64}, {Clients: 1}, {Clients: 1, Delay: report.ShortDelay}}
	if !o.quick {
		conditions = append(conditions, results.Key{Clients: 64, Delay: report.LongDelay})
	}
	return conditions
}

// needsNode reports whether any selected server needs Node.
func (o options) needsNode() bool {
	for _, w := range o.workloads() {
		for _, s := range o.servers() {
			if s.node && s.supports(w) && o.selected(w.Name, s.name) {
				return true
			}
		}
	}
	return false
}
