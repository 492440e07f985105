package main

import (
	"context"
	"fmt"
	"slices"
	"time"

	"heygen-graphql/bench/internal/load"
	"heygen-graphql/bench/internal/report"
	"heygen-graphql/bench/internal/results"
	"heygen-graphql/bench/internal/upstream"
	"heygen-graphql/bench/internal/workload"
)

// searchMeasurement is a workload of a running server, measured in each round.
type searchMeasurement struct {
	*instance
	workload workload.Workload
	cases    []workload.Case
	// distinct: the response to no request is cached. sent counts the requests so far.
	distinct bool
	sent     *int
	open     bool // also at a constant arrival rate
}

// measureSearch measures how this project searches lists of several lengths.
func (r *runner) measureSearch(ctx context.Context) error {
	project := r.servers[0]
	if project.command == nil || project.command[0] != projectBinary {
		return nil
	}
	var measurements []*searchMeasurement
	for _, groups := range r.options.searchGroups() {
		if !r.options.selected(report.SearchName(groups), project.name) {
			continue
		}
		running, err := r.startUpstream(ctx, fmt.Sprintf("upstream-search-%d", groups), groups)
		if err != nil {
			return err
		}
		defer running.Stop()
		control := upstreamControl{address: running.Address, catalogue: upstream.New(groups)}
		i, err := r.measureIndex(ctx, project, control)
		if err != nil {
			return fmt.Errorf("%d groups: %w", groups, err)
		}
		defer i.stop()
		added, err := r.prepareSearch(ctx, i)
		if err != nil {
			return fmt.Errorf("%d groups: %w", groups, err)
		}
		measurements = append(measurements, added...)
		if groups != report.SearchGroups[0] {
			continue
		}
		static, err := r.prepareStaticSearchBox(ctx, i)
		if err != nil {
			return fmt.Errorf("static response: %w", err)
		}
		if static != nil {
			defer static.stop()
			measurements = append(measurements, static)
		}
	}
	for round := range r.options.rounds {
		if len(measurements) > 0 {
			fmt.Fprintf(r.progress, "search: round %d\n", round+1)
		}
		for _, m := range measurements {
			if err := r.measureSearchOnce(ctx, m); err != nil {
				return fmt.Errorf("%s: %w", m.Workload, err)
			}
		}
	}
	return nil
}

// searchSettings returns the settings for a list of some length. CACHE_FRESH excludes refreshes
// from the measurement; the others are needed above the default maximum length.
func searchSettings(groups int) []string {
	settings := []string{"CACHE_FRESH=1h"}
	if groups > 5_000 {
		settings = append(settings, "CATALOGUE_MAX_ITEMS=60000", "MAX_COST=2000", "CACHE_BYTES=256MiB")
	}
	return settings
}

// measureIndex measures the memory that an index takes, and the first search of an empty
// cache in each round. It returns the last server, which the caller stops.
func (r *runner) measureIndex(ctx context.Context, s server, control upstreamControl) (*instance, error) {
	groups := control.catalogue.Len()
	fmt.Fprintf(r.progress, "search: index of %d groups\n", groups)
	settings := searchSettings(groups)
	i, err := r.startInstance(ctx, s, control, append(settings, memorySetting)...)
	if err != nil {
		return nil, err
	}
	bytes, err := i.indexMemory(ctx)
	i.stop()
	if err != nil {
		return nil, err
	}
	r.results.AddIndexBytes(groups, bytes)
	for round := range r.options.rounds {
		if i, err = r.startInstance(ctx, s, control, settings...); err != nil {
			return nil, err
		}
		first, err := i.firstSearch()
		if err != nil || round+1 < r.options.rounds {
			i.stop()
		}
		if err != nil {
			return nil, err
		}
		r.results.AddFirstSearch(groups, first)
	}
	return i, nil
}

// firstSearch sends one search and measures it.
func (i *instance) firstSearch() (results.FirstSearch, error) {
	callsBefore, err := i.upstream.calls()
	if err != nil {
		return results.FirstSearch{}, err
	}
	before, err := i.Usage()
	if err != nil {
		return results.FirstSearch{}, err
	}
	latency, err := i.sendFirstSearch()
	if err != nil {
		return results.FirstSearch{}, err
	}
	after, err := i.Usage()
	if err != nil {
		return results.FirstSearch{}, err
	}
	callsAfter, err := i.upstream.calls()
	return results.FirstSearch{Latency: latency, CPU: after.CPU - before.CPU, Calls: float64(callsAfter - callsBefore)}, err
}

// sendFirstSearch returns the latency of one search. It returns an error if the response
// is wrong.
func (i *instance) sendFirstSearch() (time.Duration, error) {
	w := workload.FirstSearch(i.upstream.catalogue.Len())
	request := w.Cases(i.upstream.catalogue)[0]
	rendered, start := i.render(w, request), time.Now()
	body, err := load.Send(i.Address, rendered)
	latency := time.Since(start)
	if err != nil {
		return 0, err
	}
	if err := workload.Check(body, request.Want()); err != nil {
		return 0, fmt.Errorf("wrong response to the first search: %w", err)
	}
	return latency, nil
}

// prepareSearch checks the responses of a server to all kinds of requests, warms it up and
// returns what to measure.
func (r *runner) prepareSearch(ctx context.Context, i *instance) ([]*searchMeasurement, error) {
	groups, sent := i.upstream.catalogue.Len(), new(int)
	var measurements []*searchMeasurement
	for _, kind := range report.SearchKinds {
		if groups != report.SearchGroups[0] && !kind.AllLengths {
			continue
		}
		if kind.Static {
			continue
		}
		m := &searchMeasurement{instance: new(*i), distinct: !kind.Cached, sent: sent, open: kind.Box}
		switch {
		case kind.Box:
			m.workload = workload.SearchBox(groups)
		case kind.Plain:
			m.workload = workload.PlainPages(groups)
		default:
			m.workload = workload.SearchPages(groups)
		}
		m.cases = m.workload.Cases(i.upstream.catalogue)
		m.Key = results.Key{Workload: report.SearchWorkload(groups, kind.Name), Server: i.name}
		cases := m.renew(max(len(m.cases), 8))
		if err := m.checkResponses(cases, r.options.maxChecks()); err != nil {
			return nil, fmt.Errorf("%s: %w", kind.Title, err)
		}
		m.renew(requestsIn(time.Second))
		if err := m.warmUp(ctx, r.options); err != nil {
			return nil, fmt.Errorf("%s: %w", kind.Title, err)
		}
		measurements = append(measurements, m)
	}
	return measurements, nil
}

// prepareStaticSearchBox starts a static server with the longest response of a search box of
// the project's server i, and warms it up. It returns nil if no static server is compared.
func (r *runner) prepareStaticSearchBox(ctx context.Context, i *instance) (*searchMeasurement, error) {
	at := slices.IndexFunc(r.servers, func(s server) bool { return s.protocol == static })
	if at < 0 {
		return nil, nil
	}
	w := workload.SearchBox(i.upstream.catalogue.Len())
	cases := w.Cases(i.upstream.catalogue)
	var longest []byte
	for _, c := range cases {
		body, err := load.Send(i.Address, i.render(w, c))
		if err != nil {
			return nil, err
		}
		if len(body) > len(longest) {
			longest = body
		}
	}
	running, err := r.startInstance(ctx, r.servers[at], i.upstream)
	if err != nil {
		return nil, err
	}
	kind := report.SearchKinds[slices.IndexFunc(report.SearchKinds, func(k report.SearchKind) bool { return k.Static })]
	m := &searchMeasurement{instance: running, workload: w, cases: cases, open: kind.Box}
	m.Key = results.Key{Workload: report.SearchWorkload(i.upstream.catalogue.Len(), kind.Name), Server: kind.Server()}
	m.renew(len(cases))
	if _, err = load.Send(m.Address, load.PostRequest(m.Address, "/control/response", longest)); err == nil {
		err = m.warmUp(ctx, r.options)
	}
	if err != nil {
		m.stop()
		return nil, err
	}
	return m, nil
}

// requestsIn is more requests than any server responds to within d.
func requestsIn(d time.Duration) int { return max(1000, int(d.Seconds()*50_000)) }

// renew renders at most n requests that were not sent before, unless the measurement is of
// cached responses, and returns their cases.
func (m *searchMeasurement) renew(n int) []workload.Case {
	cases := m.cases
	if m.distinct {
		cases = workload.DistinctRequests(m.cases, *m.sent, n)
		*m.sent += n
		m.maxRequests = n
	}
	m.requests = nil
	for _, c := range cases {
		m.requests = append(m.requests, m.render(m.workload, c))
	}
	return cases
}

func (r *runner) measureSearchOnce(ctx context.Context, m *searchMeasurement) error {
	m.renew(requestsIn(r.options.time))
	if err := r.measureOnce(ctx, m.instance, 64, 0, r.options.time); err != nil {
		return err
	}
	if !m.open {
		return nil
	}
	m.renew(requestsIn(2 * r.options.time))
	result, err := load.RunOpen(ctx, load.OpenOptions{
		Address: m.Address, Requests: m.requests, Rate: report.SearchBoxRate, Duration: 2 * r.options.time, Clients: openClients,
	})
	if err != nil {
		return err
	}
	r.results.AddOpen(results.OpenKey{Workload: m.Workload, Server: m.name, Rate: report.SearchBoxRate}, result)
	return nil
}
