package main

import (
	"go/parser"
	"go/token"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "heygen-graphql/"

// mayImport is the plan of the house: which of our packages each of them may
// lean on. The sandbox never imports the client: a struct that both share hides
// a mistake in it from every test.
var mayImport = map[string][]string{
	".":                                {"graph", "graph/playground", "heygen", "heygen/cached", "heygen/sandbox", "internal/bearer", "internal/cache", "internal/manifest", "internal/metrics", "internal/middleware"},
	"bench":                            {"bench/internal/gqlgen", "bench/internal/load", "bench/internal/process", "bench/internal/reference", "bench/internal/report", "bench/internal/results", "bench/internal/upstream", "bench/internal/workload"},
	"bench/internal/gqlgen":            {"bench/internal/gqlgen/model"},
	"bench/internal/gqlgen/model":      {},
	"bench/internal/load":              {},
	"bench/internal/process":           {},
	"bench/internal/reference":         {},
	"bench/internal/report":            {"bench/internal/results"},
	"bench/internal/results":           {"bench/internal/load"},
	"bench/internal/upstream":          {},
	"bench/internal/workload":          {"bench/internal/load", "bench/internal/upstream"},
	"examples/genqlient":               {},
	"graph":                            {"graph/internal/exec", "graph/internal/plan", "graph/model", "graph/relay", "heygen", "internal/cache"},
	"graph/internal/exec":              {"graph/model", "graph/relay", "heygen"},
	"graph/internal/plan":              {"graph/internal/exec", "graph/model", "graph/relay", "heygen"},
	"graph/model":                      {"graph/relay", "heygen"},
	"graph/playground":                 {},
	"graph/relay":                      {},
	"heygen":                           {},
	"heygen/cached":                    {"heygen", "internal/cache"},
	"heygen/sandbox":                   {"heygen/sandbox/internal/portrait", "heygen/sandbox/internal/rng", "heygen/sandbox/internal/tone"},
	"heygen/sandbox/internal/generate": {"heygen/sandbox/internal/rng"},
	"heygen/sandbox/internal/portrait": {"heygen/sandbox/internal/rng"},
	"heygen/sandbox/internal/rng":      {},
	"heygen/sandbox/internal/tone":     {"heygen/sandbox/internal/rng"},
	"internal/cache":                   {},
	"internal/manifest":                {},
	"internal/metrics":                 {},
	"internal/bearer":                  {},
	"internal/middleware":              {},
}

func TestPackagesImportOnlyWhatThePlanAllows(t *testing.T) {
	seen := map[string]bool{}
	each(t, func(file string) {
		if path.Ext(file) != ".go" || strings.HasSuffix(file, "_test.go") {
			return
		}
		of := path.Dir(file)
		allowed, known := mayImport[of]
		if seen[of] = true; !known {
			t.Errorf("%s is a package without a place in the plan", of)
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		for _, spec := range parsed.Imports {
			name, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			if ours, ok := strings.CutPrefix(name, module); ok && !slices.Contains(allowed, ours) {
				t.Errorf("%s imports %s", file, ours)
			}
		}
	})
	for of := range mayImport {
		if !seen[of] {
			t.Errorf("%s is in the plan and not there", of)
		}
	}
}
