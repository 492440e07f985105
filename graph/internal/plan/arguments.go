package plan

import (
	"github.com/99designs/gqlgen/graphql"

	"heygen-graphql/graph/model"
	"heygen-graphql/graph/relay"
)

// arguments are those of a field, as they stand in the document and in variables.
type arguments struct {
	given map[string]any
	err   error // of the first that cannot be read
}

// optional reads an argument that may be absent or null.
func optional[T any](a *arguments, name string, read func(any) (T, error)) *T {
	value := a.given[name]
	if value == nil {
		return nil
	}
	result, err := read(value)
	if err != nil && a.err == nil {
		a.err = err
	}
	return &result
}

func none(*arguments) struct{} { return struct{}{} }

func id(a *arguments) string { return *optional(a, "id", model.UnmarshalID) }

func ids(a *arguments) []string {
	var ids []string
	for _, value := range graphql.CoerceList(a.given["ids"]) {
		id, err := model.UnmarshalID(value)
		if err != nil && a.err == nil {
			a.err = err
		}
		ids = append(ids, id)
	}
	return ids
}

func paging(a *arguments) relay.Args {
	return relay.Args{
		First: optional(a, "first", model.UnmarshalInt), After: optional(a, "after", model.UnmarshalString),
		Last: optional(a, "last", model.UnmarshalInt), Before: optional(a, "before", model.UnmarshalString),
	}
}

// bind reads the arguments of all fields. Where one cannot be read, gqlgen knows
// how to tell it.
func (c *compiler) bind(variables map[string]any) (values []any, ok bool) {
	if c.foreign {
		return nil, false
	}
	values = make([]any, len(c.binds))
	for i, bind := range c.binds {
		var err error
		if values[i], err = bind(variables); err != nil {
			return nil, false
		}
	}
	return values, true
}
