package config

import (
	"errors"
	"flag"
	"fmt"

	"heygen-graphql/graph"
)

// Limits is what a request may hold, and what is told of the server.
type Limits struct {
	documents        graph.Limits
	body             byteSize
	Introspection    bool
	suggestions      optionalBool
	exposeUpstream   bool
	TrustedDocuments string // a file; "": none
	TrustedOnly      bool
}

// limitFlag is a limit of a document, by its setting.
type limitFlag struct {
	name  string
	value *int
	usage string
}

func (c *Limits) flags() []limitFlag {
	l := &c.documents
	return []limitFlag{
		{"max-tokens", &l.Tokens, "how many words and signs a document may have"},
		{"max-depth", &l.Depth, "how deep fields may nest"},
		{"max-fields", &l.Fields, "how many fields an operation may have, fragments written out"},
		{"max-aliases", &l.Aliases, "how often one place may select the same field"},
		{"max-root-fields", &l.RootFields, "how many fields an operation may have at its top"},
		{"max-directives", &l.Directives, "how many directives a document may have"},
		{"max-definitions", &l.Definitions, "how many operations and fragments a document may have"},
		{"max-introspection", &l.Introspection, "how often an operation may ask for __schema and __type"},
		{"max-validation-steps", &l.ValidationSteps, "how many steps the check of a document against the schema may take; one is some 0.25 µs"},
		{"max-ids", &l.IDs, "how many ids an operation may give, all fields together"},
		{"max-cost", &l.Cost, "how many calls to HeyGen an operation may need when nothing is kept"},
	}
}

func (c *Limits) define(flags *flag.FlagSet) {
	c.documents = graph.DefaultLimits
	for _, m := range c.flags() {
		flags.IntVar(m.value, m.name, *m.value, m.usage)
	}
	c.body = 1 << 20
	flags.Var(&c.body, "max-body", "how long the body of a request may be, in `bytes` or as 1MiB")
	flags.BoolVar(&c.Introspection, "introspection", true, "tell the schema to whoever asks, as GraphiQL and code generators do")
	flags.Var(&c.suggestions, "suggestions", "name what stands in the schema where a document asks for what does not (default: as introspection)")
	flags.BoolVar(&c.exposeUpstream, "expose-upstream", false, "tell callers that ask for it which calls to HeyGen their operation has made")
	flags.StringVar(&c.TrustedDocuments, "trusted-documents", "", "a `file` with documents that callers may name by their ids, as the generators of Apollo, Relay and GraphQL Code Generator write it; it is read again on SIGHUP")
	flags.BoolVar(&c.TrustedOnly, "trusted-documents-only", false, "run no other documents than these")
}

func (c *Limits) check() error {
	for _, m := range c.flags() {
		if *m.value < 1 || *m.value > 1_000_000 {
			return fmt.Errorf("%s: must be between 1 and 1000000", envName(m.name))
		}
	}
	if c.body < 1<<10 || c.body > 64<<20 {
		return errors.New("MAX_BODY: must be between 1KiB and 64MiB")
	}
	if c.TrustedOnly && c.TrustedDocuments == "" {
		return errors.New("TRUSTED_DOCUMENTS_ONLY: needs TRUSTED_DOCUMENTS, or no document could be run")
	}
	return nil
}

// Apply sets them.
func (c *Limits) Apply(o *graph.Options) {
	o.Limits = c.documents
	o.MaxRequestBytes, o.DisableIntrospection, o.ExposeUpstream, o.TrustedOnly = int64(c.body), !c.Introspection, c.exposeUpstream, c.TrustedOnly
	o.DisableSuggestions = !c.Introspection
	if c.suggestions.given {
		o.DisableSuggestions = !c.suggestions.value
	}
}
