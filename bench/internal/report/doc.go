// Package report renders results as Markdown tables and an SVG chart, and reports
// which performance targets are met. The tables omit no measurement.
package report
