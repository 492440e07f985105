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

// requiredArgument returns an argument that validation has found to be there.
func requiredArgument[T any](a *arguments, name string, unmarshal func(any) (T, error)) T {
	result, err := unmarshal(a.values[name])
	if err != nil && a.err == nil {
		a.err = err
	}
	return result
}

// listArgument returns an argument that is a list, or nil if it is absent or null. A single
// value is coerced to a list.
func listArgument[T any](a *arguments, name string, unmarshal func(any) (T, error)) []T {
	if a.values[name] == nil {
		return nil
	}
	var list []T
	for _, value := range graphql.CoerceList(a.values[name]) {
		item, err := unmarshal(value)
		if err != nil && a.err == nil {
			a.err = err
		}
		list = append(list, item)
	}
	return list
}

// objectArgument returns an argument that is an input object, or nil if it is absent or
// null. read reads its fields.
func objectArgument[T any](a *arguments, name string, read func(*arguments) T) *T {
	values, ok := a.values[name].(map[string]any)
	if !ok {
		return nil
	}
	fields := &arguments{values: values}
	object := read(fields)
	if a.err == nil {
		a.err = fields.err
	}
	return &object
}

func readNoArguments(*arguments) struct{} { return struct{}{} }

func readID(a *arguments) string { return requiredArgument(a, "id", model.UnmarshalID) }

func readIDs(a *arguments) []string { return listArgument(a, "ids", model.UnmarshalID) }

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
