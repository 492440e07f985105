package heygen

import (
	"bytes"
	"io"
	"sync"
)

// answer is a 2xx response with its complete body. The body is valid until release:
// decoders copy what they return.
type answer struct {
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
func readResponse(status int, body io.Reader, maxBytes int64) (answer, error) {
	buffer := bufferPool.Get().(*bytes.Buffer)
	n, err := buffer.ReadFrom(io.LimitReader(body, maxPooledBuffer))
	a := answer{status, buffer.Bytes(), buffer}
	if n == maxPooledBuffer && err == nil {
		a.body, err = io.ReadAll(io.MultiReader(buffer, io.LimitReader(body, maxBytes-maxPooledBuffer)))
	}
	return a, err
}

func (a answer) release() {
	a.buffer.Reset()
	bufferPool.Put(a.buffer)
}
