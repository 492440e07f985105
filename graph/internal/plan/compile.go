package plan

import (
	"context"
	"slices"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// writer adds a value to an answer. at is where in it the value stands, for the
// paths of errors; nil where nothing inside of it can go wrong.
type writer[T any] func(p *piece, at *graphql.FieldContext, value T)

// object is what is known of a type of the schema.
type object[T any] struct {
	name   string
	is     []string // its name, and those of its interfaces
	fields map[string]field[T]
}

func newObject[T any](name string, fields map[string]field[T], interfaces ...string) object[T] {
	return object[T]{name, append(interfaces, name), fields}
}

// field makes the writer of a field as it is selected.
type field[T any] func(*compiler, graphql.CollectedField) writer[*T]

// compiler gathers what is known of an operation while its plan is made.
type compiler struct {
	op      *graphql.OperationContext
	foreign bool // there is a field that no plan can write
	fields  int  // as often as they are written out
	links   int  // fields that a resolver stands behind
	binds   []func(variables map[string]any) (any, error)
}

// compile makes the writer of an object with the fields that are selected.
func (o *object[T]) compile(c *compiler, selections ast.SelectionSet) writer[*T] {
	type part struct {
		key   string // with what stands in front of it
		write writer[*T]
	}
	var parts []part
	open, names := "{", []string{}
	if c.foreign {
		return nil
	}
	for _, f := range graphql.CollectFields(c.op, selections, o.is) {
		if c.fields++; c.fields > mostFields {
			c.foreign = true
			return nil
		}
		make := o.fields[f.Name]
		if f.Name == "__typename" {
			make = plain(func(*T) string { return o.name }, text[string])
		}
		if make == nil || slices.Contains(names, f.Alias) {
			c.foreign = true
			return nil
		}
		parts = append(parts, part{open + `"` + f.Alias + `":`, make(c, f)})
		open, names = ",", append(names, f.Alias)
	}
	if len(parts) == 0 { // all are skipped
		parts = []part{{"{", func(*piece, *graphql.FieldContext, *T) {}}}
	}
	return func(p *piece, at *graphql.FieldContext, value *T) {
		if value == nil {
			p.null()
			return
		}
		for i := range parts {
			p.text = append(p.text, parts[i].key...)
			parts[i].write(p, at, value)
		}
		p.text = append(p.text, '}')
	}
}

// plain is a field that is part of its object.
func plain[T, V any](get func(*T) V, add func([]byte, V) []byte) field[T] {
	return func(*compiler, graphql.CollectedField) writer[*T] {
		return func(p *piece, _ *graphql.FieldContext, value *T) { p.text = add(p.text, get(value)) }
	}
}

// within is an object that is part of its object.
func within[T, V any](get func(*T) *V, inner *object[V]) field[T] {
	return func(c *compiler, f graphql.CollectedField) writer[*T] {
		links := c.links
		write := inner.compile(c, f.Selections)
		if c.links == links {
			return func(p *piece, _ *graphql.FieldContext, value *T) { write(p, nil, get(value)) }
		}
		return func(p *piece, at *graphql.FieldContext, value *T) {
			write(p, &graphql.FieldContext{Parent: at, Field: f}, get(value))
		}
	}
}

// list is a list of objects that is part of its object.
func list[T, V any](get func(*T) []*V, inner *object[V]) field[T] {
	return func(c *compiler, f graphql.CollectedField) writer[*T] {
		links := c.links
		write := inner.compile(c, f.Selections)
		if c.links == links {
			return func(p *piece, _ *graphql.FieldContext, value *T) { items(p, nil, get(value), write) }
		}
		return func(p *piece, at *graphql.FieldContext, value *T) {
			items(p, &graphql.FieldContext{Parent: at, Field: f}, get(value), write)
		}
	}
}

// items writes a list that stands at a field.
func items[V any](p *piece, at *graphql.FieldContext, values []V, write writer[V]) {
	var indexes []int
	if at != nil {
		indexes = make([]int, len(values))
	}
	p.text = append(p.text, '[')
	for i, value := range values {
		if i > 0 {
			p.text = append(p.text, ',')
		}
		if at == nil {
			write(p, nil, value)
			continue
		}
		indexes[i] = i
		write(p, &graphql.FieldContext{Parent: at, Index: &indexes[i]}, value)
	}
	p.text = append(p.text, ']')
}

// link is a field that a resolver stands behind. read reads what the resolver
// is given, inner makes the writer of what it gives.
func link[T, A, V any](read func(*arguments) A, call func(context.Context, *T, A) (V, error), inner func(*compiler, ast.SelectionSet) writer[V]) field[T] {
	return func(c *compiler, f graphql.CollectedField) writer[*T] {
		if f.Definition.Type.NonNull && f.ObjectDefinition.Name != "Query" { // its null would be its object's
			c.foreign = true
		}
		c.links++
		n := len(c.binds)
		c.binds = append(c.binds, func(variables map[string]any) (any, error) {
			given := &arguments{given: f.ArgumentMap(variables)}
			return read(given), given.err
		})
		write := inner(c, f.Selections)
		return func(p *piece, at *graphql.FieldContext, value *T) {
			p.start(func(in *piece) {
				resolve(in, at, f, func(ctx context.Context) (V, error) { return call(ctx, value, p.arguments[n].(A)) }, write)
			})
		}
	}
}
