package load

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
)

var errResponse = errors.New("not an HTTP/1.1 response with Content-Length or chunked coding")

// maxBody is far above the size of any response here.
const maxBody = 64 << 20

// readResponse reads a response into c.body.
func (c *Conn) readResponse() error {
	status, length, err := c.readHead()
	if err != nil {
		return err
	}
	c.body = c.body[:0]
	switch {
	case length >= 0:
		err = c.readBody(length)
	default:
		err = c.readChunked()
	}
	if err != nil {
		return err
	}
	if status != 200 {
		return fmt.Errorf("status %d: %.300s", status, c.body)
	}
	return nil
}

// chunked is the length of a body in chunked transfer coding.
const chunked = -1

// readHead reads the status line and the headers. It rejects a response without
// Content-Length or chunked coding, which would end with the connection.
func (c *Conn) readHead() (status, length int, err error) {
	line, err := c.reader.ReadSlice('\n')
	if err != nil {
		return 0, 0, err
	}
	if !bytes.HasPrefix(line, []byte("HTTP/1.1 ")) || len(line) < 12 {
		return 0, 0, errResponse
	}
	if status, err = strconv.Atoi(string(line[9:12])); err != nil {
		return 0, 0, errResponse
	}
	found := false
	c.coding = ""
	for {
		line, err := c.reader.ReadSlice('\n')
		if err != nil {
			return 0, 0, err
		}
		if line = bytes.TrimRight(line, "\r\n"); len(line) == 0 {
			break
		}
		name, value, _ := bytes.Cut(line, []byte(":"))
		switch {
		case len(name) == len("content-length") && bytes.EqualFold(name, []byte("content-length")):
			length, err = strconv.Atoi(string(bytes.TrimSpace(value)))
			if err != nil || length < 0 || length > maxBody {
				return 0, 0, errResponse
			}
			found = true
		case len(name) == len("transfer-encoding") && bytes.EqualFold(name, []byte("transfer-encoding")):
			if !bytes.EqualFold(bytes.TrimSpace(value), []byte("chunked")) {
				return 0, 0, errResponse
			}
			length, found = chunked, true
		case len(name) == len("content-encoding") && bytes.EqualFold(name, []byte("content-encoding")):
			c.setCoding(bytes.TrimSpace(value))
		}
	}
	if !found {
		return 0, 0, errResponse
	}
	return status, length, nil
}

// readBody appends length bytes to c.body.
func (c *Conn) readBody(length int) error {
	start := len(c.body)
	if need := start + length; need > cap(c.body) {
		grown := make([]byte, start, max(need, 2*cap(c.body)))
		copy(grown, c.body)
		c.body = grown
	}
	c.body = c.body[:start+length]
	_, err := io.ReadFull(c.reader, c.body[start:])
	return err
}

// readChunked reads a chunked body and its trailers.
func (c *Conn) readChunked() error {
	for {
		line, err := c.reader.ReadSlice('\n')
		if err != nil {
			return err
		}
		size, _, _ := bytes.Cut(line, []byte(";"))
		length, err := strconv.ParseUint(string(bytes.TrimSpace(size)), 16, 32)
		if err != nil || length > maxBody || len(c.body)+int(length) > maxBody {
			return errResponse
		}
		if length == 0 {
			break
		}
		if err := c.readBody(int(length)); err != nil {
			return err
		}
		if end, err := c.reader.ReadSlice('\n'); err != nil || len(bytes.TrimRight(end, "\r\n")) > 0 {
			return errResponse
		}
	}
	for { // trailers
		line, err := c.reader.ReadSlice('\n')
		if err != nil {
			return err
		}
		if len(bytes.TrimRight(line, "\r\n")) == 0 {
			return nil
		}
	}
}
