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
	".":                                {"graph", "graph/errcode", "graph/playground", "heygen", "heygen/cached", "heygen/sandbox", "internal/bearer", "internal/cache", "internal/manifest", "internal/metrics", "internal/middleware"},
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
	"graph":                            {"graph/document", "graph/document/complexity", "graph/errcode", "graph/httptransport", "graph/internal/exec", "graph/internal/plan", "graph/loader", "graph/model", "graph/relay", "graph/responsecache", "heygen", "internal/bearer", "internal/cache", "internal/logsample"},
	"graph/document":                   {"graph/document/complexity", "graph/errcode"},
	"graph/document/complexity":        {"graph/errcode"},
	"graph/document/documenttest":      {},
	"graph/errcode":                    {},
	"graph/httptransport":              {"graph/errcode", "internal/jsonscan"},
	"graph/internal/exec":              {"graph/model", "graph/relay", "heygen"},
	"graph/internal/plan":              {"graph/internal/exec", "graph/model", "graph/relay", "heygen"},
	"graph/loader":                     {},
	"graph/model":                      {"graph/relay", "heygen"},
	"graph/playground":                 {"internal/middleware"},
	"graph/relay":                      {},
	"graph/responsecache":              {"graph/errcode", "internal/cache"},
	"heygen":                           {"heygen/internal/limiter", "internal/jsonscan"},
	"heygen/cached":                    {"heygen", "internal/cache", "internal/logsample"},
	"heygen/internal/limiter":          {},
	"heygen/sandbox":                   {"heygen/sandbox/internal/portrait", "heygen/sandbox/internal/tone"},
	"heygen/sandbox/internal/generate": {},
	"heygen/sandbox/internal/portrait": {},
	"heygen/sandbox/internal/tone":     {},
	"internal/cache":                   {},
	"internal/jsonscan":                {},
	"internal/logsample":               {},
	"internal/manifest":                {"internal/regularfile"},
	"internal/metrics":                 {},
	"internal/bearer":                  {"internal/regularfile"},
	"internal/middleware":              {},
	"internal/regularfile":             {},
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
