package main

import (
	"errors"
	"flag"

	"heygen-graphql/graph"
)

// limitsConfig is what a request may hold, and what is told of the server.
type limitsConfig struct {
	body          byteSize
	introspection bool
	suggestions   optionalBool
	upstream      bool
	trusted       string // a file; "": none
	trustedOnly   bool
}

func (c *limitsConfig) define(flags *flag.FlagSet) {
	c.body = 1 << 20
	flags.Var(&c.body, "max-body", "how long the body of a request may be, in `bytes` or as 1MiB")
	flags.BoolVar(&c.introspection, "introspection", true, "tell the schema to whoever asks, as GraphiQL and code generators do")
	flags.Var(&c.suggestions, "suggestions", "name what stands in the schema where a document asks for what does not (default: as introspection)")
	flags.BoolVar(&c.upstream, "expose-upstream", false, "tell callers that ask for it which calls to HeyGen their operation has made")
	flags.StringVar(&c.trusted, "trusted-documents", "", "a `file` with documents that callers may name by their ids, as the generators of Apollo, Relay and GraphQL Code Generator write it; it is read again on SIGHUP")
	flags.BoolVar(&c.trustedOnly, "trusted-documents-only", false, "run no other documents than these")
}

func (c *limitsConfig) check() error {
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
	o.MaxBody, o.NoIntrospection, o.TellUpstream, o.TrustedOnly = int64(c.body), !c.introspection, c.upstream, c.trustedOnly
	o.NoSuggestions = !c.introspection
	if c.suggestions.given {
		o.NoSuggestions = !c.suggestions.value
	}
}
