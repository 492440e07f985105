package report

import (
	"slices"
	"time"

	"heygen-graphql/bench/internal/results"
)

// Report holds the results of a run and its description.
type Report struct {
	Environment []string // machine, settings and versions, a line each
	Rounds      int
	Workloads   []Workload
	Servers     []Server
	Results     *results.Results
}

// Workload describes a kind of request.
type Workload struct {
	Name, Title string
	Groups      int    // in the catalogue
	Plain       string // with a browser's requests: the name of the same workload without Accept-Encoding
}

// Server describes a compared server.
type Server struct {
	Name, Title string
	DetailOnly  bool // appears only in the detailed table of each workload
}

// sample returns the medians of a server without an upstream delay.
func (r Report) sample(workload, server string, clients int) (results.Sample, bool) {
	return r.sampleAt(workload, server, clients, 0)
}

// sampleAt returns the medians of a server with an upstream delay.
func (r Report) sampleAt(workload, server string, clients int, delay time.Duration) (results.Sample, bool) {
	return r.Results.Medians(results.Key{Workload: workload, Server: server, Clients: clients, Delay: delay})
}

// ShortDelay and LongDelay are the upstream's delays, the former for one client and the
// latter for 64.
const (
	ShortDelay = 5 * time.Millisecond
	LongDelay  = 50 * time.Millisecond
)

// plainWorkloads returns the measured workloads with uncompressed responses.
func (r Report) plainWorkloads() []Workload {
	return slices.DeleteFunc(r.measuredWorkloads(), func(w Workload) bool { return w.Plain != "" })
}

// measuredWorkloads returns the workloads with any results.
func (r Report) measuredWorkloads() []Workload {
	var measured []Workload
	for _, w := range r.Workloads {
		for _, s := range r.Servers {
			if _, ok := r.sample(w.Name, s.Name, 64); ok {
				measured = append(measured, w)
				break
			}
		}
	}
	return measured
}

// mainServers returns the servers with any results that appear in the overview.
func (r Report) mainServers() []Server {
	var measured []Server
	for _, s := range r.Servers {
		for _, w := range r.Workloads {
			if _, ok := r.sample(w.Name, s.Name, 64); ok && !s.DetailOnly {
				measured = append(measured, s)
				break
			}
		}
	}
	return measured
}
