package httptransport

import (
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"
)

// parseSlowly parses a body as without the fast path.
func parseSlowly(t *testing.T, body string) (*Request, *RequestError) {
	t.Helper()
	// Extensions that are null are ignored, and the fast path does not support them.
	r := httptest.NewRequest(http.MethodPost, "/graphql", strings.NewReader(strings.Replace(body, "{", `{"extensions":null,`, 1)))
	r.Header.Set("Content-Type", "application/json")
	return Parse(httptest.NewRecorder(), r, 1<<20)
}

// parsesAlike reports whether the fast path parses a body, and fails the test if the
// result differs from that of encoding/json.
func parsesAlike(t *testing.T, body string) (ok bool) {
	t.Helper()
	fast := &Request{}
	if !fast.parseFast([]byte(body)) {
		if !reflect.DeepEqual(fast, &Request{}) {
			t.Errorf("%q is not parsed, but the request is modified", body)
		}
		return false
	}
	slow, err := parseSlowly(t, body)
	if err != nil {
		t.Fatalf("%q is parsed by the fast path, and rejected by encoding/json: %s", body, err.Message)
	}
	slow.DecodeVariables()
	fast.DecodeVariables()
	if fast.Query != slow.Query || fast.OperationName != slow.OperationName || !reflect.DeepEqual(fast.Variables, slow.Variables) {
		t.Errorf("%q\n got %q %q %v\nwant %q %q %v", body, fast.Query, fast.OperationName, fast.Variables, slow.Query, slow.OperationName, slow.Variables)
	}
	return true
}

var commonBodies = []string{
	`{"query":"{ __typename }"}`,
	`{"query":"query A($id: ID!) {\n  avatarGroup(id: $id) {\n\tname\n  }\n}\n","operationName":"A","variables":{"id":"x"}}`,
	" {\t\"variables\" : {\"a\":[1,{\"b\":\"}]\\\"\"}],\"c\":-1.5e3,\"d\":null,\"e\":true} ,\r\n \"query\" : \"{ \\\"\\/\\\\\\b\\f\\r a }\" } \n",
	`{"operationName":null,"variables":null,"query":"{ a(x: \"é漢🎬\") }"}`,
	`{"query":"{ a }","variables":{}}`,
}

func TestFastPathParsesCommonBodies(t *testing.T) {
	for _, body := range commonBodies {
		if !parsesAlike(t, body) {
			t.Errorf("%q is not parsed", body)
		}
	}
}

func TestFastPathLeavesUncommonBodiesToEncodingJSON(t *testing.T) {
	for _, body := range []string{
		``, `{}`, `[]`, `null`, `{"query":"x"`, `{"query":"x",}`, `{"query":"x"}}`, `{"query":"x"} 1`, `{"query":""}`, `{"query":" \n"}`, `{"query":null}`, `{"query":1}`,
		`{"query":"x","query":"y"}`, `{"Query":"x"}`, `{"qu\u0065ry":"x"}`, `{"query":"\u0041"}`, `{"query":"a\x"}`, `{"query":"a` + "\n" + `"}`, `{"query":"x"`, `{"query":"x\"}`, `{"query":"x\`,
		`{"query":"x","variables":[]}`, `{"query":"x","variables":{"a":}}`, `{"query":"x","variables":{"a":1}`, `{"query":"x","variables":{"a":1]}`, `{"query":"x","variables":1}`,
		`{"query":"x","variables":{"a":01}}`, `{"query":"x","variables":"{}"}`, `{"query":"x","variables":`, `{"query":"x","variables":{"`, `{"query":"x","variables":{"\`,
		`{"query":"x","extensions":{}}`, `{"query":"x","documentId":"a"}`, `{"query":"x" "operationName":"y"}`, `{"query" "x"}`, `{"query":"x","operationName":1}`, `{"query":"x","operationName":nul}`,
	} {
		if parsesAlike(t, body) {
			t.Errorf("%q is parsed", body)
		}
	}
	for _, body := range commonBodies {
		for i := range body {
			parsesAlike(t, body[:i])
		}
	}
}

func FuzzFastRequest(f *testing.F) {
	for _, body := range commonBodies {
		f.Add(body)
	}
	f.Fuzz(func(t *testing.T, body string) {
		if strings.ToValidUTF8(body, "") != body || countJSONValues([]byte(body)) >= maxJSONValues-1 || len(body) > 1<<19 {
			return // rejected before it is parsed
		}
		parsesAlike(t, body)
	})
}

func BenchmarkParseRequest(b *testing.B) {
	b.Run("fast", func(b *testing.B) { benchmarkParse(b, commonBodies[1]) })
	b.Run("encoding-json", func(b *testing.B) {
		benchmarkParse(b, strings.Replace(commonBodies[1], "{", `{"extensions":null,`, 1))
	})
}

func benchmarkParse(b *testing.B, body string) {
	r := httptest.NewRequest(http.MethodPost, "/graphql", nil)
	r.Header.Set("Content-Type", "application/json")
	r.ContentLength = int64(len(body))
	w := httptest.NewRecorder()
	b.ReportAllocs()
	for b.Loop() {
		r.Body = &readCloser{strings.NewReader(body)}
		if _, err := Parse(w, r, 1<<20); err != nil {
			b.Fatal(err.Message)
		}
	}
}

type readCloser struct{ *strings.Reader }

func (*readCloser) Close() error { return nil }
