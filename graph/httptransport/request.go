package httptransport

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/99designs/gqlgen/graphql"

	"heygen-graphql/graph/errcode"
)

// RequestError is why a request is rejected before its document is resolved.
type RequestError struct {
	Status  int // HTTP status
	Code    errcode.Code
	Message string
}

// BadRequest returns a RequestError of status 400.
func BadRequest(message string) *RequestError { return reject(http.StatusBadRequest, message) }

func reject(status int, message string) *RequestError {
	return &RequestError{status, errcode.BadUserInput, message}
}

// Request is a GraphQL request. Its variables are not decoded until
// [Request.DecodeVariables] is called.
type Request struct {
	graphql.RawParams
	documentID   string          // instead of Query
	rawVariables json.RawMessage // an object, or null; nil: there are none
}

// RawVariables returns the variables as they were sent: an object, null, or nothing.
func (r *Request) RawVariables() []byte { return r.rawVariables }

// DecodeVariables decodes the variables, once it is known that they are needed.
func (r *Request) DecodeVariables() {
	if len(r.rawVariables) == 0 {
		return
	}
	_ = decode(r.rawVariables, &r.Variables) // an object, or null
	for name, value := range r.Variables {
		r.Variables[name] = normalizeNumbers(value)
	}
}

// Parse reads a GraphQL request from GET, HEAD or POST, with a body of at most maxBytes.
func Parse(w http.ResponseWriter, r *http.Request, maxBytes int64) (*Request, *RequestError) {
	request := &Request{RawParams: graphql.RawParams{Headers: r.Header}}
	switch r.Method {
	case http.MethodGet, http.MethodHead:
		members := map[string]json.RawMessage{}
		if err := parseQuery(r, members); err != nil {
			return nil, err
		}
		return request.parseMembers(members)
	case http.MethodPost:
		body, err := readBody(w, r, maxBytes)
		if err != nil {
			return nil, err
		}
		return request.parseJSON(body, "body")
	default:
		w.Header().Set("Allow", "GET, HEAD, POST")
		return nil, reject(http.StatusMethodNotAllowed, "A GraphQL request is sent by GET or POST (or HEAD).")
	}
}

// ParseMessage parses the payload of a message that holds a GraphQL request. It is as
// strict as [Parse] is with the body of a POST request.
func ParseMessage(payload []byte) (*Request, *RequestError) {
	return new(Request).parseJSON(payload, "payload")
}

// parseJSON sets the request to the one in document, and returns it. Errors call the
// document by its noun.
func (r *Request) parseJSON(document []byte, noun string) (*Request, *RequestError) {
	if countJSONValues(document) > maxJSONValues {
		return nil, BadRequest(fmt.Sprintf("The %s must have at most %d values.", noun, maxJSONValues))
	}
	if utf8.Valid(document) {
		if r.parseFast(document) {
			return r, nil
		}
		var members map[string]json.RawMessage
		if decode(document, &members) == nil {
			return r.parseMembers(members)
		}
	}
	return nil, BadRequest("The " + noun + " must be one JSON object, in UTF-8.")
}

// parseMembers sets the request to the one with these members, and returns it.
func (r *Request) parseMembers(members map[string]json.RawMessage) (*Request, *RequestError) {
	for _, p := range []struct { // in this order, so that of several errors the same one is returned every time
		name     string
		into     any
		expected string
	}{
		{"query", &r.Query, "a string"},
		{"operationName", &r.OperationName, "a string"}, // "" is none: clients whose strings cannot be null, such as those in Go, send it
		{"variables", &jsonObject{}, "an object"},
		{"extensions", &r.Extensions, "an object"},
		{"documentId", &r.documentID, "a string"}, // of GraphQL over HTTP
		{"doc_id", &r.documentID, "a string"},     // of Relay's guide to persisted queries
	} {
		if raw, ok := members[p.name]; ok && decode(raw, p.into) != nil {
			return nil, BadRequest("`" + p.name + "` must be " + p.expected + ".")
		}
	}
	r.rawVariables = members["variables"]
	if _, problem := r.DocumentID(); problem != "" {
		return nil, BadRequest(problem)
	}
	return r, nil
}

// jsonObject accepts an object, or null, without decoding it.
type jsonObject struct{}

func (*jsonObject) UnmarshalJSON(value []byte) error {
	if value[0] != '{' && string(value) != "null" {
		return errors.New("not an object")
	}
	return nil
}

// parseQuery takes the parameters from the URL, where strings are plain and all
// else is JSON. Other parameters of the URL are ignored.
func parseQuery(r *http.Request, members map[string]json.RawMessage) *RequestError {
	query, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil { // r.URL.Query drops what it cannot parse
		return BadRequest("The query part of the URL is malformed.")
	}
	for _, name := range []string{"query", "operationName", "variables", "extensions", "documentId", "doc_id"} {
		values := query[name]
		switch {
		case len(values) > 1:
			return BadRequest("`" + name + "` occurs twice in the URL.")
		case len(values) == 0 || values[0] == "":
		case !utf8.ValidString(values[0]):
			return BadRequest("`" + name + "` is not UTF-8.")
		case name == "variables" || name == "extensions":
			members[name] = json.RawMessage(values[0])
		default:
			members[name], _ = json.Marshal(values[0])
		}
	}
	return nil
}

// readBody returns a body that is declared to be JSON.
func readBody(w http.ResponseWriter, r *http.Request, maxBytes int64) ([]byte, *RequestError) {
	name, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if charset := params["charset"]; err != nil || name != MediaTypeJSON || charset != "" && !strings.EqualFold(charset, "utf-8") {
		return nil, reject(http.StatusUnsupportedMediaType, "The body must be sent as `Content-Type: application/json`, in UTF-8.")
	}
	if coding := strings.Join(r.Header.Values("Content-Encoding"), ","); coding != "" && !strings.EqualFold(coding, "identity") {
		w.Header().Set("Accept-Encoding", "identity")
		return nil, reject(http.StatusUnsupportedMediaType, "The body must be sent without a `Content-Encoding`.")
	}
	body, err := readAll(http.MaxBytesReader(w, r.Body, maxBytes), r.ContentLength)
	if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return nil, reject(http.StatusRequestEntityTooLarge, fmt.Sprintf("The body must have at most %d bytes (MAX_BODY).", maxBytes))
	}
	if err != nil {
		return nil, BadRequest("The body ended early.")
	}
	return body, nil
}

// readAll reads a body to its end. It allocates what Content-Length announces.
func readAll(body io.Reader, length int64) ([]byte, error) {
	buffer := bytes.NewBuffer(make([]byte, 0, min(max(length, 0), 64<<10)+bytes.MinRead))
	_, err := buffer.ReadFrom(body)
	return buffer.Bytes(), err
}

// maxJSONValues is the maximum number of values in a body. Each takes up to 60 bytes
// of memory for two in the body; an operation has some hundred ids and arguments.
const maxJSONValues = 20_000

// countJSONValues returns an upper bound of the values in a JSON document. It counts
// delimiters: also those inside strings if they are few, as it is fastest, and else
// those outside, since a document of GraphQL may have thousands.
func countJSONValues(document []byte) int {
	n := bytes.Count(document, []byte{','}) + bytes.Count(document, []byte{'['}) + bytes.Count(document, []byte{'{'})
	if n <= maxJSONValues {
		return n
	}
	n = 0
	inString := false
	for i := 0; i < len(document); i++ {
		switch c := document[i]; {
		case c == '"':
			inString = !inString
		case c == '\\' && inString:
			i++
		case !inString && (c == ',' || c == '[' || c == '{'):
			n++
		}
	}
	return n
}

// normalizeNumbers writes 3.0 and 3e0 as 3, which they are in JavaScript and so in
// graphql-js; gqlgen accepts neither for an Int. From 1e21 on JavaScript itself
// writes an exponent, so such a number never is an ID of digits.
func normalizeNumbers(value any) any {
	switch v := value.(type) {
	case json.Number:
		if n, err := v.Float64(); err == nil && (v == "-0" || strings.ContainsAny(v.String(), ".eE")) && n == math.Trunc(n) && math.Abs(n) < 1e21 {
			return json.Number(strconv.FormatFloat(n+0, 'f', -1, 64)) // -0 is 0
		}
	case []any:
		for i := range v {
			v[i] = normalizeNumbers(v[i])
		}
	case map[string]any:
		for name := range v {
			v[name] = normalizeNumbers(v[name])
		}
	}
	return value
}

// decode reads exactly one JSON document. It leaves numbers as they were written: an
// ID may have more digits than a float64 holds.
func decode(document []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(document))
	d.UseNumber()
	if err := d.Decode(into); err != nil {
		return err
	}
	if _, err := d.Token(); err != io.EOF {
		return errors.New("data after the document")
	}
	return nil
}
