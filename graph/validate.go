package graph

import (
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/validator"
	"github.com/vektah/gqlparser/v2/validator/core"
	"github.com/vektah/gqlparser/v2/validator/rules"
)

// maxValidationErrors is how many errors validation looks for. Callers are told 5, but
// of a document that asks for what is not supported that stands alone, wherever it
// comes. An error takes up to 0.1 ms, as names are looked for that are meant, and
// 2,000 tokens have made 80,000 of them.
const maxValidationErrors = 50

// errorLimitReached ends a validation.
type errorLimitReached struct{}

// validate checks a document against the schema, until it has found enough errors.
// No others than those of gqlparser's that it would have given first are lost.
func validate(schema *ast.Schema, doc *ast.QueryDocument, all *rules.Rules) (errs gqlerror.List) {
	defer func() {
		if r := recover(); r != nil && r != (errorLimitReached{}) {
			panic(r)
		}
	}()
	counted := rules.NewRules()
	for name, rule := range all.GetInner() {
		counted.AddRule(name, func(observers *core.Events, _ core.AddErrFunc) {
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
	validator.ValidateWithRules(schema, doc, counted)
	return errs
}
