package graph

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/handler/lru"
	"github.com/vektah/gqlparser/v2/ast"
)

// What is kept of parsed documents: some 35 MB at most. The largest that 2,000
// tokens make takes 250 KB; its text, which it holds on to, would have no bound
// of its own but the 1 MiB of a request, for strings and comments are one token
// whatever their length.
const (
	maxDocuments    = 128
	maxDocumentText = 16 << 10 // bytes; generated clients send less than 4
)

// documents keeps parsed and validated documents by their text.
type documents struct {
	graphql.Cache[*ast.QueryDocument]
}

func newDocuments() documents { return documents{lru.New[*ast.QueryDocument](maxDocuments)} }

// Add keeps a document, unless its text is too long to be worth its memory.
func (d documents) Add(ctx context.Context, text string, document *ast.QueryDocument) {
	if len(text) <= maxDocumentText {
		d.Cache.Add(ctx, text, document)
	}
}
