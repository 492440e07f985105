package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"heygen-graphql/bench/internal/report"
)

// report gathers what was measured.
func (f *field) report(ctx context.Context) report.Report {
	r := report.Report{Machine: append(machine(ctx), versions(ctx, f.paths.node)...), Rounds: f.options.rounds, Results: &f.results}
	for _, w := range f.options.workloads() {
		r.Workloads = append(r.Workloads, report.Workload{Name: w.Name, Title: w.Title, Groups: w.Groups})
	}
	for _, c := range f.contenders {
		r.Contenders = append(r.Contenders, report.Contender{Name: c.name, Title: c.title, Minor: c.command == nil || c.speaks == bare})
	}
	return r
}

// tell prints the tables, and writes them where that is wished.
func (f *field) tell(ctx context.Context, out io.Writer) error {
	r := f.report(ctx)
	if _, err := io.WriteString(out, r.Readme()+"\n"+r.Markdown()); err != nil || !f.options.write {
		return err
	}
	folder := filepath.Dir(f.paths.node)
	if err := os.WriteFile(filepath.Join(folder, "RESULTS.md"), []byte(r.Markdown()), 0o644); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(folder, "chart.svg"), []byte(r.Chart()), 0o644); err != nil {
		return err
	}
	readme := filepath.Join(filepath.Dir(folder), "README.md")
	text, err := os.ReadFile(readme)
	if err != nil {
		return err
	}
	whole, err := report.Insert(string(text), r.Readme())
	if err != nil { // there is no place for it
		fmt.Fprintln(f.progress, err)
		return nil
	}
	return os.WriteFile(readme, []byte(whole), 0o644)
}
