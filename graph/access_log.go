package graph

import (
	"context"
	"log/slog"
	"time"

	"heygen-graphql/graph/errcode"
	"heygen-graphql/graph/responsecache"
	"heygen-graphql/internal/cache"
	"heygen-graphql/internal/logsample"
)

// OperationRecord is what the access log and metrics have of a request: nothing of
// its arguments or its data, and no key.
type OperationRecord struct {
	Operation    string       // name of the operation; "": it has none, or was not executed
	DocumentHash string       // SHA-256 hash of the document's source, in hexadecimal digits; "": the document is not known
	DocumentID   string       // id by which the caller named its document; "": it sent the source
	Status       int          // HTTP status; 0: the client disconnected before there was a response
	Rejected     bool         // before execution: unauthenticated, cross-origin, not loopback, overloaded, or beyond the rate limit; counted in requests_rejected_total, not logged
	Code         errcode.Code // of the first error; "": there is none
	Errors       int
	Duration     time.Duration // until the response was written
	Cost         int           // maximum number of upstream calls; 0: it was not executed
	CacheLookups []responsecache.LookupCount
	TraceID      string // id of the request's trace; "": there is none
	Sampled      bool   // its trace is exported

	Client        string // name that the client says it has, at most 64 visible ASCII characters; "": it says none
	ClientVersion string // likewise
	Stream        string // transport of the stream, one of [StreamTransports]; Duration is until its first event, then; "": the response was a single one
	Subscription  bool   // the operation is a subscription, and not a query
	Untrusted     bool   // the document is not a trusted one, and was executed; see Options.ObserveUntrusted
}

// clientClosedRequest is the outcome of an operation whose client disconnected before the
// response, as nginx's status 499.
const clientClosedRequest = "CLIENT_CLOSED_REQUEST"

// Outcome returns the code of the first error, CLIENT_CLOSED_REQUEST if the client
// disconnected, or "" if all went well: metrics and traces have the same.
func (r OperationRecord) Outcome() string {
	if r.Status == 0 {
		return clientClosedRequest
	}
	return string(r.Code)
}

// OperationOutcomes returns every [OperationRecord.Outcome] but "".
func OperationOutcomes() []string {
	outcomes := []string{clientClosedRequest}
	for _, code := range errcode.All {
		outcomes = append(outcomes, string(code))
	}
	return outcomes
}

// OperationTrace is the trace that a request belongs to.
type OperationTrace struct {
	ID      string                // for the log; "": there is none
	Sampled bool                  // the trace is exported
	End     func(OperationRecord) // called once the response is written; nil: nothing is
}

// startTrace returns the trace of a request, and the context of its calls.
func (h *handler) startTrace(ctx context.Context) (context.Context, OperationTrace) {
	if h.StartTrace == nil {
		return ctx, OperationTrace{}
	}
	return h.StartTrace(ctx)
}

// maxLoggedName is how much of an operation's name is logged, in bytes.
const maxLoggedName = 64

// logAccess logs a request once its response is written.
func (h *handler) logAccess(ctx context.Context, served result, duration time.Duration, trace OperationTrace) {
	r := OperationRecord{
		Operation: served.Operation, DocumentHash: served.documentHash, DocumentID: served.documentID, Status: served.Status,
		Rejected: served.rejected, Duration: duration, Cost: served.Cost, TraceID: trace.ID, Sampled: trace.Sampled,
		Client: served.client, ClientVersion: served.version, Untrusted: served.untrusted, Subscription: served.subscription, Stream: served.stream,
	}
	if s := requestStateFrom(ctx); s != nil {
		r.CacheLookups = s.provenance.Lookups()
	}
	r.Operation = r.Operation[:min(len(r.Operation), maxLoggedName)] // names are ASCII
	r.Code, r.Errors = served.code, served.errors
	if served.GraphQL != nil && len(served.GraphQL.Errors) > 0 {
		r.Code, r.Errors = errcode.Of(served.GraphQL.Errors[0]), len(served.GraphQL.Errors)
	}
	if trace.End != nil {
		trace.End(r)
	}
	if h.OnResponse != nil {
		h.OnResponse(r)
	}
	if r.Rejected { // unauthenticated callers can cause any number of these; they are logged once a second
		return
	}
	if r.Untrusted {
		h.warnUntrusted(r)
	}
	h.Logger.LogAttrs(ctx, slog.LevelInfo, "operation", r.attributes(h.RequestID(ctx))...)
}

// logOrder lists the cache results in the order of a log line, with their keys.
var logOrder = []struct {
	result cache.Result
	key    string
}{
	{cache.Miss, "cache_miss"}, {cache.Coalesced, "cache_coalesced"}, {cache.SharedHit, "cache_shared_hit"}, {cache.Stale, "cache_stale"}, {cache.Hit, "cache_hit"}, {cache.Skipped, "cache_skipped"},
}

// attributes returns the log attributes of a record. Empty ones are left out.
func (r OperationRecord) attributes(requestID string) []slog.Attr {
	attrs := make([]slog.Attr, 0, 16)
	addString := func(key, value string) {
		if value != "" {
			attrs = append(attrs, slog.String(key, value))
		}
	}
	addInt := func(key string, n int) {
		if n != 0 {
			attrs = append(attrs, slog.Int(key, n))
		}
	}
	addString("requestId", requestID)
	addString("trace_id", r.TraceID)
	addString("name", r.Operation)
	addString("client", r.Client)
	addString("client_version", r.ClientVersion)
	addString("stream", r.Stream)
	addString("document", r.shortHash())
	addString("document_id", r.DocumentID)
	attrs = append(attrs, slog.Int("status", r.Status), slog.Duration("duration", r.Duration))
	addString("code", string(r.Code))
	addInt("errors", r.Errors)
	addInt("cost", r.Cost)
	for _, logged := range logOrder {
		n := 0
		for _, lookup := range r.CacheLookups {
			if lookup.Result == logged.result {
				n += lookup.Count
			}
		}
		addInt(logged.key, n)
	}
	return attrs
}

// shortHash returns as much of the document's hash as is logged.
func (r OperationRecord) shortHash() string { return r.DocumentHash[:min(len(r.DocumentHash), 16)] }

// warnUntrusted logs an operation whose document is not trusted, at most once a second.
func (h *handler) warnUntrusted(r OperationRecord) {
	if suppressed, ok := h.untrustedLog.Allow(); ok {
		h.Logger.Warn("untrusted document executed", "name", r.Operation, "client", r.Client, "document", r.shortHash(), "suppressed", suppressed)
	}
}

// warnSampled logs a warning at most once a second, with the number suppressed since.
func (h *handler) warnSampled(sampler *logsample.Sampler, message, reason string) {
	if suppressed, ok := sampler.Allow(); ok {
		h.Logger.Warn(message, "reason", reason, "suppressed", suppressed)
	}
}
