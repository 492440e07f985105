//go:build generate

// What `go generate ./...` does, in order. The versions of the tools are the
// tool directives of go.mod.

//go:generate go tool gqlgen generate

package main
