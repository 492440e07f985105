package graph

import (
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/validator/core"
	"github.com/vektah/gqlparser/v2/validator/rules"

	"heygen-graphql/graph/document/complexity"
)

// The rules whose errors say that a document asks for what this API does not do,
// where others say that it is wrong.
const (
	unsupported = "QueriesInOnePiece"
	untold      = "NoIntrospection"
)

// validationRules are gqlparser's and what they let through. They run in the
// order of their names on each part of a document.
func (o Options) validationRules() *rules.Rules {
	all := rules.NewDefaultRules()
	if o.DisableSuggestions {
		for name, quiet := range withoutSuggestions {
			all.RemoveRule(name)
			all.AddRule(quiet.Name, quiet.RuleFunc)
		}
	}
	all.AddRule("IDsAreText", idsAreText)
	all.AddRule("LeafLiterals", leafLiterals)
	all.AddRule("NoFragmentVariables", noFragmentVariables)
	all.AddRule(unsupported, queriesInOnePiece)
	if o.DisableIntrospection {
		all.AddRule(untold, noIntrospection)
	}
	return all
}

// withoutSuggestions are the rules that do not name what stands in the schema
// when they refuse what does not.
var withoutSuggestions = map[string]core.Rule{
	rules.FieldsOnCorrectTypeRule.Name: rules.FieldsOnCorrectTypeRuleWithoutSuggestions,
	rules.KnownArgumentNamesRule.Name:  rules.KnownArgumentNamesRuleWithoutSuggestions,
	rules.KnownTypeNamesRule.Name:      rules.KnownTypeNamesRuleWithoutSuggestions,
	rules.ScalarLeafsRule.Name:         rules.ScalarLeafsRuleWithoutSuggestions,
	rules.ValuesOfCorrectTypeRule.Name: rules.ValuesOfCorrectTypeRuleWithoutSuggestions,
}

// idsAreText makes a text of a whole number that stands for an ID, as
// graphql-js reads it: as a number, gqlparser would hold it to 64 bits.
func idsAreText(observers *core.Events, _ core.AddErrFunc) {
	observers.OnValue(func(_ *core.Walker, v *ast.Value) {
		if v.Kind == ast.IntValue && v.Definition != nil && v.Definition.Name == "ID" {
			v.Kind = ast.StringValue
		}
	})
}

// leafLiterals refuses what ValuesOfCorrectType does not: an object in place of
// a scalar or an enum, over which gqlgen panics in @skip and @include, an Int
// beyond 32 bits, and a literal that a scalar of ours does not take.
func leafLiterals(observers *core.Events, addError core.AddErrFunc) {
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
			if err == nil && !takes(v.Definition, value) { // with more than 64 bits ValuesOfCorrectType refuses it
				addError(core.Message("Int cannot represent non 32-bit signed integer value: %s", v), core.At(v.Position))
			}
		case v.Definition.Kind == ast.Scalar && !v.Definition.BuiltIn:
			if err != nil || !takes(v.Definition, value) {
				addError(core.Message("%s cannot represent the value %s", v.Definition.Name, v), core.At(v.Position))
			}
		}
	})
}

// noFragmentVariables refuses an experiment that the parser knows and GraphQL does
// not: nothing would come of them.
func noFragmentVariables(observers *core.Events, addError core.AddErrFunc) {
	observers.OnFragment(func(_ *core.Walker, f *ast.FragmentDefinition) {
		if len(f.VariableDefinition) > 0 {
			addError(core.Message("A fragment has no variables of its own."), core.At(f.Position))
		}
	})
}

// queriesInOnePiece refuses other operations than queries, and answers in
// parts, whether or not they are switched off: the schema does not know them.
func queriesInOnePiece(observers *core.Events, addError core.AddErrFunc) {
	observers.OnOperation(func(_ *core.Walker, o *ast.OperationDefinition) {
		if o.Operation != ast.Query {
			addError(core.Message("This API has queries only."), core.At(o.Position))
		}
	})
	seen := map[*ast.Directive]bool{} // a fragment is walked where it is spread, too
	observers.OnDirective(func(_ *core.Walker, d *ast.Directive) {
		if (d.Name == "defer" || d.Name == "stream") && !seen[d] {
			seen[d] = true
			addError(core.Message("`@%s` is not supported: the answer comes in one piece.", d.Name), core.At(d.Position))
		}
	})
}

// noIntrospection refuses to tell the schema. __typename tells nothing but what
// its answer is of.
func noIntrospection(observers *core.Events, addError core.AddErrFunc) {
	seen := map[*ast.Field]bool{} // a fragment is walked where it is spread, too
	observers.OnField(func(_ *core.Walker, f *ast.Field) {
		if complexity.IsIntrospectionField(f.Name) && !seen[f] {
			seen[f] = true
			addError(core.Message("This server does not tell its schema."), core.At(f.Position))
		}
	})
}
