package graph

import (
	"bytes"
	"cmp"
	"encoding/json"
	"net/http"
	"slices"
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
		overloaded(w, mediaType)
		return
	}
	defer t.running.leave()
	op, errs := exec.CreateOperationContext(ctx, params)
	if len(errs) > 0 {
		status := http.StatusOK
		if mediaType == graphqlResponse {
			status = http.StatusBadRequest
		}
		write(w, mediaType, status, exec.DispatchError(graphql.WithOperationContext(ctx, op), t.explained(op, params, errs)))
		return
	}
	respond, ctx := exec.DispatchOperation(ctx, op)
	if response := respond(ctx); response != nil { // nil: the caller left
		slices.SortStableFunc(response.Errors, byPlace)
		response.Errors = cut(response.Errors)
		parts.describe(w.Header(), r.Method == http.MethodGet && len(response.Errors) == 0, time.Now())
		write(w, mediaType, http.StatusOK, response)
	}
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
// would read it all again to check it.
func write(w http.ResponseWriter, mediaType string, status int, response *graphql.Response) {
	var body bytes.Buffer
	body.Grow(len(response.Data) + 64)
	body.WriteByte('{')
	part := func(name string) {
		if body.Len() > 1 {
			body.WriteByte(',')
		}
		body.WriteString(`"` + name + `":`)
	}
	encode := json.NewEncoder(&body)
	encode.SetEscapeHTML(false)
	put := func(v any) {
		_ = encode.Encode(v)
		body.Truncate(body.Len() - 1) // its line break
	}
	if len(response.Errors) > 0 {
		part("errors")
		put(response.Errors)
	}
	if response.Data != nil { // absent where nothing was executed
		part("data")
		body.Write(response.Data)
	}
	if len(response.Extensions) > 0 {
		part("extensions")
		put(response.Extensions)
	}
	body.WriteByte('}')
	w.Header().Set("Content-Type", mediaType+"; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(body.Bytes())
}
