package report

import (
	"fmt"
	"strings"
	"time"
)

// ScalingGroups and ScalingPageSizes are the catalogue lengths and page sizes for
// which the cost of a request is measured.
var (
	ScalingGroups    = []int{600, 6_000, 60_000}
	ScalingPageSizes = []int{1, 10, 50, 100}
)

// ScalingName returns the name of the scaling workload in flags.
func ScalingName(groups int) string { return fmt.Sprintf("scaling-%d", groups) }

// ScalingWorkload returns the workload that the results are stored under.
func ScalingWorkload(groups, pageSize int) string {
	return fmt.Sprintf("%s-%d", ScalingName(groups), pageSize)
}

func (r Report) scalingTable() string {
	var rows strings.Builder
	for _, s := range r.Servers {
		for _, groups := range ScalingGroups {
			r.writeScalingRow(&rows, s, groups)
		}
	}
	if rows.Len() == 0 {
		return ""
	}
	var table strings.Builder
	table.WriteString("\n## Scaling\n\nCPU time per request in µs with one client, by the length of the catalogue and of the page.\n\n|")
	for _, pageSize := range ScalingPageSizes {
		fmt.Fprintf(&table, " | page of %d", pageSize)
	}
	table.WriteString(" |\n| ---" + strings.Repeat(" | ---:", len(ScalingPageSizes)) + " |\n")
	return table.String() + rows.String()
}

// writeScalingRow writes nothing if nothing was measured.
func (r Report) writeScalingRow(rows *strings.Builder, s Server, groups int) {
	var columns strings.Builder
	measured := false
	for _, pageSize := range ScalingPageSizes {
		cpu, ok := r.scalingCPU(s.Name, groups, pageSize)
		columns.WriteString(" | " + micros(cpu, ok))
		measured = measured || ok
	}
	if measured {
		fmt.Fprintf(rows, "| %s, %s groups%s |\n", s.Title, thousands(float64(groups)), columns.String())
	}
}

func (r Report) scalingCPU(server string, groups, pageSize int) (time.Duration, bool) {
	s, ok := r.sample(ScalingWorkload(groups, pageSize), server, 1)
	return s.CPU, ok
}
