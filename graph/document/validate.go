package document

import (
	"maps"
	"slices"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/validator/core"
)

// maxValidationErrors is how many errors validation collects. A response has 5, but an
// error about what is not supported replaces all others, wherever it occurs. An error
// takes up to 0.1 ms, as validation searches for names to suggest, and 2,000 tokens
// have produced 80,000 of them.
const maxValidationErrors = 50

// errorLimitReached is the panic that ends a validation.
type errorLimitReached struct{}

// Validate checks a document against the schema, until it has found enough errors. The
// errors are the first ones that gqlparser would have returned, except those inside
// fragments that no operation uses, which are rejected as a whole.
func (o Options) Validate(doc *ast.QueryDocument) (errs gqlerror.List) {
	defer func() {
		if r := recover(); r != nil && r != (errorLimitReached{}) {
			panic(r)
		}
	}()
	observers := &core.Events{}
	all := o.Rules().GetInner()
	for _, name := range slices.Sorted(maps.Keys(all)) {
		all[name](observers, func(options ...core.ErrorOption) {
			e := &gqlerror.Error{Rule: name}
			for _, option := range options {
				option(e)
			}
			if errs = append(errs, e); len(errs) == maxValidationErrors {
				panic(errorLimitReached{})
			}
		})
	}
	walk(o.Schema, doc, observers)
	return errs
}

// walk visits a document as gqlparser does: each operation with every fragment that it
// reaches, then each fragment definition. But it visits the definitions without their
// selections. gqlparser visits these again, once for every fragment that reaches them:
// of 300 fragments that each spread the next one, 45,000 times. The operations have
// visited them already, with their variables, which no rule can check without.
func walk(schema *ast.Schema, doc *ast.QueryDocument, observers *core.Events) {
	definitions := &ast.QueryDocument{Fragments: make(ast.FragmentDefinitionList, len(doc.Fragments))}
	for i, f := range doc.Fragments {
		definition := *f
		definition.SelectionSet = nil
		definitions.Fragments[i] = &definition
	}
	remaining := len(doc.Operations)
	observers.OnOperation(func(w *core.Walker, _ *ast.OperationDefinition) { // after those of all rules
		if remaining--; remaining == 0 {
			w.Document = definitions // the fragments that the walker visits next
		}
	})
	core.Walk(schema, doc, observers)
	for i, f := range doc.Fragments {
		f.Definition = definitions.Fragments[i].Definition
	}
}
