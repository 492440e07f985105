package heygen

import (
	"bytes"
	"io"
	"sync"
)

// response is a 2xx response with its complete body. The body is valid until release:
// decoders copy what they return.
type response struct {
	status int
	body   []byte
	buffer *bytes.Buffer
}

// bufferPool holds buffers for bodies. A buffer grows to the size of a page, and then
// takes a page in two reads and without an allocation; a new buffer for each page
// took 52 KB, and three reads more.
var bufferPool = sync.Pool{New: func() any { return &bytes.Buffer{} }}

// maxPooledBuffer is the maximum number of bytes read into a pooled buffer. Hardly any
// body is longer; one that is gets memory of its own, so that no buffer stays large.
const maxPooledBuffer = 256 << 10

// readResponse reads a body, or its first maxBytes.
func readResponse(status int, body io.Reader, maxBytes int64) (response, error) {
	buffer := bufferPool.Get().(*bytes.Buffer)
	n, err := buffer.ReadFrom(io.LimitReader(body, maxPooledBuffer))
	res := response{status, buffer.Bytes(), buffer}
	if n == maxPooledBuffer && err == nil {
		res.body, err = io.ReadAll(io.MultiReader(buffer, io.LimitReader(body, maxBytes-maxPooledBuffer)))
	}
	return res, err
}

func (res response) release() {
	res.buffer.Reset()
	bufferPool.Put(res.buffer)
}
