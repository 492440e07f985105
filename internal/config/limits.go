package config

import (
	"errors"
	"flag"
	"fmt"

	"heygen-graphql/graph"
)

// Limits holds what a request may contain, which documents run, and how much of the
// schema and of the upstream calls a response may disclose.
type Limits struct {
	TrustedDocuments string // the file; "": none
	Introspection    bool
	Gallery          bool

	document       graph.Limits
	maxBody        byteSize
	suggestions    optionalBool
	exposeUpstream bool
	trusted        trustedMode
}

// limitFlag is a flag that sets one limit of a document.
type limitFlag struct {
	name  string
	value *int
	usage string
}

func (l *Limits) flags() []limitFlag {
	d := &l.document
	return []limitFlag{
		{"max-tokens", &d.Tokens, "maximum number of lexical tokens in a document"},
		{"max-depth", &d.Depth, "maximum nesting depth of fields, not counting the fields of introspection"},
		{"max-fields", &d.Fields, "maximum number of fields in an operation, with equal fields merged, not counting the fields of introspection"},
		{"max-aliases", &d.Aliases, "maximum number of response names under which one selection set may select the same field"},
		{"max-root-fields", &d.RootFields, "maximum number of root fields in an operation, with equal fields merged"},
		{"max-directives", &d.Directives, "maximum number of directives in a document"},
		{"max-definitions", &d.Definitions, "maximum number of operations and fragments in a document"},
		{"max-introspection", &d.Introspection, "maximum number of __schema and __type fields in an operation"},
		{"max-ids", &d.IDs, "maximum number of ids in the arguments of an operation"},
		{"max-cost", &d.Cost, "maximum number of calls to HeyGen that an operation may need with an empty cache"},
	}
}

func (l *Limits) define(flags *flag.FlagSet) {
	l.document = graph.DefaultLimits
	for _, limit := range l.flags() {
		flags.IntVar(limit.value, limit.name, *limit.value, limit.usage)
	}
	l.maxBody = 1 << 20
	flags.Var(&l.maxBody, "max-body", "maximum `size` of a request body, such as 1MiB")
	flags.BoolVar(&l.Introspection, "introspection", true, "allow introspection queries, as GraphiQL needs, and serve /schema.graphql, as code generators need")
	flags.BoolVar(&l.Gallery, "gallery", true, "serve the gallery and the avatar picker, whose documents are trusted")
	flags.Var(&l.suggestions, "suggestions", "include \"Did you mean ...?\" in validation errors (default: same as introspection)")
	flags.BoolVar(&l.exposeUpstream, "expose-upstream", false, "let clients request a list of an operation's calls to HeyGen in its response")
	flags.StringVar(&l.TrustedDocuments, "trusted-documents", "", "`file` with documents that clients may execute by id: the manifest of Apollo, Relay or GraphQL Code Generator; it is reloaded on SIGHUP")
	flags.Var(&l.trusted, "trusted-documents-only", "true: reject every document that is neither in trusted-documents nor one of the avatar picker; log: execute, count and log it")
}

func (l *Limits) check() error {
	for _, limit := range l.flags() {
		if *limit.value < 1 || *limit.value > 1_000_000 {
			return fmt.Errorf("%s: must be between 1 and 1000000", envName(limit.name))
		}
	}
	if l.maxBody < 1<<10 || l.maxBody > 64<<20 {
		return errors.New("MAX_BODY: must be between 1KiB and 64MiB")
	}
	switch {
	case l.trusted.only && l.TrustedDocuments == "":
		return errors.New("TRUSTED_DOCUMENTS_ONLY: requires TRUSTED_DOCUMENTS: without it, every document but the avatar picker's would be rejected")
	case l.trusted.log && l.TrustedDocuments == "":
		return errors.New("TRUSTED_DOCUMENTS_ONLY: requires TRUSTED_DOCUMENTS: without it, every document but the avatar picker's would be logged")
	}
	return nil
}

// UntrustedAllowed reports whether documents that are not trusted are executed.
func (l Limits) UntrustedAllowed() bool { return !l.trusted.only }

// Apply sets the limits in o.
func (l Limits) Apply(o *graph.Options) {
	o.Limits = l.document
	o.MaxRequestBytes, o.DisableIntrospection, o.ExposeUpstream, o.TrustedOnly = int64(l.maxBody), !l.Introspection, l.exposeUpstream, l.trusted.only
	o.ObserveUntrusted = l.trusted.log
	o.DisableSuggestions = !l.Introspection
	if l.suggestions.set {
		o.DisableSuggestions = !l.suggestions.value
	}
}
