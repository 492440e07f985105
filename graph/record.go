package graph

import (
	"context"
	"log/slog"
	"time"

	"github.com/99designs/gqlgen/graphql"

	"heygen-graphql/heygen"
)

// Record is what is remembered of an answer: nothing of what was asked for or
// given, and no key.
type Record struct {
	Operation string // the name that the document gives it; "": none, or it was not run
	Document  string // the SHA-256 hash of the document's text, in hex; "": it was not looked at
	Named     string // the id by which the caller named its document; "": it sent the text
	Status    int    // of HTTP; 0: the caller left before there was an answer
	Refused   bool   // at the door, before anybody looked at what was asked
	Code      Code   // of the first error; "": there is none
	Errors    int
	Took      time.Duration // until the answer was written
	Cost      int           // calls to HeyGen, at most; 0: it was not run
	// Asked is how often HeyGen was needed, by endpoint and by where the answer
	// came from.
	Asked map[string]map[heygen.From]int
}

// longestName is how much of an operation's name the log gets, in bytes.
const longestName = 64

// record tells of an answer, when it is written.
func (h *handler) record(ctx context.Context, x *exchange, status int, response *graphql.Response) {
	r := Record{Operation: x.name, Named: x.named, Status: status, Refused: x.refused, Took: time.Since(x.began), Cost: x.cost, Asked: x.tell()}
	r.Operation = r.Operation[:min(len(r.Operation), longestName)] // names are ASCII
	if x.document != nil {
		r.Document = x.document.name
	}
	if response != nil && len(response.Errors) > 0 {
		code, _ := response.Errors[0].Extensions["code"].(string)
		r.Code, r.Errors = Code(code), len(response.Errors)
	}
	if h.Answered != nil {
		h.Answered(r)
	}
	if x.refused { // which anybody can bring about any number of times; it has been told
		return
	}
	all := map[heygen.From]int{}
	for _, by := range r.Asked {
		for from, n := range by {
			all[from] += n
		}
	}
	h.Logger.LogAttrs(ctx, slog.LevelInfo, "operation",
		slog.String("requestId", h.RequestID(ctx)), slog.String("name", r.Operation), slog.String("document", r.Document[:min(len(r.Document), 16)]),
		slog.String("named", r.Named), slog.Int("status", r.Status), slog.String("code", string(r.Code)), slog.Int("errors", r.Errors), slog.Duration("took", r.Took), slog.Int("cost", r.Cost),
		slog.Int("fetched", all[heygen.FromFetched]), slog.Int("shared", all[heygen.FromShared]),
		slog.Int("stale", all[heygen.FromStale]), slog.Int("kept", all[heygen.FromKept]))
}
