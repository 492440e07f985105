package report

import (
	"fmt"
	"strings"
	"time"
)

// GrowthGroups are the lengths of the catalogue, GrowthFirsts those of the page, that the
// cost of a request is measured by.
var (
	GrowthGroups = []int{600, 6_000, 60_000}
	GrowthFirsts = []int{1, 10, 50, 100}
)

// GrowthName is what the measurement by length is called for flags.
func GrowthName(groups int) string { return fmt.Sprintf("growth-%d", groups) }

// GrowthCell is what its figures are kept under.
func GrowthCell(groups, first int) string { return fmt.Sprintf("%s-%d", GrowthName(groups), first) }

func (r Report) growth() string {
	var table strings.Builder
	for _, c := range r.Contenders {
		for _, groups := range GrowthGroups {
			r.growthRow(&table, c, groups)
		}
	}
	if table.Len() == 0 {
		return ""
	}
	var head strings.Builder
	head.WriteString("\n## Growth\n\nCPU time a request in µs, one client, by the length of the catalogue and of the page.\n\n|")
	for _, first := range GrowthFirsts {
		fmt.Fprintf(&head, " | page of %d", first)
	}
	head.WriteString(" |\n| ---" + strings.Repeat(" | ---:", len(GrowthFirsts)) + " |\n")
	return head.String() + table.String()
}

// growthRow writes nothing where nothing was measured.
func (r Report) growthRow(table *strings.Builder, c Contender, groups int) {
	var cells strings.Builder
	measured := false
	for _, first := range GrowthFirsts {
		cpu, ok := r.grown(c.Name, groups, first)
		cells.WriteString(" | " + micros(cpu, ok))
		measured = measured || ok
	}
	if measured {
		fmt.Fprintf(table, "| %s, %s groups%s |\n", c.Title, thousands(float64(groups)), cells.String())
	}
}

func (r Report) grown(contender string, groups, first int) (time.Duration, bool) {
	s, ok := r.of(GrowthCell(groups, first), contender, 1)
	return s.CPU, ok
}
