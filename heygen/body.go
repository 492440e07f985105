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

// maxBuffer is how much of a body, in bytes, is read into one. Hardly an answer is
// longer; one that is gets memory of its own, so that no buffer stays large.
const maxBuffer = 256 << 10

// answerOf reads a body, or as many bytes of it.
func answerOf(status int, body io.Reader, most int64) (answer, error) {
	buffer := buffers.Get().(*bytes.Buffer)
	n, err := buffer.ReadFrom(io.LimitReader(body, maxBuffer))
	a := answer{status, buffer.Bytes(), buffer}
	if n == maxBuffer && err == nil {
		a.body, err = io.ReadAll(io.MultiReader(buffer, io.LimitReader(body, most-maxBuffer)))
	}
	return a, err
}

func (a answer) free() {
	a.buffer.Reset()
	buffers.Put(a.buffer)
}
