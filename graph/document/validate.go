package document

import (
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/validator"
	"github.com/vektah/gqlparser/v2/validator/core"
	"github.com/vektah/gqlparser/v2/validator/rules"
)

// maxValidationErrors is how many errors validation collects. A response has 5, but an
// error about what is not supported replaces all others, wherever it occurs. An error
// takes up to 0.1 ms, as validation searches for names to suggest, and 2,000 tokens
// have produced 80,000 of them.
const maxValidationErrors = 50

// errorLimitReached is the panic that ends a validation.
type errorLimitReached struct{}

// Validate checks a document against the schema, until it has found enough errors.
// The errors are the first ones that gqlparser would have returned.
func (o Options) Validate(doc *ast.QueryDocument) (errs gqlerror.List) {
	defer func() {
		if r := recover(); r != nil && r != (errorLimitReached{}) {
			panic(r)
		}
	}()
	limited := rules.NewRules()
	for name, rule := range o.Rules().GetInner() {
		limited.AddRule(name, func(observers *core.Events, _ core.AddErrFunc) {
			rule(observers, func(options ...core.ErrorOption) {
				e := &gqlerror.Error{Rule: name}
				for _, option := range options {
					option(e)
				}
				if errs = append(errs, e); len(errs) == maxValidationErrors {
					panic(errorLimitReached{})
				}
			})
		})
	}
	validator.ValidateWithRules(o.Schema, doc, limited)
	return errs
}
