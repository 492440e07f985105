package graph

import (
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/validator"
	"github.com/vektah/gqlparser/v2/validator/core"
	"github.com/vektah/gqlparser/v2/validator/rules"
)

// maxValidationErrors is the maximum number of errors that validation finds. A response
// has 5 of them, but an error for an unsupported feature replaces all others, wherever
// it is found. An error takes up to 0.1 ms, as validation searches for similar names,
// and 2,000 tokens have made 80,000 of them.
const maxValidationErrors = 50

// errorLimitReached is the panic that ends a validation.
type errorLimitReached struct{}

// validate validates a document against the schema. It returns the first errors of
// gqlparser, at most maxValidationErrors.
func validate(schema *ast.Schema, doc *ast.QueryDocument, ruleSet *rules.Rules) (errs gqlerror.List) {
	defer func() {
		if r := recover(); r != nil && r != (errorLimitReached{}) {
			panic(r)
		}
	}()
	limited := rules.NewRules()
	for name, rule := range ruleSet.GetInner() {
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
	validator.ValidateWithRules(schema, doc, limited)
	return errs
}
