// Package report writes what was measured, for people: tables, a chart, and which
// targets are met. Nothing that was measured is left out of the tables.
package report
