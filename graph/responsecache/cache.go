// Package responsecache caches whole GraphQL responses, shares one execution among
// identical operations in flight, and derives Age and Cache-Control from the
// upstream responses that a response was computed from.
//
// It has no storage of its own: a response is a derived entry of the cache that
// holds the upstream responses, and is invalid as soon as one of those is evicted,
// replaced or invalidated.
package responsecache

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql"

	"heygen-graphql/graph/errcode"
	"heygen-graphql/internal/cache"
)

// Store caches derived entries for one tenant.
type Store interface {
	// GetOrCompute returns the valid entry of a key, waits for the caller that is
	// computing it, or computes it. It returns what compute returned, the value also
	// together with an error.
	GetOrCompute(ctx context.Context, key [sha256.Size]byte, compute func(context.Context) (cache.Derived, error)) (cache.Derived, cache.Result, error)
	// Reweigh measures the entry of a key again, after its value has grown.
	Reweigh(key [sha256.Size]byte, value cache.Derived)
}

// Response is the response to an operation, with what the access log needs.
type Response struct {
	GraphQL   *graphql.Response // nil: the client disconnected
	Status    int               // HTTP status
	Operation string            // name of the operation
	Cost      int
	// Encoded is the body without extensions, in Request.Coding. nil: it is not
	// compressed yet, or not cached.
	Encoded []byte

	shared *cachedResponse // nil: the response is its caller's own
}

// Request identifies an operation.
type Request struct {
	Key       [sha256.Size]byte
	StartedAt time.Time
	// Provenance is that of the caller. Its execution adds to it.
	Provenance *Provenance
	// UnverifiedCallers: callers may bring keys that HeyGen has not verified. Responses
	// that need no upstream call are not cached for those.
	UnverifiedCallers bool
	// Coding is the content coding that the caller accepts. "": none.
	Coding string
}

// Do returns the response to an operation: a cached one, that of an identical
// operation in flight, or its own, which execute returns. The error is that of the
// store if there is no response though its caller still waits.
func Do[O any](ctx context.Context, store Store, r Request, operation O, execute func(O, context.Context) Response) (Response, error) {
	derived, result, err := store.GetOrCompute(ctx, r.Key, func(joined context.Context) (cache.Derived, error) {
		response := execute(operation, joinedContext{joined, ctx})
		if response.GraphQL == nil {
			return &cachedResponse{response: response}, context.Cause(joined)
		}
		return newCachedResponse(response, r), nil
	})
	cached, ok := derived.(*cachedResponse)
	switch {
	case ctx.Err() != nil && ok && result == cache.Miss: // the client disconnected during the execution
		return Response{Operation: cached.response.Operation, Cost: cached.response.Cost}, nil
	case ctx.Err() != nil: // the client disconnected
		return Response{}, nil
	case err != nil || !ok:
		return Response{}, cmp.Or(err, errNoResponse)
	case result == cache.Miss: // executed for this caller
		cached.encodings.countRequest(r.Coding)
		return cached.copy(), nil
	case result == cache.Coalesced && (cached.callerSpecific() || cached.staleFor(r.StartedAt)):
		return execute(operation, ctx), nil
	default: // a hit, or coalesced
		r.Provenance.copyFrom(cached.provenance, result)
		response := cached.copy()
		response.Encoded = cached.encoded(store, r)
		return response, nil
	}
}

var errNoResponse = errors.New("responsecache: the store returned no response")

// Key identifies an operation of a document with its variables.
func Key(document [sha256.Size]byte, operationName string, variables []byte) (key [sha256.Size]byte) {
	h := sha256.New()
	h.Write(document[:])
	var length [8]byte
	binary.LittleEndian.PutUint64(length[:], uint64(len(operationName)))
	h.Write(length[:])
	h.Write([]byte(operationName))
	h.Write(variables)
	h.Sum(key[:0])
	return key
}

// joinedContext is canceled when no caller waits any longer, and has the values of
// the caller that executes.
type joinedContext struct {
	context.Context
	values context.Context
}

// Value prefers the values of the embedded context: there, derived contexts find
// what cancels them.
func (c joinedContext) Value(key any) any {
	if value := c.Context.Value(key); value != nil {
		return value
	}
	return c.values.Value(key)
}

// cachedResponse is a response as it is cached. It references nothing of the request
// that it was executed for.
type cachedResponse struct {
	response          Response
	provenance        *Provenance // a snapshot
	unverifiedCallers bool
	encodings         encodings
	etag              entityTag
}

func newCachedResponse(r Response, request Request) *cachedResponse {
	if spare := cap(r.GraphQL.Data) - len(r.GraphQL.Data); spare > len(r.GraphQL.Data)/8 {
		r.GraphQL.Data = bytes.Clone(r.GraphQL.Data) // it may be cached for long
	}
	r.GraphQL.Extensions = nil // gqlgen's map is empty, and callers would share it
	r.Operation = strings.Clone(r.Operation)
	return &cachedResponse{response: r, provenance: request.Provenance.snapshot(), unverifiedCallers: request.UnverifiedCallers}
}

// copy returns a response that its caller may add to.
func (c *cachedResponse) copy() Response {
	r := c.response
	response := *r.GraphQL
	r.GraphQL, r.shared = &response, c
	return r
}

// staleFor reports whether the response contains an upstream response that is too
// old for an operation that started after it was stored.
func (c *cachedResponse) staleFor(start time.Time) bool {
	p := c.provenance
	return p.any && p.oldest.Before(start) && (!start.Before(p.freshUntil) || !c.Valid())
}

// callerSpecific reports whether the response has an error that depends on the
// caller's deadline, or names its request.
func (c *cachedResponse) callerSpecific() bool {
	for _, e := range c.response.GraphQL.Errors {
		switch errcode.Of(e) {
		case errcode.Internal, errcode.UpstreamTimeout, errcode.RateLimited, errcode.Overloaded:
			return true
		}
	}
	return false
}

// staticTTL is how long a response is fresh that needs no upstream response, such as
// introspection.
const staticTTL = time.Hour

// maxCachedResponse is the size in bytes up to which a response is cached. A page of
// 100 groups with all fields below them has 400,000.
const maxCachedResponse = 1 << 20

// FreshUntil returns when the first of its upstream responses becomes stale, and
// zero if the response must not be cached, such as one with an error.
func (c *cachedResponse) FreshUntil() time.Time {
	switch p := c.provenance; {
	case len(c.response.GraphQL.Errors) > 0 || p.uncacheable || c.Size() > maxCachedResponse:
		return time.Time{}
	case !p.any && c.unverifiedCallers: // made-up keys could fill the memory
		return time.Time{}
	case !p.any:
		return time.Now().Add(staticTTL)
	default:
		return p.freshUntil
	}
}

// Valid reports whether all of its upstream responses are still cached. This is how
// the response cache is invalidated: nothing removes a response when one of those is
// replaced, evicted or invalidated, but it is not valid any longer.
func (c *cachedResponse) Valid() bool {
	for _, entry := range c.provenance.entries {
		if !entry.Valid() {
			return false
		}
	}
	return true
}

// Size returns its size in memory: its data, also compressed, some 200 bytes for each
// upstream response, and 1,000 for the rest.
func (c *cachedResponse) Size() int {
	return cap(c.response.GraphQL.Data) + c.encodings.size() + 200*len(c.provenance.entries) + 1000
}
