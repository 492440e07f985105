//go:build generate

// What `go generate ./...` does, in order. go generate sets the tag above, so
// that this file is read by it and never compiled. The versions of the tools
// are the tool directives of go.mod.
//
// The page (graph/playground/dist) is built with Node and not from here: see
// graph/playground/web.

//go:generate go tool gqlgen generate
//go:generate sh -c "cd heygen/sandbox && go run ./internal/generate >catalogue.new && mv catalogue.new catalogue.json"
//go:generate sh -c "cd heygen/sandbox && go run ./internal/generate voices >voices.new && mv voices.new voices.json"

package main
