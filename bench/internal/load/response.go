package load

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
)

var errAnswer = errors.New("this is no HTTP/1.1 answer with a length")

// mostBody is far more than any answer here takes.
const mostBody = 64 << 20

// read reads an answer into c.body.
func (c *Conn) read() error {
	status, length, err := c.head()
	if err != nil {
		return err
	}
	c.body = c.body[:0]
	switch {
	case length >= 0:
		err = c.take(length)
	default:
		err = c.chunks()
	}
	if err != nil {
		return err
	}
	if status != 200 {
		return fmt.Errorf("status %d: %.300s", status, c.body)
	}
	return nil
}

// chunked is the length of an answer that does not say it.
const chunked = -1

// head reads up to the body. An answer with neither a length nor chunks would end
// with its connection, and is refused.
func (c *Conn) head() (status, length int, err error) {
	line, err := c.in.ReadSlice('\n')
	if err != nil {
		return 0, 0, err
	}
	if !bytes.HasPrefix(line, []byte("HTTP/1.1 ")) || len(line) < 12 {
		return 0, 0, errAnswer
	}
	if status, err = strconv.Atoi(string(line[9:12])); err != nil {
		return 0, 0, errAnswer
	}
	found := false
	for {
		line, err := c.in.ReadSlice('\n')
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
			if err != nil || length < 0 || length > mostBody {
				return 0, 0, errAnswer
			}
			found = true
		case len(name) == len("transfer-encoding") && bytes.EqualFold(name, []byte("transfer-encoding")):
			if !bytes.EqualFold(bytes.TrimSpace(value), []byte("chunked")) {
				return 0, 0, errAnswer
			}
			length, found = chunked, true
		}
	}
	if !found {
		return 0, 0, errAnswer
	}
	return status, length, nil
}

// take reads a piece of the body.
func (c *Conn) take(length int) error {
	start := len(c.body)
	if need := start + length; need > cap(c.body) {
		grown := make([]byte, start, max(need, 2*cap(c.body)))
		copy(grown, c.body)
		c.body = grown
	}
	c.body = c.body[:start+length]
	_, err := io.ReadFull(c.in, c.body[start:])
	return err
}

// chunks reads a body in chunks, and what stands behind them.
func (c *Conn) chunks() error {
	for {
		line, err := c.in.ReadSlice('\n')
		if err != nil {
			return err
		}
		size, _, _ := bytes.Cut(line, []byte(";"))
		length, err := strconv.ParseUint(string(bytes.TrimSpace(size)), 16, 32)
		if err != nil || length > mostBody || len(c.body)+int(length) > mostBody {
			return errAnswer
		}
		if length == 0 {
			break
		}
		if err := c.take(int(length)); err != nil {
			return err
		}
		if end, err := c.in.ReadSlice('\n'); err != nil || len(bytes.TrimRight(end, "\r\n")) > 0 {
			return errAnswer
		}
	}
	for { // trailers
		line, err := c.in.ReadSlice('\n')
		if err != nil {
			return err
		}
		if len(bytes.TrimRight(line, "\r\n")) == 0 {
			return nil
		}
	}
}
