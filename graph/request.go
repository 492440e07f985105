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
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/99designs/gqlgen/graphql"
)

// refusal is why a request was not even looked at as GraphQL.
type refusal struct {
	status  int
	message string
}

func badRequest(message string) *refusal { return &refusal{http.StatusBadRequest, message} }

// readRequest reads the parameters of a request by either method.
func readRequest(w http.ResponseWriter, r *http.Request) (*graphql.RawParams, *refusal) {
	fields := map[string]json.RawMessage{}
	var wrong *refusal
	switch r.Method {
	case http.MethodGet:
		wrong = readQuery(r, fields)
	case http.MethodPost:
		wrong = readBody(w, r, fields)
	default:
		w.Header().Set("Allow", "GET, POST")
		wrong = &refusal{http.StatusMethodNotAllowed, "GraphQL is asked by GET or POST."}
	}
	if wrong != nil {
		return nil, wrong
	}
	start := graphql.Now()
	params := &graphql.RawParams{Headers: r.Header}
	for name, field := range map[string]struct {
		into any
		kind string
	}{
		"query":         {&params.Query, "a string"},
		"operationName": {&params.OperationName, "a string"},
		"variables":     {&params.Variables, "an object"},
		"extensions":    {&params.Extensions, "an object"},
	} {
		if raw, ok := fields[name]; ok && decode(raw, field.into) != nil {
			return nil, badRequest("`" + name + "` must be " + field.kind + ".")
		}
	}
	for name, value := range params.Variables {
		params.Variables[name] = wholeNumbers(value)
	}
	if strings.TrimSpace(params.Query) == "" {
		return nil, badRequest("`query` is missing.")
	}
	params.ReadTime = graphql.TraceTiming{Start: start, End: graphql.Now()}
	return params, nil
}

// readQuery takes the parameters from the URL, where texts stand as they are
// and the others as JSON.
func readQuery(r *http.Request, fields map[string]json.RawMessage) *refusal {
	for name, values := range r.URL.Query() {
		switch {
		case len(values) > 1 || !utf8.ValidString(values[0]):
			return badRequest("A parameter of the URL stands twice, or is not UTF-8.")
		case values[0] == "":
		case name == "query" || name == "operationName":
			fields[name], _ = json.Marshal(values[0])
		default:
			fields[name] = json.RawMessage(values[0])
		}
	}
	return nil
}

// readBody takes them from a JSON object.
func readBody(w http.ResponseWriter, r *http.Request, fields map[string]json.RawMessage) *refusal {
	name, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if charset := params["charset"]; err != nil || name != plainJSON || charset != "" && !strings.EqualFold(charset, "utf-8") {
		return &refusal{http.StatusUnsupportedMediaType, "The body must be sent as `Content-Type: application/json`, in UTF-8."}
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return &refusal{http.StatusRequestEntityTooLarge, fmt.Sprintf("The body must be at most %d KiB.", maxBody>>10)}
	}
	if err != nil {
		return badRequest("The body broke off.")
	}
	if !utf8.Valid(body) || decode(body, &fields) != nil {
		return badRequest("The body must be one JSON object, in UTF-8.")
	}
	return nil
}

// wholeNumbers writes 3.0 and 3e0 as 3, which they are in JavaScript and so in
// graphql-js; gqlgen takes neither for an Int.
func wholeNumbers(value any) any {
	switch v := value.(type) {
	case json.Number:
		if n, err := v.Float64(); err == nil && strings.ContainsAny(v.String(), ".eE") && n == math.Trunc(n) && math.Abs(n) < 1<<53 {
			return json.Number(strconv.FormatInt(int64(n), 10))
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
