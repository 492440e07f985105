// Package workload says what is asked of the servers that are compared, and what
// they have to answer.
package workload
