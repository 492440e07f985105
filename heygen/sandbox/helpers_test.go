package sandbox_test

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"go.uber.org/goleak"

	"heygen-graphql/heygen/sandbox"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// get asks the handler itself, with a key that any sandbox without Keys accepts.
func get(t *testing.T, box *sandbox.Sandbox, path string) *httptest.ResponseRecorder {
	t.Helper()
	return send(t, box, "GET", path, http.Header{"X-Api-Key": {"key"}})
}

func send(t *testing.T, box *sandbox.Sandbox, method, path string, header http.Header) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), method, "http://sandbox.test"+path, nil)
	r.Header = header
	w := httptest.NewRecorder()
	box.ServeHTTP(w, r)
	return w
}
