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

// Write writes a response. It copies data as the executor wrote it: json.Marshal
// would parse all of it again to check it.
func Write(w http.ResponseWriter, mediaType string, status int, response *graphql.Response) {
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
	w.Header().Set("Content-Type", mediaType+"; charset=utf-8")
	w.Header().Set("Content-Length", strconv.Itoa(envelope.Len()+len(response.Data)))
	w.WriteHeader(status)
	data := response.Data
	response.Data = nil // while a client reads slowly, one reference is enough
	writeAll(w, envelope.Bytes()[:prefix], data, envelope.Bytes()[prefix:])
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
