package report

import (
	"time"

	"heygen-graphql/bench/internal/results"
)

// Report is what is told.
type Report struct {
	Machine    []string // a line each: what it was measured on, and with which versions
	Rounds     int
	Workloads  []Workload
	Contenders []Contender
	Results    *results.Results
}

// Workload is a kind of request.
type Workload struct {
	Name, Title string
	Groups      int // in the catalogue
}

// Contender is one of those that were measured.
type Contender struct {
	Name, Title string
	Minor       bool // in the tables of its workloads alone, not beside all others
}

// of gives a figure at 64 clients or another number, the upstream as fast as it is.
func (r Report) of(workload, contender string, clients int) (results.Sample, bool) {
	return r.slow(workload, contender, clients, 0)
}

func (r Report) slow(workload, contender string, clients int, delay time.Duration) (results.Sample, bool) {
	return r.Results.Of(results.Cell{Workload: workload, Contender: contender, Clients: clients, Delay: delay})
}

// measured are the workloads with any figure.
func (r Report) measured() []Workload {
	var some []Workload
	for _, w := range r.Workloads {
		for _, c := range r.Contenders {
			if _, ok := r.of(w.Name, c.Name, 64); ok {
				some = append(some, w)
				break
			}
		}
	}
	return some
}

// main are the contenders with any figure that stand beside all others.
func (r Report) main() []Contender {
	var some []Contender
	for _, c := range r.Contenders {
		for _, w := range r.Workloads {
			if _, ok := r.of(w.Name, c.Name, 64); ok && !c.Minor {
				some = append(some, c)
				break
			}
		}
	}
	return some
}
