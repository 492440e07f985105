package config

import (
	_ "embed"
	"flag"
	"fmt"
	"io"
	"strings"
)

// The manual, but for the settings, which stand between its two parts.
var (
	//go:embed help_header.txt
	helpHeader string
	//go:embed help_footer.txt
	helpFooter string
)

// sections are the settings in the order in which an operator meets them.
var sections = []struct{ title, flags string }{
	{"HeyGen, and with whose key it is asked", "heygen-auth heygen-api-key heygen-base-url heygen-sandbox sandbox-training-duration"},
	{"Where it listens, and to whom", "listen-addr client-tokens client-tokens-file allow-anonymous cors-origins metrics-addr"},
	{"Several replicas", "cursor-secret drain-delay drain-timeout"},
	{"What is kept of HeyGen's answers", "cache-bytes cache-fresh cache-stale cache-stale-if-error cache-pending-ttl cache-negative-ttl cache-refresh-timeout"},
	{"How HeyGen is called", "heygen-max-concurrent heygen-retries heygen-attempt-timeout"},
	{"What is told, and run", "introspection suggestions expose-upstream trusted-documents trusted-documents-only compress"},
	{"What a request may ask for", "operation-timeout max-operations max-body max-cost max-ids max-tokens max-depth max-fields max-aliases max-root-fields max-directives max-definitions max-introspection max-validation-steps"},
	{"The log", "log-level log-format"},
}

// writeHelp writes the manual, which fits into 80 columns.
func writeHelp(w io.Writer, flags *flag.FlagSet) {
	fmt.Fprint(w, helpHeader)
	for _, section := range sections {
		fmt.Fprintf(w, "\n  %s\n", section.title)
		for name := range strings.FieldsSeq(section.flags) {
			f := flags.Lookup(name)
			value, usage := flag.UnquoteUsage(f)
			if f.DefValue != "" {
				usage += " (default " + f.DefValue + ")"
			}
			fmt.Fprintf(w, "\n    %s, %s\n", strings.TrimSpace("-"+f.Name+" "+value), variable(f))
			wrap(w, usage, "        ", 78)
		}
	}
	fmt.Fprint(w, "\n", helpFooter)
}

// wrap writes a text in lines of at most so many columns, each begun alike. A
// word that is longer has a line of its own.
func wrap(w io.Writer, usage, indent string, columns int) {
	line := indent
	for word := range strings.FieldsSeq(usage) {
		if line != indent && len([]rune(line))+len([]rune(word)) > columns {
			fmt.Fprintln(w, strings.TrimRight(line, " "))
			line = indent
		}
		line += word + " "
	}
	fmt.Fprintln(w, strings.TrimRight(line, " "))
}
