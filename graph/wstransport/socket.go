package wstransport

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"github.com/coder/websocket"

	"heygen-graphql/graph/stream"
)

// socket is a WebSocket. One goroutine reads from it, one watches it, and one runs each
// operation; all of them may write.
type socket struct {
	Options
	conn    *websocket.Conn
	netConn net.Conn
	header  http.Header // of the handshake

	// ctx is done once the socket has to be closed; its cause is why. end ends it: of
	// several causes the first counts.
	ctx        context.Context
	end        context.CancelCauseFunc
	goroutines sync.WaitGroup

	alive       atomic.Bool // the client has sent something since the last heartbeat
	initialized atomic.Bool // connection_init was received

	writing sync.Mutex

	session       Session     // nil until Authenticate has returned; written by read
	authenticated atomic.Bool // session may be read by others

	mu         sync.Mutex
	operations map[string]*operation // by their id
	running    int                   // goroutines of operations
}

// maxJoined is the maximum length in bytes of a message that is joined in a buffer, so
// that it is one frame. The body of a longer one, which all subscribers share, is
// written as a frame of its own, without a copy a socket.
const maxJoined = 4 << 10

var joinBuffers = sync.Pool{New: func() any { return new([maxJoined]byte) }}

// write writes a message unless ctx is done: an operation that was cancelled, or a
// socket that is to be closed, has nothing more to say. Writers wait for each other; a
// client that blocks one until the deadline is dropped. It reports whether it wrote.
func (s *socket) write(ctx context.Context, parts ...[]byte) bool {
	s.writing.Lock()
	defer s.writing.Unlock()
	if ctx.Err() != nil {
		return false
	}
	err := s.netConn.SetWriteDeadline(time.Now().Add(s.WriteTimeout))
	if err == nil {
		err = s.writeParts(parts)
	}
	if err == nil {
		err = s.netConn.SetWriteDeadline(time.Time{}) // pong frames have no deadline of the connection
	}
	switch {
	case err == nil:
		return true
	case errors.Is(err, os.ErrDeadlineExceeded):
		s.end(errNotRead)
	default:
		s.end(errReadFailed)
	}
	return false
}

func (s *socket) writeParts(parts [][]byte) error {
	// The connection's deadline bounds the write: a context would close the socket when
	// the operation is cancelled.
	ctx := context.Background()
	length := 0
	for _, part := range parts {
		length += len(part)
	}
	if length <= maxJoined {
		buffer := joinBuffers.Get().(*[maxJoined]byte)
		defer joinBuffers.Put(buffer)
		joined := buffer[:0]
		for _, part := range parts {
			joined = append(joined, part...)
		}
		return s.conn.Write(ctx, websocket.MessageText, joined)
	}
	writer, err := s.conn.Writer(ctx, websocket.MessageText)
	if err != nil {
		return err
	}
	for _, part := range parts {
		if _, err := writer.Write(part); err != nil {
			return err
		}
	}
	return writer.Close()
}

// read handles the client's messages until the socket ends.
func (s *socket) read() {
	defer s.recoverPanic()
	for {
		text, release, err := s.readMessage()
		if err == nil && s.ctx.Err() == nil {
			s.alive.Store(true)
			err = s.handle(text)
		}
		release()
		if s.ctx.Err() != nil {
			return
		}
		if err != nil {
			s.end(err)
			return
		}
	}
}

// maxSmallMessage is the maximum length in bytes of a message that needs no part of the budget,
// and of those before the client is authenticated.
const maxSmallMessage = 16 << 10

// readMessage returns the next message, for which release must be called once it is handled.
// Its error is why the socket ends. A message may take MessageTimeout from its first frame on.
func (s *socket) readMessage() (text []byte, release func(), err error) {
	release = func() {}
	kind, reader, err := s.conn.Reader(context.Background())
	if err == nil && kind != websocket.MessageText {
		return nil, release, closeWith(codeInvalidMessage, "A message must be a text message.")
	}
	maxBytes := s.MaxMessageBytes
	if s.session == nil {
		maxBytes = min(maxBytes, maxSmallMessage)
	}
	if err == nil {
		err = s.netConn.SetReadDeadline(time.Now().Add(s.MessageTimeout))
	}
	if err == nil {
		text, err = io.ReadAll(io.LimitReader(reader, min(maxBytes, maxSmallMessage)+1))
	}
	if err == nil && len(text) > maxSmallMessage && maxBytes > maxSmallMessage {
		if s.Bytes != nil && !s.Bytes.TryAcquire(maxBytes) {
			return nil, release, closeWith(int(websocket.StatusTryAgainLater), "The server is overloaded: clients send too many large messages.")
		}
		release = func() {
			if s.Bytes != nil {
				s.Bytes.Release(maxBytes)
			}
		}
		var rest []byte
		rest, err = io.ReadAll(io.LimitReader(reader, maxBytes+1-int64(len(text))))
		text = append(text, rest...)
	}
	if err == nil {
		err = s.netConn.SetReadDeadline(time.Time{})
	}
	switch {
	case int64(len(text)) > maxBytes:
		return nil, release, closeWith(int(websocket.StatusMessageTooBig), fmt.Sprintf("A message must have at most %d bytes.", maxBytes))
	case err == nil:
		return text, release, nil
	case websocket.CloseStatus(err) != -1, errors.Is(err, io.EOF):
		return nil, release, errClientClosed
	default:
		return nil, release, errReadFailed
	}
}

// recoverPanic ends the socket after a panic. It is deferred.
func (s *socket) recoverPanic() {
	if value := recover(); value != nil {
		s.end(stream.NewPanicError(value))
	}
}
