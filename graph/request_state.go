package graph

import (
	"context"
	"net/http"
	"strings"
	"sync/atomic"
	"time"

	"github.com/99designs/gqlgen/graphql"
)

// exchange is what is known of one request while it is answered.
type exchange struct {
	sources
	began    time.Time
	asked    time.Time // when its document was known, and its time began; zero: it never was
	upstream Upstream  // what HeyGen is asked through, in the caller's name
	document *document
	name     string // of the operation that is run
	named    string // the id that the caller gives its document
	cost     int
	expected map[string]int // ids of root fields, by type of node
	faults   atomic.Int64
	errors   atomic.Int64
	refused  bool // before anybody looked at what was asked
	wants    struct{ cost, upstream bool }
}

type exchangeKey struct{}

func (x *exchange) in(ctx context.Context) context.Context {
	return context.WithValue(ctx, exchangeKey{}, x)
}

func exchangeOf(ctx context.Context) *exchange {
	x, _ := ctx.Value(exchangeKey{}).(*exchange)
	return x
}

// wantedHeader names the parts of extensions that a caller wants beside the
// answer: cost, upstream.
const wantedHeader = "X-GraphQL-Extensions"

func newExchange(r *http.Request) *exchange {
	x := &exchange{began: time.Now()}
	for value := range strings.SplitSeq(strings.Join(r.Header.Values(wantedHeader), ","), ",") {
		switch strings.ToLower(strings.TrimSpace(value)) {
		case "cost":
			x.wants.cost = true
		case "upstream":
			x.wants.upstream = true
		}
	}
	return x
}

// extend adds the extensions that the caller wants, and may have.
func (x *exchange) extend(t httpTransport, response *graphql.Response) *graphql.Response {
	set := func(name string, value any) {
		if response.Extensions == nil {
			response.Extensions = map[string]any{}
		}
		response.Extensions[name] = value
	}
	if x.wants.cost && x.cost > 0 {
		set("cost", map[string]int{"requested": x.cost, "allowed": t.Limits.Cost})
	}
	if x.wants.upstream && t.ExposeUpstream {
		set("upstream", x.tell())
	}
	return response
}
