package load

import (
	"bufio"
	"bytes"
	"fmt"
	"net"
	"time"
)

// requestTimeout limits one request. A server that takes longer is broken, not slow.
const requestTimeout = 30 * time.Second

// Conn is a connection to a server. It is not safe for concurrent use.
type Conn struct {
	conn   net.Conn
	reader *bufio.Reader
	body   []byte // of the last response
	coding string // of that body; empty: identity

	received int64 // bytes read from conn: all responses with their heads
}

// countingReader reads from a connection and counts the bytes.
type countingReader struct{ *Conn }

func (r countingReader) Read(p []byte) (int, error) {
	n, err := r.conn.Read(p)
	r.received += int64(n)
	return n, err
}

// Dial connects to host:port.
func Dial(address string) (*Conn, error) {
	conn, err := net.DialTimeout("tcp", address, requestTimeout)
	if err != nil {
		return nil, err
	}
	c := &Conn{conn: conn}
	c.reader = bufio.NewReaderSize(countingReader{c}, 64<<10)
	return c, nil
}

// Close closes the connection.
func (c *Conn) Close() error { return c.conn.Close() }

// Do sends a rendered request and returns the response body as it is on the wire,
// which is valid until the next Do. It returns an error that quotes the body if the status is not 200.
// After an error the connection must not be used again.
func (c *Conn) Do(request []byte) ([]byte, error) {
	if _, err := c.conn.Write(request); err != nil {
		return nil, err
	}
	if err := c.readResponse(); err != nil {
		return nil, err
	}
	return c.body, nil
}

// setDeadline sets the deadline of all later requests.
func (c *Conn) setDeadline(deadline time.Time) error { return c.conn.SetDeadline(deadline) }

// Send sends one request on a new connection and returns the decoded response body.
func Send(address string, request []byte) ([]byte, error) {
	c, err := Dial(address)
	if err != nil {
		return nil, err
	}
	defer c.Close()
	if err := c.setDeadline(time.Now().Add(requestTimeout)); err != nil {
		return nil, err
	}
	if _, err := c.Do(request); err != nil {
		return nil, err
	}
	return c.decodedBody()
}

// GetRequest renders a GET request.
func GetRequest(host, target string) []byte {
	return fmt.Appendf(nil, "GET %s HTTP/1.1\r\nHost: %s\r\nAccept: application/json\r\n\r\n", target, host)
}

// PostRequest renders a POST request with a JSON body.
func PostRequest(host, target string, body []byte) []byte {
	head := fmt.Appendf(nil, "POST %s HTTP/1.1\r\nHost: %s\r\nAccept: application/json\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n", target, host, len(body))
	return append(head, body...)
}

// BrowserCodings is the Accept-Encoding field of current browsers.
const BrowserCodings = "gzip, deflate, br, zstd"

// AcceptCodings returns a copy of a rendered request with an Accept-Encoding field.
func AcceptCodings(request []byte, codings string) []byte {
	line, rest, _ := bytes.Cut(request, []byte("\r\n"))
	return fmt.Appendf(nil, "%s\r\nAccept-Encoding: %s\r\n%s", line, codings, rest)
}
