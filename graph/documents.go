package graph

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"sync"

	"github.com/hashicorp/golang-lru/v2/simplelru"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/parser"

	"heygen-graphql/graph/document/complexity"
	"heygen-graphql/graph/errcode"
	"heygen-graphql/graph/internal/plan"
)

// document is a text that is GraphQL, within the limits, and fits the schema.
type document struct {
	text  string
	hash  textHash
	name  string // the hash in hex
	query *ast.QueryDocument
	plans plan.Cache
}

type textHash [sha256.Size]byte

func (h textHash) String() string { return hex.EncodeToString(h[:]) }

// What is kept of documents: some 40 MB at most, and 20 for their plans. Parsed, one
// takes up to 40 bytes for each of its text; and it holds on to its text, in which
// strings and comments may be of any length.
const (
	keptDocuments     = 1000
	keptDocumentBytes = 1 << 20  // of all texts
	longestKept       = 64 << 10 // of one; generated clients send less than 4
)

// documents keeps the ones that were read, by the hash of their text: for whoever
// sends the text again, and for whoever sends the hash alone. What was refused is
// not kept.
type documents struct {
	mu    sync.Mutex
	known *simplelru.LRU[textHash, *document]
	bytes int
}

func newDocuments() *documents {
	d := &documents{}
	d.known, _ = simplelru.NewLRU(keptDocuments, func(_ textHash, gone *document) { d.bytes -= len(gone.text) })
	return d
}

// get gives a document that is kept; nil: it is not.
func (d *documents) get(hash textHash) *document {
	d.mu.Lock()
	defer d.mu.Unlock()
	known, _ := d.known.Get(hash)
	return known
}

// add keeps a document, unless its text is too long to be worth its memory.
func (d *documents) add(doc *document) {
	if len(doc.text) > longestKept {
		return
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.known.Contains(doc.hash) {
		return
	}
	d.known.Add(doc.hash, doc)
	for d.bytes += len(doc.text); d.bytes > keptDocumentBytes; {
		d.known.RemoveOldest()
	}
}

// read reads a text, or finds that it has been read already.
func (h *handler) read(text string, hash textHash) (*document, gqlerror.List) {
	if known := h.documents.get(hash); known != nil {
		return known, nil
	}
	doc, errs := h.check(text, hash)
	if len(errs) > 0 {
		return nil, errcode.Truncate(errs)
	}
	h.documents.add(doc)
	return doc, nil
}

// check reads a text. What could take long to validate is refused before that.
func (h *handler) check(text string, hash textHash) (*document, gqlerror.List) {
	query, err := parser.ParseQueryWithTokenLimit(&ast.Source{Input: text}, h.Limits.Tokens)
	if err != nil {
		e := err.(*gqlerror.Error)
		if strings.HasPrefix(e.Message, "exceeded token limit") {
			e.Message = fmt.Sprintf("The document has more than %d words and signs (MAX_TOKENS).", h.Limits.Tokens)
		}
		return nil, errcode.Set(errcode.ParseFailed, e)
	}
	if len(query.Operations) == 0 {
		return nil, gqlerror.List{errcode.New(nil, errcode.ValidationFailed, "The document holds no operation.")}
	}
	if e := h.Limits.Check(complexity.Measure(query)); e != nil {
		return nil, gqlerror.List{e}
	}
	if errs := validate(h.schema, query, h.validationRules()); len(errs) > 0 {
		return nil, documentErrors(errcode.Set(errcode.ValidationFailed, errs...))
	}
	return &document{text: text, hash: hash, name: hash.String(), query: query}, nil
}

// fromExchange gives gqlgen's executor the document that was found for the
// request: it takes this for the cache in which it looks before it reads a text.
type fromExchange struct{}

func (fromExchange) Get(ctx context.Context, _ string) (*ast.QueryDocument, bool) {
	return exchangeOf(ctx).document.query, true
}

func (fromExchange) Add(context.Context, string, *ast.QueryDocument) {}
