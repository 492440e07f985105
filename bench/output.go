package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"heygen-graphql/bench/internal/report"
)

// buildReport returns the report of all results so far.
func (r *runner) buildReport(ctx context.Context) report.Report {
	built := report.Report{Environment: environmentLines(ctx, r.paths.node), Rounds: r.options.rounds, Results: &r.results}
	if r.note != "" {
		built.Environment = append(built.Environment, r.note)
	}
	for _, w := range r.options.workloads() {
		built.Workloads = append(built.Workloads, report.Workload{Name: w.Name, Title: w.Title, Groups: w.Groups, Plain: w.Plain})
	}
	for _, s := range r.servers {
		built.Servers = append(built.Servers, report.Server{Name: s.name, Title: s.title, DetailOnly: s.command == nil || s.protocol == bare})
	}
	return built
}

// writeReport prints the tables. With -write it also writes RESULTS.md, chart.svg
// and the bench section of README.md.
func (r *runner) writeReport(ctx context.Context, out io.Writer) error {
	built := r.buildReport(ctx)
	if r.options.baseline != "" {
		_, err := io.WriteString(out, built.Comparison())
		return err
	}
	if _, err := io.WriteString(out, built.Readme()+"\n"+built.Markdown()); err != nil || !r.options.write {
		return err
	}
	folder := filepath.Dir(r.paths.node)
	if err := os.WriteFile(filepath.Join(folder, "RESULTS.md"), []byte(built.Markdown()), 0o644); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(folder, "chart.svg"), []byte(built.Chart()), 0o644); err != nil {
		return err
	}
	readme := filepath.Join(filepath.Dir(folder), "README.md")
	contents, err := os.ReadFile(readme)
	if err != nil {
		return err
	}
	updated, err := report.Insert(string(contents), built.Readme())
	if err != nil { // README.md has no bench section
		fmt.Fprintln(r.progress, err)
		return nil
	}
	return os.WriteFile(readme, []byte(updated), 0o644)
}
