package main

import (
	"context"
	"fmt"

	"heygen-graphql/bench/internal/report"
	"heygen-graphql/bench/internal/results"
	"heygen-graphql/bench/internal/upstream"
	"heygen-graphql/bench/internal/workload"
)

// growth measures what a request costs this project by the length of the catalogue
// and that of the page. One client asks: calls of several would be shared where
// there are few pages, and long catalogues look dearer for it.
func (f *field) growth(ctx context.Context) error {
	var entrants []*entrant
	defer func() {
		for _, e := range entrants {
			e.end()
		}
	}()
	lengths, firsts := f.options.growth()
	for _, groups := range lengths {
		if !f.takesGrowth(groups) {
			continue
		}
		server, err := f.startUpstream(ctx, fmt.Sprintf("upstream-%d", groups), groups)
		if err != nil {
			return err
		}
		defer server.Stop()
		before := heygen{address: server.Address, catalogue: upstream.New(groups)}
		for _, c := range f.contenders {
			if c.command[0] != project {
				break
			}
			if !f.options.takes(report.GrowthName(groups), c.name) {
				continue
			}
			e, err := f.start(ctx, c, before)
			if err != nil {
				return err
			}
			entrants = append(entrants, e)
		}
	}
	for _, first := range firsts {
		if err := f.growthOf(ctx, first, entrants); err != nil {
			return err
		}
	}
	return nil
}

func (f *field) takesGrowth(groups int) bool {
	for _, c := range f.contenders {
		if f.options.takes(report.GrowthName(groups), c.name) {
			return true
		}
	}
	return false
}

// growthOf measures pages of one length.
func (f *field) growthOf(ctx context.Context, first int, entrants []*entrant) error {
	for _, e := range entrants {
		groups := e.upstream.catalogue.Len()
		fmt.Fprintf(f.progress, "growth: pages of %d, %d groups, %s\n", first, groups, e.title)
		w := workload.Growth(groups, first, f.options.pages())
		e.Cell = results.Cell{Workload: report.GrowthCell(groups, first), Contender: e.name}
		var answer []byte
		if err := e.ready(ctx, f.options, w, w.Cases(e.upstream.catalogue), &answer); err != nil {
			return fmt.Errorf("%d groups, %s: %w", groups, e.title, err)
		}
	}
	for range f.options.rounds {
		for _, e := range entrants {
			if err := f.cell(ctx, e, 1, 0); err != nil {
				return err
			}
		}
	}
	return nil
}
