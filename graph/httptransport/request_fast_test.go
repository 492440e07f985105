package graph

import (
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"
)

// slowly reads a body as it would be without quick.
func slowly(t *testing.T, body string) (*params, *refusal) {
	t.Helper()
	// An extension that is null is none, and quick does not know it.
	r := httptest.NewRequest(http.MethodPost, "/graphql", strings.NewReader(strings.Replace(body, "{", `{"extensions":null,`, 1)))
	r.Header.Set("Content-Type", "application/json")
	return readRequest(httptest.NewRecorder(), r, 1<<20)
}

func sameParams(t *testing.T, body string) (ok bool) {
	t.Helper()
	quick := &params{}
	if !quick.quick([]byte(body)) {
		if !reflect.DeepEqual(quick, &params{}) {
			t.Errorf("%q is not read, and something of it is", body)
		}
		return false
	}
	slow, refusal := slowly(t, body)
	if refusal != nil {
		t.Fatalf("%q is read, and refused by encoding/json: %s", body, refusal.message)
	}
	slow.readVariables()
	quick.readVariables()
	if quick.Query != slow.Query || quick.OperationName != slow.OperationName || !reflect.DeepEqual(quick.Variables, slow.Variables) {
		t.Errorf("%q\n got %q %q %v\nwant %q %q %v", body, quick.Query, quick.OperationName, quick.Variables, slow.Query, slow.OperationName, slow.Variables)
	}
	return true
}

var ordinaryBodies = []string{
	`{"query":"{ __typename }"}`,
	`{"query":"query A($id: ID!) {\n  avatarGroup(id: $id) {\n\tname\n  }\n}\n","operationName":"A","variables":{"id":"x"}}`,
	" {\t\"variables\" : {\"a\":[1,{\"b\":\"}]\\\"\"}],\"c\":-1.5e3,\"d\":null,\"e\":true} ,\r\n \"query\" : \"{ \\\"\\/\\\\\\b\\f\\r a }\" } \n",
	`{"operationName":null,"variables":null,"query":"{ a(x: \"é漢🎬\") }"}`,
	`{"query":"{ a }","variables":{}}`,
}

func TestOrdinaryBodiesAreReadQuickly(t *testing.T) {
	for _, body := range ordinaryBodies {
		if !sameParams(t, body) {
			t.Errorf("%q is not read", body)
		}
	}
}

func TestWhatIsNotOrdinaryIsLeftToEncodingJSON(t *testing.T) {
	for _, body := range []string{
		``, `{}`, `[]`, `null`, `{"query":"x"`, `{"query":"x",}`, `{"query":"x"}}`, `{"query":"x"} 1`, `{"query":""}`, `{"query":" \n"}`, `{"query":null}`, `{"query":1}`,
		`{"query":"x","query":"y"}`, `{"Query":"x"}`, `{"qu\u0065ry":"x"}`, `{"query":"\u0041"}`, `{"query":"a\x"}`, `{"query":"a` + "\n" + `"}`, `{"query":"x"`, `{"query":"x\"}`, `{"query":"x\`,
		`{"query":"x","variables":[]}`, `{"query":"x","variables":{"a":}}`, `{"query":"x","variables":{"a":1}`, `{"query":"x","variables":{"a":1]}`, `{"query":"x","variables":1}`,
		`{"query":"x","variables":{"a":01}}`, `{"query":"x","variables":"{}"}`, `{"query":"x","variables":`, `{"query":"x","variables":{"`, `{"query":"x","variables":{"\`,
		`{"query":"x","extensions":{}}`, `{"query":"x","documentId":"a"}`, `{"query":"x" "operationName":"y"}`, `{"query" "x"}`, `{"query":"x","operationName":1}`, `{"query":"x","operationName":nul}`,
	} {
		if sameParams(t, body) {
			t.Errorf("%q is read", body)
		}
	}
	for _, body := range ordinaryBodies {
		for i := range body {
			sameParams(t, body[:i])
		}
	}
}

func FuzzQuickRequest(f *testing.F) {
	for _, body := range ordinaryBodies {
		f.Add(body)
	}
	f.Fuzz(func(t *testing.T, body string) {
		if strings.ToValidUTF8(body, "") != body || values([]byte(body)) >= maxValues-1 || len(body) > 1<<19 {
			return // it is refused before
		}
		sameParams(t, body)
	})
}

func BenchmarkOrdinaryRequest(b *testing.B) {
	b.Run("quick", func(b *testing.B) { benchmarkRequest(b, ordinaryBodies[1]) })
	b.Run("encoding-json", func(b *testing.B) {
		benchmarkRequest(b, strings.Replace(ordinaryBodies[1], "{", `{"extensions":null,`, 1))
	})
}

func benchmarkRequest(b *testing.B, body string) {
	r := httptest.NewRequest(http.MethodPost, "/graphql", nil)
	r.Header.Set("Content-Type", "application/json")
	r.ContentLength = int64(len(body))
	w := httptest.NewRecorder()
	b.ReportAllocs()
	for b.Loop() {
		r.Body = &readCloser{strings.NewReader(body)}
		if _, refusal := readRequest(w, r, 1<<20); refusal != nil {
			b.Fatal(refusal.message)
		}
	}
}

type readCloser struct{ *strings.Reader }

func (*readCloser) Close() error { return nil }
