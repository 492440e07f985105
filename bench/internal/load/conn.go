package load

import (
	"bufio"
	"fmt"
	"net"
	"time"
)

// patience bounds one request: whoever takes longer is broken, not slow.
const patience = 30 * time.Second

// Conn is a connection to a server. One goroutine may use it at a time.
type Conn struct {
	conn net.Conn
	in   *bufio.Reader
	body []byte // of the last answer
}

// Dial connects to host:port.
func Dial(address string) (*Conn, error) {
	conn, err := net.DialTimeout("tcp", address, patience)
	if err != nil {
		return nil, err
	}
	return &Conn{conn: conn, in: bufio.NewReaderSize(conn, 64<<10)}, nil
}

// Close ends the connection.
func (c *Conn) Close() error { return c.conn.Close() }

// Do sends a whole request and gives the body of its answer, which is good until
// the next Do. An answer other than 200 is an error that holds its beginning.
// After an error the connection is of no more use.
func (c *Conn) Do(request []byte) ([]byte, error) {
	if _, err := c.conn.Write(request); err != nil {
		return nil, err
	}
	if err := c.read(); err != nil {
		return nil, err
	}
	return c.body, nil
}

// Bound sets until when what is asked from now on must be answered.
func (c *Conn) bound(until time.Time) error { return c.conn.SetDeadline(until) }

// Ask sends one request on a connection of its own.
func Ask(address string, request []byte) ([]byte, error) {
	c, err := Dial(address)
	if err != nil {
		return nil, err
	}
	defer c.Close()
	if err := c.bound(time.Now().Add(patience)); err != nil {
		return nil, err
	}
	return c.Do(request)
}

// Get renders a GET request.
func Get(host, target string) []byte {
	return fmt.Appendf(nil, "GET %s HTTP/1.1\r\nHost: %s\r\nAccept: application/json\r\n\r\n", target, host)
}

// Post renders a POST request with a JSON body.
func Post(host, target string, body []byte) []byte {
	head := fmt.Appendf(nil, "POST %s HTTP/1.1\r\nHost: %s\r\nAccept: application/json\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n", target, host, len(body))
	return append(head, body...)
}
