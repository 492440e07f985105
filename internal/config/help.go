package config

import (
	_ "embed"
	"flag"
	"fmt"
	"io"
	"strings"
)

// The help text before and after the list of settings.
var (
	//go:embed help_header.txt
	helpHeader string
	//go:embed help_footer.txt
	helpFooter string
)

// sections lists the settings in the order in which an operator needs them.
var sections = []struct{ title, flags string }{
	{"Upstream", "heygen-auth heygen-api-key heygen-base-url heygen-sandbox sandbox-training-duration sandbox-groups"},
	{"Listening and access", "listen-addr client-tokens client-tokens-file jwks-url jwt-issuer jwt-audience allow-anonymous cors-origins trusted-proxies metrics-addr"},
	{"Replicas and shutdown", "redis-url cursor-secret drain-delay drain-timeout"},
	{"Cache", "cache-bytes cache-fresh cache-stale cache-stale-if-error cache-pending-ttl cache-negative-ttl cache-refresh-timeout catalogue-max-items catalogue-warm"},
	{"Live updates", "poll-interval stream-timeout max-streams max-streams-per-caller max-socket-operations heygen-webhook-secret"},
	{"Calls to HeyGen", "heygen-max-concurrent heygen-retries heygen-attempt-timeout"},
	{"Schema, documents and responses", "introspection suggestions expose-upstream trusted-documents trusted-documents-only gallery compress"},
	{"Limits", "rate-limit rate-limit-burst operation-timeout max-operations max-body max-cost max-ids max-tokens max-depth max-fields max-aliases max-root-fields max-directives max-definitions max-introspection"},
	{"Log", "log-level log-format"},
}

// writeHelp writes the help text, which fits in 80 columns.
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
			fmt.Fprintf(w, "\n    %s, %s\n", strings.TrimSpace("-"+f.Name+" "+value), envName(f.Name))
			wrap(w, usage, "        ", 78)
		}
	}
	fmt.Fprint(w, "\n", helpFooter)
}

// wrap writes s in lines of at most columns runes, each after indent. A longer word
// has a line to itself.
func wrap(w io.Writer, s, indent string, columns int) {
	line := indent
	for word := range strings.FieldsSeq(s) {
		if line != indent && len([]rune(line))+len([]rune(word)) > columns {
			fmt.Fprintln(w, strings.TrimRight(line, " "))
			line = indent
		}
		line += word + " "
	}
	fmt.Fprintln(w, strings.TrimRight(line, " "))
}
