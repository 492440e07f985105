// Package gqlgen serves the schema that is compared as gqlgen's own tutorial has it
// done: generated models, the example server, a loader for single things. It is
// what this project would be had nobody looked at what it costs.
package gqlgen

//go:generate go tool gqlgen generate
