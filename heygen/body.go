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

// buffers are what bodies are read into. One grows to the size of a page, and then
// takes a page in two reads and without an allocation; a new one for each took
// 52 KB a page, and three reads more.
var buffers = sync.Pool{New: func() any { return &bytes.Buffer{} }}

// maxBuffer bounds what is used again, in bytes: hardly an answer is so long.
const maxBuffer = 256 << 10

// answerOf reads a body, or as many bytes of it.
func answerOf(status int, body io.Reader, most int64) (answer, error) {
	buffer := buffers.Get().(*bytes.Buffer)
	_, err := buffer.ReadFrom(io.LimitReader(body, most))
	return answer{status, buffer.Bytes(), buffer}, err
}

func (a answer) free() {
	if a.buffer.Cap() <= maxBuffer {
		a.buffer.Reset()
		buffers.Put(a.buffer)
	}
}
