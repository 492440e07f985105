package graph_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"heygen-graphql/heygen/sandbox"
)

const (
	mediaTypeJSON            = "application/json; charset=utf-8"
	mediaTypeGraphQLResponse = "application/graphql-response+json; charset=utf-8"
)

// newRequest returns a request. headers are pairs of a name and a value.
func newRequest(t testing.TB, method, target, body string, headers ...string) *http.Request {
	r := httptest.NewRequestWithContext(t.Context(), method, target, strings.NewReader(body))
	for i := 0; i < len(headers); i += 2 {
		r.Header.Add(headers[i], headers[i+1])
	}
	return r
}

func TestGETAndPOSTReturnSameResponse(t *testing.T) {
	a := newAPI(t, sandbox.Options{})
	query, variables := `query A($id: ID!) { avatarGroup(id: $id) { name } } query B { __typename }`, `{"id":"group_monica"}`
	get := url.Values{"query": {query}, "variables": {variables}, "operationName": {"A"}, "extensions": {`{"x":1}`}}.Encode()
	body, _ := json.Marshal(map[string]any{"query": query, "variables": json.RawMessage(variables), "operationName": "A", "extensions": nil})
	for _, r := range []*http.Request{
		newRequest(t, "GET", "/graphql?"+get, ""),
		newRequest(t, "POST", "/graphql", string(body), "Content-Type", "application/json"),
		newRequest(t, "POST", "/graphql", string(body), "Content-Type", "application/json; charset=UTF-8"),
	} {
		out := a.send(t, r)
		if out.Status != 200 || out.Body != `{"data":{"avatarGroup":{"name":"Monica"}}}` || out.Header.Get("Content-Type") != mediaTypeJSON {
			t.Errorf("%d %v %s", out.Status, out.Header, out.Body)
		}
	}
}

func TestMediaTypeFollowsAccept(t *testing.T) {
	a := newAPI(t, sandbox.Options{})
	for accept, want := range map[string]string{
		"":                                  mediaTypeJSON,
		"*/*":                               mediaTypeJSON,
		"application/*":                     mediaTypeJSON,
		"application/json":                  mediaTypeJSON,
		"application/graphql-response+json": mediaTypeGraphQLResponse,
		"application/graphql-response+json, application/json;q=0.9": mediaTypeGraphQLResponse,
		"application/graphql-response+json;q=0.5, application/json": mediaTypeJSON,
		"application/json, application/graphql-response+json":       mediaTypeGraphQLResponse,
		"application/graphql-response+json, */*":                    mediaTypeGraphQLResponse,
		"application/json;q=0, */*":                                 mediaTypeGraphQLResponse,
		"text/html, */*;q=0.1":                                      mediaTypeJSON,
		"application/json; charset=utf-8":                           mediaTypeJSON,
		"application/graphql-response+json;charset=UTF-8":           mediaTypeGraphQLResponse,
		"text/html":                        "",
		"application/json;q=0":             "",
		"application/json; charset=latin1": "",
		"nonsense":                         "",
	} {
		out := a.send(t, newRequest(t, "GET", "/graphql?query={__typename}", "", "Accept", accept))
		if want == "" {
			if out.Status != http.StatusNotAcceptable || out.codes() != "BAD_USER_INPUT" {
				t.Errorf("%q: %d %s", accept, out.Status, out.Body)
			}
			continue
		}
		if out.Status != 200 || out.Header.Get("Content-Type") != want || !strings.HasPrefix(out.Header.Get("Vary"), "Accept,") {
			t.Errorf("%q: %d %s", accept, out.Status, out.Header.Get("Content-Type"))
		}
	}
}

func TestRequestErrorsHaveNoDataAndStatusOfMediaType(t *testing.T) {
	a := newAPI(t, sandbox.Options{})
	for _, test := range []struct{ query, variables, code, message string }{
		{`{`, ``, "GRAPHQL_PARSE_FAILED", "Expected Name"},
		{`{ nothing }`, ``, "GRAPHQL_VALIDATION_FAILED", "nothing"},
		{`{ avatarGroups(first: "x") { nodes { id } } }`, ``, "GRAPHQL_VALIDATION_FAILED", "Int"},
		{`{ avatarGroups(ownership: BOTH) { nodes { id } } }`, ``, "GRAPHQL_VALIDATION_FAILED", "BOTH"},
		{`query($first: Int) { avatarGroups(first: $first) { nodes { id } } }`, `{"first":"x"}`, "BAD_USER_INPUT", "$first"},
		{`query($id: ID!) { node(id: $id) { id } }`, `{}`, "BAD_USER_INPUT", "$id"},
		{`query($id: ID!) { node(id: $id) { id } }`, `{"id":null}`, "BAD_USER_INPUT", "$id"},
		{`query($o: Ownership) { avatarGroups(ownership: $o) { nodes { id } } }`, `{"o":"BOTH"}`, "BAD_USER_INPUT", "$o"},
		{`query A { __typename } query B { __typename }`, ``, "BAD_USER_INPUT", "`operationName` is required"},
		{`{ ... on Query @defer { __typename } }`, ``, "OPERATION_NOT_SUPPORTED", "@defer"},
		{`{ a: __typename ...F @defer } fragment F on Query { b: __typename }`, ``, "OPERATION_NOT_SUPPORTED", "@defer"},
		{`{ avatarGroup(id: "x") { ...F } } fragment F on AvatarGroup { ...G } fragment G on AvatarGroup { ... @defer { id } }`, ``, "OPERATION_NOT_SUPPORTED", "@defer"},
		{`{ nothing ... @defer(if: false) { __typename } }`, ``, "OPERATION_NOT_SUPPORTED", "@defer"},
		{`query($d: Boolean!) { ... @defer(if: $d) { __typename } }`, `{"d":false}`, "OPERATION_NOT_SUPPORTED", "@defer"},
		{`{ avatarGroups { nodes @stream(initialCount: 1) { id } } }`, ``, "OPERATION_NOT_SUPPORTED", "@stream"},
		{`{ ...F ...F } fragment F on Query { ... @defer { __typename } }`, ``, "OPERATION_NOT_SUPPORTED", "@defer"},
		{`mutation { __typename }`, ``, "OPERATION_NOT_SUPPORTED", "queries and subscriptions only"},
		{`mutation M($in: In!) { create(in: $in) { id } }`, `{"in":{}}`, "OPERATION_NOT_SUPPORTED", "queries and subscriptions only"},
		{`subscription { avatarGroupChanged(id: "a") { id } }`, ``, "OPERATION_NOT_SUPPORTED", "text/event-stream"},
		{`subscription { __typename }`, ``, "GRAPHQL_VALIDATION_FAILED", "introspection"},
		{`fragment F on Query { __typename }`, ``, "GRAPHQL_VALIDATION_FAILED", "no operation"},
		{`{` + strings.Repeat(" __typename", 20_001) + `}`, ``, "GRAPHQL_PARSE_FAILED", "20000"},
	} {
		a.expectCalls(t, 0, func() {
			for accept, status := range map[string]int{mediaTypeJSON: 200, mediaTypeGraphQLResponse: 400} {
				body := fmt.Sprintf(`{"query":%q`, test.query)
				if test.variables != "" {
					body += `,"variables":` + test.variables
				}
				out := a.send(t, newRequest(t, "POST", "/graphql", body+"}", "Content-Type", "application/json", "Accept", accept))
				if out.Status != status || out.codes() != test.code || strings.Contains(out.Body, `"data"`) {
					t.Errorf("%.80s: %d %.300s", test.query, out.Status, out.Body)
				} else if !strings.Contains(out.Errors[0].Message, test.message) {
					t.Errorf("%.80s: the message is %q", test.query, out.Errors[0].Message)
				}
			}
		})
	}
}

func TestOperationIsSelectedByName(t *testing.T) {
	a := newAPI(t, sandbox.Options{})
	for _, test := range []struct{ query, name, message string }{
		{`query A { a: __typename } query B { b: __typename }`, `"B"`, ""},
		{`query A { b: __typename }`, `null`, ""},
		{`query A { b: __typename }`, `""`, ""}, // graphql-js rejects it, but clients send it
		{`query A { a: __typename } query B { b: __typename }`, `null`, "`operationName` is required"},
		{`query A { a: __typename } query B { b: __typename }`, `""`, "`operationName` is required"},
		{`query A { a: __typename } query B { b: __typename }`, `"C"`, "`operationName` matches no operation"},
		{`query A { a: __typename }`, `"B"`, "`operationName` matches no operation"},
		{`{ a: __typename }`, `"A"`, "`operationName` matches no operation"},
	} {
		out := a.send(t, newRequest(t, "POST", "/graphql", fmt.Sprintf(`{"query":%q,"operationName":%s}`, test.query, test.name), "Content-Type", "application/json"))
		switch {
		case test.message == "":
			if out.Body != `{"data":{"b":"Query"}}` {
				t.Errorf("%s of %s: %s", test.name, test.query, out.Body)
			}
		case out.codes() != "BAD_USER_INPUT" || !strings.HasPrefix(out.Errors[0].Message, test.message) || out.Data != nil:
			t.Errorf("%s of %s: %s", test.name, test.query, out.Body)
		}
	}
}

func TestMalformedRequestsAreRejected(t *testing.T) {
	a := newAPI(t, sandbox.Options{})
	const valid = `{"query":"{__typename}"}`
	for name, test := range map[string]struct {
		r       *http.Request
		status  int
		message string
	}{
		"PUT":                      {newRequest(t, "PUT", "/graphql", valid, "Content-Type", "application/json"), 405, "GET or POST"},
		"DELETE":                   {newRequest(t, "DELETE", "/graphql", ""), 405, "GET or POST"},
		"no content type":          {newRequest(t, "POST", "/graphql", valid), 415, "application/json"},
		"a form":                   {newRequest(t, "POST", "/graphql", "query={__typename}", "Content-Type", "application/x-www-form-urlencoded"), 415, "application/json"},
		"an upload":                {newRequest(t, "POST", "/graphql", valid, "Content-Type", "multipart/form-data; boundary=x"), 415, "application/json"},
		"plain text":               {newRequest(t, "POST", "/graphql", valid, "Content-Type", "text/plain"), 415, "application/json"},
		"latin1":                   {newRequest(t, "POST", "/graphql", valid, "Content-Type", "application/json; charset=latin1"), 415, "UTF-8"},
		"an empty body":            {newRequest(t, "POST", "/graphql", "", "Content-Type", "application/json"), 400, "JSON object"},
		"not JSON":                 {newRequest(t, "POST", "/graphql", "{", "Content-Type", "application/json"), 400, "JSON object"},
		"null":                     {newRequest(t, "POST", "/graphql", "null", "Content-Type", "application/json"), 400, "`query` is missing"},
		"an array of operations":   {newRequest(t, "POST", "/graphql", "["+valid+"]", "Content-Type", "application/json"), 400, "JSON object"},
		"two documents":            {newRequest(t, "POST", "/graphql", valid+valid, "Content-Type", "application/json"), 400, "JSON object"},
		"not UTF-8":                {newRequest(t, "POST", "/graphql", "{\"query\":\"{__typename}\xff\"}", "Content-Type", "application/json"), 400, "UTF-8"},
		"no query":                 {newRequest(t, "POST", "/graphql", `{}`, "Content-Type", "application/json"), 400, "`query` is missing"},
		"another letter case":      {newRequest(t, "POST", "/graphql", `{"Query":"{__typename}"}`, "Content-Type", "application/json"), 400, "`query` is missing"},
		"a number as query":        {newRequest(t, "POST", "/graphql", `{"query":1}`, "Content-Type", "application/json"), 400, "`query` must be a string"},
		"a number as name":         {newRequest(t, "POST", "/graphql", `{"query":"{__typename}","operationName":1}`, "Content-Type", "application/json"), 400, "`operationName` must be a string"},
		"a list as variables":      {newRequest(t, "POST", "/graphql", `{"query":"{__typename}","variables":[]}`, "Content-Type", "application/json"), 400, "`variables` must be an object"},
		"a string as variables":    {newRequest(t, "POST", "/graphql", `{"query":"{__typename}","variables":"{}"}`, "Content-Type", "application/json"), 400, "`variables` must be an object"},
		"a string as extensions":   {newRequest(t, "POST", "/graphql", `{"query":"{__typename}","extensions":"{}"}`, "Content-Type", "application/json"), 400, "`extensions` must be an object"},
		"GET without a query":      {newRequest(t, "GET", "/graphql", ""), 400, "`query` is missing"},
		"GET with an empty query":  {newRequest(t, "GET", "/graphql?query=", ""), 400, "`query` is missing"},
		"GET with two queries":     {newRequest(t, "GET", "/graphql?query={a}&query={b}", ""), 400, "twice"},
		"GET with wrong variables": {newRequest(t, "GET", "/graphql?query={__typename}&variables={", ""), 400, "`variables` must be an object"},
		"GET with two extensions":  {newRequest(t, "GET", "/graphql?query={__typename}&extensions={}&extensions={}", ""), 400, "`extensions` occurs twice"},
		"GET with half an escape":  {newRequest(t, "GET", "/graphql?query={__typename}&variables=%7B%2", ""), 400, "malformed"},
		"GET with a semicolon":     {newRequest(t, "GET", "/graphql?query={__typename};variables={}", ""), 400, "malformed"},
		"GET that is not UTF-8":    {newRequest(t, "GET", "/graphql?query=%7B__typename%7D%23%FF", ""), 400, "UTF-8"},
		"gzip":                     {newRequest(t, "POST", "/graphql", valid, "Content-Type", "application/json", "Content-Encoding", "gzip"), 415, "`Content-Encoding`"},
		"gzip twice":               {newRequest(t, "POST", "/graphql", valid, "Content-Type", "application/json", "Content-Encoding", "identity", "Content-Encoding", "gzip"), 415, "`Content-Encoding`"},
		"10 MB":                    {newRequest(t, "POST", "/graphql", `{"query":"`+strings.Repeat("#", 10<<20)+`"}`, "Content-Type", "application/json"), 413, "1048576 bytes"},
		"10,000 levels deep":       {newRequest(t, "POST", "/graphql", `{"query":"{__typename}","variables":`+strings.Repeat(`{"a":`, 15000)+"1"+strings.Repeat("}", 15000)+`}`, "Content-Type", "application/json"), 400, "JSON object"},
	} {
		out := a.send(t, test.r)
		if out.Status != test.status || out.codes() != "BAD_USER_INPUT" || !strings.Contains(out.Errors[0].Message, test.message) || strings.Contains(out.Body, `"data"`) {
			t.Errorf("%s: %d %.300s", name, out.Status, out.Body)
		}
		if allow := out.Header.Get("Allow"); (out.Status == 405) != (allow == "GET, HEAD, POST") {
			t.Errorf("%s: Allow is %q", name, allow)
		}
		if acceptEncoding := out.Header.Get("Accept-Encoding"); strings.HasPrefix(name, "gzip") != (acceptEncoding == "identity") {
			t.Errorf("%s: Accept-Encoding is %q", name, acceptEncoding)
		}
	}
}

func TestSameInvalidParameterIsReportedEveryTime(t *testing.T) {
	a := newAPI(t, sandbox.Options{})
	for body, message := range map[string]string{
		`{"query":1,"operationName":1,"variables":1,"extensions":1}`:            "`query` must be",
		`{"query":"{a}","extensions":1,"variables":1,"operationName":1}`:        "`operationName` must be",
		`{"extensions":"{}","variables":[],"query":"{a}","operationName":null}`: "`variables` must be",
	} {
		for range 50 {
			if out := a.send(t, newRequest(t, "POST", "/graphql", body, "Content-Type", "application/json")); !strings.HasPrefix(out.Errors[0].Message, message) {
				t.Fatalf("%s: %s", body, out.Body)
			}
		}
	}
	for range 50 {
		if out := a.send(t, newRequest(t, "GET", "/graphql?variables=1&variables=2&extensions=1&extensions=2", "")); !strings.Contains(out.Errors[0].Message, "`variables`") {
			t.Fatal(out.Body)
		}
	}
}

func TestUnknownRequestParametersAreIgnored(t *testing.T) {
	a := newAPI(t, sandbox.Options{})
	for name, r := range map[string]*http.Request{
		"other parameters": newRequest(t, "GET", "/graphql?query={__typename}&utm=1&utm=2&x=%FF&operationName=&variables=&extensions=", ""),
		"identity coding":  newRequest(t, "POST", "/graphql", `{"query":"{__typename}","id":1}`, "Content-Type", "application/json", "Content-Encoding", "Identity"),
		"an empty name":    newRequest(t, "POST", "/graphql", `{"query":"query A {__typename}","operationName":""}`, "Content-Type", "application/json"),
	} {
		if out := a.send(t, r); out.Status != 200 || out.dataJSON(t) != `{"__typename":"Query"}` {
			t.Errorf("%s: %d %s", name, out.Status, out.Body)
		}
	}
}

func TestValidationErrorsAreFewAndShort(t *testing.T) {
	a := newAPI(t, sandbox.Options{})
	var query strings.Builder
	for i := range 200 {
		fmt.Fprintf(&query, " f%d%s", i, strings.Repeat("x", 190))
	}
	fmt.Fprintf(&query, " voice(id: %q, x: %q) { id }", strings.Repeat("y", 2000), strings.Repeat("z", 2000))
	out := a.do(t, "{"+query.String()+"}", nil)
	if len(out.Errors) != 5 {
		t.Errorf("%d errors", len(out.Errors))
	}
	for _, e := range out.Errors {
		if n := len([]rune(e.Message)); n > 500 {
			t.Errorf("a message of %d characters", n)
		}
	}
}

func TestNoResponseIsWrittenAfterDisconnect(t *testing.T) {
	a := newAPI(t, sandbox.Options{})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	w := httptest.NewRecorder()
	r := newRequest(t, "POST", "/graphql", `{"query":"{__typename}"}`, "Content-Type", "application/json").WithContext(ctx)
	a.ServeHTTP(w, r)
	if w.Body.Len() != 0 {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}
