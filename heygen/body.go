package heygen

import (
	"bytes"
	"io"
	"sync"
)

// answer is an answer of status 2xx with its whole body. The body is of use until
// free: what is read of it is copied.
type answer struct {
	status int
	body   []byte
	buffer *bytes.Buffer
}

// bufferPool are what bodies are read into. One grows to the size of a page, and then
// takes a page in two reads and without an allocation; a new one for each took
// 52 KB a page, and three reads more.
var bufferPool = sync.Pool{New: func() any { return &bytes.Buffer{} }}

// maxPooledBuffer is how much of a body, in bytes, is read into one. Hardly an answer is
// longer; one that is gets memory of its own, so that no buffer stays large.
const maxPooledBuffer = 256 << 10

// readResponse reads a body, or as many bytes of it.
func readResponse(status int, body io.Reader, most int64) (answer, error) {
	buffer := bufferPool.Get().(*bytes.Buffer)
	n, err := buffer.ReadFrom(io.LimitReader(body, maxPooledBuffer))
	a := answer{status, buffer.Bytes(), buffer}
	if n == maxPooledBuffer && err == nil {
		a.body, err = io.ReadAll(io.MultiReader(buffer, io.LimitReader(body, most-maxPooledBuffer)))
	}
	return a, err
}

func (a answer) release() {
	a.buffer.Reset()
	bufferPool.Put(a.buffer)
}
