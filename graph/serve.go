package graph

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"heygen-graphql/graph/errcode"
)

// httpTransport answers GET and POST as the GraphQL over HTTP specification
// describes them.
type httpTransport struct {
	*handler
	exec graphql.GraphExecutor
}

// ServeHTTP answers one request.
func (t httpTransport) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header()["Cache-Control"] = noStore
	w.Header().Add("Vary", t.varies())
	x := newExchange(r)
	ctx := x.in(r.Context())
	defer t.tellFaults(ctx, x)
	mediaType := negotiate(strings.Join(r.Header.Values("Accept"), ","))
	status, response := t.answer(ctx, x, w, r, mediaType)
	if response == nil || ctx.Err() != nil { // the caller left
		t.record(ctx, x, 0, nil)
		return
	}
	if length := int64(len(response.Data)); t.outgoing.enter(length) {
		defer t.outgoing.leave(length)
	} else {
		status, response = t.overloaded(w, "clients do not read their long answers")
	}
	whole := r.Method == http.MethodGet && status == http.StatusOK && len(response.Errors) == 0 && len(response.Extensions) == 0
	x.describe(w.Header(), whole, t.credentialed(), time.Now())
	write(w, cmp.Or(mediaType, plainJSON), status, response)
	t.record(ctx, x, status, response)
}

var noStore = []string{"no-store"} // shared by all answers, and full

// varies names the headers by which answers differ.
func (h *handler) varies() string {
	if h.credentialed() { // else the browser would give one of its users what it keeps of another
		return "Accept, " + wantedHeader + ", Authorization, X-Api-Key"
	}
	return "Accept, " + wantedHeader
}

// answer is the answer to one request. None: the caller left.
func (t httpTransport) answer(ctx context.Context, x *exchange, w http.ResponseWriter, r *http.Request, mediaType string) (status int, response *graphql.Response) {
	defer func() {
		if cause := recover(); cause != nil {
			status, response = http.StatusInternalServerError, &graphql.Response{Errors: gqlerror.List{t.present(ctx, t.recovered(ctx, cause))}}
		}
	}()
	upstream, refusal := t.caller(w, r)
	if refusal != nil {
		if x.refused = refusal.code == errcode.Unauthenticated; x.refused {
			t.strangers.tell(t.Logger, "rejecting requests: UNAUTHENTICATED", "no token of this server's, or a wrong one")
		}
		return refusal.status, failure(refusal.code, refusal.message)
	}
	if mediaType == "" {
		return http.StatusNotAcceptable, failure(errcode.BadUserInput, "The answer is "+graphqlResponse+" or "+plainJSON+", and `Accept` takes neither.")
	}
	x.upstream = upstream
	body := bodyOf(r, t.MaxRequestBytes)
	if !t.incoming.enter(body) {
		x.refused = true
		return t.overloaded(w, "clients are slow to send their long requests, or send too many at once")
	}
	defer t.incoming.leave(body)
	p, refusal := readRequest(w, r, t.MaxRequestBytes)
	if refusal != nil {
		return refusal.status, failure(refusal.code, refusal.message)
	}
	if !t.running.enter() {
		x.refused = true
		return t.overloaded(w, "as many operations as MAX_OPERATIONS allows are under way")
	}
	defer t.running.leave() // before the answer is written: a client may take its time to read it
	response, status = t.execute(ctx, x, p)
	if status == http.StatusBadRequest && mediaType == plainJSON {
		status = http.StatusOK
	}
	return status, response
}

// execute answers the operation of a request that was let in: with status 400 where
// it may not run.
func (t httpTransport) execute(ctx context.Context, x *exchange, p *params) (response *graphql.Response, status int) {
	x.named, _ = p.named()
	doc, errs := t.find(p)
	if len(errs) > 0 {
		return &graphql.Response{Errors: errs}, http.StatusBadRequest
	}
	x.document, p.Query, x.asked = doc, doc.text, time.Now()
	if response, status = t.answered(ctx, x, p); response != nil {
		x.extend(t, response)
	}
	return response, status
}

// run executes an operation.
func (t httpTransport) run(ctx context.Context, x *exchange, p *params) (response *graphql.Response, status int) {
	defer func() {
		if cause := recover(); cause != nil {
			status, response = http.StatusInternalServerError, &graphql.Response{Errors: gqlerror.List{t.present(ctx, t.recovered(ctx, cause))}}
		}
	}()
	p.readVariables()
	ctx = graphql.StartOperationTrace(ctx)
	op, errs := t.exec.CreateOperationContext(ctx, &p.RawParams)
	if len(errs) > 0 {
		return t.exec.DispatchError(graphql.WithOperationContext(ctx, op), t.explained(op, p, errs)), http.StatusBadRequest
	}
	x.name = op.Operation.Name
	respond, ctx := t.exec.DispatchOperation(ctx, op)
	if response = respond(ctx); response != nil {
		response.Errors = sorted(response.Errors)
	}
	return response, http.StatusOK
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

func failure(code errcode.Code, message string) *graphql.Response {
	return &graphql.Response{Errors: gqlerror.List{{Message: message, Extensions: map[string]any{"code": string(code)}}}}
}

// write sends an answer. data stands in it as the executor wrote it: json.Marshal
// would read it all again to check it.
func write(w http.ResponseWriter, mediaType string, status int, response *graphql.Response) {
	var around bytes.Buffer // what stands before data, and behind it
	around.WriteByte('{')
	part := func(name string) {
		if around.Len() > 1 {
			around.WriteByte(',')
		}
		around.WriteString(`"` + name + `":`)
	}
	put := func(v any) {
		encode := json.NewEncoder(&around)
		encode.SetEscapeHTML(false)
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
	data := response.Data
	response.Data = nil // a client that does not read holds it once
	writeAll(w, around.Bytes()[:before], data, around.Bytes()[before:])
}

// longestJoined is how long an answer is, in bytes, that is copied to be sent by as
// few system calls as can be. A copy of a longer one takes more memory than it is worth.
const longestJoined = 256 << 10

var joined = sync.Pool{New: func() any { return &bytes.Buffer{} }}

func writeAll(w io.Writer, before, data, behind []byte) {
	if len(before)+len(data)+len(behind) > longestJoined {
		for _, piece := range [][]byte{before, data, behind} {
			_, _ = w.Write(piece)
		}
		return
	}
	whole := joined.Get().(*bytes.Buffer)
	defer joined.Put(whole)
	whole.Reset()
	whole.Write(before)
	whole.Write(data)
	whole.Write(behind)
	_, _ = w.Write(whole.Bytes())
}
