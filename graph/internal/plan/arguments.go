package plan

import (
	"github.com/99designs/gqlgen/graphql"

	"heygen-graphql/graph/model"
	"heygen-graphql/graph/relay"
)

// arguments are the arguments of a field, with variables replaced by their values.
type arguments struct {
	values map[string]any
	err    error // of the first invalid argument
}

// optionalArgument returns an argument, or nil if it is absent or null.
func optionalArgument[T any](a *arguments, name string, unmarshal func(any) (T, error)) *T {
	value := a.values[name]
	if value == nil {
		return nil
	}
	result, err := unmarshal(value)
	if err != nil && a.err == nil {
		a.err = err
	}
	return &result
}

func readNoArguments(*arguments) struct{} { return struct{}{} }

func readID(a *arguments) string { return *optionalArgument(a, "id", model.UnmarshalID) }

func readIDs(a *arguments) []string {
	var ids []string
	for _, value := range graphql.CoerceList(a.values["ids"]) {
		id, err := model.UnmarshalID(value)
		if err != nil && a.err == nil {
			a.err = err
		}
		ids = append(ids, id)
	}
	return ids
}

func readPaging(a *arguments) relay.Args {
	return relay.Args{
		First: optionalArgument(a, "first", model.UnmarshalInt), After: optionalArgument(a, "after", model.UnmarshalString),
		Last: optionalArgument(a, "last", model.UnmarshalInt), Before: optionalArgument(a, "before", model.UnmarshalString),
	}
}

// bindArguments returns the arguments of all resolver fields, in order. It reports false
// if the operation is unsupported or an argument is invalid: gqlgen then reports the error.
func (c *compiler) bindArguments(variables map[string]any) (values []any, ok bool) {
	if c.unsupported {
		return nil, false
	}
	values = make([]any, len(c.binders))
	for i, bind := range c.binders {
		var err error
		if values[i], err = bind(variables); err != nil {
			return nil, false
		}
	}
	return values, true
}
