package graph_test

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"heygen-graphql/graph"
	"heygen-graphql/graph/caller"
	"heygen-graphql/heygen"
	"heygen-graphql/heygen/sandbox"
	"heygen-graphql/internal/ratelimit"
)

// newLimitedAPI returns an api whose callers, by the header Caller, may spend a cost of
// perMinute, and burst at once. It records the responses.
func newLimitedAPI(t testing.TB, perMinute, burst int, records *[]graph.OperationRecord) *api {
	return newCachedAPI(t, sandbox.Options{}, func(_ *heygen.Options, g *graph.Options) {
		g.RateLimiter = ratelimit.New(ratelimit.Options{PerMinute: perMinute, Burst: burst})
		g.Identify = func(r *http.Request) (caller.Caller, *caller.Rejection) {
			return caller.Caller{ID: r.Header.Get("Caller")}, nil
		}
		if records != nil {
			g.OnResponse = func(r graph.OperationRecord) { *records = append(*records, r) }
		}
	})
}

func (a *api) getAs(t testing.TB, from, query string, headers ...string) response {
	t.Helper()
	return a.send(t, newRequest(t, "GET", "/graphql?query="+url.QueryEscape(query), "", append([]string{"Caller", from}, headers...)...))
}

const groupPageQuery = `{ avatarGroups(first: 50) { nodes { name } } }` // costs 1

func TestExceededRateLimitIsA429(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var records []graph.OperationRecord
		a := newLimitedAPI(t, 60, 3, &records)
		defer a.cachedClient.Close()
		for i := range 3 {
			if out := a.getAs(t, "ada", `{ avatarGroup(id: "group_monica") { name } }`); out.codes() != "" || out.Header.Get("RateLimit") != fmt.Sprintf(`"cost";r=%d;t=%d`, 2-i, i+1) || out.Header.Get("RateLimit-Policy") != `"cost";q=3;w=3` {
				t.Errorf("%v %s", out.Header, out.Body)
			}
		}
		for _, mediaType := range []string{mediaTypeJSON, mediaTypeGraphQLResponse} {
			out := a.getAs(t, "ada", groupPageQuery, "Accept", mediaType)
			if out.Status != 429 || out.codes() != "RATE_LIMITED" || out.Header.Get("Retry-After") == "" || out.Header.Get("Content-Type") != mediaType || strings.Contains(out.Body, `"data"`) || strings.Contains(out.Body, "upstream") {
				t.Errorf("%d %v %s", out.Status, out.Header, out.Body)
			}
			if after := out.Errors[0].Extensions["retryAfter"]; fmt.Sprint(after) != out.Header.Get("Retry-After") || after.(float64) < 1 {
				t.Errorf("retryAfter %v, Retry-After %s", after, out.Header.Get("Retry-After"))
			}
			if out.Header.Get("Cache-Control") != "no-store" || out.Header.Get("RateLimit") != `"cost";r=0;t=3` {
				t.Errorf("%v", out.Header)
			}
		}
		if out := a.getAs(t, "bob", groupPageQuery); out.codes() != "" {
			t.Errorf("another caller: %s", out.Body)
		}
		<-time.After(2 * time.Second)
		if out := a.getAs(t, "ada", groupPageQuery); out.codes() != "" {
			t.Errorf("after a while: %s", out.Body)
		}
		rejected := 0
		for _, r := range records {
			if r.Rejected {
				rejected++
			}
		}
		if log := a.log.String(); rejected != 2 || strings.Count(log, "RATE_LIMITED") != 1 || strings.Contains(log, "ada") {
			t.Errorf("%d rejected, log %s", rejected, log)
		}
	})
}

// recordingLimiter allows everything and records the costs.
type recordingLimiter struct{ costs []int }

func (l *recordingLimiter) Allow(_ context.Context, _ string, cost int) caller.RateLimit {
	l.costs = append(l.costs, cost)
	return caller.RateLimit{Allowed: true, Limit: 1000, Remaining: 7, Window: time.Minute, ResetAfter: time.Second}
}

func TestRateLimitCountsTheRequestedCost(t *testing.T) {
	limiter := &recordingLimiter{}
	a := newCachedAPI(t, sandbox.Options{}, func(_ *heygen.Options, g *graph.Options) { g.RateLimiter = limiter })
	for _, query := range []string{
		`{ avatarGroup(id: "group_monica") { name } }`, groupPageQuery, `{ avatarGroups(first: 3) { nodes { looks { nodes { name } } } } }`,
		`{ a: avatarGroup(id: "x") { name } b: avatarGroup(id: "y") { name } }`, `{ __typename voices(first: 0) { nodes { id } } }`,
	} {
		for range 3 { // executed, cached, cached
			limiter.costs = nil
			out := a.send(t, newRequest(t, "POST", "/graphql", fmt.Sprintf(`{"query":%q}`, query), "Content-Type", "application/json", "X-GraphQL-Extensions", "cost"))
			want := 1
			if strings.Contains(out.Body, `"requested"`) {
				var body struct {
					Extensions struct{ Cost struct{ Requested int } }
				}
				decode(t, out.Body, &body)
				want = max(1, body.Extensions.Cost.Requested)
			}
			if fmt.Sprint(limiter.costs) != fmt.Sprint([]int{want}) {
				t.Errorf("%s: counted %v, want %d", query, limiter.costs, want)
			}
		}
	}
	limiter.costs = nil
	for _, first := range []int{10, 100, 10} {
		a.do(t, `query ($first: Int!) { avatarGroups(first: $first) { nodes { name } } }`, vars{"first": first})
	}
	if fmt.Sprint(limiter.costs) != "[1 2 1]" {
		t.Errorf("the variables do not matter: %v", limiter.costs)
	}
}

func TestWhatFetchesNothingIsFree(t *testing.T) {
	limiter := &recordingLimiter{}
	a := newCachedAPI(t, sandbox.Options{}, func(_ *heygen.Options, g *graph.Options) { g.RateLimiter = limiter })
	for _, query := range []string{
		`{ __typename }`, `{ __schema { types { name } } a: __typename }`, `{ ...F } fragment F on Query { __type(name: "Voice") { name } }`,
		`query ($v: Boolean = false) { avatarGroups @include(if: $v) { nodes { id } } }`, `query ($v: Boolean!) { avatarGroups @include(if: $v) { nodes { id } } }`,
		`{`, `{ nothing }`, `mutation { x }`, `query A { __typename } query B { __typename }`,
		`{ avatarGroups(first: 100, ownership: PRIVATE) { nodes { looks(first: 100) { nodes { group { looks(first: 100) { nodes { defaultVoice { name } } } } } } } } }`,
	} {
		if out := a.do(t, query, nil); out.Header.Get("RateLimit") != "" {
			t.Errorf("%.60s: %v %.300s", query, out.Header, out.Body)
		}
	}
	if len(limiter.costs) > 0 {
		t.Errorf("counted %v", limiter.costs)
	}
}

func TestOperationBeyondTheBurstIsTooComplex(t *testing.T) {
	a := newLimitedAPI(t, 600, 2, nil)
	const query = `{ a: avatarGroup(id: "x") { name } b: avatarGroup(id: "y") { name } c: avatarGroup(id: "z") { name } }`
	a.getAs(t, "ada", groupPageQuery)
	for mediaType, status := range map[string]int{mediaTypeJSON: 200, mediaTypeGraphQLResponse: 400} {
		a.expectCalls(t, 0, func() {
			out := a.getAs(t, "ada", query, "Accept", mediaType)
			if out.Status != status || out.codes() != "QUERY_TOO_COMPLEX" || !strings.Contains(out.Errors[0].Message, "RATE_LIMIT_BURST") || out.Header.Get("Retry-After") != "" {
				t.Errorf("%d %v %s", out.Status, out.Header, out.Body)
			}
			if out.Header.Get("RateLimit") != "" { // it would not say that 1 was spent
				t.Errorf("%v", out.Header)
			}
		})
	}
}

// A cached response has its caller's headers, and no shared cache may store it.
func TestRateLimitHeadersAreEachCallersOwn(t *testing.T) {
	a := newLimitedAPI(t, 60, 10, nil)
	etag := ""
	for i, from := range []string{"ada", "ada", "bob", "ada"} {
		out := a.getAs(t, from, groupPageQuery)
		want := []string{`r=9;`, `r=8;`, `r=9;`, `r=7;`}[i]
		if etag = out.Header.Get("ETag"); !strings.Contains(out.Header.Get("RateLimit"), want) || !strings.HasPrefix(out.Header.Get("Cache-Control"), "private") {
			t.Errorf("%s: %v, want %s", from, out.Header, want)
		}
	}
	if out := a.getAs(t, "bob", groupPageQuery, "If-None-Match", etag); out.Status != 304 || !strings.Contains(out.Header.Get("RateLimit"), "r=8;") {
		t.Errorf("%d %v", out.Status, out.Header)
	}
}

func TestCallersWithKeysAreLimitedByTheirKey(t *testing.T) {
	var ids []string
	a := newTenants(t)
	options := graph.Options{
		HeyGenForKey: func(key heygen.Key) graph.Upstream { return a.cachedClient.ForKey(key) },
		Identify: func(*http.Request) (caller.Caller, *caller.Rejection) {
			return caller.Caller{ID: "addr:203.0.113.9"}, nil
		},
		RateLimiter: limiterFunc(func(id string) { ids = append(ids, id) }), Logger: slog.New(slog.DiscardHandler),
	}
	a.Handler = graph.NewHandler(options)
	for _, headers := range [][]string{{"X-Api-Key", adaKey}, {"X-Api-Key", adaKey}, {"X-Api-Key", bobKey}, {"Authorization", "Bearer " + adaKey}, {}} {
		a.doWithHeaders(t, groupPageQuery, headers...)
	}
	if len(ids) != 5 || ids[0] != ids[1] || ids[0] == ids[2] || ids[0] == ids[3] || !strings.HasPrefix(ids[0], "key:") || len(ids[0]) != 36 || ids[4] != "addr:203.0.113.9" {
		t.Errorf("%q", ids)
	}
	for _, id := range ids {
		checkNoKey(t, "an ID", id)
	}
	other := caller.ID("another secret of a server", "token", "let-me-in")
	if id := caller.ID("", "token", "let-me-in"); id == other || id == caller.ID("", "jwt", "let-me-in") || id != caller.ID("", "token", "let-me-in") {
		t.Error(id, other)
	}
}

// limiterFunc allows everything.
type limiterFunc func(id string)

func (f limiterFunc) Allow(_ context.Context, id string, _ int) caller.RateLimit {
	f(id)
	return caller.RateLimit{Allowed: true, Limit: 1, Window: time.Minute}
}

func TestNoSharedCacheStoresRateLimits(t *testing.T) {
	a := newCachedAPI(t, sandbox.Options{}, func(_ *heygen.Options, g *graph.Options) { g.RateLimiter = &recordingLimiter{} })
	out := a.getAs(t, "", `{ avatarGroups(first: 5, ownership: PUBLIC) { nodes { name } } }`)
	if !strings.HasPrefix(out.Header.Get("Cache-Control"), "private") || out.Header.Get("RateLimit") != `"cost";r=7;t=1` {
		t.Errorf("%v", out.Header)
	}
}

func TestCostsOfAtMost8192OperationsAreRemembered(t *testing.T) {
	a := newCachedAPI(t, sandbox.Options{}, func(_ *heygen.Options, g *graph.Options) { g.RateLimiter = &recordingLimiter{} })
	remembered := a.Handler.(*graph.Handler).RememberedCosts
	for range 3 {
		a.do(t, groupPageQuery, nil)
		a.do(t, `{ nothing }`, nil)
	}
	if n := remembered(); n != 1 {
		t.Errorf("%d costs are remembered, want 1", n)
	}
	for i := range 8200 {
		a.do(t, `{ __typename }`, vars{"unused": i})
	}
	if n := remembered(); n != 8192 {
		t.Errorf("%d costs are remembered, want 8,192", n)
	}
}

// BenchmarkCachedResponse has both sides in one run.
func BenchmarkCachedResponse(b *testing.B) {
	for name, a := range map[string]*api{"unlimited": newCachedAPI(b, sandbox.Options{}), "limited": newLimitedAPI(b, 1_000_000, 1_000_000, nil)} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				a.Handler.ServeHTTP(httptest.NewRecorder(), newRequest(b, "GET", "/graphql?query="+url.QueryEscape(groupPageQuery), "", "Caller", "ada"))
			}
		})
	}
}
