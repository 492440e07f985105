package document

import (
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/validator/core"
	"github.com/vektah/gqlparser/v2/validator/rules"

	"heygen-graphql/graph/document/complexity"
	"heygen-graphql/graph/errcode"
)

// The rules whose errors say that a document uses what this API does not support;
// those of the others say that it is invalid.
const (
	ruleSingleResponse  = "QueriesOnly"
	ruleNoIntrospection = "NoIntrospection"
)

// Rules returns gqlparser's rules and those for what gqlparser accepts. They run in
// the order of their names on each node of a document.
func (o Options) Rules() *rules.Rules {
	all := rules.NewDefaultRules()
	if o.DisableSuggestions {
		for name, rule := range rulesWithoutSuggestions {
			all.RemoveRule(name)
			all.AddRule(rule.Name, rule.RuleFunc)
		}
	}
	all.ReplaceRule(ruleOverlappingFields, overlappingFields)
	all.AddRule("IntLiteralsForID", intLiteralsForID)
	all.AddRule("LiteralsOfScalars", o.scalarLiterals)
	all.AddRule("NoFragmentVariables", noFragmentVariables)
	all.AddRule(ruleSingleResponse, supportedOnly)
	if o.DisableIntrospection {
		all.AddRule(ruleNoIntrospection, noIntrospection)
	}
	return all
}

// rulesWithoutSuggestions do not suggest names of the schema in their errors.
var rulesWithoutSuggestions = map[string]core.Rule{
	rules.FieldsOnCorrectTypeRule.Name: rules.FieldsOnCorrectTypeRuleWithoutSuggestions,
	rules.KnownArgumentNamesRule.Name:  rules.KnownArgumentNamesRuleWithoutSuggestions,
	rules.KnownTypeNamesRule.Name:      rules.KnownTypeNamesRuleWithoutSuggestions,
	rules.ScalarLeafsRule.Name:         rules.ScalarLeafsRuleWithoutSuggestions,
	rules.ValuesOfCorrectTypeRule.Name: rules.ValuesOfCorrectTypeRuleWithoutSuggestions,
}

// intLiteralsForID turns an integer literal for an ID into a string, as graphql-js
// reads it: as a number, gqlparser would limit it to 64 bits.
func intLiteralsForID(observers *core.Events, _ core.AddErrFunc) {
	observers.OnValue(func(_ *core.Walker, v *ast.Value) {
		if v.Kind == ast.IntValue && v.Definition != nil && v.Definition.Name == "ID" {
			v.Kind = ast.StringValue
		}
	})
}

// scalarLiterals rejects what ValuesOfCorrectType accepts: an object for a scalar or
// an enum, over which gqlgen panics in @skip and @include, an Int of more than 32
// bits, and a literal that a custom scalar does not accept.
func (o Options) scalarLiterals(observers *core.Events, addError core.AddErrFunc) {
	observers.OnValue(func(_ *core.Walker, v *ast.Value) {
		if v.Definition == nil || !v.Definition.IsLeafType() {
			return
		}
		value, err := v.Value(nil)
		switch {
		case v.Kind == ast.Variable, v.Kind == ast.NullValue, v.Kind == ast.ListValue:
		case v.Kind == ast.ObjectValue:
			addError(core.Message("%s cannot represent an object: %s", v.Definition.Name, v), core.At(v.Position))
		case v.Kind == ast.IntValue && v.Definition.Name == "Int":
			if err == nil && !o.accepts(v.Definition, value) { // ValuesOfCorrectType rejects more than 64 bits
				addError(core.Message("Int cannot represent non 32-bit signed integer value: %s", v), core.At(v.Position))
			}
		case v.Definition.Kind == ast.Scalar && !v.Definition.BuiltIn:
			if err != nil || !o.accepts(v.Definition, value) {
				addError(core.Message("%s cannot represent the value %s", v.Definition.Name, v), core.At(v.Position))
			}
		}
	})
}

// noFragmentVariables rejects an experiment that the parser supports and GraphQL
// does not: the variables would have no effect.
func noFragmentVariables(observers *core.Events, addError core.AddErrFunc) {
	observers.OnFragment(func(_ *core.Walker, f *ast.FragmentDefinition) {
		if len(f.VariableDefinition) > 0 {
			addError(core.Message("A fragment cannot define variables."), core.At(f.Position))
		}
	})
}

// supportedOnly rejects mutations and incremental delivery, whether or not @defer is
// switched off in the document: the schema does not define them.
func supportedOnly(observers *core.Events, addError core.AddErrFunc) {
	observers.OnOperation(func(_ *core.Walker, o *ast.OperationDefinition) {
		if o.Operation == ast.Mutation {
			addError(core.Message("This API supports queries and subscriptions only."), core.At(o.Position))
		}
	})
	seen := map[*ast.Directive]bool{} // a fragment is walked once more for each spread
	observers.OnDirective(func(_ *core.Walker, d *ast.Directive) {
		if (d.Name == "defer" || d.Name == "stream") && !seen[d] {
			seen[d] = true
			addError(core.Message("`@%s` is not supported: there is a single response.", d.Name), core.At(d.Position))
		}
	})
}

// noIntrospection rejects queries of the schema. __typename reveals no more than the
// type of its object.
func noIntrospection(observers *core.Events, addError core.AddErrFunc) {
	seen := map[*ast.Field]bool{} // a fragment is walked once more for each spread
	observers.OnField(func(_ *core.Walker, f *ast.Field) {
		if complexity.IsIntrospectionField(f.Name) && !seen[f] {
			seen[f] = true
			addError(core.Message("Introspection is disabled on this server."), core.At(f.Position))
		}
	})
}

// preferUnsupported returns only the errors about what is not supported, if there
// are any: the other errors of the document follow from them.
func preferUnsupported(errs gqlerror.List) gqlerror.List {
	var unsupported gqlerror.List
	for _, e := range errs {
		if e.Rule == ruleSingleResponse || e.Rule == ruleNoIntrospection {
			unsupported = append(unsupported, e)
		}
	}
	if len(unsupported) > 0 {
		return errcode.Set(errcode.OperationNotSupported, unsupported...)
	}
	return errs
}
