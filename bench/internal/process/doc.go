// Package process runs each compared server in a process of its own and reports its
// CPU time and memory.
package process
