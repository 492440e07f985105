package graph

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

// refusal is why a request was not even looked at as GraphQL.
type refusal struct {
	status  int
	code    errcode.Code
	message string
}

func badRequest(message string) *refusal { return refuse(http.StatusBadRequest, message) }

func refuse(status int, message string) *refusal {
	return &refusal{status, errcode.BadUserInput, message}
}

// params are what a request brings.
type params struct {
	graphql.RawParams
	documentID string          // instead of Query
	variables  json.RawMessage // an object, or null; nil: there are none
}

// readVariables reads the variables, once it is known that they are needed.
func (p *params) readVariables() {
	if len(p.variables) == 0 {
		return
	}
	_ = decode(p.variables, &p.Variables) // it is an object, or null
	for name, value := range p.Variables {
		p.Variables[name] = wholeNumbers(value)
	}
}

// readRequest reads the parameters of a request by either method.
func readRequest(w http.ResponseWriter, r *http.Request, most int64) (*params, *refusal) {
	var fields map[string]json.RawMessage
	params := &params{RawParams: graphql.RawParams{Headers: r.Header}}
	switch r.Method {
	case http.MethodGet:
		fields = map[string]json.RawMessage{}
		if wrong := readQuery(r, fields); wrong != nil {
			return nil, wrong
		}
	case http.MethodPost:
		body, wrong := readBody(w, r, most)
		switch {
		case wrong != nil:
			return nil, wrong
		case params.quick(body):
			return params, nil
		case decode(body, &fields) != nil:
			return nil, badRequest(notAnObject)
		}
	default:
		w.Header().Set("Allow", "GET, POST")
		return nil, refuse(http.StatusMethodNotAllowed, "GraphQL is asked by GET or POST.")
	}
	for _, p := range []struct { // in this order, so that of several wrong ones the same is told every time
		name string
		into any
		kind string
	}{
		{"query", &params.Query, "a string"},
		{"operationName", &params.OperationName, "a string"}, // "" is none: clients whose strings cannot be null, such as those in Go, send it
		{"variables", &anObject{}, "an object"},
		{"extensions", &params.Extensions, "an object"},
		{"documentId", &params.documentID, "a string"}, // of GraphQL over HTTP
		{"doc_id", &params.documentID, "a string"},     // of Relay's guide to persisted queries
	} {
		if raw, ok := fields[p.name]; ok && decode(raw, p.into) != nil {
			return nil, badRequest("`" + p.name + "` must be " + p.kind + ".")
		}
	}
	params.variables = fields["variables"]
	if _, wrong := params.named(); wrong != "" {
		return nil, badRequest(wrong)
	}
	return params, nil
}

// anObject is an object, or null, into which nobody looks.
type anObject struct{}

func (*anObject) UnmarshalJSON(text []byte) error {
	if text[0] != '{' && string(text) != "null" {
		return errors.New("no object")
	}
	return nil
}

// readQuery takes the parameters from the URL, where texts stand as they are
// and the others as JSON. What else stands there is no business of GraphQL's.
func readQuery(r *http.Request, fields map[string]json.RawMessage) *refusal {
	query, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil { // r.URL.Query leaves out what it cannot read
		return badRequest("The query part of the URL is malformed.")
	}
	for _, name := range []string{"query", "operationName", "variables", "extensions", "documentId", "doc_id"} {
		values := query[name]
		switch {
		case len(values) > 1:
			return badRequest("`" + name + "` stands twice in the URL.")
		case len(values) == 0 || values[0] == "":
		case !utf8.ValidString(values[0]):
			return badRequest("`" + name + "` is not UTF-8.")
		case name == "variables" || name == "extensions":
			fields[name] = json.RawMessage(values[0])
		default:
			fields[name], _ = json.Marshal(values[0])
		}
	}
	return nil
}

const notAnObject = "The body must be one JSON object, in UTF-8."

// readBody gives a body that may be a JSON object.
func readBody(w http.ResponseWriter, r *http.Request, most int64) ([]byte, *refusal) {
	name, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if charset := params["charset"]; err != nil || name != plainJSON || charset != "" && !strings.EqualFold(charset, "utf-8") {
		return nil, refuse(http.StatusUnsupportedMediaType, "The body must be sent as `Content-Type: application/json`, in UTF-8.")
	}
	if coding := strings.Join(r.Header.Values("Content-Encoding"), ","); coding != "" && !strings.EqualFold(coding, "identity") {
		w.Header().Set("Accept-Encoding", "identity")
		return nil, refuse(http.StatusUnsupportedMediaType, "The body must be sent as it is, without a `Content-Encoding`.")
	}
	body, err := readAll(http.MaxBytesReader(w, r.Body, most), r.ContentLength)
	if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return nil, refuse(http.StatusRequestEntityTooLarge, fmt.Sprintf("The body must have at most %d bytes.", most))
	}
	if err != nil {
		return nil, badRequest("The body broke off.")
	}
	if values(body) > maxValues {
		return nil, badRequest(fmt.Sprintf("The body must hold at most %d values.", maxValues))
	}
	if !utf8.Valid(body) {
		return nil, badRequest(notAnObject)
	}
	return body, nil
}

// readAll reads a body to its end, and makes room for what it says of its length.
func readAll(body io.Reader, length int64) ([]byte, error) {
	room := bytes.NewBuffer(make([]byte, 0, min(max(length, 0), 64<<10)+bytes.MinRead))
	_, err := room.ReadFrom(body)
	return room.Bytes(), err
}

// maxValues is how many values a body may hold. Each takes up to 60 bytes of memory
// for two in the body; the ids and the arguments of an operation are some hundred.
const maxValues = 20_000

// values bounds the values in a JSON text: those inside of strings count, too.
func values(text []byte) int {
	return bytes.Count(text, []byte{','}) + bytes.Count(text, []byte{'['}) + bytes.Count(text, []byte{'{'})
}

// wholeNumbers writes 3.0 and 3e0 as 3, which they are in JavaScript and so in
// graphql-js; gqlgen takes neither for an Int. From 1e21 on JavaScript itself
// writes an exponent, and no ID of whole digits comes of it.
func wholeNumbers(value any) any {
	switch v := value.(type) {
	case json.Number:
		if n, err := v.Float64(); err == nil && (v == "-0" || strings.ContainsAny(v.String(), ".eE")) && n == math.Trunc(n) && math.Abs(n) < 1e21 {
			return json.Number(strconv.FormatFloat(n+0, 'f', -1, 64)) // -0 is 0
		}
	case []any:
		for i := range v {
			v[i] = wholeNumbers(v[i])
		}
	case map[string]any:
		for name := range v {
			v[name] = wholeNumbers(v[name])
		}
	}
	return value
}

// decode reads one JSON document and nothing behind it, and leaves numbers as
// they were written: an ID may be longer than a float is exact.
func decode(text []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	if err := d.Decode(into); err != nil {
		return err
	}
	if _, err := d.Token(); err != io.EOF {
		return errors.New("something follows the document")
	}
	return nil
}
