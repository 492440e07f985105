package graph_test

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"heygen-graphql/graph"
	"heygen-graphql/graph/responsecache"
	"heygen-graphql/heygen"
	"heygen-graphql/heygen/sandbox"
	"heygen-graphql/internal/cache"
)

// newRecordingAPI returns an API, its operation records, and its log at all levels.
func newRecordingAPI(t testing.TB, o sandbox.Options, configure ...func(*heygen.Options, *graph.Options)) (*api, *[]graph.OperationRecord, *logBuffer) {
	var records []graph.OperationRecord
	log := &logBuffer{}
	a := newCachedAPI(t, o, append([]func(*heygen.Options, *graph.Options){func(_ *heygen.Options, g *graph.Options) {
		g.OnResponse = func(r graph.OperationRecord) { records = append(records, r) }
		g.Logger = slog.New(slog.NewTextHandler(log, nil))
		g.ExposeUpstream = true
	}}, configure...)...)
	return a, &records, log
}

func TestAccessLogHasNoArgumentsAndNoKey(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, records, accessLog := newRecordingAPI(t, sandbox.Options{Latency: 100 * time.Millisecond})
		const query = `query Character($id: ID!) { avatarGroup(id: $id) { name } }`
		variables := vars{"id": "group_monica"}
		a.mustDo(t, query, variables)
		a.mustDo(t, query, variables)
		a.do(t, `query Wrong { nothing }`, nil)
		a.do(t, `{`, nil)
		a.send(t, newRequest(t, "PUT", "/graphql", ""))
		a.do(t, `query A { __typename } query B { __typename }`, nil)
		a.QueueFaults(sandbox.BadRequest)
		a.do(t, `query `+strings.Repeat("L", 100)+` { avatarGroup(id: "other") { name } }`, nil)
		ctx, leave := context.WithCancel(t.Context())
		time.AfterFunc(50*time.Millisecond, leave)
		r := newRequest(t, "POST", "/graphql", `{"query":"query Left { avatarGroup(id: \"another\") { name } }"}`, "Content-Type", "application/json").WithContext(ctx)
		a.ServeHTTP(httptest.NewRecorder(), r)
		a.cachedClient.Close()

		oneUse := func(result cache.Result) []responsecache.LookupCount {
			return []responsecache.LookupCount{{Endpoint: "GET /v3/avatars/{group_id}", Result: result, Count: 1}}
		}
		want := []graph.OperationRecord{
			{Operation: "Character", DocumentHash: sha256Hex(query), Status: 200, Duration: 100 * time.Millisecond, Cost: 1, CacheLookups: oneUse(cache.Miss)},
			{Operation: "Character", DocumentHash: sha256Hex(query), Status: 200, Cost: 1, CacheLookups: oneUse(cache.Hit)},
			{Status: 200, Code: "GRAPHQL_VALIDATION_FAILED", Errors: 1},
			{Status: 200, Code: "GRAPHQL_PARSE_FAILED", Errors: 1},
			{Status: 405, Code: "BAD_USER_INPUT", Errors: 1},
			{DocumentHash: sha256Hex(`query A { __typename } query B { __typename }`), Status: 200, Code: "BAD_USER_INPUT", Errors: 1},
			{Operation: strings.Repeat("L", 64), DocumentHash: sha256Hex(`query ` + strings.Repeat("L", 100) + ` { avatarGroup(id: "other") { name } }`), Status: 200, Code: "BAD_USER_INPUT", Errors: 1, Duration: 100 * time.Millisecond, Cost: 1, CacheLookups: oneUse(cache.Miss)},
			{Operation: "Left", DocumentHash: sha256Hex(`query Left { avatarGroup(id: "another") { name } }`), Duration: 50 * time.Millisecond, Cost: 1, CacheLookups: oneUse(cache.Miss)},
		}
		if left := &want[len(want)-1]; len((*records)[len(want)-1].CacheLookups) == 0 { // its call may end after the record
			left.CacheLookups = nil
		}
		if diff := cmp.Diff(want, *records); diff != "" {
			t.Error(diff)
		}
		log := accessLog.String()
		if n := strings.Count(log, "msg=operation"); n != len(want) || strings.Contains(log, "monica") || strings.Contains(log, upstreamKey) {
			t.Errorf("%d records: %s", n, log)
		}
		if first, _, _ := strings.Cut(log, "\n"); !strings.Contains(first+"\n", `level=INFO msg=operation requestId=request-1 name=Character document=`+sha256Hex(query)[:16]+` status=200 duration=100ms cost=1 cache_miss=1`+"\n") {
			t.Error(first)
		}
	})
}

func TestExtensionsAreReturnedOnRequest(t *testing.T) {
	a, _, _ := newRecordingAPI(t, sandbox.Options{})
	get := func(header string) response {
		return a.send(t, newRequest(t, "GET", "/graphql?query={avatarGroups(first:2,ownership:PUBLIC){nodes{name,defaultVoice{name}}}}", "", "X-GraphQL-Extensions", header))
	}
	type extensions struct {
		Cost     map[string]int
		Upstream map[string]map[string]int
	}
	for _, step := range []struct {
		header string
		want   extensions
	}{
		{"cost, upstream", extensions{
			map[string]int{"requested": 3, "allowed": 1000},
			map[string]map[string]int{"GET /v3/avatars": {"miss": 1}, "GET /v3/voices/{voice_id}": {"miss": 2}},
		}},
		{"UPSTREAM", extensions{Upstream: map[string]map[string]int{"GET /v3/avatars": {"hit": 1}, "GET /v3/voices/{voice_id}": {"hit": 2}}}},
		{"Cost,anything", extensions{Cost: map[string]int{"requested": 3, "allowed": 1000}}},
		{"", extensions{}},
	} {
		out := get(step.header)
		var got struct{ Extensions extensions }
		if err := json.Unmarshal([]byte(out.Body), &got); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(step.want, got.Extensions); diff != "" || len(out.Errors) > 0 {
			t.Errorf("%s: %s %.200s", step.header, diff, out.Body)
		}
		if cacheable := out.Header.Get("Cache-Control") != "no-store"; cacheable != (step.header == "") {
			t.Errorf("%s: Cache-Control is %s", step.header, out.Header.Get("Cache-Control"))
		}
	}
}

func TestUpstreamExtensionRequiresExposeUpstream(t *testing.T) {
	a, _, _ := newRecordingAPI(t, sandbox.Options{}, func(_ *heygen.Options, g *graph.Options) { g.ExposeUpstream = false })
	out := a.send(t, newRequest(t, "GET", "/graphql?query={avatarGroup(id:%22group_monica%22){name}}", "", "X-GraphQL-Extensions", "upstream"))
	if out.Body != `{"data":{"avatarGroup":{"name":"Monica"}}}` {
		t.Error(out.Body)
	}
}

func TestAccessLogNamesTheTrace(t *testing.T) {
	var ended []graph.OperationRecord
	a, records, accessLog := newRecordingAPI(t, sandbox.Options{}, func(_ *heygen.Options, g *graph.Options) {
		g.StartTrace = func(ctx context.Context) (context.Context, graph.OperationTrace) {
			return ctx, graph.OperationTrace{ID: "trace-1", Sampled: true, End: func(r graph.OperationRecord) { ended = append(ended, r) }}
		}
	})
	a.mustDo(t, `query Traced { __typename }`, nil)
	if diff := cmp.Diff(*records, ended); diff != "" || len(ended) != 1 || ended[0].TraceID != "trace-1" || !ended[0].Sampled || ended[0].Operation != "Traced" {
		t.Errorf("%+v, %s", ended, diff)
	}
	if !strings.Contains(accessLog.String(), "trace_id=trace-1 name=Traced") {
		t.Error(accessLog.String())
	}
}
