package main

import (
	_ "embed"
	"flag"
	"fmt"
	"io"
	"runtime/debug"
	"strings"
)

// The manual, but for the settings, which stand between its two parts.
var (
	//go:embed server_help_above.txt
	helpAbove string
	//go:embed server_help_below.txt
	helpBelow string
)

// chapters are the settings in the order in which an operator meets them.
var chapters = []struct{ title, flags string }{
	{"HeyGen, and with whose key it is asked", "heygen-auth heygen-api-key heygen-base-url heygen-sandbox sandbox-training-duration"},
	{"Where it listens, and to whom", "listen-addr client-tokens client-tokens-file allow-anonymous cors-origins metrics-addr"},
	{"Several replicas", "cursor-secret drain-delay drain-timeout"},
	{"What is kept of HeyGen's answers", "cache-bytes cache-fresh cache-stale cache-stale-if-error cache-pending-ttl cache-negative-ttl cache-refresh-timeout"},
	{"How HeyGen is called", "heygen-max-concurrent heygen-retries heygen-attempt-timeout"},
	{"What is told, and run", "introspection suggestions expose-upstream trusted-documents trusted-documents-only compress"},
	{"What a request may ask for", "operation-timeout max-operations max-body max-cost max-ids max-tokens max-depth max-fields max-aliases max-root-fields max-directives max-definitions max-introspection"},
	{"The log", "log-level log-format"},
}

// writeHelp writes the manual, which fits into 80 columns.
func writeHelp(w io.Writer, flags *flag.FlagSet) {
	fmt.Fprint(w, helpAbove)
	for _, chapter := range chapters {
		fmt.Fprintf(w, "\n  %s\n", chapter.title)
		for name := range strings.FieldsSeq(chapter.flags) {
			f := flags.Lookup(name)
			value, usage := flag.UnquoteUsage(f)
			if f.DefValue != "" {
				usage += " (default " + f.DefValue + ")"
			}
			fmt.Fprintf(w, "\n    %s, %s\n", strings.TrimSpace("-"+f.Name+" "+value), variable(f))
			wrap(w, usage, "        ", 78)
		}
	}
	fmt.Fprint(w, "\n", helpBelow)
}

// wrap writes a text in lines of at most so many columns, each begun alike. A
// word that is longer has a line of its own.
func wrap(w io.Writer, text, begin string, columns int) {
	line := begin
	for word := range strings.FieldsSeq(text) {
		if line != begin && len([]rune(line))+len([]rune(word)) > columns {
			fmt.Fprintln(w, strings.TrimRight(line, " "))
			line = begin
		}
		line += word + " "
	}
	fmt.Fprintln(w, strings.TrimRight(line, " "))
}

// version is what the Go tool knows of the build: the tag or the commit, and
// with what it was compiled.
func version() string {
	built, ok := debug.ReadBuildInfo()
	if !ok {
		return "heygen-graphql, without what it was built from"
	}
	return fmt.Sprintf("heygen-graphql %s, %s", built.Main.Version, built.GoVersion)
}
