package graph

import (
	"bytes"

	"github.com/vektah/gqlparser/v2/formatter"
)

// SDL is the schema as introspection tells it too, in one piece with its
// descriptions, for code generators.
func SDL() string {
	var text bytes.Buffer
	formatter.NewFormatter(&text, formatter.WithIndent("  ")).FormatSchema(newSchema(&Resolver{}).Schema())
	return text.String()
}
