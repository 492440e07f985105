package repotest

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

// allowedImports lists the packages of this module that each package may import. The
// sandbox never imports the client: a wrong JSON tag in a shared struct would be wrong
// on both sides, and every test would pass.
var allowedImports = map[string][]string{
	".":                                {"graph", "heygen", "heygen/cached", "heygen/sandbox", "internal/bearer", "internal/config", "internal/middleware", "internal/ratelimit", "internal/server", "internal/tracing"},
	"bench":                            {"bench/internal/gqlgen", "bench/internal/load", "bench/internal/process", "bench/internal/reference", "bench/internal/report", "bench/internal/results", "bench/internal/upstream", "bench/internal/workload"},
	"bench/live":                       {"bench/internal/process"},
	"bench/internal/gqlgen":            {"bench/internal/gqlgen/model"},
	"bench/internal/gqlgen/model":      {},
	"bench/internal/load":              {},
	"bench/internal/process":           {},
	"bench/internal/reference":         {},
	"bench/internal/report":            {"bench/internal/load", "bench/internal/results"},
	"bench/internal/results":           {"bench/internal/load"},
	"bench/internal/upstream":          {},
	"bench/internal/workload":          {"bench/internal/load", "bench/internal/upstream"},
	"examples/genqlient":               {},
	"graph":                            {"graph/broadcast", "graph/caller", "graph/document", "graph/document/complexity", "graph/errcode", "graph/httptransport", "graph/internal/exec", "graph/internal/plan", "graph/loader", "graph/model", "graph/relay", "graph/responsecache", "graph/ssetransport", "graph/stream", "graph/wstransport", "heygen", "heygen/catalogue", "internal/bearer", "internal/cache", "internal/logsample", "internal/poll", "internal/representation"},
	"graph/broadcast":                  {"graph/stream"},
	"graph/caller":                     {"graph/httptransport", "heygen"},
	"graph/document":                   {"graph/document/complexity", "graph/errcode"},
	"graph/document/complexity":        {"graph/errcode"},
	"graph/document/documenttest":      {},
	"graph/errcode":                    {},
	"graph/gallery":                    {"internal/representation", "internal/webpage"},
	"graph/httptransport":              {"graph/errcode", "internal/jsonscan"},
	"graph/internal/exec":              {"graph/model", "graph/relay", "heygen", "heygen/catalogue"},
	"graph/internal/plan":              {"graph/document", "graph/internal/exec", "graph/model", "graph/relay", "heygen", "heygen/catalogue"},
	"graph/loader":                     {},
	"graph/model":                      {"graph/relay", "heygen", "heygen/catalogue"},
	"graph/playground":                 {"internal/representation", "internal/webpage"},
	"graph/relay":                      {},
	"graph/responsecache":              {"graph/errcode", "graph/httptransport", "internal/cache", "internal/representation"},
	"graph/ssetransport":               {"graph/httptransport", "graph/stream"},
	"graph/stream":                     {"graph/errcode"},
	"graph/wstransport":                {"graph/errcode", "graph/httptransport", "graph/stream"},
	"heygen":                           {"heygen/internal/limiter", "internal/jsonscan", "internal/logsample"},
	"heygen/cached":                    {"heygen", "heygen/catalogue", "internal/cache", "internal/logsample", "internal/poll"},
	"heygen/catalogue":                 {"heygen"},
	"heygen/internal/limiter":          {},
	"heygen/sandbox":                   {"heygen/sandbox/internal/portrait", "heygen/sandbox/internal/rng", "heygen/sandbox/internal/tone", "heygen/sandbox/internal/webhooks"},
	"heygen/sandbox/internal/generate": {"heygen/sandbox/internal/rng"},
	"heygen/sandbox/internal/portrait": {"heygen/sandbox/internal/rng"},
	"heygen/sandbox/internal/rng":      {},
	"heygen/sandbox/internal/tone":     {"heygen/sandbox/internal/rng"},
	"heygen/sandbox/internal/webhooks": {},
	"internal/bearer":                  {"internal/regularfile"},
	"internal/cache":                   {},
	"internal/cache/cachetest":         {"internal/cache"},
	"internal/config":                  {"graph", "heygen", "heygen/catalogue", "internal/bearer", "internal/middleware", "internal/redisstore"},
	"internal/jsonscan":                {},
	"internal/jwtauth":                 {},
	"internal/logsample":               {},
	"internal/manifest":                {"internal/regularfile"},
	"internal/metrics":                 {},
	"internal/middleware":              {"internal/representation"},
	"internal/poll":                    {},
	"internal/ratelimit":               {"graph/caller"},
	"internal/replicatest":             {},
	"internal/redisstore":              {"internal/cache", "internal/logsample"},
	"internal/regularfile":             {},
	"internal/repotest":                {},
	"internal/representation":          {},
	"internal/server":                  {"graph", "graph/caller", "graph/document", "graph/errcode", "graph/gallery", "graph/httptransport", "graph/playground", "heygen", "heygen/cached", "heygen/sandbox", "internal/bearer", "internal/cache", "internal/config", "internal/jwtauth", "internal/manifest", "internal/metrics", "internal/middleware", "internal/poll", "internal/redisstore", "internal/representation", "internal/tracing", "internal/webhook"},
	"internal/tracing":                 {"graph", "heygen", "internal/logsample"},
	"internal/webhook":                 {"internal/logsample"},
	"internal/webpage":                 {"internal/representation"},
}

func TestImportsFollowTheTable(t *testing.T) {
	seen := map[string]bool{}
	forEachFile(t, func(file string) {
		if path.Ext(file) != ".go" || strings.HasSuffix(file, "_test.go") {
			return
		}
		pkg := path.Dir(file)
		allowed, listed := allowedImports[pkg]
		if seen[pkg] = true; !listed {
			t.Errorf("package %s is not in the table", pkg)
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
			if imported, ok := strings.CutPrefix(name, module); ok && !slices.Contains(allowed, imported) {
				t.Errorf("%s may not import %s", file, imported)
			}
		}
	})
	for pkg := range allowedImports {
		if !seen[pkg] {
			t.Errorf("package %s is in the table and does not exist", pkg)
		}
	}
}
