package plan

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"heygen-graphql/graph/document"
)

// writeFunc appends a value to a chunk of the response. fc is the field context of the
// value, for the paths of errors. It is nil if nothing in the value has a resolver.
type writeFunc[T any] func(w *chunk, fc *graphql.FieldContext, value T)

// objectType is an object type of the schema.
type objectType[T any] struct {
	name   string
	fields map[string]compileFunc[T]
}

func newObjectType[T any](name string, fields map[string]compileFunc[T]) objectType[T] {
	return objectType[T]{name, fields}
}

// compileFunc compiles a selection of a field of T. Its constructors are the kinds of
// fields: scalar, object, list and resolved.
type compileFunc[T any] func(*compiler, graphql.CollectedField) writeFunc[*T]

// compiler holds what is learned about an operation while it is compiled.
type compiler struct {
	op               *graphql.OperationContext
	unsupported      bool // a field has no compileFunc
	fieldCount       int
	resolverFields   int
	byIDFields       int                                           // root fields that fetch by id
	selectsOwnership bool                                          // see [ownership]
	binders          []func(variables map[string]any) (any, error) // of the arguments, one per resolver field
}

// compile compiles a selection set of a merged operation on the object type.
func (o *objectType[T]) compile(c *compiler, selections ast.SelectionSet) writeFunc[*T] {
	type part struct {
		key   string // the response key, with the punctuation around it
		write writeFunc[*T]
	}
	var parts []part
	delimiter := "{"
	if c.unsupported {
		return nil
	}
	for f := range document.MergedFields(selections, o.name) {
		if c.fieldCount++; c.fieldCount > maxFields {
			c.unsupported = true
			return nil
		}
		compileField := o.fields[f.Name]
		if f.Name == "__typename" {
			compileField = scalar(func(*T) string { return o.name }, appendString[string])
		}
		if compileField == nil {
			c.unsupported = true
			return nil
		}
		parts = append(parts, part{delimiter + `"` + f.Alias + `":`, compileField(c, f)})
		delimiter = ","
	}
	if len(parts) == 0 { // @skip or @include exclude every field
		parts = []part{{"{", func(*chunk, *graphql.FieldContext, *T) {}}}
	}
	return func(w *chunk, fc *graphql.FieldContext, value *T) {
		if value == nil {
			w.writeNull()
			return
		}
		for i := range parts {
			w.buf = append(w.buf, parts[i].key...)
			parts[i].write(w, fc, value)
		}
		w.buf = append(w.buf, '}')
	}
}

// scalar returns a field whose value get reads from its object and add appends.
func scalar[T, V any](get func(*T) V, add func([]byte, V) []byte) compileFunc[T] {
	return func(*compiler, graphql.CollectedField) writeFunc[*T] {
		return func(w *chunk, _ *graphql.FieldContext, value *T) { w.buf = add(w.buf, get(value)) }
	}
}

// object returns a field whose value is an object that get reads from its object.
func object[T, V any](get func(*T) *V, inner *objectType[V]) compileFunc[T] {
	return func(c *compiler, f graphql.CollectedField) writeFunc[*T] {
		resolverFields := c.resolverFields
		write := inner.compile(c, f.Selections)
		if c.resolverFields == resolverFields {
			return func(w *chunk, _ *graphql.FieldContext, value *T) { write(w, nil, get(value)) }
		}
		return func(w *chunk, fc *graphql.FieldContext, value *T) {
			write(w, &graphql.FieldContext{Parent: fc, Field: f}, get(value))
		}
	}
}

// list returns a field whose value is a list of objects that get reads from its object.
func list[T, V any](get func(*T) []*V, inner *objectType[V]) compileFunc[T] {
	return func(c *compiler, f graphql.CollectedField) writeFunc[*T] {
		resolverFields := c.resolverFields
		write := inner.compile(c, f.Selections)
		if c.resolverFields == resolverFields {
			return func(w *chunk, _ *graphql.FieldContext, value *T) { writeList(w, nil, get(value), write) }
		}
		return func(w *chunk, fc *graphql.FieldContext, value *T) {
			writeList(w, &graphql.FieldContext{Parent: fc, Field: f}, get(value), write)
		}
	}
}

// writeList appends the value of a list field.
func writeList[V any](w *chunk, fc *graphql.FieldContext, values []V, write writeFunc[V]) {
	var indexes []int
	if fc != nil {
		indexes = make([]int, len(values))
	}
	w.buf = append(w.buf, '[')
	for i, value := range values {
		if i > 0 {
			w.buf = append(w.buf, ',')
		}
		if fc == nil {
			write(w, nil, value)
			continue
		}
		indexes[i] = i
		write(w, &graphql.FieldContext{Parent: fc, Index: &indexes[i]}, value)
	}
	w.buf = append(w.buf, ']')
}

// resolved returns a field with a resolver. read reads the resolver's arguments,
// resolve calls it, and compileValue compiles the selections on its value.
func resolved[T, A, V any](read func(*arguments) A, resolve func(context.Context, *T, A) (V, error), compileValue func(*compiler, ast.SelectionSet) writeFunc[V]) compileFunc[T] {
	return func(c *compiler, f graphql.CollectedField) writeFunc[*T] {
		if f.Definition.Type.NonNull && f.ObjectDefinition.Name != "Query" { // null would propagate to its object
			c.unsupported = true
		}
		c.resolverFields++
		n := len(c.binders)
		c.binders = append(c.binders, func(variables map[string]any) (any, error) {
			a := &arguments{values: f.ArgumentMap(variables)}
			return read(a), a.err
		})
		write := compileValue(c, f.Selections)
		return func(w *chunk, fc *graphql.FieldContext, value *T) {
			w.spawn(func(w *chunk) {
				runResolver(w, fc, f, func(ctx context.Context) (V, error) { return resolve(ctx, value, w.arguments[n].(A)) }, write)
			})
		}
	}
}

// resolvedByID returns a root field that fetches by id. Its resolver starts the loads of
// all such fields of the operation, and waits for its own only.
func resolvedByID[A, V any](read func(*arguments) A, resolve func(context.Context, A) (V, error), compileValue func(*compiler, ast.SelectionSet) writeFunc[V]) compileFunc[queryRoot] {
	compile := resolved(read, func(ctx context.Context, _ *queryRoot, a A) (V, error) { return resolve(ctx, a) }, compileValue)
	return func(c *compiler, f graphql.CollectedField) writeFunc[*queryRoot] {
		c.byIDFields++
		return compile(c, f)
	}
}

// ownership returns a nullable field whose resolver makes no call and never fails, and so
// needs no goroutine and no field context. It may wait for the root fields that list by
// ownership: see [Cache.planFor].
func ownership[T, V any](resolve func(context.Context, *T) (*V, error), add func([]byte, V) []byte) compileFunc[T] {
	addNullable := nullable(add)
	return func(c *compiler, _ graphql.CollectedField) writeFunc[*T] {
		c.selectsOwnership = true
		return func(w *chunk, _ *graphql.FieldContext, value *T) {
			result, _ := resolve(w.ctx, value)
			w.buf = addNullable(w.buf, result)
		}
	}
}
