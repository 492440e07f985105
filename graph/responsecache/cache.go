package graph

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"heygen-graphql/graph/errcode"
	"heygen-graphql/heygen"
	"heygen-graphql/internal/cache"
)

// DerivedCache is an [Upstream] that keeps what is made of its answers.
type DerivedCache interface {
	// GetOrCompute gives what was made under a key, as long as it stands, or what somebody is
	// making at this moment; else it has it made.
	GetOrCompute(ctx context.Context, key [sha256.Size]byte, make func(context.Context) (cache.Derived, error)) (cache.Derived, cache.Result, error)
}

// whole is the answer to an operation, for all who ask the same. It holds on to
// nothing of the request that it was made for.
type whole struct {
	response *graphql.Response
	status   int // of HTTP
	name     string
	cost     int
	sources  *sources // to which nothing is added any longer
	anyones  bool     // whoever asks may bring a key of its own, that HeyGen need not know
}

// answered gives the answer to an operation: one that is kept whole, one that
// another is waiting for, or its own.
func (t httpTransport) answered(ctx context.Context, x *exchange, p *params) (*graphql.Response, int) {
	keeper, ok := x.upstream.(DerivedCache)
	if !ok || x.wants.upstream && t.ExposeUpstream { // that is about this one operation
		return t.run(ctx, x, p)
	}
	made, from, err := keeper.GetOrCompute(ctx, wholeKey(x.document.hash, p), func(under context.Context) (cache.Derived, error) {
		response, status := t.run(borrowed{under, ctx}, x, p)
		if response == nil {
			return nil, context.Cause(under)
		}
		if spare := cap(response.Data) - len(response.Data); spare > len(response.Data)/8 {
			response.Data = bytes.Clone(response.Data) // it may be kept for long
		}
		response.Extensions = nil // gqlgen's are empty, but a map, which all would share
		return &whole{response, status, strings.Clone(x.name), x.cost, x.sources.frozen(), t.HeyGenForKey != nil}, nil
	})
	w, ok := made.(*whole)
	switch {
	case ctx.Err() != nil: // the caller left
		return nil, 0
	case err != nil || !ok:
		return t.unmade(ctx, err)
	case from == cache.Miss:
	case from == cache.Coalesced && (w.personal() || w.outdated(x.asked)):
		return t.run(ctx, x, p)
	default:
		x.name, x.cost = w.name, w.cost
		x.sources.like(w.sources, from)
	}
	response := *w.response // to which something may be added
	return &response, w.status
}

// unmade is the answer where there is none, though its caller waits for it: the
// server ends, or there is a mistake in it.
func (t httpTransport) unmade(ctx context.Context, err error) (*graphql.Response, int) {
	status := http.StatusInternalServerError
	if errors.Is(err, context.Canceled) {
		status, err = http.StatusOK, &heygen.Error{Kind: context.Canceled, Cause: "the server ends"}
	}
	return &graphql.Response{Errors: gqlerror.List{t.present(ctx, cmp.Or(err, error(errInternal)))}}, status
}

// wholeKey names an operation with its variables.
func wholeKey(document textHash, p *params) (key [sha256.Size]byte) {
	h := sha256.New()
	h.Write(document[:])
	var length [8]byte
	binary.LittleEndian.PutUint64(length[:], uint64(len(p.OperationName)))
	h.Write(length[:])
	h.Write([]byte(p.OperationName))
	h.Write(p.variables)
	h.Sum(key[:0])
	return key
}

// borrowed is a context for as long as somebody waits, with all that another one
// carries.
type borrowed struct {
	context.Context
	from context.Context
}

// Value looks into its own context first: there, other contexts find what cancels
// them.
func (b borrowed) Value(key any) any {
	if value := b.Context.Value(key); value != nil {
		return value
	}
	return b.from.Value(key)
}

// outdated tells an answer that others had begun to wait for, and a part of which
// would not have been given to whoever came later.
func (w *whole) outdated(asked time.Time) bool {
	s := w.sources
	return s.some && s.oldest.Before(asked) && (!asked.Before(s.until) || !w.Valid())
}

// personal tells an answer with an error that tells of one caller's time, or names
// one request.
func (w *whole) personal() bool {
	for _, e := range w.response.Errors {
		switch code, _ := e.Extensions["code"].(string); errcode.Code(code) {
		case errcode.Internal, errcode.UpstreamTimeout, errcode.RateLimited, errcode.Overloaded:
			return true
		}
	}
	return false
}

// alwaysTrue is how long an answer is kept of which HeyGen knows nothing, such as
// the schema.
const alwaysTrue = time.Hour

// longestAnswer is the longest that is kept, in bytes. A page of 100 groups with
// all that hangs from them has 400,000.
const longestAnswer = 1 << 20

// FreshUntil is when the first of its parts is no longer fresh. One with an error is not kept.
func (w *whole) FreshUntil() time.Time {
	switch s := w.sources; {
	case len(w.response.Errors) > 0 || s.lost || w.Size() > longestAnswer:
		return time.Time{}
	case !s.some && w.anyones: // made-up keys could fill the memory
		return time.Time{}
	case !s.some:
		return time.Now().Add(alwaysTrue)
	default:
		return s.until
	}
}

// Valid tells whether all of its parts do.
func (w *whole) Valid() bool {
	for _, part := range w.sources.parts {
		if !part.Valid() {
			return false
		}
	}
	return true
}

// Size is what it takes in memory: its text, some 200 for each part, and 1,000 for the rest.
func (w *whole) Size() int {
	return cap(w.response.Data) + 200*len(w.sources.parts) + 1000
}
