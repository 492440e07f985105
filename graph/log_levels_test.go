package graph_test

import (
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"heygen-graphql/graph"
	"heygen-graphql/heygen"
	"heygen-graphql/heygen/cached"
	"heygen-graphql/heygen/sandbox"
)

// newLoggingAPI returns an API of a fake HeyGen whose log has every level.
func newLoggingAPI(t testing.TB, passthrough bool) (*api, *fakeUpstream) {
	u, caching, output := &fakeUpstream{}, cacheOptions(), &struct{ *logBuffer }{}
	caching.StaleIfError = 24 * time.Hour
	logger := slog.New(slog.NewTextHandler(output, &slog.HandlerOptions{Level: slog.LevelDebug}))
	var client *cached.Client
	a := buildAPI(t, sandbox.Options{}, caching, u.install, func(o *heygen.Options, g *graph.Options) {
		o.Logger, g.Logger = logger, logger
		if passthrough {
			o.Key = heygen.Key{}
			g.HeyGenForKey = func(key heygen.Key) graph.Upstream { return client.ForKey(key) }
		}
	})
	client, output.logBuffer = a.cachedClient, a.log // as the log of the cache
	return a, u
}

// loudLines returns the lines of a log above debug level, without the access log.
func loudLines(log string) (lines []string) {
	for line := range strings.Lines(log) {
		if !strings.Contains(line, "level=DEBUG") && !strings.Contains(line, "level=INFO msg=operation ") {
			lines = append(lines, line)
		}
	}
	return lines
}

// callersMistakes are what callers can do wrong, or find, any number of times. HeyGen
// responds with status and body, if there is a status.
var callersMistakes = []struct {
	name, query string // with %d for the number of the request
	status      int
	body, code  string
}{
	{"an id of no form", `{ avatarGroup(id: "/%d") { id } }`, 0, "", "BAD_USER_INPUT"},
	{"an id of another type", `{ avatarLook(id: "` + groupGlobalID("group_monica") + `") { id } a%d: __typename }`, 0, "", "BAD_USER_INPUT"},
	{"an unknown id", `{ avatarGroup(id: "g%d") { id } }`, 404, errorBody("avatar_not_found", ""), ""},
	{"an id that is gone", `{ avatarLook(id: "l%d") { id } }`, 410, "", ""},
	{"a rejected id", `{ voice(id: "v%d") { id } }`, 400, errorBody("invalid_parameter", ""), "BAD_USER_INPUT"},
	{"an unprocessable id", `{ avatarGroup(id: "h%d") { id } }`, 422, errorBody("invalid_parameter", "group_id"), "BAD_USER_INPUT"},
	{"an id of another account", `{ avatarGroup(id: "i%d") { id } }`, 403, errorBody("resource_access_denied", ""), "FORBIDDEN"},
	{"a rejection that names no filter", `{ avatarLooks(groupId: "g%d") { nodes { id } } }`, 400, errorBody("invalid_parameter", ""), "UPSTREAM_INVALID_RESPONSE"},
	{"a rejected filter", `{ voices(language: "x%d") { nodes { id } } }`, 400, errorBody("invalid_parameter", "language"), "BAD_USER_INPUT"},
	{"an unprocessable filter", `{ avatarLooks(groupId: "g%d", ownership: PUBLIC) { nodes { id } } }`, 422, errorBody("invalid_parameter", "ownership"), "BAD_USER_INPUT"},
	{"looks of an unknown group", `{ avatarLooks(groupId: "g%d") { nodes { id } } }`, 404, errorBody("avatar_group_not_found", ""), ""},
	{"looks of a group that is gone", `{ avatarLooks(groupId: "g%d") { nodes { id } } }`, 410, "", ""},
	{"a rejected filter of a search", `{ voices(language: "x%d", search: "a") { nodes { id } } }`, 400, errorBody("invalid_parameter", "language"), "BAD_USER_INPUT"},
	{"an unprocessable filter of a count", `{ voices(language: "y%d") { totalCount } }`, 422, errorBody("invalid_parameter", "language"), "BAD_USER_INPUT"},
	{"too many words", `{ avatarGroups(search: "a b c d e f g h i %d") { nodes { id } } }`, 0, "", "BAD_USER_INPUT"},
	{"first out of range", `{ avatarGroups(first: -1%d) { nodes { id } } }`, 0, "", "BAD_USER_INPUT"},
	{"an invalid cursor", `{ avatarGroups(after: "x%d") { nodes { id } } }`, 0, "", "INVALID_CURSOR"},
	{"a value too long", `{ voices(language: "` + strings.Repeat("x", 100) + `%d") { nodes { id } } }`, 0, "", "BAD_USER_INPUT"},
	{"no syntax", `{ avatarGroup(id: %d`, 0, "", "GRAPHQL_PARSE_FAILED"},
	{"an unknown field", `{ unknown%d }`, 0, "", "GRAPHQL_VALIDATION_FAILED"},
	{"a mutation", `mutation { a%d }`, 0, "", "OPERATION_NOT_SUPPORTED"},
	{"too many calls", `{ avatarGroups(first: 100) { nodes { looks(first: 100) { nodes { group { id } defaultVoice { id } a%d: id } } } } }`, 0, "", "QUERY_TOO_COMPLEX"},
}

func TestCallersMistakesAreNoWarnings(t *testing.T) {
	a, u := newLoggingAPI(t, false)
	for _, mistake := range callersMistakes {
		u.restore()
		if mistake.status != 0 {
			u.always(mistake.status, mistake.body)
		}
		a.log.reset()
		for i := range 100 {
			if out := a.do(t, fmt.Sprintf(mistake.query, i), nil); out.codes() != mistake.code {
				t.Fatalf("%s: %s", mistake.name, out.Body)
			}
		}
		if lines := loudLines(a.log.String()); len(lines) > 0 {
			t.Errorf("%s: %d lines, the first: %s", mistake.name, len(lines), lines[0])
		}
		if log := a.log.String(); mistake.status != 0 && strings.Count(log, `level=DEBUG msg="upstream request failed"`) != 100 {
			t.Errorf("%s: the failures are not logged at debug level", mistake.name)
		}
	}
}

func TestExpiredCursorsAreNoWarnings(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, u := newLoggingAPI(t, false)
		page := a.groupPage(t, vars{"first": 50})
		for _, status := range []int{400, 404, 408, 409, 410, 413, 418, 422, 425} {
			u.always(status, errorBody("request_in_progress", ""))
			a.log.reset()
			for range 100 {
				for _, arguments := range []vars{{"after": page.end}, {"last": 1, "after": page.end}} {
					if out := a.do(t, groupConnection.query(), arguments); out.codes() != "CURSOR_EXPIRED" {
						t.Fatalf("%d: %s", status, out.Body)
					}
				}
			}
			if lines := loudLines(a.log.String()); len(lines) > 0 {
				t.Errorf("%d: %d lines, the first: %s", status, len(lines), lines[0])
			}
		}
		a.Close()
	})
}

func TestMalformedRequestsAreNoWarnings(t *testing.T) {
	a, _ := newLoggingAPI(t, false)
	for name, request := range map[string]func() *http.Request{
		"no JSON": func() *http.Request {
			return newRequest(t, "POST", "/graphql", "{", "Content-Type", "application/json")
		},
		"a batch": func() *http.Request {
			return newRequest(t, "POST", "/graphql", "[{}]", "Content-Type", "application/json")
		},
		"no media type":  func() *http.Request { return newRequest(t, "POST", "/graphql", "{}") },
		"another method": func() *http.Request { return newRequest(t, "DELETE", "/graphql", "") },
		"no query":       func() *http.Request { return newRequest(t, "GET", "/graphql", "") },
		"an unacceptable type": func() *http.Request {
			return newRequest(t, "GET", "/graphql?query={__typename}", "", "Accept", "image/png")
		},
		"an unknown hash": func() *http.Request {
			return newRequest(t, "POST", "/graphql", `{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"`+sha256Hex("unknown")+`"}}}`, "Content-Type", "application/json")
		},
		"an unknown document": func() *http.Request {
			return newRequest(t, "POST", "/graphql", `{"documentId":"unknown"}`, "Content-Type", "application/json")
		},
		"invalid variables": func() *http.Request {
			return newRequest(t, "POST", "/graphql", `{"query":"query($id: ID!) { avatarGroup(id: $id) { id } }","variables":{"id":{}}}`, "Content-Type", "application/json")
		},
	} {
		a.log.reset()
		for range 100 {
			if out := a.send(t, request()); len(out.Errors) == 0 {
				t.Fatalf("%s: %s", name, out.Body)
			}
		}
		if lines := loudLines(a.log.String()); len(lines) > 0 {
			t.Errorf("%s: %d lines, the first: %s", name, len(lines), lines[0])
		}
	}
}

// In passthrough mode the credential is the caller's, and so are its credit and its limits.
func TestFailuresOfCallersOwnKeyAreNoWarnings(t *testing.T) {
	for status, code := range map[int]string{401: "UNAUTHENTICATED", 402: "PAYMENT_REQUIRED", 403: "FORBIDDEN"} {
		synctest.Test(t, func(t *testing.T) {
			a, u := newLoggingAPI(t, true)
			do := func(i int, query string) response {
				return a.send(t, newRequest(t, "POST", "/graphql", fmt.Sprintf(`{"query":%q}`, query), "Content-Type", "application/json", "X-Api-Key", fmt.Sprint("sk_V2_", i)))
			}
			for i := range 100 {
				if out := do(i, groupListQuery); out.codes() != "" {
					t.Fatal(out.Body)
				}
			}
			<-time.After(2 * time.Hour) // a stale entry is served after a 402
			u.always(status, errorBody("some_code", ""))
			a.log.reset()
			for i := range 100 {
				do(i, groupListQuery)
				if out := do(i, `{ voices { nodes { id } } avatarGroup(id: "another") { id } }`); out.codes() != code+" "+code {
					t.Fatal(out.Body)
				}
			}
			if lines := loudLines(a.log.String()); len(lines) > 0 {
				t.Errorf("%d: %d lines, the first: %s", status, len(lines), lines[0])
			}
			a.Close()
		})
	}
}

// What concerns the operator is a warning: at most three of an operation.
func TestOperatorsConcernsAreWarnings(t *testing.T) {
	for _, test := range []struct {
		name, query string
		status      int
		body, code  string
	}{
		{"the server's key", groupListQuery, 401, "", "UPSTREAM_UNAUTHENTICATED"},
		{"the account's credit", groupListQuery, 402, "", "PAYMENT_REQUIRED"},
		{"a permission of the key", groupListQuery, 403, errorBody("forbidden", ""), "FORBIDDEN"},
		{"a list that does not exist", groupListQuery, 404, "", codeInvalidResponse},
		{"a parameter that the caller did not give", groupListQuery, 400, errorBody("invalid_parameter", "limit"), codeInvalidResponse},
		{"a default that the caller did not give", `{ voices { nodes { id } } }`, 422, errorBody("invalid_parameter", "type"), codeInvalidResponse},
		{"a parameter of a fetch by id that does not exist", groupQuery, 400, errorBody("invalid_parameter", "limit"), codeInvalidResponse},
		{"a status without a meaning", groupQuery, 418, "", codeInvalidResponse},
		{"an invalid response", groupListQuery, 200, "<html>", codeInvalidResponse},
	} {
		a, u := newLoggingAPI(t, false)
		u.always(test.status, test.body)
		if out := a.do(t, test.query, nil); out.codes() != test.code || !strings.Contains(a.log.String(), `level=WARN msg="upstream request failed"`) {
			t.Errorf("%s: %s\n%s", test.name, out.Body, a.log)
		}
	}
	// A token that HeyGen has just issued is rejected: no cursor of the caller is the cause.
	a, u := newLoggingAPI(t, false)
	u.set(func(r *http.Request) (int, string) {
		if r.URL.Query().Has("token") {
			return 400, errorBody("invalid_parameter", "token")
		}
		return 0, ""
	})
	if out := a.do(t, `{ avatarGroups(first: 100) { nodes { id } } }`, nil); out.codes() != "CURSOR_EXPIRED" || !strings.Contains(a.log.String(), `level=WARN msg="upstream request failed"`) {
		t.Errorf("%s\n%s", out.Body, a.log)
	}
}

// Unauthenticated callers are logged, as their number is a sign of an attack, but once a
// second.
func TestUnauthenticatedCallersAreLoggedOnceASecond(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		log := &logBuffer{}
		a := newAPI(t, sandbox.Options{}, func(_ *heygen.Options, g *graph.Options) {
			g.Logger = slog.New(slog.NewTextHandler(log, nil))
			g.Identify = admitBearer("nobody has it")
		})
		for second := range 3 {
			for range 100 {
				if out := a.do(t, groupQuery, nil); out.codes() != "UNAUTHENTICATED" {
					t.Fatal(out.Body)
				}
			}
			if lines := loudLines(log.String()); len(lines) != second+1 || !strings.Contains(lines[second], "level=WARN") || second > 0 && !strings.Contains(lines[second], "suppressed=99") {
				t.Fatalf("after %d s: %q", second, lines)
			}
			<-time.After(time.Second)
		}
		a.Close()
	})
}
