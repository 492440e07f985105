package sandbox

import "net/http"

// refusal is HeyGen's error envelope and the status it comes with.
type refusal struct {
	status  int
	code    string
	message string
	param   string // the parameter at fault; empty: none, and then the key is not there
}

func (f *refusal) reply() reply {
	type detail struct {
		Code    string `json:"code"`
		Message string `json:"message"`
		Param   string `json:"param,omitempty"`
		DocURL  string `json:"doc_url"`
	}
	return reply{status: f.status, body: encode(struct {
		Error detail `json:"error"`
	}{detail{f.code, f.message, f.param, "https://developers.heygen.com/docs/error-codes#" + f.code}})}
}

func invalid(param, message string) *refusal {
	return &refusal{http.StatusBadRequest, "invalid_parameter", message, param}
}

// unauthorized is the same for a key that is missing, empty or wrong.
func unauthorized() *refusal {
	return &refusal{http.StatusUnauthorized, "unauthorized", "Unauthorized", ""}
}

func avatarNotFound(message string) *refusal { return notFound("avatar_not_found", message) }
func voiceNotFound(message string) *refusal  { return notFound("voice_not_found", message) }

func notFound(code, message string) *refusal {
	return &refusal{http.StatusNotFound, code, message, ""}
}

// methodNotAllowed has the one code here that HeyGen documents nowhere: it has none for this.
func methodNotAllowed(method string) *refusal {
	return &refusal{http.StatusMethodNotAllowed, "method_not_allowed", "Method " + method + " is not allowed here.", ""}
}
