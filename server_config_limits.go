package main

import (
	"errors"
	"flag"
	"fmt"

	"heygen-graphql/graph"
)

// limitsConfig is what a request may hold, and what is told of the server.
type limitsConfig struct {
	documents     graph.Limits
	body          byteSize
	introspection bool
	suggestions   optionalBool
	upstream      bool
	trusted       string // a file; "": none
	trustedOnly   bool
}

// most is a limit of a document, by its setting.
type most struct {
	name  string
	value *int
	usage string
}

func (c *limitsConfig) all() []most {
	l := &c.documents
	return []most{
		{"max-tokens", &l.Tokens, "how many words and signs a document may have"},
		{"max-depth", &l.Depth, "how deep fields may nest"},
		{"max-fields", &l.Fields, "how many fields an operation may have, fragments written out"},
		{"max-aliases", &l.Aliases, "how often one place may select the same field"},
		{"max-root-fields", &l.RootFields, "how many fields an operation may have at its top"},
		{"max-directives", &l.Directives, "how many directives a document may have"},
		{"max-definitions", &l.Definitions, "how many operations and fragments a document may have"},
		{"max-introspection", &l.Introspection, "how often an operation may ask for __schema and __type"},
		{"max-ids", &l.IDs, "how many ids an operation may give, all fields together"},
		{"max-cost", &l.Cost, "how many calls to HeyGen an operation may need when nothing is kept"},
	}
}

func (c *limitsConfig) define(flags *flag.FlagSet) {
	c.documents = graph.DefaultLimits
	for _, m := range c.all() {
		flags.IntVar(m.value, m.name, *m.value, m.usage)
	}
	c.body = 1 << 20
	flags.Var(&c.body, "max-body", "how long the body of a request may be, in `bytes` or as 1MiB")
	flags.BoolVar(&c.introspection, "introspection", true, "tell the schema to whoever asks, as GraphiQL and code generators do")
	flags.Var(&c.suggestions, "suggestions", "name what stands in the schema where a document asks for what does not (default: as introspection)")
	flags.BoolVar(&c.upstream, "expose-upstream", false, "tell callers that ask for it which calls to HeyGen their operation has made")
	flags.StringVar(&c.trusted, "trusted-documents", "", "a `file` with documents that callers may name by their ids, as the generators of Apollo, Relay and GraphQL Code Generator write it; it is read again on SIGHUP")
	flags.BoolVar(&c.trustedOnly, "trusted-documents-only", false, "run no other documents than these")
}

func (c *limitsConfig) check() error {
	for _, m := range c.all() {
		if *m.value < 1 || *m.value > 1_000_000 {
			return fmt.Errorf("%s: must be between 1 and 1000000", settingOf(m.name))
		}
	}
	if c.body < 1<<10 || c.body > 64<<20 {
		return errors.New("MAX_BODY: must be between 1KiB and 64MiB")
	}
	if c.trustedOnly && c.trusted == "" {
		return errors.New("TRUSTED_DOCUMENTS_ONLY: needs TRUSTED_DOCUMENTS, or no document could be run")
	}
	return nil
}

// apply sets them.
func (c *limitsConfig) apply(o *graph.Options) {
	o.Limits = c.documents
	o.MaxRequestBytes, o.DisableIntrospection, o.ExposeUpstream, o.TrustedOnly = int64(c.body), !c.introspection, c.upstream, c.trustedOnly
	o.DisableSuggestions = !c.introspection
	if c.suggestions.given {
		o.DisableSuggestions = !c.suggestions.value
	}
}
