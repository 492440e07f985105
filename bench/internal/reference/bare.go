package reference

import (
	"encoding/json"
	"io"
	"net/http"
)

// Bare returns a handler that decodes a GraphQL request and returns the response to
// `{ __typename }` without parsing the document.
func Bare() http.Handler {
	response := []byte(`{"data":{"__typename":"Query"}}`)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var request struct {
			Query         string         `json:"query"`
			OperationName string         `json:"operationName"`
			Variables     map[string]any `json:"variables"`
			Extensions    map[string]any `json:"extensions"`
		}
		body, err := io.ReadAll(r.Body)
		if err != nil || json.Unmarshal(body, &request) != nil || request.Query == "" {
			http.Error(w, "not a GraphQL request", http.StatusBadRequest)
			return
		}
		writeJSON(w, response)
	})
}
