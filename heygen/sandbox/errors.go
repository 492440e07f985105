package sandbox

import "net/http"

// apiError is HeyGen's error envelope and its HTTP status.
type apiError struct {
	status  int
	code    string
	message string
	param   string // the invalid parameter; empty: none, and the key is omitted
}

func (e *apiError) response() response {
	type errorBody struct {
		Code    string `json:"code"`
		Message string `json:"message"`
		Param   string `json:"param,omitempty"`
		DocURL  string `json:"doc_url"`
	}
	return response{status: e.status, body: encode(struct {
		Error errorBody `json:"error"`
	}{errorBody{e.code, e.message, e.param, "https://developers.heygen.com/docs/error-codes#" + e.code}})}
}

func invalidParameter(param, message string) *apiError {
	return &apiError{http.StatusBadRequest, "invalid_parameter", message, param}
}

// unauthorized is the error for a missing, empty or wrong key.
func unauthorized() *apiError {
	return &apiError{http.StatusUnauthorized, "unauthorized", "Unauthorized", ""}
}

// groupNotFound has a code of its own since 2026.
func groupNotFound() *apiError {
	return notFound("avatar_group_not_found", "There is no avatar group with this id.")
}

func avatarNotFound(message string) *apiError { return notFound("avatar_not_found", message) }
func voiceNotFound(message string) *apiError  { return notFound("voice_not_found", message) }

// webhookNotFound is the error for an unknown webhook endpoint.
func webhookNotFound() *apiError {
	return notFound("resource_not_found", "There is no webhook endpoint with this id.")
}

func notFound(code, message string) *apiError {
	return &apiError{http.StatusNotFound, code, message, ""}
}

// methodNotAllowed has the only code here that HeyGen does not document: it has none for this.
func methodNotAllowed(method string) *apiError {
	return &apiError{http.StatusMethodNotAllowed, "method_not_allowed", "Method " + method + " is not allowed here.", ""}
}
