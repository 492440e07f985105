package graph

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// httpTransport answers GET and POST as the GraphQL over HTTP specification
// describes them.
type httpTransport struct{ *handler }

// Supports takes every request: what cannot be answered is refused with its reason.
func (httpTransport) Supports(*http.Request) bool { return true }

// Do answers one request.
func (t httpTransport) Do(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor) {
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Add("Vary", "Accept")
	mediaType := negotiate(strings.Join(r.Header.Values("Accept"), ","))
	if mediaType == "" {
		write(w, plainJSON, http.StatusNotAcceptable, failure(BadUserInput, "The answer is "+graphqlResponse+" or "+plainJSON+", and `Accept` takes neither."))
		return
	}
	var parts sources
	ctx, done := t.countFaults(parts.in(r.Context()))
	defer done()
	defer func() {
		if cause := recover(); cause != nil {
			write(w, mediaType, http.StatusInternalServerError, &graphql.Response{Errors: gqlerror.List{t.present(ctx, t.recovered(ctx, cause))}})
		}
	}()
	params, refusal := readRequest(w, r)
	if refusal != nil {
		write(w, mediaType, refusal.status, failure(BadUserInput, refusal.message))
		return
	}
	if !t.running.enter() {
		t.overloaded(w, mediaType, "as many operations as MAX_OPERATIONS allows are under way")
		return
	}
	status, response := t.execute(ctx, params, mediaType, exec)
	if response == nil {
		return // the caller left
	}
	if !t.outgoing.enter(response) {
		t.overloaded(w, mediaType, "clients do not read their long answers")
		return
	}
	defer t.outgoing.leave(response)
	parts.describe(w.Header(), r.Method == http.MethodGet && status == http.StatusOK && len(response.Errors) == 0, time.Now())
	write(w, mediaType, status, response)
}

// execute runs an operation that was let in, and lets the next one in before its
// answer is written: a client may take its time to read it.
func (t httpTransport) execute(ctx context.Context, params *graphql.RawParams, mediaType string, exec graphql.GraphExecutor) (status int, response *graphql.Response) {
	defer t.running.leave()
	op, errs := exec.CreateOperationContext(ctx, params)
	if len(errs) > 0 {
		if status = http.StatusOK; mediaType == graphqlResponse {
			status = http.StatusBadRequest
		}
		return status, exec.DispatchError(graphql.WithOperationContext(ctx, op), t.explained(op, params, errs))
	}
	respond, ctx := exec.DispatchOperation(ctx, op)
	if response = respond(ctx); response != nil {
		slices.SortStableFunc(response.Errors, byPlace)
		response.Errors = cut(response.Errors)
	}
	return http.StatusOK, response
}

// byPlace orders errors as their fields stand in the document and in lists:
// they come up in the order in which calls end, which differs from time to time.
// What has no location stands in front, and the message decides last, so that
// no two orders of the same errors are sorted differently.
func byPlace(a, b *gqlerror.Error) int {
	at, bt := location(a), location(b)
	return cmp.Or(
		cmp.Compare(at.Line, bt.Line),
		cmp.Compare(at.Column, bt.Column),
		slices.CompareFunc(a.Path, b.Path, func(x, y ast.PathElement) int {
			i, _ := x.(ast.PathIndex)
			j, _ := y.(ast.PathIndex)
			m, _ := x.(ast.PathName)
			n, _ := y.(ast.PathName)
			return cmp.Or(cmp.Compare(i, j), cmp.Compare(m, n))
		}),
		cmp.Compare(a.Message, b.Message),
	)
}

func location(e *gqlerror.Error) gqlerror.Location {
	if len(e.Locations) == 0 {
		return gqlerror.Location{}
	}
	return e.Locations[0]
}

func failure(code Code, message string) *graphql.Response {
	return &graphql.Response{Errors: gqlerror.List{{Message: message, Extensions: map[string]any{"code": string(code)}}}}
}

// write sends an answer. data stands in it as the executor wrote it: json.Marshal
// would read it all again to check it, and a copy of it may be megabytes.
func write(w http.ResponseWriter, mediaType string, status int, response *graphql.Response) {
	var around bytes.Buffer // what stands before data, and behind it
	around.WriteByte('{')
	part := func(name string) {
		if around.Len() > 1 {
			around.WriteByte(',')
		}
		around.WriteString(`"` + name + `":`)
	}
	encode := json.NewEncoder(&around)
	encode.SetEscapeHTML(false)
	put := func(v any) {
		_ = encode.Encode(v)
		around.Truncate(around.Len() - 1) // its line break
	}
	if len(response.Errors) > 0 {
		part("errors")
		put(response.Errors)
	}
	if response.Data != nil { // absent where nothing was executed
		part("data")
	}
	before := around.Len()
	if len(response.Extensions) > 0 {
		part("extensions")
		put(response.Extensions)
	}
	around.WriteByte('}')
	w.Header().Set("Content-Type", mediaType+"; charset=utf-8")
	w.Header().Set("Content-Length", strconv.Itoa(around.Len()+len(response.Data)))
	w.WriteHeader(status)
	for _, piece := range [][]byte{around.Bytes()[:before], response.Data, around.Bytes()[before:]} {
		_, _ = w.Write(piece)
	}
}
