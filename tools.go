//go:build generate

// The commands of `go generate ./...`, in order. go generate sets the build tag above, so
// that it reads this file and the compiler does not. The versions of the tools are the
// tool directives of go.mod.
//
// GraphiQL (graph/playground/dist) is built with Node, not by go generate: see
// graph/playground/web.

//go:generate go tool gqlgen generate
//go:generate sh -c "cd heygen/sandbox && go run ./internal/generate >catalogue.new && mv catalogue.new catalogue.json"
//go:generate sh -c "cd heygen/sandbox && go run ./internal/generate voices >voices.new && mv voices.new voices.json"

package main
