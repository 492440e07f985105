// Package workload defines the requests sent to the compared servers and the
// responses that they must return.
package workload
