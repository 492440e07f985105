package graph

import (
	"bytes"

	"github.com/vektah/gqlparser/v2/formatter"
)

// SDL returns the schema with its descriptions, as introspection returns it, for code
// generators.
func SDL() string {
	var sdl bytes.Buffer
	formatter.NewFormatter(&sdl, formatter.WithIndent("  ")).FormatSchema(newSchema(&Resolver{}).Schema())
	return sdl.String()
}
