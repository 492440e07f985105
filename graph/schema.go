package graph

import (
	"bytes"
	"maps"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/formatter"

	"heygen-graphql/graph/internal/exec"
	"heygen-graphql/graph/model"
)

// SDL returns the schema with its descriptions, as introspection returns it, for code
// generators.
func SDL() string {
	var sdl bytes.Buffer
	formatter.NewFormatter(&sdl, formatter.WithIndent("  ")).FormatSchema(newSchema(&Resolver{}).Schema())
	return sdl.String()
}

// scalars report which values a scalar accepts: those that its Unmarshal function
// accepts, which would run too late to avoid a call to HeyGen.
var scalars = map[string]func(any) bool{
	"Boolean":  func(v any) bool { _, ok := v.(bool); return ok }, // gqlgen's own accepts strings and numbers
	"DateTime": parses(model.UnmarshalDateTime),
	"ID":       parses(model.UnmarshalID),
	"Int":      parses(model.UnmarshalInt),
	"String":   parses(model.UnmarshalString),
	"URL":      parses(model.UnmarshalURL),
}

func parses[T any](unmarshal func(any) (T, error)) func(any) bool {
	return func(value any) bool {
		_, err := unmarshal(value)
		return err == nil
	}
}

// newSchema returns the generated schema without the @defer that gqlparser adds to
// every schema: there is a single response. All handlers share the generated schema,
// so it is copied.
func newSchema(r *Resolver) graphql.ExecutableSchema {
	schema := *exec.NewExecutableSchema(exec.Config{}).Schema()
	schema.Directives = maps.Clone(schema.Directives)
	delete(schema.Directives, "defer")
	return exec.NewExecutableSchema(exec.Config{Schema: &schema, Resolvers: r})
}
