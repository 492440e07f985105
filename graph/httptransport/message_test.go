package httptransport

import (
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"
)

// A payload with the same content as a body is accepted, or rejected, as the body is.
func TestParseMessageIsAsStrictAsABody(t *testing.T) {
	manyValues := `{"query":"{a}","variables":{"x":[` + strings.Repeat("1,", maxJSONValues) + `1]}}`
	for _, document := range append([]string{
		``, `null`, `[]`, `{}`, `1`, `{"query":1}`, `{"query":""}`, `{"query":"{a}"} 1`, `{"query":"{a}","query":"{b}"}`, "{\"query\":\"\xff\"}",
		`{"query":"{a}","variables":[]}`, `{"query":"{a}","variables":null}`, `{"query":"{a}","extensions":1}`, `{"documentId":"a","query":"{a}"}`,
		`{"doc_id":"a"}`, `{"query":"\u007ba}","operationName":null}`, `{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"a"}}}`, manyValues,
	}, commonBodies...) {
		r := httptest.NewRequest(http.MethodPost, "/graphql", strings.NewReader(document))
		r.Header.Set("Content-Type", "application/json")
		want, wantErr := Parse(httptest.NewRecorder(), r, 1<<20)
		got, gotErr := ParseMessage([]byte(document))
		if wantErr != nil {
			wantErr.Message = strings.Replace(wantErr.Message, "The body", "The payload", 1)
		} else {
			want.Headers = nil
		}
		if !reflect.DeepEqual(got, want) || !reflect.DeepEqual(gotErr, wantErr) {
			t.Errorf("%.60q: %+v, %+v as a payload, and %+v, %+v as a body", document, got, gotErr, want, wantErr)
		}
	}
}
