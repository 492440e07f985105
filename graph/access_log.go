package graph

import (
	"context"
	"log/slog"
	"time"

	"github.com/99designs/gqlgen/graphql"

	"heygen-graphql/graph/errcode"
	"heygen-graphql/internal/cache"
)

// OperationRecord is what is remembered of an answer: nothing of what was asked for or
// given, and no key.
type OperationRecord struct {
	Operation    string       // the name that the document gives it; "": none, or it was not run
	DocumentHash string       // the SHA-256 hash of the document's text, in hex; "": it was not looked at
	DocumentID   string       // the id by which the caller named its document; "": it sent the text
	Status       int          // of HTTP; 0: the caller left before there was an answer
	Rejected     bool         // at the door, before anybody looked at what was asked
	Code         errcode.Code // of the first error; "": there is none
	Errors       int
	Duration     time.Duration // until the answer was written
	Cost         int           // calls to HeyGen, at most; 0: it was not run
	Upstream     []UpstreamUse
}

// longestName is how much of an operation's name the log gets, in bytes.
const longestName = 64

// record tells of an answer, when it is written.
func (h *handler) record(ctx context.Context, x *exchange, status int, response *graphql.Response) {
	r := OperationRecord{Operation: x.name, DocumentID: x.named, Status: status, Rejected: x.refused, Duration: time.Since(x.began), Cost: x.cost, Upstream: x.told()}
	r.Operation = r.Operation[:min(len(r.Operation), longestName)] // names are ASCII
	if x.document != nil {
		r.DocumentHash = x.document.name
	}
	if response != nil && len(response.Errors) > 0 {
		code, _ := response.Errors[0].Extensions["code"].(string)
		r.Code, r.Errors = errcode.Code(code), len(response.Errors)
	}
	if h.OnResponse != nil {
		h.OnResponse(r)
	}
	if x.refused { // which anybody can bring about any number of times; it has been told
		return
	}
	h.Logger.LogAttrs(ctx, slog.LevelInfo, "operation", r.attributes(h.RequestID(ctx))...)
}

// froms are in the order of the log.
var froms = []cache.Result{cache.Miss, cache.Coalesced, cache.Stale, cache.Hit, cache.Skipped}

// attributes are what the log has of a record: what is empty or none stands for
// itself by its absence.
func (r OperationRecord) attributes(requestID string) []slog.Attr {
	a := make([]slog.Attr, 0, 13)
	text := func(key, value string) {
		if value != "" {
			a = append(a, slog.String(key, value))
		}
	}
	number := func(key string, n int) {
		if n != 0 {
			a = append(a, slog.Int(key, n))
		}
	}
	text("requestId", requestID)
	text("name", r.Operation)
	text("document", r.DocumentHash[:min(len(r.DocumentHash), 16)])
	text("document_id", r.DocumentID)
	a = append(a, slog.Int("status", r.Status), slog.Duration("duration", r.Duration))
	text("code", string(r.Code))
	number("errors", r.Errors)
	number("cost", r.Cost)
	for _, from := range froms {
		n := 0
		for _, asked := range r.Upstream {
			if asked.Result == from {
				n += asked.Count
			}
		}
		number("cache_"+string(from), n)
	}
	return a
}
