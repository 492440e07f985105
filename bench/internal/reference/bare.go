package reference

import (
	"encoding/json"
	"io"
	"net/http"
)

// Bare reads a GraphQL request as JSON and answers `{__typename}` without looking
// at the document.
func Bare() http.Handler {
	answer := []byte(`{"data":{"__typename":"Query"}}`)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var request struct {
			Query         string         `json:"query"`
			OperationName string         `json:"operationName"`
			Variables     map[string]any `json:"variables"`
			Extensions    map[string]any `json:"extensions"`
		}
		body, err := io.ReadAll(r.Body)
		if err != nil || json.Unmarshal(body, &request) != nil || request.Query == "" {
			http.Error(w, "this is no GraphQL request", http.StatusBadRequest)
			return
		}
		write(w, answer)
	})
}
