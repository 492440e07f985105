package httptransport

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"strconv"
	"sync"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"heygen-graphql/graph/errcode"
)

// ErrorResponse returns a response with one error and no data.
func ErrorResponse(code errcode.Code, message string) *graphql.Response {
	return &graphql.Response{Errors: gqlerror.List{{Message: message, Extensions: map[string]any{"code": string(code)}}}}
}

// Body is the body of a response, in the parts in which it is written. Data is as the
// executor wrote it: json.Marshal would parse all of it again to check it.
type Body struct{ prefix, data, suffix []byte }

// NewBody returns the body of a response.
func NewBody(response *graphql.Response) Body {
	if len(response.Errors) == 0 && len(response.Extensions) == 0 && response.Data != nil {
		return Body{dataPrefix, response.Data, dataSuffix}
	}
	var envelope bytes.Buffer // what comes before data, and after it
	envelope.WriteByte('{')
	member := func(name string) {
		if envelope.Len() > 1 {
			envelope.WriteByte(',')
		}
		envelope.WriteString(`"` + name + `":`)
	}
	value := func(v any) {
		encoder := json.NewEncoder(&envelope)
		encoder.SetEscapeHTML(false)
		_ = encoder.Encode(v)
		envelope.Truncate(envelope.Len() - 1) // its line break
	}
	if len(response.Errors) > 0 {
		member("errors")
		value(response.Errors)
	}
	if response.Data != nil { // absent if nothing was executed
		member("data")
	}
	prefix := envelope.Len()
	if len(response.Extensions) > 0 {
		member("extensions")
		value(response.Extensions)
	}
	envelope.WriteByte('}')
	return Body{envelope.Bytes()[:prefix], response.Data, envelope.Bytes()[prefix:]}
}

// The body of most responses around data.
var dataPrefix, dataSuffix = []byte(`{"data":`), []byte(`}`)

// Len returns the length of the body in bytes.
func (b Body) Len() int { return len(b.prefix) + len(b.data) + len(b.suffix) }

// Parts returns the parts of the body, in their order.
func (b Body) Parts() [][]byte { return [][]byte{b.prefix, b.data, b.suffix} }

// Write writes a response.
func Write(w http.ResponseWriter, mediaType string, status int, response *graphql.Response) {
	body := NewBody(response)
	writeHeader(w, mediaType, status, body.Len())
	response.Data = nil // while a client reads slowly, one reference is enough
	writeAll(w, body.prefix, body.data, body.suffix)
}

// WriteEncoded writes a response of status 200 whose body is in a content coding.
func WriteEncoded(w http.ResponseWriter, mediaType, coding string, body []byte) {
	w.Header().Set("Content-Encoding", coding)
	writeHeader(w, mediaType, http.StatusOK, len(body))
	_, _ = w.Write(body)
}

func writeHeader(w http.ResponseWriter, mediaType string, status, length int) {
	w.Header().Set("Content-Type", mediaType+"; charset=utf-8")
	w.Header().Set("Content-Length", strconv.Itoa(length))
	w.WriteHeader(status)
}

// maxBufferedWrite is the length in bytes up to which a response is copied into one
// buffer, so that it takes as few system calls as possible. The copy of a longer
// one takes more memory than it is worth.
const maxBufferedWrite = 256 << 10

var writeBuffers = sync.Pool{New: func() any { return &bytes.Buffer{} }}

func writeAll(w io.Writer, prefix, data, suffix []byte) {
	if len(prefix)+len(data)+len(suffix) > maxBufferedWrite {
		for _, part := range [][]byte{prefix, data, suffix} {
			_, _ = w.Write(part)
		}
		return
	}
	buffer := writeBuffers.Get().(*bytes.Buffer)
	defer writeBuffers.Put(buffer)
	buffer.Reset()
	buffer.Write(prefix)
	buffer.Write(data)
	buffer.Write(suffix)
	_, _ = w.Write(buffer.Bytes())
}
